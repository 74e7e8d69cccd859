"""Cuts a text at every boundary of its spans, so that overlapping roles can be drawn side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from verbale.types import Attribution

# White space alone by the rules of CSS: what a page may leave out between its paragraphs.
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n[ \t\r\n]*")
_LINES = re.compile(r"\n[ \t\r\n]*")
_BLANKS = " \t\r\n"


class Role(StrEnum):
    """What a word does in an attribution."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"


class Part(NamedTuple):
    """A role in one of a document's attributions, which is given by its number in a sequence."""

    attribution: int
    role: Role


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text all of whose characters play the same parts, perhaps none."""

    start: int
    end: int
    parts: tuple[Part, ...] = ()


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Find the paragraphs of a text: blank lines part them; in a text without any, every line is one.

    Yields:
        Half-open offsets in code points, without the white space around each.
    """
    end = len(text.rstrip(_BLANKS))
    start = end - len(text[:end].lstrip(_BLANKS))
    breaks = _BLANK_LINES if _BLANK_LINES.search(text, start, end) else _LINES
    for match in breaks.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def segments(text: str, attributions: Sequence[Attribution], cuts: Sequence[int] = ()) -> Iterator[Segment]:
    """Cut a text at the ends of all spans.

    Args:
        text: a document's text.
        attributions: what was found in it; a span's excess over the text's end is ignored.
        cuts: further offsets to cut at, such as the ends of paragraphs.

    Yields:
        Segments in order that cover the text without a gap; parts in the order of the attributions.
    """
    begins: dict[int, list[Part]] = {}
    ends: dict[int, list[Part]] = {}
    for index, attribution in enumerate(attributions):
        of_roles = (attribution.source, attribution.cue, attribution.content)
        for role, spans in zip(Role, of_roles, strict=True):
            for span in spans:
                begins.setdefault(span.start, []).append(Part(index, role))
                ends.setdefault(span.end, []).append(Part(index, role))
    edges = sorted({0, len(text), *begins, *ends, *cuts})
    active: set[Part] = set()
    for start, end in pairwise(edges):
        if start >= len(text):
            return
        active.difference_update(ends.get(start, ()))
        active.update(begins.get(start, ()))
        yield Segment(start, min(end, len(text)), tuple(sorted(active)))
