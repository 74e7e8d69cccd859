"""Fit what kind of voice those are whom a text describes and does not name, into data/titles/unnamed.json.

    python -m training.unnamed --data DIR

Learns from the labelled descriptions of training articles (training/speakers.jsonl) and of the tuning half of
evaluation/cases/speakers.jsonl that mean nobody who is named, and prints how many are right by fits on other
articles, beside what the tables alone say.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evaluation.score import CASES, polnear_dev
from evaluation.speakers import stratum
from training.speakers import FILE
from training.tagger.data import read_jsonl
from verbale.registry import default_registry
from verbale.speakers.titles import title_of
from verbale.speakers.unnamed import KINDS, features
from verbale.types import Speaking

Row = dict[str, Any]
OUT = Path(__file__).parents[1] / "src/verbale/data/titles/unnamed.json"
FOLDS, DECAY, STEPS, RATE, SEEN = 5, 0.01, 400, 0.1, 3


class Case(NamedTuple):
    """A description's features, its kind's number in KINDS, what the tables say, and its article's fold."""

    features: list[str]
    right: int
    table: Speaking | None
    fold: int


def cases(data: Path) -> list[Case]:
    """Sources that are descriptions of nobody who is named, and descriptions that pronouns stand for."""
    texts = {d["id"]: d["text"] for d in read_jsonl(data / "polnear/train.jsonl.gz")}
    texts |= {d["id"]: d["text"] for d in polnear_dev()}
    rows = [*read_jsonl(FILE), *(r for r in read_jsonl(CASES / "speakers.jsonl") if r["part"] == "tune")]
    found: dict[tuple[str, str, str], Case] = {}
    for row in rows:
        text, fold = texts[row["id"]], int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % FOLDS
        names = [text[a:b] for a, b in row["names"]]
        words = " ".join(text[row["source"][0][0] : row["source"][-1][1]].split())
        if row["voice"] not in {kind.value for kind in KINDS} or row["stratum"] == "name":
            continue
        if row["stratum"] == "pronoun":
            if row["voice"] not in ("group", "nameless"):
                continue
            words = names[0]
            if stratum(words) == "pronoun":
                continue
        elif words not in names and row["voice"] in ("body", "state"):
            continue
        title = title_of(words, default_registry())
        case = Case(features(words, title), KINDS.index(Speaking(row["voice"])), title.kind, fold)
        found[row["id"], words, row["voice"]] = case
    return list(found.values())


def fit(rows: Sequence[Case]) -> dict[str, list[float]]:
    """Maximise the likelihood with a quadratic penalty; features seen less than SEEN times are left out."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row.features:
            counts[name] = counts.get(name, 0) + 1
    known = {name: n for n, name in enumerate(sorted(f for f, c in counts.items() if c >= SEEN))}
    values = np.zeros((len(rows), len(known)))
    for n, row in enumerate(rows):
        values[n, [known[f] for f in row.features if f in known]] = 1
    right = np.eye(len(KINDS))[[row.right for row in rows]]
    weights = np.zeros((len(known), len(KINDS)))
    squares = np.full_like(weights, 1e-8)
    for _ in range(STEPS):
        scores = values @ weights
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = values.T @ (p - right) / len(rows) + DECAY * weights
        squares += gradient**2
        weights -= RATE * gradient / np.sqrt(squares)
    return {name: weights[n].round(3).tolist() for name, n in known.items()}


def told(row: Case, weights: dict[str, list[float]]) -> int:
    scores = sum((np.array(weights[f]) for f in row.features if f in weights), np.zeros(len(KINDS)))
    return int(np.argmax(scores))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    rows = cases(options.data)
    folds = [fit([row for row in rows if row.fold != n]) for n in range(FOLDS)]
    crossed = sum(told(row, folds[row.fold]) == row.right for row in rows)
    alike = {Speaking.OFFICE: Speaking.NAMELESS, Speaking.PERSON: Speaking.NAMELESS, None: Speaking.NAMELESS}
    tables = sum(alike.get(row.table, row.table) == KINDS[row.right] for row in rows)
    OUT.write_text(json.dumps(fit(rows), indent=0) + "\n", encoding="utf-8")
    print(
        json.dumps(
            {
                "cases": len(rows),
                "right by fits on others": round(crossed / len(rows), 3),
                "by the tables alone": round(tables / len(rows), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
