"""Names and coreference of persons on GUM's news, interviews and speeches.

    python -m evaluation.mentions [--model FOLDER …] [--genres news interview speech]

Given two models that were each trained without one half of the interviews and speeches (training/run.sh),
each is scored on its own half, and news, which no model saw, by the first. Names are scored as spans, with or
without their kind. Coreference is over GUM's own mentions of persons: a name goes where its entity goes, a
pronoun or description where the package's choice of antecedents puts it. CoNLL F1 is the mean of MUC, B³ and
entity-based CEAF (Pradhan et al. 2014).
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from evaluation.gum import Mention, documents
from evaluation.score import Row, document_of, place
from training.tagger.mentions import LONGEST, PRONOUN, name_of
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel
from verbale.registry import default_registry
from verbale.speakers.antecedents import Place, shares
from verbale.speakers.context import Context, sentences
from verbale.speakers.names import names
from verbale.speakers.resolve import NOBODY, Document
from verbale.speakers.sources import Form, reference
from verbale.types import Span

GENRES = ("news", "interview", "speech")
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
Clusters = list[frozenset[int]]


def made_ready(row: Row, model: TaggerModel) -> Document:
    """A document of GUM with the model's names."""
    tagged = model.tag(row["text"])
    found = names(row["text"], tagged.pieces, tagged.layers.mentions, model.manifest)
    context = Context(document_of(row), (), found, sentences(row["text"]), default_registry())
    return Document(context, tagged.pieces, tagged.layers.mentions)


def gold_names(row: Row) -> dict[tuple[int, int], str]:
    """GUM's names without titles, as `{(start, end): kind}`."""
    found = {}
    for mention in row["mentions"]:
        span = name_of(row["text"], mention)
        if span:
            found[span] = KINDS[mention.kind]
    return found


def told_names(document: Document) -> dict[tuple[int, int], str]:
    """Persons, organisations and places; known states and bodies by their kind in the registry."""
    kind_of = {n.span: e.kind for e in document.among.entities for n in e.names}
    return {
        (n.span.start, n.span.end): kind_of[n.span]
        for n in document.context.names
        if kind_of[n.span] in KINDS.values()
    }


def persons(row: Row) -> list[Mention]:
    """Mentions of persons: names, pronouns and descriptions of up to LONGEST words."""
    return [
        m
        for m in row["mentions"]
        if m.kind == "person"
        and (name_of(row["text"], m) or len(m.words) <= LONGEST)
        and (len(m.words) > 1 or name_of(row["text"], m) or PRONOUN.fullmatch(row["text"][m.start : m.end]))
    ]


def told_clusters(document: Document, mentions: Sequence[Mention], model: TaggerModel) -> Clusters:
    """The mentions by the entity that the package puts them to; one that means nobody named stands alone."""
    groups: dict[int, set[int]] = defaultdict(set)
    alone = -1
    for n, mention in enumerate(mentions):
        number = _number(document, mention, model)
        if number == NOBODY:
            alone -= 1
            number = alone
        groups[number].add(n)
    return [frozenset(g) for g in groups.values()]


def _number(document: Document, mention: Mention, model: TaggerModel) -> int:
    span = Span(mention.start, mention.end)
    ref = reference(document.text, (span,), document.names_of((span,)))
    if ref.form is Form.NAME:
        return document.number_of[ref.names[0].span]
    lines = document.lines
    sentence = int(np.searchsorted(document.edges, span.start, "right")) - 1
    where = Place(span.start, sentence, int(np.searchsorted(lines, span.start)), (), NOBODY, False)
    choice = document.choice(ref, where)
    probabilities = shares(choice.rows, model.manifest.antecedents)
    return choice.numbers[max(range(len(probabilities)), key=probabilities.__getitem__)]


def gold_clusters(mentions: Sequence[Mention]) -> Clusters:
    groups: dict[int, set[int]] = defaultdict(set)
    for n, mention in enumerate(mentions):
        groups[mention.chain].add(n)
    return [frozenset(g) for g in groups.values()]


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def conll(pairs: Iterable[tuple[Clusters, Clusters]]) -> dict[str, float]:
    """MUC, B³, CEAF-e and their mean over documents' gold and told clusters, F1 in percent."""
    sums: dict[str, np.ndarray[Any, np.dtype[np.float64]]] = defaultdict(lambda: np.zeros(4))
    for gold, told in pairs:
        sums["MUC"] += (*_muc(gold, told), *_muc(told, gold))
        sums["B3"] += (*_b3(gold, told), *_b3(told, gold))
        alike = _ceaf(gold, told)
        sums["CEAF-e"] += (alike, len(gold), alike, len(told))
    scores = {n: 100 * f1(s[2] / max(s[3], 1), s[0] / max(s[1], 1)) for n, s in sums.items()}
    return {n: round(v, 1) for n, v in scores.items()} | {"CoNLL": round(sum(scores.values()) / 3, 1)}


def _muc(key: Clusters, response: Clusters) -> tuple[float, float]:
    home = {m: n for n, cluster in enumerate(response) for m in cluster}
    right = sum(len(c) - len({home.get(m, ("", m)) for m in c}) for c in key)
    return right, sum(len(c) - 1 for c in key)


def _b3(key: Clusters, response: Clusters) -> tuple[float, float]:
    home = {m: cluster for cluster in response for m in cluster}
    total = sum(len(c & home.get(m, frozenset((m,)))) / len(c) for c in key for m in c)
    return total, sum(map(len, key))


def _ceaf(gold: Clusters, told: Clusters) -> float:
    alike = np.array([[2 * len(g & t) / (len(g) + len(t)) for t in told] for g in gold])
    if not alike.size:
        return 0.0
    rows, columns = linear_sum_assignment(-alike)
    return float(alike[rows, columns].sum())


def figures(parts: Mapping[str, Sequence[tuple[Row, TaggerModel]]]) -> dict[str, Any]:
    """Name F1 with and without kinds, and the coreference figures, by genre."""
    found = {}
    for genre, rows in parts.items():
        counts, pairs = np.zeros(4), []
        for row, model in rows:
            document = made_ready(row, model)
            gold, told = gold_names(row), told_names(document)
            right = sum(told.get(span) == kind for span, kind in gold.items())
            counts += (right, len(set(gold) & set(told)), len(gold), len(told))
            mentions = persons(row)
            pairs.append((gold_clusters(mentions), told_clusters(document, mentions, model)))
        names_f1 = [round(100 * f1(c / counts[3], c / counts[2]), 1) for c in counts[:2]]
        found[genre] = {"names": names_f1[0], "names, any kind": names_f1[1], **conll(pairs)}
    return found


def kept(
    models: Sequence[TaggerModel], genres: Sequence[str] = GENRES
) -> dict[str, list[tuple[Row, TaggerModel]]]:
    """The documents by genre, each with the model that has not seen it."""
    return {
        genre: [
            (row, models[0 if genre == "news" else n % len(models)])
            for n, row in enumerate(documents(place("VERBALE_DATA"), (genre,)))
        ]
        for genre in genres
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, nargs="+", help="one, or two for the halves 0 and 1")
    parser.add_argument("--genres", nargs="+", default=GENRES, choices=GENRES)
    options = parser.parse_args()
    models = [TaggerModel(path) for path in options.model] if options.model else [default_tagger()]
    print(json.dumps(figures(kept(models, options.genres)), indent=1))


if __name__ == "__main__":
    main()
