"""Where a statement stands → the passage that the model reads, and where in it pairs are asked about."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import numpy as np

from verbale.models.framed import ROLES
from verbale.models.tokens import Ints, Pieces
from verbale.types import Attribution, Span

LONGEST = 200  # pieces of a passage; of a longer one its head is read


def hull(attribution: Attribution, sentences: Sequence[Span]) -> Span:
    """The sentences that an attribution's source, cue and content touch, from the first to the last."""
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    starts = [s.start for s in sentences]
    first = max(0, bisect.bisect_right(starts, start) - 1)
    last = max(0, bisect.bisect_left(starts, end) - 1)
    return (
        Span(min(start, sentences[first].start), max(end, sentences[last].end))
        if sentences
        else Span(start, end)
    )


def part_of(pieces: Pieces, span: Span) -> slice:
    """The pieces that a span covers."""
    first = int(np.searchsorted(pieces.ends, span.start, side="right"))
    last = int(np.searchsorted(pieces.starts, span.end, side="left"))
    return slice(first, max(first, last))


def roles_of(pieces: Pieces, part: slice, spans: Iterable[tuple[str, Span]]) -> Ints:
    """The role of each piece of a passage; of those that overlap the last named counts."""
    roles = np.zeros(part.stop - part.start, dtype=np.int64)
    for role, span in spans:
        its = part_of(pieces, span)
        roles[max(0, its.start - part.start) : max(0, its.stop - part.start)] = ROLES.index(role)
    return roles


def place(pieces: Pieces, part: slice, span: Span | None) -> int | None:
    """Where in a passage a span begins; -1 for no span, None for one outside."""
    if span is None:
        return -1
    first = part_of(pieces, span).start
    return first - part.start if part.start <= first < part.stop else None


def parts(span: Span, sentences: Sequence[Span], pieces: Pieces) -> tuple[Span, ...]:
    """A span in parts of whole sentences that are not too long to be read at once."""
    starts = [s.start for s in sentences]
    inside = sentences[
        max(0, bisect.bisect_right(starts, span.start) - 1) : bisect.bisect_left(starts, span.end)
    ]
    found: list[Span] = []
    for sentence in inside or (span,):
        joined = Span(found[-1].start, sentence.end) if found else sentence
        fits = part_of(pieces, joined)
        if found and fits.stop - fits.start <= LONGEST:
            found[-1] = joined
        else:
            found.append(sentence)
    return tuple(found)
