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
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evaluation.answers import is_right, labelled_attributions
from evaluation.score import CASES, document_of, held_back_ids, polnear_dev
from training import logistic
from training.speakers import FILE
from training.tagger.data import read_jsonl
from verbale.models.manifest import Manifest
from verbale.models.tagger import TaggerModel
from verbale.registry import default_registry
from verbale.speakers.antecedents import Features, History, shares
from verbale.speakers.context import Context, sentences
from verbale.speakers.names import names
from verbale.speakers.resolve import NOBODY, Document, resolve
from verbale.speakers.sources import Form, reference
from verbale.speakers.speaking import who
from verbale.speakers.sureness import features, probability

Row = dict[str, Any]
ROUNDS, SILVER, SILVER_WEIGHT, DECAY, FOLDS = 3, 100, 0.3, 0.001, 4
SEEN = 8  # cases that a feature of the sureness needs
ANSWERED = 0.92  # share of the sources that are answered
NAMED = ("person", "body", "state")
DETERMINERS = frozenset("the a an this that these those some his her their its".split())  # noqa: SIM905


class Case(NamedTuple):
    """The candidates of one source, which of them are right, and what the case counts."""

    rows: tuple[Features, ...]
    right: tuple[int, ...]
    weight: float


def context_of(row: Row, model: TaggerModel) -> Document:
    """An article made ready, with the tagger's names and the labelled attributions."""
    text, pieces = row["text"], model.cut(row["text"])
    mentions = model.score(pieces).mentions
    labelled = labelled_attributions(row)
    sources = [span for attribution in labelled for span in attribution.source[:1]]
    found = names(text, pieces, mentions, model.manifest, sources)
    context = Context(document_of(row), labelled, found, sentences(text), default_registry())
    return Document(context, pieces, mentions)


def targets(document: Document, label: Row) -> frozenset[int]:
    """The numbers of the entities and descriptions that a label means; NOBODY alone for none of them.

    A person is the last person's name in one of the label's names, a body or state what bears just that name,
    a description one that shares its noun with a name and has no word that the name lacks.
    """
    text, entities = document.text, document.among.entities
    wanted = sorted((text[a:b] for a, b in label["names"]), key=len, reverse=True)
    found = set(_described(document, wanted, label["voice"] == "persons"))
    if label["voice"] == "person":
        for words in wanted:
            fitting = [
                (words.rfind(name.span.of(text)) + len(name.span.of(text)), n)
                for n, entity in enumerate(entities)
                if entity.kind == "person" and not entity.actor
                for name in entity.names
                if name.span.of(text) in words
            ]
            if fitting and max(fitting)[0] >= len(words) - 3:
                return frozenset({max(fitting)[1]})
    if label["voice"] in NAMED:
        plain = {re.sub(r"^the ", "", words.casefold()) for words in wanted}
        for n, entity in enumerate(entities):
            if plain & {re.sub(r"^the ", "", name.span.of(text).casefold()) for name in entity.names}:
                return frozenset({n})
    return frozenset(found or {NOBODY})


def _described(document: Document, wanted: Sequence[str], persons: bool) -> Iterator[int]:
    words = [set(re.findall(r"\w+", name.casefold())) for name in wanted]
    names = set(wanted)
    for k, mention in enumerate(document.described):
        own = set(re.findall(r"\w+", mention.span.of(document.text).casefold())) - DETERMINERS
        if mention.names:
            right = persons and all(n.span.of(document.text) in names for n in mention.names)
        else:
            right = bool(own) and any(own <= each and mention.head in each for each in words)
        if right:
            yield len(document.among.entities) + k


def cases(
    document: Document, labels: Mapping[tuple[int, int], frozenset[int]], weights: Features, weight: float
) -> Iterator[Case]:
    """Walk through an article as reading does; where a source is labelled, its candidates make a case."""
    document.told = History()
    document.named.clear()
    document.speaks.clear()
    for attribution in document.context.attributions:
        ref = reference(document.text, attribution.source, document.names_of(attribution.source))
        if ref.span is None:
            continue
        place = document.place(attribution, ref.span)
        if ref.form is Form.NAME:
            document.tell(attribution, place, document.number_of[ref.names[0].span], ref.span)
            continue
        choice = document.choice(ref, place)
        meant = labels.get((ref.span.start, ref.span.end))
        shared = shares(choice.rows, weights)
        if meant is not None:
            right = tuple(k for k, n in enumerate(choice.numbers) if n in meant)
            if not right and not any(document.is_named(n) for n in meant):
                right = (len(choice.numbers) - 1,)  # described, but where nothing looks for it
            if right:
                yield Case(choice.rows, right, weight)
                shared = [p if k in right else -1.0 for k, p in enumerate(shared)]
        best = max(range(len(shared)), key=shared.__getitem__)
        document.tell(attribution, place, choice.numbers[best], ref.span)


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
    right = np.zeros((len(rows), most), dtype=np.float32)
    for n, case in enumerate(rows):
        right[n, list(case.right)] = 1
    count = np.array([case.weight for case in rows], dtype=np.float32)
    weights, first, second = (np.zeros(len(known), dtype=np.float32) for _ in range(3))
    for step in range(1, steps + 1):
        scores = values @ weights + mask
        shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = shifted / shifted.sum(axis=1, keepdims=True)
        p -= p * right / (p * right).sum(axis=1, keepdims=True).clip(1e-9)  # any right one will do
        gradient = np.einsum("nk,nkf->f", p * count[:, None], values) / count.sum() + decay * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(w), 4) for name, w in zip(known, weights, strict=True) if abs(w) >= 1e-4}


Judged = tuple[dict[str, float], bool]


def judged(
    document: Document, rows: Sequence[Row], weights: Features, manifest: Manifest
) -> Iterator[Judged]:
    """Of each labelled source what its sureness depends on, and whether the speaker told is right."""
    plain = replace(manifest, sureness={}, decoding={**manifest.decoding, "speaker_least": 0.0})
    meant = resolve(document.context, document.pieces, document.mentions, weights)
    told = who(document.context, meant, plain, "")
    by_place = {(m.ref.span.start, m.ref.span.end): i for i, m in meant.items() if m.ref.span}
    for row in rows:
        name = by_place.get((row["source"][0][0], row["source"][-1][1]))
        if name is None or row["voice"] == "unclear" or meant[name].features is None:
            continue
        if told[name].speaker.mention is not None:
            right = is_right(row, document.text, told[name].voice, told[name].speaker)
            yield features(meant[name], told[name].share), right


def surenesses(rows: Sequence[Judged]) -> dict[str, float]:
    """Weights of the sureness; of features that few cases have none."""
    counts = Counter(name for row, _ in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    values = np.array([[row.get(name, 0.0) for name in names] for row, _ in rows])
    right = np.array([float(right) for _, right in rows])
    weights = logistic.fit(values, right, decay=3.0).round(4).tolist()
    return dict(zip((*names, "always"), weights, strict=True))


def abstention(answers: Sequence[tuple[float, bool]], cases: int) -> tuple[float, dict[str, float]]:
    """The least sureness at which ANSWERED of the cases are answered, and the share of right ones.

    Args:
        answers: of each answered case its sureness and whether it is right, by a fit on other articles.
        cases: how many there are, those included that nothing is told of.
    """
    ranked = sorted(answers, reverse=True)
    kept = ranked[: math.ceil(ANSWERED * cases)]
    right = {"right of told": ranked, "right of answered": kept}
    return round(kept[-1][0], 4), {
        n: round(sum(r for _, r in rows) / len(rows), 3) for n, rows in right.items()
    }


Labels = dict[tuple[int, int], frozenset[int]]


class Labelled(NamedTuple):
    """An article made ready, with the targets of its sources, what a case counts, and our labels in it."""

    document: Document
    targets: Labels
    weight: float
    rows: Sequence[Row]

    @property
    def fold(self) -> int:
        """Which of the folds leaves it out."""
        return int(self.document.context.document.digest, 16) % FOLDS


def labelled(model: TaggerModel, data: Path) -> list[Labelled]:
    """Articles with what we labelled in them, and some with what CoreNLP's chains say."""
    articles = {d["id"]: d for d in read_jsonl(data / "polnear/train.jsonl.gz")}
    articles |= {d["id"]: d for d in polnear_dev()}
    ours = [*read_jsonl(FILE), *(r for r in read_jsonl(CASES / "speakers.jsonl") if r["part"] == "tune")]
    by_article: dict[str, list[Row]] = {}
    for row in ours:
        by_article.setdefault(row["id"], []).append(row)
    found = []
    for name, rows in by_article.items():
        document = context_of(articles[name], model)
        meant = {
            (row["source"][0][0], row["source"][-1][1]): targets(document, row)
            for row in rows
            if row["voice"] != "unclear"
        }
        found.append(Labelled(document, meant, 1.0, rows))
    pool = sorted(set(articles) - set(by_article) - held_back_ids() - {d["id"] for d in polnear_dev()})
    silver = {d["id"]: d for d in read_jsonl(data / "polnear/corenlp_silver_train.jsonl.gz")}
    for name in random.Random(5).sample(pool, SILVER):
        document = context_of(articles[name], model)
        found.append(Labelled(document, silver_targets(document, silver.get(name, {})), SILVER_WEIGHT, ()))
    return found


def fitted(articles: Sequence[Labelled]) -> dict[str, float]:
    """The weights of the choice, after some rounds in which the history is that of the round before."""
    weights: Features = {}
    for _ in range(ROUNDS):
        rows = [case for a in articles for case in cases(a.document, a.targets, weights, a.weight)]
        weights = fit(rows, DECAY)
    return weights


def silver_targets(document: Document, silver: Row) -> Labels:
    """Whom CoreNLP's chains say that pronouns and descriptions among the sources mean."""
    found: Labels = {}
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
                    found[ref.span.start, ref.span.end] = frozenset({counts.index(most)})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    model = TaggerModel(options.model)
    articles = labelled(model, options.data)
    weights = fitted(articles)
    by_fold: list[list[Judged]] = []
    for n in range(FOLDS):
        others = fitted([a for a in articles if a.fold != n or not a.rows])
        own = [a for a in articles if a.fold == n and a.rows]
        by_fold.append([c for a in own for c in judged(a.document, a.rows, others, model.manifest)])
    answers = []
    for n, held_out in enumerate(by_fold):
        sure = surenesses([case for k, rows in enumerate(by_fold) if k != n for case in rows])
        answers += [(probability(case, sure), right) for case, right in held_out]
    sure = surenesses([case for rows in by_fold for case in rows])
    asked = sum(row["stratum"] != "name" and row["voice"] != "unclear" for a in articles for row in a.rows)
    least, answered = abstention(answers, asked)
    path = options.model / "manifest.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw |= {"antecedents": weights, "sureness": sure}
    raw["decoding"]["speaker_least"] = least
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"cases": asked, "answered": len(answers), "least": least, **answered}))


if __name__ == "__main__":
    main()
