"""Which issues a statement is about: those it mentions, else those that its speaker just spoke of."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace

from verbale.types import Attribution, Link, Statement

REACH = 500  # characters from the end of what was said before
CARRIED = "carried"
KEPT = 0.8  # how often a carried link is right, where a position hangs on it


def about(
    attributions: Sequence[Attribution], statements: Sequence[Statement], links: Sequence[Link]
) -> Mapping[str, tuple[Link, ...]]:
    """The links of each statement, by the statement's id.

    What is carried over from the speaker's statement before has no span; it counts only where a position
    is found to hang on it.

    Args:
        attributions: of a document, in order.
        statements: made of them, in the same order.
        links: all of the document's mentions, in order.
    """
    starts = [link.span.start for link in links if link.span]
    found: dict[str, tuple[Link, ...]] = {}
    before: tuple[str, int, tuple[Link, ...]] = ("", 0, ())
    for attribution, statement in zip(attributions, statements, strict=True):
        inside = tuple(
            link
            for span in attribution.content
            for link in links[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]
        )
        speaker = statement.speaker.actor or statement.speaker.name
        start = min(s.start for s in (*attribution.content, *attribution.source))
        end = max(s.end for s in (*attribution.content, *attribution.cue))
        goes_on = attribution.parent is None and bool(speaker) and speaker == before[0]
        if not inside and goes_on and 0 <= start - before[1] <= REACH:
            inside = before[2]
        found[statement.id] = inside
        if attribution.parent is None:
            carried = tuple(
                replace(link, span=None, how=CARRIED, probability=KEPT * link.probability) for link in inside
            )
            before = (speaker, end, carried)
    return found
