"""Trained weights → a model folder: ONNX in fp32 and int8, tokenizer, manifest.

python -m training.tagger.export --weights FILE --encoder DIR --out DIR [--data DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch
from torch import Tensor, nn

from training.onnx import to_onnx
from training.tagger.data import TAGS
from training.tagger.network import LINK_WIDTH, Tagger

INPUTS = ("ids", "shapes", "gaps", "quoted")
OUTPUTS = ("tags", "queries", "keys")


class Running(nn.Module):
    """The network as it runs: one window, no padding, so no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(
        self, ids: Tensor, shapes: Tensor, gaps: Tensor, quoted: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        return self.tagger(ids, shapes, gaps, quoted, None)


def load(encoder: Path, weights: list[Path]) -> Tagger:
    """Load one set of weights, or the mean of several."""
    tagger = Tagger(encoder)
    states = [torch.load(path, map_location="cpu") for path in weights]
    states = [state.get("average", state) for state in states]
    mean = {
        name: torch.stack([s[name].float() for s in states]).mean(0).to(v.dtype)
        for name, v in states[0].items()
    }
    tagger.load_state_dict(mean)
    return tagger.eval()


def manifest(tagger: Tagger, file: Path, window: int, context: int) -> dict[str, object]:
    """What running needs to know of the model."""
    return {
        "name": "tagger",
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "window": window,
        "context": context,
        "tags": list(TAGS),
        "link_width": LINK_WIDTH,
        "distance": [[round(v, 4) for v in row] for row in tagger.distance.tolist()],
        "decoding": {
            "link_weight": 1.0,
            "opening": 0.0,
            "cue_opening": 0.0,
            "least": 0.0,
            "nested_trace": 0.01,
            "nested_least": 0.5,
        },
        "calibration": {},
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--weights", type=Path, nargs="+", required=True, help="checkpoints; several are averaged"
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--window", type=int, default=256)
    parser.add_argument("--context", type=int, default=32)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tagger = load(options.encoder, options.weights)
    path = options.out / "tagger.onnx"
    to_onnx(Running(tagger), path, list(INPUTS), list(OUTPUTS), options.window)
    shutil.copy(options.encoder / "tokenizer.json", options.out / "tokenizer.json")
    described = manifest(tagger, path, options.window, options.context)
    (options.out / "manifest.json").write_text(json.dumps(described, indent=1) + "\n")


if __name__ == "__main__":
    main()
