"""Fit the acts model's temperatures and least probabilities on the tuning halves of our labelled cases.

python -m training.acts.calibrate --model FOLDER

A head's temperature makes its probabilities as sure as they are right (Guo et al. 2017). The least
probability of a position is that from which positions reach the precision aimed at, on all cases together;
where none does, the one of the best F0.5, since no position is better than a wrong one.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.acts import Counts, given, invented
from verbale.models.acts import ActsModel

AIM = 0.85
STEPS = tuple(round(0.3 + 0.02 * n, 2) for n in range(34))
TEMPERATURES = tuple(round(0.8 + 0.1 * n, 1) for n in range(30))


def figures(model: ActsModel, least: float) -> tuple[float, float, Counts]:
    """Precision and recall of positions over the tuning halves together."""
    model.least["position"] = least
    both = [score(model, "tune")[0] for score in (invented, given)]
    right, wanted, found = (sum(getattr(c, n) for c in both) for n in ("right", "wanted", "given"))
    return right / max(1, found), right / wanted, both[0]


def error(model: ActsModel, temperature: float) -> float:
    """Mean surprise at whether positions are right: of those given their probability, from a low least on."""
    model.temperatures["stance"] = temperature
    model.least["position"] = STEPS[0]
    answers = [pair for score in (invented, given) for pair in score(model, "tune")[0].sure]
    p = np.clip([chance for chance, _ in answers], 1e-4, 1 - 1e-4)
    right = np.array([r for _, r in answers])
    return float(-np.mean(np.where(right, np.log(p), np.log(1 - p))))


def f_half(precision: float, recall: float) -> float:
    return 1.25 * precision * recall / max(1e-9, 0.25 * precision + recall)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    model = ActsModel(options.model)
    best = min(TEMPERATURES, key=lambda t: error(model, t))
    model.temperatures["stance"] = best
    rows = [(least, *figures(model, least)[:2]) for least in STEPS]
    for row in rows:
        print(*(round(value, 3) for value in row))
    reached = [row for row in rows if row[1] >= AIM]
    least = reached[0][0] if reached else max(rows, key=lambda row: f_half(*row[1:]))[0]
    path = options.model / "manifest.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    told["temperatures"]["stance"] = told["temperatures"]["kind"] = best
    told["least"]["position"] = least
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print("temperature", best, "least", least)


if __name__ == "__main__":
    main()
