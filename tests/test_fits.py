"""The small fits behind speakers: that they learn, and when they leave a case open."""

from __future__ import annotations

import pytest

from training.antecedents import ANSWERED, Case, abstention, fit, surenesses
from training.unnamed import Case as Phrase
from training.unnamed import fit as fit_kinds
from training.unnamed import told
from verbale.registry import default_registry
from verbale.speakers.antecedents import shares
from verbale.speakers.sureness import probability
from verbale.speakers.titles import title_of
from verbale.speakers.unnamed import KINDS, features
from verbale.types import Speaking


def test_the_choice_learns_what_right_candidates_share() -> None:
    rows = [Case(({"near": 1.0}, {"far": 1.0}), (0,), 1.0), Case(({"far": 1.0}, {"near": 1.0}), (1,), 1.0)]
    weights = fit(rows, 0.001)
    assert weights["near"] > 0 > weights["far"]
    assert shares(({"near": 1.0}, {"far": 1.0}), weights)[0] > 0.9


def test_any_right_candidate_will_do() -> None:
    rows = [Case(({"a": 1.0}, {"b": 1.0}, {"c": 1.0}), (0, 1), 1.0)] * 3
    found = shares(rows[0].rows, fit(rows, 0.001))
    assert found[0] == pytest.approx(found[1])
    assert found[2] < 0.1


def test_the_least_sureness_answers_the_share_that_was_set() -> None:
    answers = [(n / 100, n >= 40) for n in range(100)]
    least, right = abstention(answers, 100)
    assert sum(sure >= least for sure, _ in answers) == round(100 * ANSWERED)
    assert right["right of told"] == 0.6
    assert right["right of answered"] > 0.6


def test_sureness_is_high_where_answers_were_right() -> None:
    rows = [({"choice": 1.0, "he named": 1.0}, True)] * 30 + [({"choice": 1.0, "it named": 1.0}, False)] * 30
    weights = surenesses(rows)
    assert probability(rows[0][0], weights) > 0.8
    assert probability(rows[-1][0], weights) < 0.2


def test_kinds_of_unnamed_voices_are_learnt_from_words() -> None:
    def phrase(words: str, kind: Speaking) -> Phrase:
        title = title_of(words, default_registry())
        return Phrase(features(words, title), KINDS.index(kind), title.kind, 0)

    rows = [phrase(f"{n} percent of farmers", Speaking.GROUP) for n in range(20, 40)]
    rows += [phrase(f"a spokesman for mine {n}", Speaking.NAMELESS) for n in range(20)]
    weights = fit_kinds(rows)
    assert KINDS[told(phrase("12 percent of miners", Speaking.GROUP), weights)] is Speaking.GROUP
    assert KINDS[told(phrase("a spokesman for the port", Speaking.GROUP), weights)] is Speaking.NAMELESS
