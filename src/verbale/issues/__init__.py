"""Document → the issues and matters that its words are about."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from verbale.issues.about import about
from verbale.issues.context import Spoken, vocabulary_of
from verbale.issues.matters import Matters
from verbale.issues.names import SHORT, named
from verbale.issues.phrases import Phrase, phrases
from verbale.registry.issues import Issues, default_issues
from verbale.registry.lexicon import Entry, Hit, Lexicon
from verbale.registry.parties import party_names
from verbale.types import Link, Span

__all__ = ["Linker", "about", "default_linker", "linker"]

# How often a link of each rule is right: counted on the tuning half of evaluation/cases/links.jsonl.
RIGHT: Mapping[str, float] = {"alias": 0.97, SHORT: 0.95, "context": 0.9}


@dataclass(frozen=True, slots=True)
class Linker:
    """The tables of issues, ready for linking."""

    issues: Issues
    names: Lexicon = field(repr=False)
    parties: Lexicon = field(repr=False)
    vocabulary: Mapping[str, frozenset[str]] = field(repr=False)
    matters: Matters = field(repr=False)

    def links(self, text: str, sentences: Sequence[Span]) -> tuple[Link, ...]:
        """Find the mentions of issues in a text.

        Args:
            text: a document's.
            sentences: cover it but for blanks, in order.

        Returns:
            One for each mention, in order.
        """
        starts = [sentence.start for sentence in sentences]
        return tuple(
            Link(
                issue,
                self.matters.of(
                    issue, text, sentences[max(0, bisect.bisect_right(starts, span.start) - 1)], span
                ),
                span,
                RIGHT[how],
                how,
            )
            for issue, span, how in self._found(text)
        )

    def _found(self, text: str) -> Iterator[tuple[str, Span, str]]:
        hits = named(text, self.names, self.parties, self.issues)
        if not hits:
            return
        spoken = Spoken(self.issues, self.vocabulary, {}, {})
        for each in _in_order(hits, phrases(text)):
            if isinstance(each, Hit):
                spoken.mention(each.entry.meaning, each.span.start)
                yield each.entry.meaning, each.span, each.entry.how
            elif each.points and (issue := spoken.meant(each)):
                spoken.mention(issue, each.span.start)
                yield issue, each.span, "context"
            elif not each.points:
                spoken.another(each)


def _in_order(hits: Sequence[Hit], found: Iterator[Phrase]) -> list[Hit | Phrase]:
    """Names, and the phrases that overlap none."""
    ends = [hit.span.end for hit in hits]

    def free(phrase: Phrase) -> bool:
        after = bisect.bisect_right(ends, phrase.span.start)
        return after == len(hits) or hits[after].span.start >= phrase.span.end

    return sorted((*hits, *filter(free, found)), key=lambda each: each.span.start)


def linker(issues: Issues, parties: Mapping[str, Sequence[str]]) -> Linker:
    """Make tables of issues ready for linking.

    Args:
        issues: the tables.
        parties: by id of a state or body its names.
    """
    names = Lexicon.of(
        Entry(name, issue.id, how)
        for how, each in (("alias", "aliases"), ("alias", "name"), (SHORT, "short"))
        for issue in issues.by_id.values()
        for name in ((issue.name,) if each == "name" else getattr(issue, each))
    )
    known = Lexicon.of(Entry(name, party, "party") for party, all_ in parties.items() for name in all_)
    return Linker(issues, names, known, vocabulary_of(issues, parties), Matters(issues))


@cache
def default_linker() -> Linker:
    """The package's own issues, ready for linking."""
    return linker(default_issues(), party_names())
