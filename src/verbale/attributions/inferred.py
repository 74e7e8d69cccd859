"""Speech that runs on without a cue of its own: offered only when asked for, and marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from verbale.attributions.found import Found
from verbale.types import Kind, Span

FEWEST = 6  # words; a shorter quotation alone in its paragraph is mostly a cross-heading
# Of 16 offered in the held-back articles the corpus gives 13 to the same speaker: (13 + 1) / (16 + 2).
PROBABILITY = 0.78


def inferred(text: str, outer: Sequence[Found], quoted: Sequence[tuple[int, int]]) -> list[Found]:
    """Give a paragraph that is one quotation, with no cue in it, to whoever spoke in the paragraph before.

    Args:
        text: the document's text.
        outer: its attributions, in order.
        quoted: its quotations, as `quotes.quotations` finds them.

    Returns:
        Attributions with the earlier source, no cue, and the quotation as content.
    """
    found: list[Found] = []
    taken = sorted(span for each in outer for span in (*each.cue, *each.content))
    spoke = sorted(((each.content[-1].end, n, each) for n, each in enumerate(outer) if each.source))
    for a, b in quoted:
        if len(text[a:b].split()) < FEWEST or not _alone(text, a, b):
            continue
        nearest = bisect_left(taken, b, key=lambda span: span.start) - 1
        if nearest >= 0 and taken[nearest].end > a:
            continue
        nearest = bisect_right(spoke, a, key=lambda each: each[0]) - 1
        if nearest >= 0 and spoke[nearest][0] >= _paragraph_before(text, a):
            last = spoke[nearest][2]
            found.append(Found(last.source, (), (Span(a, b),), Kind.DIRECT, PROBABILITY, "speech runs on"))
            insort(spoke, (b, len(outer) + len(found), found[-1]), key=lambda each: each[0])
    return found


def _paragraph_before(text: str, at: int) -> int:
    """Where the paragraph before that of a place begins."""
    end = text.rfind("\n", 0, at) + 1
    while end and text[end - 1].isspace():
        end -= 1
    return text.rfind("\n", 0, end) + 1


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in a quotation's lines."""
    before, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return not text[before:start].strip() and not text[end : after if after >= 0 else len(text)].strip()
