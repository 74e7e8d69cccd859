"""How a reading is put into words and order for a person, in the table, the page and Python alike."""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from verbale.types import Attribution, Document, Kind, Spans

GAP = " … "
# From the top: the least probability that each word stands for.
_WORDS = ((0.9, "certain"), (0.7, "likely"), (0.4, "possible"), (0.0, "doubtful"))


# What a terminal would obey rather than show: C0 and C1 controls, what turns the direction of the text
# around it, line ends of Unicode, and halves of pairs, which no terminal's encoding can hold.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def words(text: str, spans: Spans) -> str:
    """The exact words of a role, its pieces joined by " … "; "" when it has none."""
    return GAP.join(span.of(text) for span in spans)


def one_line(text: str) -> str:
    """Put a text on one line and take out what a terminal would obey: control and direction characters."""
    return _OBEYED.sub("", " ".join(text.split()))


def certainty(probability: float) -> str:
    """The word for a probability: certain, likely, possible or doubtful."""
    return next((word for least, word in _WORDS if probability >= least), "doubtful")


def number(count: int, noun: str) -> str:
    """A count with its noun: "1 attribution", "2 attributions"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def origin(document: Document) -> tuple[str, ...]:
    """Outlet and day of a document, as far as they are known."""
    return tuple(fact for fact in (document.outlet, day(document.published)) if fact)


def counts(attributions: Sequence[Attribution]) -> str:
    """How many attributions there are, and of which kinds: "3 attributions: 2 direct, 1 mixed; 1 nested"."""
    kinds = Counter(attribution.kind for attribution in attributions)
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in Kind if kinds[kind])
    nested = sum(attribution.parent is not None for attribution in attributions)
    return (
        number(len(attributions), "attribution")
        + (f": {parts}" if parts else "")
        + (f"; {nested} nested" if nested else "")
    )


def day(when: date | None) -> str:
    """A day in words, "3 March 2031"; "" when it is not known."""
    return f"{when.day} {month_name[when.month]} {when.year}" if when else ""


def nesting(attributions: Sequence[Attribution]) -> Iterator[tuple[int, Attribution]]:
    """Walk attributions in the order of their contents, each followed by those nested in it.

    One whose parent is not among them, or that lies in a ring of parents, stands at the top, so
    that every attribution comes exactly once.

    Yields:
        The depth, 0 at the top, and the attribution.
    """
    ordered = sorted(attributions, key=lambda a: a.content[0].start)
    known = {attribution.id for attribution in ordered}
    nested: dict[str, list[Attribution]] = {}
    for attribution in ordered:
        nested.setdefault(attribution.parent or "", []).append(attribution)
    seen: set[int] = set()
    tops = [a for a in ordered if a.parent not in known]
    for top in (*tops, *ordered):
        waiting = [(0, top)]
        while waiting:
            depth, attribution = waiting.pop()
            if id(attribution) in seen:
                continue
            seen.add(id(attribution))
            yield depth, attribution
            waiting += [(depth + 1, a) for a in reversed(nested.get(attribution.id, []))]
