"""The persons of a document as sides: all mentions of a last name, under the id of whoever speaks with it."""

from __future__ import annotations

from collections.abc import Sequence

from verbale.positions.sides import Side
from verbale.types import Name, Span, Statement


def people(text: str, names: Sequence[Name], statements: Sequence[Statement]) -> tuple[Side, ...]:
    """The persons named in a text.

    Args:
        text: a document's.
        names: those found in it.
        statements: whose speakers have ids.
    """
    known = {s.speaker.name.split()[-1]: s.speaker for s in statements if s.speaker.name and s.speaker.actor}
    spans: dict[str, list[Span]] = {}
    fullest: dict[str, str] = {}
    for name in names:
        if name.kind != "person":
            continue
        words = name.span.of(text)
        last = words.split()[-1]
        spans.setdefault(last, []).append(name.span)
        if len(words) > len(fullest.get(last, "")):
            fullest[last] = words
    return tuple(
        Side(
            (known[last].actor or last) if last in known else fullest[last],
            known[last].name if last in known else fullest[last],
            tuple(its),
        )
        for last, its in spans.items()
    )
