"""The persons of a document as sides: all mentions of a last name, under the id of whoever speaks with it."""

from __future__ import annotations

from collections.abc import Sequence

from verbale.positions.scene import Scene
from verbale.positions.sides import Side
from verbale.types import Span, Statement


def people(scene: Scene, statements: Sequence[Statement]) -> tuple[Side, ...]:
    """The persons named in a text; a name that a state, a body or an issue has is none.

    Args:
        scene: the document.
        statements: whose speakers have ids.
    """
    known = {s.speaker.name.split()[-1]: s.speaker for s in statements if s.speaker.name and s.speaker.actor}
    spans: dict[str, list[Span]] = {}
    fullest: dict[str, str] = {}
    taken = [link.span for link in scene.links if link.span]
    for name in scene.names:
        words = name.span.of(scene.document.text)
        if name.kind != "person" or scene.actors.find(words):
            continue
        if any(span.start < name.span.end and name.span.start < span.end for span in taken):
            continue
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
