"""A passage and the pairs of spans asked about in it → the arrays of one run of the acts model.

Behind the passage stand two markers for each pair, one for who acts or holds and one for the target. A
marker has the position of its span's first piece; it sees the passage and the other marker of its pair,
and nothing sees it (levitated markers: Zhong and Chen 2021, Ye et al. 2022). So all pairs of a passage
are read in one run, and none changes what is found for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verbale.models.tokens import Ints, Pieces

ROLES = ("none", "source", "cue", "content", "own")
INPUTS = ("ids", "shapes", "gaps", "quoted", "roles", "positions", "pairs", "where")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans of a passage, each as its first piece, counted from the passage's own; -1 for none."""

    first: int
    target: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text with the roles of its pieces and the pairs asked about.

    Attributes:
        part: the pieces of the text.
        roles: an index into ROLES for each of them.
        pairs: at least one.
    """

    part: slice
    roles: Ints
    pairs: tuple[Pair, ...]


def framed(
    pieces: Pieces, passage: Passage, frame: tuple[int, int], markers: tuple[int, int]
) -> dict[str, Ints]:
    """Make a run's inputs, int64: `where` of shape [pairs, 2], the others of [pieces + 2 + 2 × pairs].

    Args:
        pieces: of a whole text.
        passage: what of it.
        frame: ids of what stands before and behind the passage; see `tokens.frame_of`.
        markers: ids of the two markers.

    Returns:
        By name the inputs of `INPUTS`. `pairs` is 0 for the passage and the number of the pair, from 1,
        for its markers; `where` tells where these stand.
    """
    part, count = passage.part, len(passage.pairs)
    length = part.stop - part.start + 2

    def put(values: Ints, ends: tuple[int, int] = (0, 0), behind: Sequence[int] = (0, 0)) -> Ints:
        return np.concatenate(([ends[0]], values, [ends[1]], list(behind) * count)).astype(np.int64)

    at = [place + 1 for pair in passage.pairs for place in (pair.first, pair.target)]
    return {
        "ids": put(pieces.ids[part], frame, markers),
        "shapes": put(pieces.shapes[part]),
        "gaps": put(pieces.gaps[part]),
        "quoted": put(pieces.quoted[part]),
        "roles": put(passage.roles),
        "positions": np.concatenate((np.arange(length), at)).astype(np.int64),
        "pairs": np.concatenate((np.zeros(length), np.repeat(np.arange(count) + 1, 2))).astype(np.int64),
        "where": length + np.arange(2 * count, dtype=np.int64).reshape(count, 2),
    }
