from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verbale.models.tokens import Pieces
from verbale.models.windows import BERT_FRAME, SLICE, Window, joined, windows


def pieces_of(lengths: list[int]) -> Pieces:
    """Pieces of lines with these many pieces."""
    count = sum(lengths)
    lines = np.repeat(np.arange(len(lengths)), lengths)
    at = np.arange(count)
    return Pieces(at + 1000, at, at + 1, at % 7, at % 4, at % 3, lines, ())


@st.composite
def covers(draw: st.DrawFn) -> tuple[list[int], int, int]:
    context = draw(st.integers(0, 8))
    size = draw(st.integers(2 * context + 1, 2 * context + 30))
    return draw(st.lists(st.integers(0, 90), max_size=12)), size, context


def test_whole_lines_fill_a_window() -> None:
    assert windows(pieces_of([4, 4, 4]), 10, 2) == (Window(0, 8, 0, 8), Window(6, 12, 8, 12))


def test_a_line_longer_than_a_window_is_cut_with_context_on_both_sides() -> None:
    assert windows(pieces_of([20]), 10, 2) == (
        Window(0, 10, 0, 8), Window(6, 16, 8, 14), Window(12, 20, 14, 20),
    )  # fmt: skip


def test_a_line_that_fits_exactly_is_not_cut() -> None:
    assert windows(pieces_of([10]), 10, 2) == (Window(0, 10, 0, 10),)


def test_no_pieces_no_windows() -> None:
    assert windows(pieces_of([]), 10, 2) == ()
    assert windows(pieces_of([0, 0]), 10, 2) == ()


@given(covers())
def test_every_piece_is_kept_exactly_once(drawn: tuple[list[int], int, int]) -> None:
    lengths, size, context = drawn
    found = windows(pieces_of(lengths), size, context)
    assert [at for w in found for at in range(w.first, w.last)] == list(range(sum(lengths)))
    assert all(w.first < w.last for w in found)


@given(covers())
def test_no_window_is_larger_than_a_run_and_each_holds_what_it_keeps(
    drawn: tuple[list[int], int, int],
) -> None:
    lengths, size, context = drawn
    for w in windows(pieces_of(lengths), size, context):
        assert 0 <= w.start <= w.first < w.last <= w.end <= sum(lengths)
        assert w.end - w.start <= size


@given(covers())
def test_context_stands_before_and_within_a_cut_line_behind(drawn: tuple[list[int], int, int]) -> None:
    lengths, size, context = drawn
    pieces = pieces_of(lengths)
    for w in windows(pieces, size, context):
        assert w.first - w.start == min(context, w.first)
        cut = w.last < len(pieces) and pieces.lines[w.last - 1] == pieces.lines[w.last]
        assert w.end - w.last == (context if cut else 0)


@given(covers())
def test_a_line_that_fits_is_never_cut(drawn: tuple[list[int], int, int]) -> None:
    lengths, size, context = drawn
    pieces = pieces_of(lengths)
    for w in windows(pieces, size, context):
        if w.last < len(pieces) and pieces.lines[w.last - 1] == pieces.lines[w.last]:
            assert lengths[pieces.lines[w.last]] > size - context


@given(covers())
def test_windows_are_filled(drawn: tuple[list[int], int, int]) -> None:
    """The line behind a window would not have gone into it."""
    lengths, size, context = drawn
    pieces = pieces_of(lengths)
    for w in windows(pieces, size, context)[:-1]:
        line = pieces.lines[w.last]
        if line != pieces.lines[w.last - 1]:
            assert w.end - w.start + lengths[line] >= size


@given(covers())
def test_joined_frames_a_slice(drawn: tuple[list[int], int, int]) -> None:
    lengths, size, context = drawn
    pieces = pieces_of(lengths)
    for w in windows(pieces, size, context):
        inputs = joined(pieces, slice(w.start, w.end))
        assert set(inputs) == {"ids", "shapes", "gaps", "quoted"}
        for name, values in inputs.items():
            assert values.dtype == np.int64
            assert values[SLICE].tolist() == getattr(pieces, name)[w.start : w.end].tolist()
        assert (inputs["ids"][0], inputs["ids"][-1]) == BERT_FRAME
        assert all(inputs[name][0] == inputs[name][-1] == 0 for name in ("shapes", "gaps", "quoted"))


def test_another_frame() -> None:
    assert joined(pieces_of([2]), slice(0, 2), (0, 2))["ids"].tolist() == [0, 1000, 1001, 2]
