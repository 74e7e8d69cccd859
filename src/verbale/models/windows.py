"""Pieces → overlapping windows, and the arrays of one run of the model: [CLS] pieces [SEP]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verbale.models.tokens import Ints, Pieces

BERT_FRAME = (101, 102)  # [CLS] and [SEP]
SLICE = slice(1, -1)  # where the pieces stand among a run's outputs


@dataclass(frozen=True, slots=True)
class Window:
    """A run over pieces `start` to `end`, of whose outputs those of `first` to `last` are kept."""

    start: int
    end: int
    first: int
    last: int


def windows(pieces: Pieces, size: int, context: int) -> tuple[Window, ...]:
    """Cover a text with windows of at most `size` pieces.

    Windows are filled with whole lines and begin with up to `context` pieces of what stands before.
    A line that is longer than a window is cut with `context` pieces of overlap on both sides.
    Every piece is kept exactly once.

    Args:
        pieces: of a whole text.
        size: pieces in a run, [CLS] and [SEP] not counted.
        context: pieces read before (within a cut line also behind) those that are kept.
    """
    if not len(pieces):
        return ()
    cuts = (np.flatnonzero(np.diff(pieces.lines)) + 1).tolist()
    found: list[Window] = []
    first = 0
    for end_of_line, next_end in zip(
        [*cuts, len(pieces)], [*cuts[1:], len(pieces), len(pieces)], strict=False
    ):
        while _reach(first, context, size) < end_of_line:  # one line longer than a window
            last = _reach(first, context, size) - context
            found.append(Window(max(0, first - context), last + context, first, last))
            first = last
        if end_of_line == len(pieces) or _reach(first, context, size) < next_end:
            found.append(Window(max(0, first - context), end_of_line, first, end_of_line))
            first = end_of_line
    return tuple(found)


def _reach(first: int, context: int, size: int) -> int:
    """Where a window ends at the latest whose first kept piece is `first`."""
    return max(0, first - context) + size


def joined(pieces: Pieces, part: slice, frame: tuple[int, int] = BERT_FRAME) -> dict[str, Ints]:
    """Make a run's inputs, each of shape [pieces + 2], from a slice of a text's pieces.

    Args:
        pieces: of a whole text.
        part: which of them.
        frame: ids of what stands before and behind; see `tokens.frame_of`.
    """

    def framed(values: Ints, first: int, last: int) -> Ints:
        return np.concatenate(([first], values[part], [last])).astype(np.int64)

    return {
        "ids": framed(pieces.ids, *frame),
        "shapes": framed(pieces.shapes, 0, 0),
        "gaps": framed(pieces.gaps, 0, 0),
        "quoted": framed(pieces.quoted, 0, 0),
    }
