"""The base encoder → sentence vectors as int8 ONNX, with how near they stay to fp32.

python -m training.vectors.export --encoder DIR --out DIR --data DIR
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from torch import Tensor, nn
from transformers import AutoModel

from evaluation.score import held_back_ids
from training.onnx import fuse_attention, to_onnx
from training.quantise import quantise
from training.tagger.data import read_jsonl
from verbale.models.tokens import load_tokenizer
from verbale.models.vectors import LONGEST, inputs_of

CALIBRATION, CHECKED = 60, 500  # contents of held-back articles


class Pooled(nn.Module):
    """Mean of the token vectors, to length one: how the base encoder was trained to be used."""

    def __init__(self, encoder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, attn_implementation="sdpa")
        self.encoder.pooler = None

    def forward(self, ids: Tensor) -> Tensor:
        vector = self.encoder(input_ids=ids).last_hidden_state.mean(dim=1)
        return nn.functional.normalize(vector, dim=-1)


def contents(data: Path) -> list[str]:
    """Contents of the held-back articles, for calibration and checking."""
    held_back = held_back_ids()
    rows: list[dict[str, Any]] = [
        d for d in read_jsonl(data / "polnear/train.jsonl.gz") if d["id"] in held_back
    ]
    return [d["text"][slice(*a["content"][0])] for d in rows for a in d["attributions"]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(options.encoder / "tokenizer.json")
    runs = [{"ids": inputs_of(text, tokenizer)} for text in contents(options.data)[::2]][
        : CALIBRATION + CHECKED
    ]
    fp32, int8 = options.out / "fp32.onnx", options.out / "vectors.onnx"
    pooled = Pooled(options.encoder)
    fuse_attention(pooled.encoder)
    to_onnx(pooled, fp32, ["ids"], ["vector"], LONGEST)
    quantise(fp32, int8, runs[:CALIBRATION], strength=0.7)
    cosines = compare(fp32, int8, runs[CALIBRATION:])
    fp32.unlink()
    shutil.copy(options.encoder / "tokenizer.json", options.out / "tokenizer.json")
    described = {
        "name": "vectors",
        "file": int8.name,
        "sha256": hashlib.sha256(int8.read_bytes()).hexdigest(),
        "width": 384,
        "cosine_with_fp32": {
            "mean": round(float(cosines.mean()), 4),
            "least": round(float(cosines.min()), 4),
            "texts": len(cosines),
        },
        "licence": "Apache-2.0",
    }
    (options.out / "manifest.json").write_text(json.dumps(described, indent=1) + "\n")
    print(json.dumps(described["cosine_with_fp32"]))


def compare(fp32: Path, int8: Path, runs: list[dict[str, Any]]) -> np.ndarray:
    """Cosine between the two models' vectors, one a text."""
    sessions = [
        onnxruntime.InferenceSession(str(p), providers=["CPUExecutionProvider"]) for p in (fp32, int8)
    ]
    return np.array([float(np.vdot(*(s.run(None, run)[0] for s in sessions))) for run in runs])


if __name__ == "__main__":
    main()
