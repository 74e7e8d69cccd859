"""Weights back out of an int8 model folder, to go on training from them.

    python -m training.tagger.restore --model FOLDER --encoder DIR --out FILE

Each weight comes back as the middle of what int8 rounded it to; training mends the difference.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from training.tagger.data import TAGS
from training.tagger.network import WIDTHS, Tagger

Array = NDArray[np.float32]
# A layer's products in the order in which they are computed.
PRODUCTS = ("attention.self", "attention.output.dense", "intermediate.dense", "output.dense")


def products(graph: onnx.GraphProto) -> list[Array]:
    """The constant matrices of all products in order of computing, [inputs, outputs], smoothing undone."""
    known = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    factors = {
        n.output[0]: known[n.input[1]] for n in graph.node if n.op_type == "Mul" and n.input[1] in known
    }
    smoothed = {n.output[0]: n.input[0] for n in graph.node if n.op_type == "DynamicQuantizeLinear"}
    found = []
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            weight = (known[node.input[1]].astype(np.float32) - known[f"{name}_zero_point"]) * known[
                f"{name}_scale"
            ]
            found.append(weight * factors[smoothed[node.input[0]]][:, None])
        elif node.op_type == "MatMul" and node.input[1] in known:
            found.append(known[node.input[1]] * factors.get(node.input[0], np.ones(1))[..., None])
    return found


def restore(folder: Path, encoder: Path) -> dict[str, torch.Tensor]:
    """The state of a `Tagger` that computes what a model folder does, without a head that it lacks."""
    graph = onnx.load(str(folder / "tagger.onnx")).graph
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    known = {t.name.removeprefix("tagger."): numpy_helper.to_array(t) for t in graph.initializer}
    tagger = Tagger(encoder)
    state = tagger.state_dict()
    found = {name: known[name] for name in state if name in known}
    for name in [n.removesuffix("_int8") for n in known if n.endswith("weight_int8")]:
        found[name] = known[f"{name}_int8"].astype(np.float32) * known[f"{name}_scales"]
    weights = iter(products(graph))
    for layer, product in itertools.product(range(tagger.encoder.config.num_hidden_layers), PRODUCTS):
        found |= named(next(weights).T, f"encoder.encoder.layer.{layer}.{product}")
    heads, at = next(weights).T, 0  # one product for all heads
    for name, width in WIDTHS.items():
        found[f"heads.{name}.weight"] = heads[at : at + len(TAGS) + 3 * width]
        found[f"distance.{name}"] = np.array(manifest["layers"][name]["distance"], dtype=np.float32)
        at += len(TAGS) + 3 * width
    if at < len(heads):
        found["mentions.weight"] = heads[at:]
    for name in [n for n in state if n.startswith("mentions.") and n not in found]:
        del state[name]  # a model from before it had this head
    for name, value in found.items():
        if state[name].shape != value.shape:
            raise ValueError(
                f"{name}: {tuple(value.shape)} in the model, {tuple(state[name].shape)} in the network"
            )
        state[name] = torch.tensor(value).to(state[name].dtype)
    return state


def named(weight: Array, name: str) -> dict[str, Array]:
    """The weights that a product is made of: attention's query, key and value are one."""
    if not name.endswith("attention.self"):
        return {f"{name}.weight": weight}
    parts = zip(("query", "key", "value"), np.split(weight, 3), strict=True)
    return {f"{name}.{part}.weight": rows for part, rows in parts}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.save({"average": restore(options.model, options.encoder)}, options.out)


if __name__ == "__main__":
    main()
