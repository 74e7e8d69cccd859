from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.attributions import viterbi
from verbale.attributions.viterbi import BEGIN, END, INSIDE, SINGLE, Floats, Laid, best_spans


def laid(outside: Floats, groups: Floats) -> Laid:
    (found,) = best_spans([(outside, groups)])
    return found


def layouts(start: int, length: int, groups: int) -> Iterator[Laid]:
    """All ways to lay spans that do not overlap over the pieces from `start` on."""
    if start >= length:
        yield []
        return
    for rest in layouts(start + 1, length, groups):
        yield rest
    for last in range(start, length):
        for rest in layouts(last + 1, length, groups):
            for group in range(groups):
                yield [(group, start, last), *rest]


def score(found: Laid, outside: Floats, groups: Floats) -> float:
    total, free = 0.0, np.ones(len(outside), dtype=bool)
    for group, first, last in found:
        free[first : last + 1] = False
        if first == last:
            total += float(groups[first, group, SINGLE])
        else:
            inside = groups[first + 1 : last, group, INSIDE].sum(dtype=np.float64)
            total += float(groups[first, group, BEGIN]) + float(inside) + float(groups[last, group, END])
    return total + float(outside[free].sum(dtype=np.float64))


# Whole numbers have exact sums, so that ties are ties and nothing is left to rounding.
@st.composite
def scores(draw: st.DrawFn, impossible: bool = False) -> tuple[Floats, Floats]:
    length, count = draw(st.integers(0, 5)), draw(st.integers(1, 2))
    number = st.integers(-8, 8).map(float)
    cell = st.one_of(number, st.just(-np.inf)) if impossible else number
    outside = draw(st.lists(number, min_size=length, max_size=length))
    groups = draw(st.lists(cell, min_size=length * count * 4, max_size=length * count * 4))
    return (
        np.array(outside, dtype=np.float32),
        np.array(groups, dtype=np.float32).reshape(length, count, 4),
    )


@settings(max_examples=150, deadline=None)
@given(st.one_of(scores(), scores(impossible=True)))
def test_no_legal_layout_is_better(drawn: tuple[Floats, Floats]) -> None:
    outside, groups = drawn
    found = laid(outside, groups)
    best = max(score(each, outside, groups) for each in layouts(0, *groups.shape[:2]))
    assert score(found, outside, groups) == best


@settings(max_examples=60, deadline=None)
@given(st.lists(scores(impossible=True), max_size=6), st.sampled_from([1, 20, 200_000]))
def test_lines_do_not_change_one_another(drawn: list[tuple[Floats, Floats]], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(viterbi, "AT_ONCE", at_once)
        together = best_spans(drawn)
    assert together == [laid(*each) for each in drawn]


@settings(deadline=None)
@given(scores(impossible=True))
def test_spans_are_in_order_and_apart(drawn: tuple[Floats, Floats]) -> None:
    outside, groups = drawn
    found = laid(outside, groups)
    assert all(0 <= first <= last < len(outside) for _, first, last in found)
    assert all(before[2] < after[1] for before, after in itertools.pairwise(found))


def test_the_brute_force_knows_all_layouts() -> None:
    """Two pieces, one group: none, the first, the second, both apart, both together."""
    found = sorted(layouts(0, 2, 1))
    assert found == [[], [(0, 0, 0)], [(0, 0, 0), (0, 1, 1)], [(0, 0, 1)], [(0, 1, 1)]]


@pytest.mark.parametrize(("length", "count"), [(0, 1), (3, 0), (0, 0)])
def test_nothing_to_lay(length: int, count: int) -> None:
    assert laid(np.zeros(length, np.float32), np.zeros((length, count, 4), np.float32)) == []


def test_a_tie_with_standing_outside_lays_nothing() -> None:
    assert laid(np.zeros(4, np.float32), np.zeros((4, 2, 4), np.float32)) == []


def test_spans_of_one_group_may_touch() -> None:
    groups = np.full((4, 1, 4), -9, np.float32)
    for at, kind in enumerate((BEGIN, END, BEGIN, END)):
        groups[at, 0, kind] = 1
    assert laid(np.zeros(4, np.float32), groups) == [(0, 0, 1), (0, 2, 3)]


def test_a_span_is_never_left_open_at_the_end() -> None:
    groups = np.full((3, 1, 4), -9, np.float32)
    groups[0, 0, BEGIN] = groups[1, 0, INSIDE] = groups[2, 0, INSIDE] = 5
    assert laid(np.zeros(3, np.float32), groups) == [(0, 0, 2)]  # 5 + 5 - 9 is better than nothing
    groups[2, 0, END] = -99
    assert laid(np.zeros(3, np.float32), groups) == []


def test_a_long_line_keeps_its_precision() -> None:
    """600 pieces with scores of -20: the choice at the end still counts by a hundredth."""
    outside = np.full(600, -20, np.float32)
    groups = np.full((600, 1, 4), -30, np.float32)
    groups[599, 0, SINGLE] = -19.99
    assert laid(outside, groups) == [(0, 599, 599)]
