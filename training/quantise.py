"""fp32 ONNX → int8: weights by channel, activations by window after their outliers are smoothed away.

Dynamic quantisation takes one scale for a whole activation, and a few channels of a BERT are tens of
times larger than the rest. As in SmoothQuant (Xiao et al. 2023) each input channel of a matrix product
is divided by a fixed factor and the weights' row multiplied by it, which changes nothing but the
rounding; factors come from the held-back articles.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Array = NDArray[np.float32]
LARGE_TABLE = 100_000  # values; an embedding from this size on is stored as int8
SMOOTHING = 0.8  # strength of evening out activations
SMALL_PRODUCT = 130_000  # values; a weight below this size, as the heads', stays in fp32


def quantise(fp32: Path, int8: Path, windows: Iterable[dict[str, Any]], strength: float) -> None:
    """Write the int8 model.

    Args:
        fp32, int8: the ONNX file to read, and that to write.
        windows: inputs of single runs that show how large activations get.
        strength: 0 leaves activations as they are, 1 moves all their unevenness into the weights.
    """
    model = onnx.load(str(fp32))
    merge_products(model.graph)
    products = constant_products(model.graph)
    peaks = activation_peaks(model, {node.input[0] for node in products}, windows)
    smooth(model.graph, products, peaks, strength)
    store_tables(model.graph)
    with tempfile.TemporaryDirectory() as folder:
        smoothed = Path(folder) / "smoothed.onnx"
        onnx.save(model, str(smoothed))
        quantize_dynamic(
            smoothed,
            int8,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=small_products(model.graph),
            extra_options={"MatMulConstBOnly": True},
        )
    forget_origins(int8)


def forget_origins(path: Path) -> None:
    """Take out what the exporter notes of the code and the machine that a model came from."""
    model = onnx.load(str(path))
    graph = model.graph
    for part in (
        model,
        graph,
        *graph.node,
        *graph.input,
        *graph.output,
        *graph.value_info,
        *graph.initializer,
    ):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, str(path))


def small_products(graph: GraphProto) -> list[str]:
    """Products so small that int8 gains nothing, such as the heads; left in fp32 they lose nothing."""
    known = constants(graph)
    return [n.name for n in constant_products(graph) if np.prod(known[n.input[1]].dims) < SMALL_PRODUCT]


def constants(graph: GraphProto) -> dict[str, onnx.TensorProto]:
    return {tensor.name: tensor for tensor in graph.initializer}


def constant_products(graph: GraphProto) -> list[NodeProto]:
    """The matrix products with a constant right-hand side."""
    known = constants(graph)
    return [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in known]


def merge_products(graph: GraphProto) -> None:
    """Make one product of those that share their input, as query, key and value do: one quantisation."""
    known = constants(graph)
    by_input: dict[str, list[NodeProto]] = defaultdict(list)
    for node in constant_products(graph):
        by_input[node.input[0]].append(node)
    for name, nodes in by_input.items():
        if len(nodes) < 2:
            continue
        weights = [numpy_helper.to_array(known[node.input[1]]) for node in nodes]
        merged, sizes = f"{name}_merged", np.array([w.shape[1] for w in weights], dtype=np.int64)
        graph.initializer.append(numpy_helper.from_array(np.concatenate(weights, axis=1), f"{merged}_weight"))
        graph.initializer.append(numpy_helper.from_array(sizes, f"{merged}_sizes"))
        at = list(graph.node).index(nodes[0])
        graph.node.insert(at, helper.make_node("MatMul", [name, f"{merged}_weight"], [merged], name=merged))
        graph.node.insert(
            at + 1,
            helper.make_node(
                "Split",
                [merged, f"{merged}_sizes"],
                [n.output[0] for n in nodes],
                name=f"{merged}_split",
                axis=-1,
            ),
        )
        for node in nodes:
            graph.node.remove(node)
    drop_unused(graph)


def activation_peaks(
    model: ModelProto, names: set[str], windows: Iterable[dict[str, Any]]
) -> dict[str, Array]:
    """The largest magnitude of each channel of the named values."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in sorted(names))
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    peaks: dict[str, Array] = {}
    for inputs in windows:
        for name, value in zip(sorted(names), session.run(sorted(names), inputs), strict=True):
            peak = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            peaks[name] = np.maximum(peaks.get(name, peak), peak)
    return peaks


def smooth(graph: GraphProto, products: list[NodeProto], peaks: dict[str, Array], strength: float) -> None:
    """Divide the channels of each product's input, and multiply the weights' rows, by the same factors."""
    if not strength:
        return
    known = constants(graph)
    for node in products:
        weight = numpy_helper.to_array(known[node.input[1]])
        rows = np.abs(weight).max(axis=1).clip(1e-5)
        factors = (peaks[node.input[0]].clip(1e-5) ** strength / rows ** (1 - strength)).astype(np.float32)
        factors /= np.exp(np.log(factors).mean())
        known[node.input[1]].CopyFrom(numpy_helper.from_array(weight * factors[:, None], node.input[1]))
        name = f"{node.input[1]}_factors"
        graph.initializer.append(numpy_helper.from_array(1 / factors, name))
        at = list(graph.node).index(node)
        graph.node.insert(
            at, helper.make_node("Mul", [node.input[0], name], [f"{name}_applied"], name=f"{name}_mul")
        )
        node.input[0] = f"{name}_applied"


def store_tables(graph: GraphProto) -> None:
    """Store large embedding tables as int8 with a scale a row."""
    known = constants(graph)
    for node in [n for n in graph.node if n.op_type == "Gather" and n.input[0] in known]:
        table = numpy_helper.to_array(known[node.input[0]])
        if table.size < LARGE_TABLE:
            continue
        scales = (np.abs(table).max(axis=1, keepdims=True).clip(1e-8) / 127).astype(np.float32)
        name, at = node.input[0], list(graph.node).index(node)
        graph.initializer.append(
            numpy_helper.from_array(np.round(table / scales).astype(np.int8), f"{name}_int8")
        )
        graph.initializer.append(numpy_helper.from_array(scales, f"{name}_scales"))
        rows, scale, cast = (f"{name}_{part}" for part in ("rows", "scale", "cast"))
        for offset, new in enumerate(
            (
                helper.make_node("Gather", [f"{name}_int8", node.input[1]], [rows], name=f"{rows}_gather"),
                helper.make_node(
                    "Gather", [f"{name}_scales", node.input[1]], [scale], name=f"{scale}_gather"
                ),
                helper.make_node("Cast", [rows], [cast], name=f"{cast}_cast", to=onnx.TensorProto.FLOAT),
                helper.make_node("Mul", [cast, scale], [node.output[0]], name=f"{name}_mul"),
            )
        ):
            graph.node.insert(at + offset, new)
        graph.node.remove(node)
    drop_unused(graph)


def drop_unused(graph: GraphProto) -> None:
    used = {name for node in graph.node for name in node.input}
    for tensor in [t for t in graph.initializer if t.name not in used]:
        graph.initializer.remove(tensor)
