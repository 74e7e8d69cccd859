"""Fit how phrases are linked to issues, and make the vectors of the issues' names.

    python -m training.links vectors      after each change of the tables
    python -m training.links fit [--folds N]

Learns from training/links.txt, notes that we wrote and labelled, and from the tuning halves of the labelled
mentions in evaluation/cases/links.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evaluation.links import Mention, cases, notes
from verbale.issues import Linker, Weights, in_order, linker
from verbale.issues.choice import NOTHING, Features, Spoken
from verbale.issues.meaning import load, vectors_of
from verbale.issues.names import SHORT, named
from verbale.models import default_vectors
from verbale.registry import OWN
from verbale.registry.issues import default_issues
from verbale.registry.lexicon import Hit
from verbale.registry.parties import party_names

VECTORS, WEIGHTS = OWN / "issues/names.npz", OWN / "issues/linking.json"
NOTES = Path(__file__).parent / "links.txt"
DECAY, STEPS = 0.02, 300
LEAST = 0.75  # of a phrase or short name; see the table that `fit` prints


class Case(NamedTuple):
    """A phrase's candidates with the right one, and the text that it stands in."""

    rows: list[Features]
    right: int
    text: int


def texts() -> list[tuple[str, list[Mention]]]:
    """What is learnt from."""
    found = list(notes(NOTES).values()) if NOTES.exists() else []
    return found + [(text, mentions) for _, text, mentions, _ in cases("tune")]


def learn(known: Linker, labelled: Sequence[tuple[str, list[Mention]]]) -> tuple[list[Case], list[int]]:
    """The cases; and of aliases how many there are, and how many are right.

    What was spoken of before a phrase is what the labels say.
    """
    found: list[Case] = []
    aliases, lost = [0, 0], 0
    for number, (text, mentions) in enumerate(labelled):
        spoken, there = Spoken(), named(text, known.names, known.parties, known.issues)
        for each in in_order(there.hits, text, known.issues):
            meant = next(
                (m.issue for m in mentions if m.start < each.span.end and each.span.start < m.end), NOTHING
            )
            if isinstance(each, Hit) and each.entry.how != SHORT:
                aliases[0] += 1
                aliases[1] += meant == each.entry.meaning
                if meant:
                    spoken.mention(meant, each.span.start)
                continue
            candidates, rows = known.asked(text, each, there, spoken)
            if meant in candidates:
                found.append(Case(rows, candidates.index(meant), number))
            else:
                lost += 1
            if meant:
                spoken.mention(meant, each.span.start)
            else:
                spoken.something_else(each)
    print(lost, "phrases whose issue is no candidate")
    return found, aliases


def fit(found: Sequence[Case]) -> dict[str, float]:
    """Weights by gradient ascent with a quadratic penalty."""
    names = sorted({name for case in found for row in case.rows for name in row})
    at = {name: n for n, name in enumerate(names)}
    matrices = []
    for case in found:
        matrix = np.zeros((len(case.rows), len(names)))
        for n, row in enumerate(case.rows):
            for name, value in row.items():
                matrix[n, at[name]] = value
        matrices.append((matrix, case.right))
    weights, speed = np.zeros(len(names)), np.zeros(len(names))
    for _ in range(STEPS):
        gradient = -DECAY * len(found) * weights / 10
        for matrix, right in matrices:
            scores = matrix @ weights
            chances = np.exp(scores - scores.max())
            gradient += matrix[right] - (chances / chances.sum()) @ matrix
        speed = 0.9 * speed + gradient / len(found)
        weights += 0.3 * speed
    return {name: round(float(weights[n]), 4) for name, n in at.items()}


def chances_of(case: Case, weights: dict[str, float]) -> np.ndarray[Any, Any]:
    scores = np.array([sum(weights.get(k, 0.0) * v for k, v in row.items()) for row in case.rows])
    odds = np.exp(scores - scores.max())
    found: np.ndarray[Any, Any] = odds / odds.sum()
    return found


def held_out(found: Sequence[Case], folds: int) -> list[tuple[float, bool, bool]]:
    """By fits on other texts: the probability of the choice, whether it is an issue, whether it is right."""
    answers = []
    for fold in range(folds):
        weights = fit([case for case in found if case.text % folds != fold])
        for case in (case for case in found if case.text % folds == fold):
            chances = chances_of(case, weights)
            best = int(chances.argmax())
            answers.append((float(chances[best]), best != len(case.rows) - 1, best == case.right))
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("vectors", "fit"))
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    if options.what == "vectors":
        made = vectors_of(default_issues().by_id.values(), default_vectors())
        np.savez_compressed(VECTORS, issues=np.array(made.issues), rows=made.rows)
        return
    known = linker(
        default_issues(),
        party_names(),
        load(VECTORS),
        default_vectors(),
        Weights({}, 0.5, 1.0),
    )
    found, aliases = learn(known, texts())
    answers = held_out(found, options.folds)
    linked = sum(case.right != len(case.rows) - 1 for case in found)
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        taken = [right for chance, issue, right in answers if issue and chance >= least]
        print(
            least,
            len(taken),
            f"precision {np.mean(taken):.3f} recall {sum(taken) / linked:.3f}" if taken else "",
        )
    print(len(found), "phrases", linked, "linked; aliases", aliases)
    weights = fit(found)
    alias = round((aliases[1] + 1) / (aliases[0] + 2), 3)
    WEIGHTS.write_text(json.dumps({"least": LEAST, "alias": alias, "choice": weights}, indent=1) + "\n")


if __name__ == "__main__":
    main()
