"""Quotations that run over paragraphs: each paragraph opens with a mark, only the last one closes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from verbale.attributions.found import Found
from verbale.types import Span

Quotation = tuple[int, int]
# By its first character, what ends a quotation: as `quotes` has it.
_CLOSING = {"“": '”"', "«": "»", "»": "«", "„": '“”"', "‘": "’'", '"': '"”', "'": "'’", "‹": "›"}


def join_paragraphs(text: str, found: Sequence[Found], quoted: Sequence[Quotation]) -> list[Found]:
    """Add to each content the paragraphs that its last quotation runs on into.

    A quotation runs on when its paragraph ends without closing it and the next paragraph opens
    with the same mark, and holds no cue: the convention of the house styles.

    Args:
        text: the document's text.
        found: its attributions.
        quoted: its quotations, as `quotes.quotations` finds them.
    """
    cues = [span.start for each in found for span in each.cue]
    starts = [start for start, _ in quoted]
    joined = []
    for each in found:
        last = each.content[-1]
        nearest = bisect_left(starts, last.end) - 1
        opened = quoted[nearest] if nearest >= 0 and last.end <= quoted[nearest][1] else None
        more: list[Span] = []
        while opened and _unclosed(text, opened) and (following := _next_paragraph(text, opened, quoted)):
            if any(following[0] <= cue < _line_end(text, following[0]) for cue in cues):
                break
            more.append(Span(*following))
            opened = following
        joined.append(replace(each, content=(*each.content, *more)) if more else each)
    return joined


def _unclosed(text: str, quotation: Quotation) -> bool:
    """Whether a quotation ends with its line rather than with a mark of its own."""
    start, end = quotation
    closing = _CLOSING.get(text[start], "")
    return (
        bool(closing)
        and (text[end - 1] not in closing or end - start < 2)
        and not text[end : _line_end(text, end)].strip()
    )


def _next_paragraph(text: str, quotation: Quotation, quoted: Sequence[Quotation]) -> Quotation | None:
    """The quotation that opens the next paragraph with the same mark, if one does."""
    start = next((at for at in range(quotation[1], len(text)) if not text[at].isspace()), None)
    if start is None or text[start] != text[quotation[0]]:
        return None
    nearest = bisect_left(quoted, (start, 0))
    return quoted[nearest] if nearest < len(quoted) and quoted[nearest][0] == start else None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
