"""Document → the issues and matters that its words are about."""

from __future__ import annotations

import bisect
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from verbale.issues.about import about
from verbale.issues.choice import NOTHING, Features, Spoken, candidates, features, nothing, shares
from verbale.issues.matters import Matters
from verbale.issues.meaning import Names, alike, joined, load, vectors_of
from verbale.issues.names import SHORT, Named, named, short_features
from verbale.issues.phrases import Phrase, phrases
from verbale.issues.vocabulary import vocabulary_of
from verbale.models import default_vectors
from verbale.models.vectors import VectorModel
from verbale.registry import OWN
from verbale.registry.issues import Issues, actors_of, default_issues, joined_issues
from verbale.registry.lexicon import Entry, Hit, Lexicon
from verbale.registry.parties import party_names
from verbale.types import Link, Span

__all__ = ["Linker", "Weights", "about", "default_linker", "linker", "with_own"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How phrases are chosen for, as `training.links` fitted it.

    Attributes:
        choice: weights of the features of a candidate.
        least: the probability from which a phrase or short name is linked.
        alias: how often a name that is not short is right.
    """

    choice: Mapping[str, float]
    least: float
    alias: float


@dataclass(frozen=True, slots=True)
class Linker:
    """The tables of issues, ready for linking."""

    issues: Issues
    names: Lexicon = field(repr=False)
    parties: Lexicon = field(repr=False)
    vocabulary: Mapping[str, frozenset[str]] = field(repr=False)
    matters: Matters = field(repr=False)
    vectors: Names = field(repr=False)
    model: VectorModel = field(repr=False)
    weights: Weights = field(repr=False)

    def links(self, text: str, sentences: Sequence[Span]) -> tuple[Link, ...]:
        """Find the mentions of issues in a text.

        Args:
            text: a document's.
            sentences: cover it but for blanks, in order.

        Returns:
            One for each mention, in order.
        """
        starts = [sentence.start for sentence in sentences]
        found = []
        for issue, span, how, probability in self._found(text):
            sentence = sentences[max(0, bisect.bisect_right(starts, span.start) - 1)]
            matter = self.matters.of(issue, text, sentence, span)
            found.append(Link(issue, matter, span, probability, how))
        return tuple(found)

    def _found(self, text: str) -> Iterator[tuple[str, Span, str, float]]:
        spoken, found = Spoken(), named(text, self.names, self.parties, self.issues)
        for each in in_order(found.hits, text, self.issues):
            if isinstance(each, Hit) and each.entry.how != SHORT:
                spoken.mention(each.entry.meaning, each.span.start)
                yield each.entry.meaning, each.span, each.entry.how, self.weights.alias
                continue
            known, rows = self.asked(text, each, found, spoken)
            chances = shares(rows, self.weights.choice)
            best = max(range(len(known)), key=chances.__getitem__)
            if known[best] == NOTHING or chances[best] < self.weights.least:
                spoken.something_else(each)
                continue
            how = SHORT if isinstance(each, Hit) else "context" if known[best] in spoken.last else "meaning"
            spoken.mention(known[best], each.span.start)
            yield known[best], each.span, how, chances[best]

    def asked(
        self, text: str, phrase: Hit | Phrase, found: Named, spoken: Spoken
    ) -> tuple[list[str], list[Features]]:
        """The candidates of a phrase or short name, "" for none of the tables, and their features."""
        if isinstance(phrase, Hit):
            issue = phrase.entry.meaning
            rows = short_features(text, phrase, found, spoken, self.issues, self.vocabulary[issue])
            return [issue, NOTHING], list(rows)
        near = alike(phrase, self.vectors, self.model)
        known = candidates(phrase, spoken, self.issues, near)
        known_rows = [features(phrase, self.issues, i, spoken, self.vocabulary[i], near) for i in known]
        return [*known, NOTHING], [*known_rows, nothing(phrase, spoken)]


def in_order(hits: Sequence[Hit], text: str, issues: Issues) -> list[Hit | Phrase]:
    """Names of issues, and the phrases that overlap none, with the nouns for the issues named."""
    further = frozenset(noun for hit in hits for noun in issues.nouns.get(hit.entry.meaning, ()))
    ends = [hit.span.end for hit in hits]

    def free(phrase: Phrase) -> bool:
        after = bisect.bisect_right(ends, phrase.span.start)
        return after == len(hits) or hits[after].span.start >= phrase.span.end

    return sorted((*hits, *filter(free, phrases(text, further))), key=lambda each: each.span.start)


def linker(
    issues: Issues, parties: Mapping[str, Sequence[str]], vectors: Names, model: VectorModel, weights: Weights
) -> Linker:
    """Make tables of issues ready for linking.

    Args:
        issues: the tables.
        parties: by id of a state or body its names.
        vectors: of the names of the issues.
        model: that made them.
        weights: see there.
    """
    names = Lexicon.of(
        Entry(name, issue.id, how)
        for how, column in (("alias", "aliases"), ("alias", "name"), (SHORT, "short"))
        for issue in issues.by_id.values()
        for name in ((issue.name,) if column == "name" else getattr(issue, column))
    )
    known = Lexicon.of(Entry(name, party, "party") for party, all_ in parties.items() for name in all_)
    return Linker(
        issues, names, known, vocabulary_of(issues, parties), Matters(issues), vectors, model, weights
    )


@cache
def default_weights() -> Weights:
    """What the package brings."""
    raw = json.loads((OWN / "issues/linking.json").read_text(encoding="utf-8"))
    return Weights(raw["choice"], raw["least"], raw["alias"])


@cache
def default_linker() -> Linker:
    """The package's own issues, ready for linking."""
    vectors = load(OWN / "issues/names.npz")
    return linker(default_issues(), party_names(), vectors, default_vectors(), default_weights())


def with_own(*folders: Path) -> Linker:
    """The package's issues and those of a user's folders, ready for linking.

    Args:
        folders: each holds `issues/issues.csv` and `issues/matters.csv` of the same shape as the package's.

    Raises:
        RegistryError: a row is wrong; it names file and row, and nothing is loaded.
    """
    model = default_vectors()
    issues = joined_issues((OWN, *folders), actors_of(OWN))
    known = load(OWN / "issues/names.npz")
    own = {issue.id: issue for issue in issues.by_id.values() if issue.id not in default_issues().by_id}
    vectors = joined(known, vectors_of(own.values(), model))
    return linker(issues, party_names(), vectors, model, default_weights())
