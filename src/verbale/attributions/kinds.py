"""Direct, indirect or mixed: how much of a content stands between quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from verbale.types import Kind, Spans

_WORD = re.compile(r"\w+")


def kind_of(text: str, content: Spans, quoted: Sequence[tuple[int, int]]) -> Kind:
    """Tell a content's kind.

    Args:
        text: the text that the spans count.
        content: the content's spans.
        quoted: the text's quotations in order, as `quotes.quotations` finds them.
    """
    inside = outside = 0
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            nearest = bisect_right(quoted, word.start(), key=lambda quotation: quotation[0]) - 1
            if nearest >= 0 and word.start() < quoted[nearest][1]:
                inside += 1
            else:
                outside += 1
    if not inside:
        return Kind.INDIRECT
    return Kind.MIXED if outside else Kind.DIRECT
