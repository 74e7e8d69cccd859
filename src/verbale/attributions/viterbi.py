"""The best well-formed sequence of spans under begin, inside, end and single scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Laid = list[tuple[int, int, int]]
BEGIN, INSIDE, END, SINGLE = range(4)
AT_ONCE = 200_000  # scores of one kind in a batch: bounds the memory


def best_spans(lines: Sequence[tuple[Floats, Floats]]) -> list[Laid]:
    """Find the highest-scoring way to lay spans of several groups over each of some lines.

    Spans never overlap; each piece is outside, or begins, continues, ends or alone makes a span of
    one group (BIES; Viterbi 1967, with the transitions that the scheme forbids left out). Lines are
    worked on side by side, and none changes the result of another.

    Args:
        lines: for each, `outside`, [pieces], the score of standing in no span, and
            `groups`, [pieces, groups, 4], the scores of BEGIN, INSIDE, END, SINGLE in each group.

    Returns:
        For each line `(group, first, last)` of each span, `last` inclusive, in order.
    """
    found: list[Laid] = [[] for _ in lines]
    for numbers in _batches([groups.shape[:2] for _, groups in lines]):
        pieces, count = np.max([lines[n][1].shape[:2] for n in numbers], axis=0)
        outside = np.zeros((pieces, len(numbers)))
        groups = np.full((pieces, len(numbers), count, 4), -np.inf)
        for column, n in enumerate(numbers):
            length, width = lines[n][1].shape[:2]
            outside[:length, column] = lines[n][0]
            groups[:length, column, :width] = lines[n][1]
        chosen, ended_open, from_open = _forward(outside, groups)
        for column, n in enumerate(numbers):
            found[n] = _backward(chosen[:, column].tolist(), ended_open[:, column], from_open[:, column])
    return found


def _batches(shapes: Sequence[tuple[int, ...]]) -> Iterator[list[int]]:
    """Numbers of the lines that have pieces and groups, like lengths together."""
    batch: list[int] = []
    widest = 0
    for n in sorted((n for n, shape in enumerate(shapes) if all(shape)), key=lambda n: shapes[n]):
        widest = max(widest, shapes[n][1])
        if batch and shapes[n][0] * widest * (len(batch) + 1) > AT_ONCE:
            yield batch
            batch, widest = [], shapes[n][1]
        batch.append(n)
    if batch:
        yield batch


def _forward(outside: Floats, groups: Floats) -> tuple[NDArray[np.int64], Flags, Flags]:
    """The best last step at every place.

    Args:
        outside: [pieces, lines].
        groups: [pieces, lines, groups, 4].

    Returns:
        The group closed, -1 for none, [pieces, lines]; whether it ended rather than stood alone, and
        whether a span left open was open before, both [pieces, lines, groups].
    """
    length, lines, count = groups.shape[:3]
    closed = np.zeros(lines)  # best score with no span open
    opened = np.full((lines, count), -np.inf)  # best score with a span of each group open
    chosen = np.full((length, lines), -1)
    ended_open = np.zeros((length, lines, count), dtype=bool)
    from_open = np.zeros((length, lines, count), dtype=bool)
    rows = np.arange(lines)
    for at in range(length):
        before = closed[:, None]
        begin, inside = before + groups[at, :, :, BEGIN], opened + groups[at, :, :, INSIDE]
        single, end = before + groups[at, :, :, SINGLE], opened + groups[at, :, :, END]
        np.greater(inside, begin, out=from_open[at])
        np.greater(end, single, out=ended_open[at])
        ends = np.maximum(single, end)
        best = ends.argmax(axis=1)
        stay, close = closed + outside[at], ends[rows, best]
        np.copyto(chosen[at], best, where=close > stay)
        closed = np.maximum(close, stay)
        opened = np.maximum(begin, inside)
    return chosen, ended_open, from_open


def _backward(chosen: list[int], ended_open: Flags, from_open: Flags) -> Laid:
    """Follow the best steps of one line back from its end."""
    spans = []
    at = len(chosen) - 1
    while at >= 0:
        group = chosen[at]
        if group >= 0:
            last = at
            if ended_open[at, group]:
                at -= 1
                while from_open[at, group]:
                    at -= 1
            spans.append((group, at, last))
        at -= 1
    return spans[::-1]
