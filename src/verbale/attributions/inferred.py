"""Speech that runs on without a cue of its own: offered only when asked for, and marked."""

from __future__ import annotations

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
    taken = [span for each in outer for span in (*each.cue, *each.content)]
    for a, b in quoted:
        if len(text[a:b].split()) < FEWEST or not _alone(text, a, b):
            continue
        if any(span.start < b and a < span.end for span in taken):
            continue
        line_before = text[: text.rfind("\n", 0, a) + 1].rstrip().rfind("\n") + 1
        spoke = [
            each for each in (*outer, *found) if each.source and line_before <= each.content[-1].end <= a
        ]
        if spoke:
            last = max(spoke, key=lambda each: each.content[-1].end)
            found.append(Found(last.source, (), (Span(a, b),), Kind.DIRECT, PROBABILITY, "speech runs on"))
    return found


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in a quotation's lines."""
    before, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return not text[before:start].strip() and not text[end : after if after >= 0 else len(text)].strip()
