"""Fit the trace by which the first reading tells that a content is worth reading again.

    python -m training.tagger.trace --model FOLDER --data DIR

Every content that the tagger finds in some training articles is read again; what the first reading
says of the pieces of the cues found so is told from what it says of the contents' other pieces.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.logistic import fit
from training.tagger.data import read_jsonl
from verbale.attributions.decode import decode
from verbale.attributions.found import found_in
from verbale.attributions.nested import SHORTEST, reread, trace_features
from verbale.models.tagger import TaggerModel

ARTICLES = 150  # of the training part, the first by id
TRIED = (0.8, 0.85, 0.9, 0.95, 0.99)
KEPT = 0.8  # share of the nested attributions that the trace must keep

Floats = NDArray[np.float64]


def gather(model: TaggerModel, texts: list[str]) -> tuple[Floats, Floats, list[tuple[int, int]]]:
    """Features and labels of the pieces of contents, and each content's run among them."""
    decoding = model.manifest.decoding
    features, labels, runs, size = [], [], [], 0
    for text in texts:
        pieces = model.cut(text)
        scores = model.score(pieces)
        known = trace_features(scores)
        linked = decode(pieces, scores, model.manifest)
        for outer in found_in(text, pieces, linked, model.manifest.calibration):
            if outer.probability < decoding["least"]:
                continue
            for span in outer.content:
                if len(span.of(text).split()) < SHORTEST:
                    continue
                first, last = np.searchsorted(pieces.starts, [span.start, span.end])
                label = np.zeros(last - first)
                for inner in reread(text, span, model):
                    if inner.probability >= decoding["nested_least"]:
                        start, end = np.searchsorted(pieces.starts, [inner.cue[0].start, inner.cue[0].end])
                        label[start - first : end - first] = 1
                features.append(known[first:last])
                labels.append(label)
                runs.append((size, size + last - first))
                size += last - first
    return np.concatenate(features), np.concatenate(labels), runs


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    model = TaggerModel(options.model)
    documents = sorted(read_jsonl(options.data / "polnear/train.jsonl.gz"), key=lambda d: str(d["id"]))
    x, y, runs = gather(model, [d["text"] for d in documents[:ARTICLES]])
    weights = fit(x, y, decay=10.0)
    odds = x @ weights[:-1] + weights[-1]
    peaks = np.array([odds[a:b].max() for a, b in runs])
    holding = np.array([y[a:b].any() for a, b in runs])
    threshold = float(np.quantile(peaks[holding], 1 - KEPT))
    path = options.model / "manifest.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["trace"] = [round(float(w), 4) for w in weights]
    raw["decoding"]["nested_trace"] = round(threshold, 3)
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    again = {kept: round(float((peaks >= np.quantile(peaks[holding], 1 - kept)).mean()), 3) for kept in TRIED}
    print(
        json.dumps(
            {"contents": len(runs), "holding one": int(holding.sum()), "read again, by share kept": again}
        )
    )


if __name__ == "__main__":
    main()
