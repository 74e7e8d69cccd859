"""Pieces → the arrays of one run of the model: [CLS] pieces [SEP]."""

from __future__ import annotations

import numpy as np

from verbale.models.tokens import Ints, Pieces

CLS, SEP = 101, 102
SLICE = slice(1, -1)  # where the pieces stand among a run's outputs


def joined(pieces: Pieces, part: slice) -> dict[str, Ints]:
    """Make a run's inputs, each of shape [pieces + 2], from a slice of a text's pieces."""

    def framed(values: Ints, first: int, last: int) -> Ints:
        return np.concatenate(([first], values[part], [last])).astype(np.int64)

    return {
        "ids": framed(pieces.ids, CLS, SEP),
        "shapes": framed(pieces.shapes, 0, 0),
        "gaps": framed(pieces.gaps, 0, 0),
        "quoted": framed(pieces.quoted, 0, 0),
    }
