"""Trained weights → a model folder: ONNX in fp32 and int8, manifest.

python -m training.acts.export --weights FILE … --encoder DIR --data DIR --out DIR
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch
from torch import Tensor, nn

from training.acts.data import HERE, LONGEST
from training.acts.network import HEADS, Network
from training.acts.train import markers_of, own_examples, prepared
from training.onnx import fuse_attention, write_onnx
from training.quantise import SMOOTHING, quantise
from training.tagger.export import digest_of, file_digest
from verbale.models.acts import LEAST, OUTPUTS
from verbale.models.framed import INPUTS, framed
from verbale.models.tokens import frame_of, load_tokenizer

WATCHED = 200  # passages that show how large activations get
FILE = "acts.onnx"
PLOVER, QUADS = "plover/PLV_train.tsv", "plover/cameo_class.tsv"


class Running(nn.Module):
    """The network as it runs: one passage without padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        ids: Tensor,
        shapes: Tensor,
        gaps: Tensor,
        quoted: Tensor,
        roles: Tensor,
        positions: Tensor,
        pairs: Tensor,
        where: Tensor,
    ) -> tuple[Tensor, Tensor]:
        inputs = dict(zip(INPUTS, (ids, shapes, gaps, quoted, roles, positions, pairs), strict=False))
        numbered = torch.cat((torch.zeros_like(where[:, :1]), where), dim=-1)
        scores = self.network(inputs, numbered)
        return scores.pairs, scores.conditions


def load(encoder: Path, weights: list[Path]) -> Network:
    """Load one set of weights, or the mean of several."""
    network = Network(encoder)
    states = [torch.load(path, map_location="cpu") for path in weights]
    network.load_state_dict({k: torch.stack([s[k].float() for s in states]).mean(0) for k in states[0]})
    return network.eval()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, nargs="+", required=True, help="several are averaged")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="model folder in int8; fp32 goes to OUT-fp32")
    options = parser.parse_args()
    network = load(options.encoder, options.weights)
    tokenizer = load_tokenizer(options.encoder / "tokenizer.json")
    frame, markers = frame_of(tokenizer), markers_of(tokenizer)
    watched = prepared(own_examples(), options.encoder)
    random.Random(1).shuffle(watched)
    feeds = [
        {n: v if n == "where" else v[None] for n, v in framed(p.pieces, p.passage, frame, markers).items()}
        for p in watched[:WATCHED]
    ]
    described = {
        "name": "acts", "file": FILE, "sha256": "", "heads": {h: list(c) for h, c in HEADS.items()},
        "markers": markers, "frame": frame, "longest": LONGEST, "temperatures": dict.fromkeys(HEADS, 1.0),
        "least": dict.fromkeys(LEAST, 0.5),
        "licence": "Apache-2.0 for what we made; see README.md for the training sentences",
        "encoder": {
            "name": "all-MiniLM-L6-v2", "licence": "Apache-2.0", "sha256": digest_of(options.encoder),
        },
        "data": {
            **{f"training/acts/{p.name}": file_digest(p) for p in sorted(HERE.glob("*.[jt]s*"))},
            **{name: file_digest(options.data / name) for name in (PLOVER, QUADS)},
        },
    }  # fmt: skip
    fp32 = options.out.with_name(options.out.name + "-fp32")
    for folder in (options.out, fp32):
        folder.mkdir(parents=True, exist_ok=True)
    fuse_attention(network.encoder)
    most = LONGEST + 2 + 2 * 64
    length, pairs = torch.export.Dim("pieces", min=3, max=most), torch.export.Dim("count", min=2, max=64)
    examples = {n: torch.from_numpy(v) for n, v in max(feeds, key=lambda f: len(f["where"])).items()}
    shapes = [{0: pairs} if name == "where" else {1: length} for name in INPUTS]
    write_onnx(Running(network), fp32 / FILE, examples, shapes, list(OUTPUTS))
    quantise(fp32 / FILE, options.out / FILE, feeds, SMOOTHING)
    for folder in (options.out, fp32):
        told = {**described, "sha256": file_digest(folder / FILE)}
        (folder / "manifest.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
