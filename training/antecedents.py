"""Fit the choice of antecedents: the weights of its features, into the tagger's manifest.

    python -m training.antecedents --model FOLDER --data DIR

Learns from sources that we labelled in training articles (training/speakers.jsonl), from the tuning half of
evaluation/cases/speakers.jsonl, and, weighing less, from sources that CoreNLP's coreference resolves in
training articles. A conditional logit (McFadden 1974) with a quadratic penalty; the history of who spoke is
that of the fit before.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evaluation.answers import labelled_attributions
from evaluation.score import CASES, document_of, held_back_ids, polnear_dev
from training.speakers import FILE
from training.tagger.data import read_jsonl
from verbale.models.tagger import TaggerModel
from verbale.registry import default_registry
from verbale.speakers.antecedents import Features, History, shares
from verbale.speakers.context import Context, sentences
from verbale.speakers.names import names
from verbale.speakers.resolve import NOBODY, Document
from verbale.speakers.sources import Form, reference

Row = dict[str, Any]
ROUNDS, SILVER, SILVER_WEIGHT, DECAY, FOLDS = 3, 150, 0.3, 0.001, 5
ANSWERED = 0.92  # share of the sources that are answered
NAMED = ("person", "body", "state")


class Case(NamedTuple):
    """The candidates of one source, which of them is right, what the case counts, and its article's fold."""

    rows: tuple[Features, ...]
    right: int
    weight: float
    fold: int


def context_of(row: Row, model: TaggerModel) -> Document:
    """An article made ready, with the tagger's names and the labelled attributions."""
    text, pieces = row["text"], model.cut(row["text"])
    mentions = model.score(pieces).mentions
    found = names(text, pieces, mentions, model.manifest)
    context = Context(
        document_of(row), labelled_attributions(row), found, sentences(text), default_registry()
    )
    return Document(context, pieces, mentions)


def target(document: Document, label: Row) -> int | None:
    """The number of the entity that a label means, NOBODY for none; None when it cannot be told.

    A person is the last person's name in one of the label's names, a body or state what bears just that name.
    """
    if label["voice"] in ("group", "nameless"):
        return NOBODY
    if label["voice"] not in NAMED:
        return None
    text, found = document.text, document.among.entities
    wanted = sorted((text[a:b] for a, b in label["names"]), key=len, reverse=True)
    if label["voice"] == "person":
        for words in wanted:
            fitting = [
                (words.rfind(name.span.of(text)) + len(name.span.of(text)), n)
                for n, entity in enumerate(found)
                if entity.kind == "person" and not entity.actor
                for name in entity.names
                if name.span.of(text) in words
            ]
            if fitting and max(fitting)[0] >= len(words) - 3:
                return max(fitting)[1]
        return None
    plain = {re.sub(r"^the ", "", words.casefold()) for words in wanted}
    for n, entity in enumerate(found):
        if plain & {re.sub(r"^the ", "", name.span.of(text).casefold()) for name in entity.names}:
            return n
    return NOBODY


def cases(
    document: Document, labels: Mapping[tuple[int, int], int], weights: Features, weight: float
) -> Iterator[Case]:
    """Walk through an article as reading does; where a source is labelled, its candidates make a case."""
    document.told = History()
    document.unnamed.clear()
    for attribution in document.context.attributions:
        ref = reference(document.text, attribution.source, document.names_of(attribution.source))
        if ref.span is None:
            continue
        place = document.place(attribution, ref.span)
        right = labels.get((ref.span.start, ref.span.end))
        if ref.form is Form.NAME:
            document.tell(attribution, place, document.number_of[ref.names[0].span], ref.span)
            continue
        choice = document.choice(ref, place)
        if right is not None and right in choice.numbers:
            fold = int(document.context.document.digest, 16) % FOLDS
            yield Case(choice.rows, choice.numbers.index(right), weight, fold)
        if right is None:
            shared = shares(choice.rows, weights)
            right = choice.numbers[max(range(len(shared)), key=shared.__getitem__)]
        document.tell(attribution, place, right, ref.span)


def fit(rows: Sequence[Case], decay: float, steps: int = 600) -> dict[str, float]:
    """Maximise the penalised likelihood of the right candidates (Adam on all cases)."""
    known = sorted({name for case in rows for row in case.rows for name in row})
    at = {name: n for n, name in enumerate(known)}
    most = max(len(case.rows) for case in rows)
    values = np.zeros((len(rows), most, len(known)), dtype=np.float32)
    mask = np.full((len(rows), most), -1e9, dtype=np.float32)
    for n, case in enumerate(rows):
        mask[n, : len(case.rows)] = 0
        for k, row in enumerate(case.rows):
            for name, value in row.items():
                values[n, k, at[name]] = value
    right = np.array([case.right for case in rows])
    count = np.array([case.weight for case in rows], dtype=np.float32)
    weights, first, second = (np.zeros(len(known), dtype=np.float32) for _ in range(3))
    for step in range(1, steps + 1):
        scores = values @ weights + mask
        shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = shifted / shifted.sum(axis=1, keepdims=True)
        p[np.arange(len(rows)), right] -= 1
        gradient = np.einsum("nk,nkf->f", p * count[:, None], values) / count.sum() + decay * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(w), 4) for name, w in zip(known, weights, strict=True) if abs(w) >= 1e-4}


def abstention(answers: Sequence[tuple[float, bool]]) -> tuple[float, dict[str, float]]:
    """The least probability at which ANSWERED of the cases are answered, and the share of right ones.

    Args:
        answers: of each case the likeliest candidate's probability and whether it is right, by a fit on
            other articles.

    Returns:
        The probability, and how many are right of all and of those answered.
    """
    ranked = sorted(answers, reverse=True)
    kept = ranked[: math.ceil(ANSWERED * len(ranked))]
    right = {"right of all": ranked, "right of answered": kept}
    return round(kept[-1][0], 4), {
        n: round(sum(r for _, r in rows) / len(rows), 3) for n, rows in right.items()
    }


def labelled(model: TaggerModel, data: Path) -> list[tuple[Document, dict[tuple[int, int], int], float]]:
    """Articles with the targets of their labelled sources, and what a case of theirs counts."""
    articles = {d["id"]: d for d in read_jsonl(data / "polnear/train.jsonl.gz")}
    articles |= {d["id"]: d for d in polnear_dev()}
    ours = [*read_jsonl(FILE), *(r for r in read_jsonl(CASES / "speakers.jsonl") if r["part"] == "tune")]
    by_article: dict[str, list[Row]] = {}
    for row in ours:
        by_article.setdefault(row["id"], []).append(row)
    found = []
    for name, rows in by_article.items():
        document = context_of(articles[name], model)
        targets = {(row["source"][0][0], row["source"][-1][1]): target(document, row) for row in rows}
        found.append((document, {span: t for span, t in targets.items() if t is not None}, 1.0))
    pool = sorted(set(articles) - set(by_article) - held_back_ids() - {d["id"] for d in polnear_dev()})
    silver = {d["id"]: d for d in read_jsonl(data / "polnear/corenlp_silver_train.jsonl.gz")}
    for name in random.Random(5).sample(pool, SILVER):
        document = context_of(articles[name], model)
        found.append((document, silver_targets(document, silver.get(name, {})), SILVER_WEIGHT))
    return found


def silver_targets(document: Document, silver: Row) -> dict[tuple[int, int], int]:
    """Whom CoreNLP's chains say that pronouns and descriptions among the sources mean."""
    found: dict[tuple[int, int], int] = {}
    for attribution in document.context.attributions:
        ref = reference(document.text, attribution.source, document.names_of(attribution.source))
        if ref.span is None or ref.form is Form.NAME or ref.pronoun in ("i", "we", "you"):
            continue
        for chain in silver.get("chains", ()):
            if any(abs(a - ref.span.start) <= 1 and abs(b - ref.span.end) <= 1 for a, b in chain):
                counts = [
                    sum(any(a <= m.span.start and m.span.end <= b + 2 for a, b in chain) for m in e.names)
                    for e in document.among.entities
                ]
                most = max(counts, default=0)
                if most:
                    found[ref.span.start, ref.span.end] = counts.index(most)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    documents = labelled(TaggerModel(options.model), options.data)
    weights: Features = {}
    for _ in range(ROUNDS):
        rows = [case for d, labels, weight in documents for case in cases(d, labels, weights, weight)]
        weights = fit(rows, DECAY)
    ours = [case for case in rows if case.weight == 1.0]
    folds = [fit([c for c in rows if c.weight < 1 or c.fold != n], DECAY) for n in range(FOLDS)]
    crossed = [(shares(c.rows, folds[c.fold]), c.right) for c in ours]
    least, answered = abstention([(max(p), p.index(max(p)) == right) for p, right in crossed])
    path = options.model / "manifest.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["antecedents"] = weights
    raw["decoding"]["speaker_least"] = least
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"cases": len(rows), "ours": len(ours), "least": least, **answered}))


if __name__ == "__main__":
    main()
