"""Speed, beside the bare int8 matrix products of the same shapes in the same run.

    python -m evaluation.bench [--documents N]

Reads PolNeAR dev where VERBALE_DATA names it, else the examples. All on one thread; each figure is the
median over rounds in which the limit and the encoder take turns, so that a noisy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from evaluation.score import MissingError, Row, document_of, polnear_dev
from verbale.attributions import AttributionOptions, attributions
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel
from verbale.models.windows import windows
from verbale.pipeline import ReadOptions, told
from verbale.registry import default_registry
from verbale.speakers import statements

ROUNDS = 5
EXAMPLES = Path(__file__).parent.parent / "examples"


def documents(limit: int) -> list[Row]:
    try:
        rows = polnear_dev()
    except MissingError:
        rows = [{"id": p.stem, "text": p.read_text(encoding="utf-8")} for p in sorted(EXAMPLES.glob("*.txt"))]
    return rows[:limit]


def weight_shapes(model: TaggerModel) -> list[tuple[int, int]]:
    """Shapes of the int8 weights that the model multiplies with, one for each product of a run."""
    graph = onnx.load(str(model.folder / model.manifest.file)).graph
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    return [
        shapes[node.input[1]]
        for node in graph.node
        if node.op_type in ("MatMulInteger", "DynamicQuantizeMatMul")
    ]


def bare_products(shapes: list[tuple[int, int]]) -> onnxruntime.InferenceSession:
    """A graph of nothing but those products, each of a uint8 activation with constant int8 weights."""
    rng = np.random.default_rng(0)
    nodes, weights, outputs = [], [], []
    inputs = {rows: f"x{rows}" for rows, _ in shapes}
    for number, (rows, columns) in enumerate(shapes):
        values = rng.integers(-127, 128, (rows, columns), dtype=np.int8)
        weights.append(onnx.numpy_helper.from_array(values, f"w{number}"))
        nodes.append(helper.make_node("MatMulInteger", [inputs[rows], f"w{number}", "zero"], [f"y{number}"]))
        outputs.append(helper.make_tensor_value_info(f"y{number}", TensorProto.INT32, ["n", columns]))
    weights.append(onnx.numpy_helper.from_array(np.array(128, dtype=np.uint8), "zero"))
    named = [helper.make_tensor_value_info(n, TensorProto.UINT8, ["n", rows]) for rows, n in inputs.items()]
    graph = helper.make_graph(nodes, "products", named, outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(model: TaggerModel, rows: list[Row]) -> dict[str, Any]:
    cut = [model.cut(row["text"]) for row in rows]
    spans = [w for pieces in cut for w in windows(pieces, model.manifest.window - 2, 0)]
    shapes, rng = weight_shapes(model), np.random.default_rng(1)
    products = bare_products(shapes)
    feeds = [
        {
            f"x{r}": rng.integers(0, 255, (w.end - w.start + 2, r), dtype=np.uint8)
            for r in {r for r, _ in shapes}
        }
        for w in spans
    ]
    overlapping, plain = TaggerModel(model.folder), TaggerModel(model.folder)
    plain.manifest = replace(plain.manifest, context=0)
    bare = AttributionOptions(nested=False)
    work: dict[str, Callable[[], object]] = {
        "products": lambda: [products.run(None, feed) for feed in feeds],
        "encoder": lambda: [plain.score(pieces) for pieces in cut],
        "with overlap": lambda: [overlapping.score(pieces) for pieces in cut],
        "without nested": lambda: [
            attributions(document_of(row), overlapping.tag(row["text"]), bare) for row in rows
        ],
        "all": lambda: [attributions(document_of(row), overlapping.tag(row["text"])) for row in rows],
        "with speakers": lambda: [with_speakers(row, overlapping) for row in rows],
        "with positions": lambda: [with_positions(row, overlapping) for row in rows],
    }
    for each in work.values():  # load and warm up
        each()
    rounds = [{name: seconds(each) for name, each in work.items()} for _ in range(ROUNDS)]
    ratio = {
        "limit / encoder": statistics.median(r["products"] / r["encoder"] for r in rounds),
        "overlap adds": statistics.median((r["with overlap"] - r["encoder"]) / r["encoder"] for r in rounds),
        "tokenising and decoding add": statistics.median(
            (r["without nested"] - r["with overlap"]) / r["encoder"] for r in rounds
        ),
        "the nested layer adds": statistics.median(
            (r["all"] - r["without nested"]) / r["encoder"] for r in rounds
        ),
        "speakers add to the whole": statistics.median(
            (r["with speakers"] - r["all"]) / r["all"] for r in rounds
        ),
        "issues, acts and positions add to the whole": statistics.median(
            (r["with positions"] - r["with speakers"]) / r["with speakers"] for r in rounds
        ),
        "all three add": statistics.median((r["all"] - r["encoder"]) / r["encoder"] for r in rounds),
    }
    words = sum(len(row["text"].split()) for row in rows)
    total = statistics.median(r["all"] for r in rounds)
    return {
        "documents": len(rows), "words": words, "pieces": sum(map(len, cut)),
        "words a second, encoder": round(words / statistics.median(r["encoder"] for r in rounds)),
        "words a second, attributions": round(words / total),
        "words a second, all": round(words / statistics.median(r["with positions"] for r in rounds)),
        **{name: round(value, 3) for name, value in ratio.items()},
    }  # fmt: skip


def with_speakers(row: Row, model: TaggerModel) -> object:
    """Attributions and statements of one document."""
    document, tagged = document_of(row), model.tag(row["text"])
    return statements(document, attributions(document, tagged), tagged, default_registry())


def with_positions(row: Row, model: TaggerModel) -> object:
    """All that is read of one document."""
    document, tagged = document_of(row), model.tag(row["text"])
    return told(document, attributions(document, tagged), tagged, ReadOptions())


def workers(count: int, documents_each: int) -> float:
    """Seconds that processes of their own take, side by side, for the same work each, start-up left out."""
    command = [sys.executable, "-m", "evaluation.bench", "--worker", str(documents_each)]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    for process in running:  # each says when it is ready, all are let go together
        assert process.stdout is not None
        process.stdout.readline()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    times = []
    for process in running:
        out, _ = process.communicate()
        times.append(float(out))
    return max(times)


def work_alone(limit: int) -> None:
    model, rows = default_tagger(), documents(limit)
    attributions(document_of(rows[0]), model.tag(rows[0]["text"]))
    print("ready", flush=True)
    sys.stdin.readline()
    print(
        seconds(lambda: [attributions(document_of(row), model.tag(row["text"])) for row in rows]), flush=True
    )


def scaling(limit: int) -> float:
    """How many times more two processes do than one."""
    return statistics.median(2 * workers(1, limit) / workers(2, limit) for _ in range(3))


def command_line() -> dict[str, Any]:
    """Start-up time and peak memory of the command itself."""
    binary = Path(sys.executable).with_name("verbale")
    version = [
        seconds(lambda: subprocess.run([binary, "--version"], check=True, capture_output=True))
        for _ in range(7)
    ]
    example = sorted(EXAMPLES.glob("*.txt"))[0]
    subprocess.run([binary, "read", str(example)], check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "--version, seconds": round(statistics.median(version), 3),
        "peak memory for a report, MB": round(peak),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--worker", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work_alone(options.worker)
        return
    figures = command_line() | measure(default_tagger(), documents(options.documents))
    if (os.cpu_count() or 1) > 1:
        figures["two processes do, times one"] = round(scaling(options.documents), 2)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
