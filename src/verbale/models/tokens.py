"""Text → the pieces a model reads, with their offsets and what lower-casing would lose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from verbale.errors import ModelError
from verbale.quotes import quotations

Ints = NDArray[np.int64]
SHAPES = ("other", "lower", "title", "upper", "initial", "mixed", "digit")
GAPS = ("none", "space", "line", "paragraph")
QUOTED = ("outside", "inside", "mark")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into word pieces; every array has one entry a piece.

    Attributes:
        ids: vocabulary numbers, without [CLS] and [SEP].
        starts, ends: half-open offsets in code points of the text.
        shapes, gaps, quoted: indices into SHAPES, GAPS and QUOTED.
        lines: number of the line that the piece stands in.
        quotations: the text's, in order, as `quotes.quotations` finds them.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    shapes: Ints
    gaps: Ints
    quoted: Ints
    lines: Ints
    quotations: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.ids)


def load_tokenizer(path: Path) -> Tokenizer:
    """Load a `tokenizer.json` and switch off the truncation and padding that it may bring.

    Raises:
        ModelError: there is none, or it is damaged.
    """
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing more special
        raise ModelError("model", str(path), f"is no tokenizer ({error})", "install verbale again") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def frame_of(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the pieces that stand before and behind every run, in BERT's or RoBERTa's naming.

    Raises:
        ValueError: the tokenizer knows neither.
    """
    for first, last in (("[CLS]", "[SEP]"), ("<s>", "</s>")):
        ids = tokenizer.token_to_id(first), tokenizer.token_to_id(last)
        if ids[0] is not None and ids[1] is not None:
            return ids[0], ids[1]
    raise ValueError("the tokenizer has neither [CLS] and [SEP] nor <s> and </s>")


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into pieces.

    Args:
        text: the text, any length.
        tokenizer: without truncation or padding, as `load_tokenizer` gives it.

    Returns:
        The pieces, in order; none for a text without a visible character.

    Raises:
        UnicodeEncodeError: the text has half a character (a lone surrogate); it says where.
    """
    code_points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    shape_at = np.zeros(len(text) + 1, dtype=np.int64)
    for match in _WORD.finditer(text):
        shape_at[match.start() : match.end()] = _shape(match.group())
    quoted_at = np.zeros(len(text) + 1, dtype=np.int64)
    quoted = quotations(text)
    for a, b in quoted:
        quoted_at[a:b] = 1
        quoted_at[a] = quoted_at[b - 1] = 2
    line_at = np.zeros(len(text) + 1, dtype=np.int64)
    line_at[1:] = np.cumsum(code_points == 10)
    gaps = np.zeros(len(ids), dtype=np.int64)
    if len(ids):
        gaps[0] = GAPS.index("paragraph")
        breaks = np.diff(line_at[starts])
        gaps[1:] = np.where(breaks > 1, 3, np.where(breaks == 1, 2, starts[1:] > ends[:-1]))
    return Pieces(
        ids, starts, ends, shape_at[starts], gaps, quoted_at[starts], line_at[starts], tuple(quoted)
    )


def _shape(word: str) -> int:
    if word.isdigit():
        return SHAPES.index("digit")
    if word.islower():
        return SHAPES.index("lower")
    if word.isupper():
        return SHAPES.index("initial" if len(word) == 1 else "upper")
    if word[0].isupper() and word[1:].islower():
        return SHAPES.index("title")
    return SHAPES.index("mixed" if any(c.isalpha() for c in word) else "other")
