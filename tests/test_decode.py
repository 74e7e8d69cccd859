from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.attributions.decode import LONGEST, Linked, Rules, chained, decode, link_scores, segments
from verbale.attributions.found import found_in
from verbale.models.tagger import Scores
from verbale.models.tokens import Pieces
from verbale.types import Span

TAGS = ("O", *(f"{position}-{role}" for role in ("cue", "source", "content") for position in "BIES"))
NO_BIAS = np.zeros((2, 3), dtype=np.float32)


def rules(**changed: Any) -> Rules:
    return replace(Rules(TAGS, NO_BIAS, 1.0, 0.0, 0.0), **changed)


def decode_line(scores: Scores, rules: Rules) -> list[Linked]:
    (found,) = decode([(0, len(scores.tags))], scores, rules)
    return found


def decode_lines(lines: list[int], scores: Scores) -> list[Linked]:
    runs = segments(np.array(lines, dtype=np.int64), scores.tags[:, 0])
    return list(itertools.chain.from_iterable(decode(runs, scores, rules())))


def scores(
    tags: str, asks: list[list[float]] | None = None, answers: list[list[float]] | None = None
) -> Scores:
    """Sure scores, a tag a word, such as "S-source S-cue S-content O"; links as given, else level."""
    names = tags.split()
    logits = np.full((len(names), len(TAGS)), -10.0, dtype=np.float32)
    for at, name in enumerate(names):
        logits[at, TAGS.index(name)] = 0.0
    level = np.zeros((len(names), 2), dtype=np.float32)
    queries = level if asks is None else np.array(asks, dtype=np.float32)
    keys = level if answers is None else np.array(answers, dtype=np.float32)
    return Scores(logits, np.stack([queries, queries], axis=1), keys)


def runs(found: list[Linked]) -> list[tuple[object, ...]]:
    return [(each.source, each.cue, each.content) for each in found]


def test_source_cue_and_content_belong_together() -> None:
    found = decode_line(scores("B-source E-source S-cue O B-content I-content E-content O"), rules())
    assert runs(found) == [(((0, 1),), (2, 2), ((4, 6),))]


def test_an_interrupted_content_has_two_runs() -> None:
    found = decode_line(scores("B-content E-content S-source S-cue B-content E-content"), rules())
    assert runs(found) == [(((2, 2),), (3, 3), ((0, 1), (4, 5)))]
    assert found[0].features["content_parts"] == 1.0


def test_a_cue_without_content_is_nothing() -> None:
    assert decode_line(scores("S-source S-cue O O"), rules()) == []


def test_without_a_cue_there_is_nothing() -> None:
    assert decode_line(scores("S-source O B-content E-content"), rules()) == []


def test_a_missing_source_is_said_to_be_missing() -> None:
    (found,) = decode_line(scores("S-cue B-content E-content"), rules())
    assert found.source == ()
    assert (found.features["sourceless"], found.features["source"]) == (1.0, 0.0)


LEFT, RIGHT, LEVEL = [9.0, 0.0], [0.0, 9.0], [0.0, 0.0]
TWO_CUES = "S-source S-cue S-content S-content S-cue S-source"
ANSWERS = [LEVEL, LEFT, LEVEL, LEVEL, RIGHT, LEVEL]


def test_links_choose_the_cue() -> None:
    found = decode_line(scores(TWO_CUES, [LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT], ANSWERS), rules())
    assert runs(found) == [(((0, 0),), (1, 1), ((2, 2),)), (((5, 5),), (4, 4), ((3, 3),))]


def test_links_can_cross() -> None:
    found = decode_line(scores(TWO_CUES, [RIGHT, LEFT, RIGHT, LEFT, RIGHT, LEFT], ANSWERS), rules())
    assert runs(found) == [(((5, 5),), (1, 1), ((3, 3),)), (((0, 0),), (4, 4), ((2, 2),))]


def test_the_likelier_of_two_sources_stays() -> None:
    (found,) = decode_line(scores("S-source S-cue S-content S-source"), rules())
    assert found.source == ((0, 0),)  # as likely: the first
    doubtful = scores("S-source S-cue S-content S-source")
    doubtful.tags[0, TAGS.index("S-source")] = -0.5
    (found,) = decode_line(doubtful, rules())
    assert found.source == ((3, 3),)


def test_an_opening_weight_makes_spans_dearer() -> None:
    found = scores("S-source S-cue S-content O")
    assert decode_line(found, rules(opening=-11.0)) == []
    assert decode_line(found, rules(cue_opening=-11.0)) == []
    assert len(decode_line(found, rules(opening=-9.0, cue_opening=-9.0))) == 1


def test_a_cue_stands_between_the_parts_of_a_content() -> None:
    """A piece that is a cue's is nobody else's."""
    (found,) = decode_line(scores("B-content E-content S-cue B-content E-content S-source"), rules())
    taken = [at for a, b in (found.cue, *found.source, *found.content) for at in range(a, b + 1)]
    assert sorted(taken) == sorted(set(taken))
    assert found.cue == (2, 2)


def test_link_scores_are_log_probabilities_over_the_cues() -> None:
    drawn = scores("S-cue S-content S-cue O", [LEFT, LEFT, RIGHT, [1, 2]], [LEFT, LEFT, RIGHT, RIGHT])
    links = link_scores(drawn, [(0, 0), (2, 2)], rules())
    assert links.shape == (4, 2, 2)
    assert np.exp(links).sum(axis=-1) == pytest.approx(np.ones((4, 2)))
    assert links[1, 1].argmax() == 0
    assert links[2, 1].argmax() == 1


def test_distance_counts_from_the_piece_to_the_cue() -> None:
    """[far before, here, far behind]: a bias on what stands behind draws a content to the later cue."""
    drawn = scores("S-cue S-content S-cue")
    for bias, nearest in (([0.0, 0.0, 3.0], 1), ([3.0, 0.0, 0.0], 0)):
        both = rules(distance=np.array([bias, bias], dtype=np.float32))
        assert link_scores(drawn, [(0, 0), (2, 2)], both)[1, 1].argmax() == nearest


def test_a_cue_that_follows_another_has_nothing_before_both() -> None:
    """“No,” he said, reported the agency."""
    flags = chained([(2, 2), (4, 4), (9, 9)], 10)
    assert flags[:2].tolist() == [[False, True, False], [False, True, False]]
    assert not flags[2:].any()
    for gap, cue in (("O", 3), ("O O", 6)):
        tags = f"B-content E-content S-source S-cue {gap} S-cue"
        count = len(tags.split())
        drawn = scores(tags, [RIGHT] * count, [LEVEL] * (count - 1) + [[0.0, 1.0]])
        (found,) = decode_line(drawn, rules())
        assert found.cue == (cue, cue)


def test_lines_are_decoded_apart() -> None:
    tags = scores("S-cue S-source O S-content S-cue S-content")
    assert runs(decode_lines([0, 0, 0, 1, 2, 2], tags)) == [((), (4, 4), ((5, 5),))]


def test_later_lines_are_counted_from_the_beginning() -> None:
    (found,) = decode_lines([0, 0, 1, 1, 1], scores("O O S-source S-cue S-content"))
    assert runs([found]) == [(((2, 2),), (3, 3), ((4, 4),))]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([1, 3, 300, 599, 600, 601, 1500]), max_size=4), st.integers(0, 99))
def test_segments_cover_every_piece_once_and_are_short(lengths: list[int], seed: int) -> None:
    lines = np.repeat(np.arange(len(lengths)), lengths)
    outside = np.random.default_rng(seed).normal(size=len(lines)).astype(np.float32)
    found = segments(lines, outside)
    assert [at for a, b in found for at in range(a, b)] == list(range(len(lines)))
    assert all(0 < b - a <= LONGEST for a, b in found)
    assert all(len(set(lines[a:b].tolist())) == 1 for a, b in found)


def test_a_long_line_is_cut_where_nothing_is_said() -> None:
    outside = np.full(1000, -5.0, dtype=np.float32)
    outside[432] = -0.1
    assert segments(np.zeros(1000, dtype=np.int64), outside)[0] == (0, 433)


def test_no_pieces_no_segments() -> None:
    nothing = np.zeros(0, dtype=np.float32)
    assert segments(np.zeros(0, dtype=np.int64), nothing) == []
    empty = Scores(nothing.reshape(0, 13), nothing.reshape(0, 2, 2), nothing.reshape(0, 2))
    assert decode([], empty, rules()) == []
    assert decode([(0, 0)], empty, rules()) == [[]]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 40))
def test_any_scores_give_spans_that_are_apart(seed: int, length: int) -> None:
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(length, 13)).astype(np.float32) * 3
    drawn = Scores(
        logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)),
        rng.normal(size=(length, 2, 2)).astype(np.float32),
        rng.normal(size=(length, 2)).astype(np.float32),
    )
    lines = np.sort(rng.integers(0, 3, length)).tolist()
    found = decode_lines(lines, drawn)
    assert [each.cue for each in found] == sorted(each.cue for each in found)
    taken = [
        at for each in found for a, b in (each.cue, *each.source, *each.content) for at in range(a, b + 1)
    ]
    assert len(taken) == len(set(taken))
    for each in found:
        assert each.content
        assert len(each.source) <= 1
        at_lines = {lines[at] for a, b in (each.cue, *each.source, *each.content) for at in (a, b)}
        assert len(at_lines) == 1
        assert all(before[1] < after[0] for before, after in itertools.pairwise(each.content))
        assert all(np.isfinite(value) for value in each.features.values())


def test_the_pieces_of_one_character_make_one_span() -> None:
    """각 is three pieces at one place; two runs that meet within it would give spans out of order."""
    at = np.array([0, 0, 0, 2])
    zeros = np.zeros(4, dtype=np.int64)
    cut = Pieces(zeros, at, at + 1, zeros, zeros, zeros, zeros, ())
    linked = Linked((3, 3), (), ((0, 0), (1, 2)), {})
    (found,) = found_in("각 x", cut, [linked], {})
    assert found.content == (Span(0, 1),)
