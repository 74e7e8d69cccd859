"""The best well-formed sequence of spans under begin, inside, end and single scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BEGIN, INSIDE, END, SINGLE = range(4)


def best_spans(outside: Floats, groups: Floats) -> list[tuple[int, int, int]]:
    """Find the highest-scoring way to lay spans of several groups over a sequence.

    Spans never overlap; each piece is outside, or begins, continues, ends or alone makes a span of
    one group (BIES; Viterbi 1967, with the transitions that the scheme forbids left out).

    Args:
        outside: [pieces], score of standing in no span.
        groups: [pieces, groups, 4], scores of BEGIN, INSIDE, END, SINGLE in each group.

    Returns:
        `(group, first, last)` for each span, `last` inclusive, in order.
    """
    length, count = groups.shape[:2]
    closed = 0.0  # best score with no span open
    opened = np.full(count, -np.inf, dtype=np.float32)  # best score with a span of each group open
    from_open = np.zeros((length, count), dtype=bool)  # an open span was open before
    ended_open = np.zeros((length, count), dtype=bool)  # a closed span ended rather than stood alone
    chosen = np.full(length, -1)  # the group closed here, -1 for none
    for at in range(length):
        begin, inside = closed + groups[at, :, BEGIN], opened + groups[at, :, INSIDE]
        single, end = closed + groups[at, :, SINGLE], opened + groups[at, :, END]
        from_open[at] = inside > begin
        ended_open[at] = end > single
        ends = np.maximum(single, end)
        best = int(ends.argmax()) if count else -1
        stay = closed + outside[at]
        if count and ends[best] > stay:
            chosen[at], closed = best, float(ends[best])
        else:
            closed = float(stay)
        opened = np.maximum(begin, inside)
    spans = []
    at = length - 1
    while at >= 0:
        group = int(chosen[at])
        if group >= 0:
            last = at
            if ended_open[at, group]:
                at -= 1
                while from_open[at, group]:
                    at -= 1
            spans.append((group, at, last))
        at -= 1
    return spans[::-1]
