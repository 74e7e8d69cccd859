"""Choose the decoding weights and fit the probability on the held-back articles, into the manifest.

python -m training.tagger.calibrate --model FOLDER --data DIR
"""

from __future__ import annotations

import argparse
import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.calibration import expected_error
from evaluation.score import MARKS, Row, attributed_right, scorer
from training.logistic import fit
from training.tagger.data import held_back_ids, read_jsonl
from verbale.attributions.confidence import probability
from verbale.attributions.decode import decode
from verbale.attributions.found import Found, found_in
from verbale.attributions.paragraphs import join_paragraphs
from verbale.models.manifest import Manifest
from verbale.models.tagger import Scores, TaggerModel
from verbale.models.tokens import Pieces
from verbale.quotes import quotations

Scored = tuple[Row, Pieces, Scores]
GRID = {"cue_opening": (0.0, 0.3, 0.6), "opening": (-0.8, -0.4, 0.0), "link_weight": (0.7, 1.0)}
LEAST = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)


def score_all(model: TaggerModel, documents: list[Row]) -> list[Scored]:
    scored = []
    for document in documents:
        pieces = model.cut(document["text"])
        scored.append((document, pieces, model.score(pieces)))
    return scored


def read(
    scored: list[Scored], manifest: Manifest, least: float = 0.0
) -> tuple[dict[str, Row], list[list[Found]]]:
    """Decode without the nested ones; in the scorer's shape, and as found."""
    rows, found = {}, []
    for document, pieces, scores in scored:
        text = document["text"]
        each = found_in(text, pieces, decode(pieces, scores, manifest), manifest.calibration)
        each = join_paragraphs(text, [f for f in each if f.probability >= least], quotations(text))
        found.append(each)
        rows[document["id"]] = {
            "id": document["id"],
            "text": text,
            "attributions": [
                {role: [[s.start, s.end] for s in getattr(f, role)] for role in ("source", "cue", "content")}
                for f in each
            ],
        }
    return rows, found


def aim(figures: dict[str, Any]) -> float:
    """Points that the promised figures stand above their marks, each counted up to one point only."""
    return sum(min(1.0, 100 * float(figures[name]["f1"]) - mark) for name, mark in MARKS.items())


def choose(scored: list[Scored], manifest: Manifest) -> Manifest:
    """The decoding weights that do best on the held-back articles."""
    gold = {document["id"]: document for document, _, _ in scored}
    best = (-1e9, manifest)
    for values in itertools.product(*GRID.values()):
        tried = replace(manifest, decoding={**manifest.decoding, **dict(zip(GRID, values, strict=True))})
        best = max(best, (aim(scorer().score(gold, read(scored, tried)[0])), tried), key=lambda pair: pair[0])
    return best[1]


def outcomes(scored: list[Scored], found: list[list[Found]]) -> list[tuple[Found, bool]]:
    """Each attribution found, and whether the scorer counts it as attributed right."""
    pairs = []
    for (document, _, _), each in zip(scored, found, strict=True):
        right = attributed_right(document, each)
        pairs += [(f, number in right) for number, f in enumerate(each)]
    return pairs


def fitted(pairs: list[tuple[Found, bool]]) -> dict[str, float]:
    """Weights of the probability, by feature."""
    names = sorted(pairs[0][0].features)
    features = np.array([[f.features[n] for n in names] for f, _ in pairs])
    weights = fit(features, np.array([float(right) for _, right in pairs]), decay=1.0)
    return dict(zip((*names, "intercept"), weights.round(4).tolist(), strict=True))


def least_probability(scored: list[Scored], manifest: Manifest) -> float:
    """Below which probability an attribution is better left out."""
    gold = {document["id"]: document for document, _, _ in scored}
    return max(LEAST, key=lambda least: aim(scorer().score(gold, read(scored, manifest, least)[0])))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    held_back = held_back_ids()
    documents = [d for d in read_jsonl(options.data / "polnear/train.jsonl.gz") if d["id"] in held_back]
    model = TaggerModel(options.model)
    scored = score_all(model, documents)
    manifest = choose(scored, model.manifest)
    pairs = outcomes(scored, read(scored, manifest)[1])
    manifest = replace(manifest, calibration=fitted(pairs))
    least = least_probability(scored, manifest)
    manifest = replace(manifest, decoding={**manifest.decoding, "least": least})
    path = options.model / "manifest.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw |= {"decoding": manifest.decoding, "calibration": manifest.calibration}
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    figures = scorer().score({d["id"]: d for d in documents}, read(scored, manifest, least)[0])
    kept = [(probability(f.features, manifest.calibration), right) for f, right in pairs]
    p, y = (np.array(column, dtype=float) for column in zip(*kept, strict=True))
    print(
        json.dumps(
            {
                "decoding": manifest.decoding,
                "held_back": {n: round(100 * figures[n]["f1"], 1) for n in (*MARKS, "extracted")},
                "calibration_error": round(expected_error(p, y), 4),
            }
        )
    )


if __name__ == "__main__":
    main()
