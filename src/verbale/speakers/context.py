"""What the parts of this stage are told of a document and of one of its attributions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from verbale.registry import Registry
from verbale.types import Attribution, Document, Name, Span

if TYPE_CHECKING:
    from verbale.speakers.circumstances.frame import Frame
    from verbale.speakers.circumstances.relays import Hop


@dataclass(frozen=True)
class Context:
    """A document with what was found in it.

    Attributes:
        names: in order.
        sentences: cover the text but for blanks, in order.
        registry: who and what is known.
    """

    document: Document
    attributions: tuple[Attribution, ...]
    names: tuple[Name, ...]
    sentences: tuple[Span, ...]
    registry: Registry

    @cached_property
    def frames(self) -> dict[tuple[str, bool], Frame | None]:
        """What stands around each saying, once it was asked for."""
        return {}

    @cached_property
    def hops(self) -> dict[tuple[str, str], tuple[Hop, ...]]:
        """The relays in a frame, once they were asked for."""
        return {}

    def names_in(self, span: Span) -> tuple[Name, ...]:
        """The names that lie within a span."""
        first = bisect_left(self._name_starts, span.start)
        last = bisect_left(self._name_starts, span.end)
        return tuple(name for name in self.names[first:last] if name.span.end <= span.end)

    def sentences_of(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The sentences that spans touch."""
        return tuple(self.sentences[n] for n in sorted({n for span in spans for n in self._numbers(span)}))

    def touching(self, span: Span) -> tuple[Attribution, ...]:
        """The attributions that touch the sentences of a span, in order."""
        found = {id(a): a for n in self._numbers(span) for a in self._by_sentence.get(n, ())}
        return tuple(found.values())

    def about(self, attribution: Attribution) -> Context:
        """The same document with no more than touches an attribution's sentences: quick to look through."""
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        kept = self.sentences_of((*spans[:1], *spans[-1:], *attribution.cue, *attribution.source))
        if not kept:
            return self
        whole = Span(kept[0].start, kept[-1].end)
        return replace(
            self,
            attributions=self.touching(whole),
            names=self.names_in(whole),
            sentences=self.sentences_of((whole,)),
        )

    def _numbers(self, span: Span) -> range:
        """The numbers of the sentences that a span touches."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _ends(self) -> list[int]:
        return [s.end for s in self.sentences]

    @cached_property
    def _name_starts(self) -> list[int]:
        return [n.span.start for n in self.names]

    @cached_property
    def _by_sentence(self) -> dict[int, list[Attribution]]:
        found: dict[int, list[Attribution]] = {}
        for attribution in self.attributions:
            spans = (*attribution.source, *attribution.cue, *attribution.content)
            for n in sorted({n for span in spans for n in self._numbers(span)}):
                found.setdefault(n, []).append(attribution)
        return found


def sentences(text: str) -> tuple[Span, ...]:
    """Cut a text into sentences (Punkt, Kiss and Strunk 2006); a line's end always ends one."""
    from nupunkt import sent_spans

    found, at = [], 0
    for line in text.split("\n"):
        for start, end in sent_spans(line):
            words = line[start:end]
            if words.strip():
                first = at + start + len(words) - len(words.lstrip())
                found.append(Span(first, at + start + len(words.rstrip())))
        at += len(line) + 1
    return tuple(found)
