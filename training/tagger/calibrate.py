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

from evaluation import nested
from evaluation.calibration import expected_error
from evaluation.score import MARKS, Row, attributed_right, held_back_ids, scorer
from training.logistic import fit
from training.tagger.data import read_jsonl
from verbale.attributions import top_level
from verbale.attributions.confidence import BETA, probability
from verbale.attributions.found import Found
from verbale.models.manifest import Manifest
from verbale.models.tagger import Layers, TaggerModel
from verbale.models.tokens import Pieces

Scored = tuple[Row, Pieces, Layers]
GRID = {
    "cue_opening": (0.0, 0.3, 0.6),
    "opening": (-0.4, 0.0),
    "link_weight": (0.7, 1.0),
}
LEAST = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
NESTED_LEAST = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
FALSE_IN_A_PASSAGE = 0.03


def score_all(model: TaggerModel, documents: list[Row]) -> list[Scored]:
    scored = []
    for document in documents:
        pieces = model.cut(document["text"])
        scored.append((document, pieces, model.score(pieces)))
    return scored


def read(scored: list[Scored], manifest: Manifest) -> tuple[dict[str, Row], list[list[Found]]]:
    """Decode without the nested ones; in the scorer's shape, and as found."""
    rows, found = {}, []
    for document, pieces, layers in scored:
        each = top_level(document["text"], pieces, layers.outer, manifest)
        found.append(each)
        rows[document["id"]] = {
            "id": document["id"],
            "text": document["text"],
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
        tried = with_decoding(manifest, **dict(zip(GRID, values, strict=True)))
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
    """Weights of the probability, by feature, and what bends it (beta calibration, Kull et al. 2017)."""
    names = sorted(pairs[0][0].features)
    features = np.array([[f.features[n] for n in names] for f, _ in pairs])
    right = np.array([float(right) for _, right in pairs])
    weights = dict(zip((*names, "intercept"), fit(features, right, decay=1.0).round(4).tolist(), strict=True))
    straight = np.array([probability(f.features, weights) for f, _ in pairs])
    bends = np.stack([np.log(straight), -np.log1p(-straight)], axis=1)
    return weights | dict(zip(BETA, fit(bends, right, decay=0.1).round(4).tolist(), strict=True))


def least_probability(scored: list[Scored], manifest: Manifest) -> Manifest:
    """Leave out what is so improbable that the figures are better without it."""
    gold = {document["id"]: document for document, _, _ in scored}
    tried = [with_decoding(manifest, least=least) for least in LEAST]
    return max(tried, key=lambda each: aim(scorer().score(gold, read(scored, each)[0])))


def choose_nested(model: TaggerModel, manifest: Manifest) -> Manifest:
    """Show what is likelier right than not, or less where passages without any show too many false ones."""
    without = [row for row in nested.wild() if row["part"] == "train" and not row["nested"]]
    for least in NESTED_LEAST:
        model.manifest = with_decoding(manifest, nested_least=least)
        if nested.outcome(without, model).false <= FALSE_IN_A_PASSAGE * len(without):
            return model.manifest
    return with_decoding(manifest, nested_least=1.0)


def with_decoding(manifest: Manifest, **values: float) -> Manifest:
    return replace(manifest, decoding={**manifest.decoding, **values})


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
    manifest = choose(scored, with_decoding(model.manifest, least=0.0))
    pairs = outcomes(scored, read(scored, manifest)[1])
    manifest = replace(manifest, calibration=fitted(pairs))
    manifest = least_probability(scored, manifest)
    manifest = choose_nested(model, manifest)
    path = options.model / "manifest.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw |= {"decoding": manifest.decoding, "calibration": manifest.calibration}
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    figures = scorer().score({d["id"]: d for d in documents}, read(scored, manifest)[0])
    least = manifest.decoding["least"]
    kept = [
        (value, right)
        for f, right in pairs
        if (value := probability(f.features, manifest.calibration)) >= least
    ]
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
