"""Trained weights → a model folder: ONNX in fp32 and int8, tokenizer, manifest.

python -m training.tagger.export --weights FILE … --encoder DIR --data DIR --out DIR
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from evaluation.score import held_back_ids
from training.onnx import fuse_attention, to_onnx
from training.quantise import SMOOTHING, quantise
from training.tagger.data import NAME_TAGS, REPORTS, TAGS, read_jsonl
from training.tagger.network import ANTECEDENT_WIDTH, WIDTHS, Layer, Mentions, Tagger
from verbale.models.tagger import TaggerModel
from verbale.models.tokens import frame_of
from verbale.models.windows import joined, windows

INPUTS = ("ids", "shapes", "gaps", "quoted")
OUTPUTS = (
    *(f"{layer}_{part}" for layer in WIDTHS for part in Layer._fields),
    *(f"mention_{part}" for part in Mentions._fields),
)
# Neutral until `calibrate` chooses.
DECODING = {
    "link_weight": 1.0,
    "opening": 0.0,
    "cue_opening": 0.0,
    "least": 0.0,
    "nested_least": 0.5,
    "speaker_least": 0.0,
}


class Running(nn.Module):
    """The network as it runs: one window, no padding, so no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, quoted: Tensor) -> tuple[Tensor, ...]:
        layers, mentions = self.tagger(ids, shapes, gaps, quoted, None)
        return (*(values for name in WIDTHS for values in layers[name]), *mentions)


def load(encoder: Path, weights: list[Path]) -> Tagger:
    """Load one set of weights, or the mean of several; of a head that some lack, of those that have it."""
    tagger = Tagger(encoder)
    states = [torch.load(path, map_location="cpu") for path in weights]
    states = [state.get("average", state) for state in states]
    mean = {
        name: torch.stack([s[name].float() for s in states if name in s]).mean(0).to(v.dtype)
        for state in states
        for name, v in state.items()
    }
    tagger.load_state_dict(mean)
    return tagger.eval()


def manifest(tagger: Tagger, options: argparse.Namespace) -> dict[str, object]:
    """What running needs to know of the model, and what it was made of."""
    reports = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(REPORTS.glob("*.txt")))).hexdigest()
    log = options.weights[-1].with_name("log.jsonl")
    return {
        "name": "tagger",
        "file": "tagger.onnx",
        "sha256": "",
        "window": options.window,
        "context": options.context,
        "tags": list(TAGS),
        "name_tags": list(NAME_TAGS),
        "mention_width": ANTECEDENT_WIDTH,
        "layers": {
            name: {
                "link_width": width,
                "distance": [[round(v, 4) for v in row] for row in tagger.distance[name].tolist()],
            }
            for name, width in WIDTHS.items()
        },
        "decoding": DECODING,
        "calibration": {},
        "antecedents": {},
        "sureness": {},
        "licence": "Apache-2.0 for what we made; see README.md for the training articles",
        "encoder": {
            "name": "all-MiniLM-L6-v2",
            "licence": "Apache-2.0",
            "sha256": digest_of(options.encoder),
        },
        "data": {
            "polnear/train.jsonl.gz": file_digest(options.data / "polnear/train.jsonl.gz"),
            "held back": f"{len(held_back_ids())} articles, training/tagger/held_back.txt",
            "our reports": reports,
        },
        "training": [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else [],
    }


def file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest_of(encoder: Path) -> str:
    weights = next(encoder.glob("*.safetensors"), None) or next(encoder.glob("*.bin"))
    return file_digest(weights)


def held_back_windows(model: TaggerModel, data: Path) -> list[dict[str, Any]]:
    """The second window of each held-back article that has one: activations in the midst of a text."""
    held_back = held_back_ids()
    found = []
    for document in read_jsonl(data / "polnear/train.jsonl.gz"):
        if document["id"] not in held_back:
            continue
        pieces = model.cut(document["text"])
        for window in windows(pieces, model.manifest.window - 2, model.manifest.context)[1:2]:
            inputs = joined(pieces, slice(window.start, window.end), frame_of(model.tokenizer))
            found.append({name: values[None] for name, values in inputs.items()})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--weights", type=Path, nargs="+", required=True, help="checkpoints; several are averaged"
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="model folder in int8; fp32 goes to OUT-fp32")
    parser.add_argument("--window", type=int, default=256)
    parser.add_argument("--context", type=int, default=32)
    parser.add_argument(
        "--smoothing", type=float, default=SMOOTHING, help="strength of evening out activations"
    )
    options = parser.parse_args()
    tagger = load(options.encoder, options.weights)
    described = manifest(tagger, options)
    fp32 = options.out.with_name(options.out.name + "-fp32")
    for folder in (options.out, fp32):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(options.encoder / "tokenizer.json", folder / "tokenizer.json")
    fuse_attention(tagger.encoder)
    to_onnx(Running(tagger), fp32 / "tagger.onnx", list(INPUTS), list(OUTPUTS), options.window)
    write(described, fp32)
    calibrating = held_back_windows(TaggerModel(fp32), options.data)
    quantise(fp32 / "tagger.onnx", options.out / "tagger.onnx", calibrating, options.smoothing)
    write(described, options.out)


def write(described: dict[str, object], folder: Path) -> None:
    described = {**described, "sha256": file_digest(folder / "tagger.onnx")}
    (folder / "manifest.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
