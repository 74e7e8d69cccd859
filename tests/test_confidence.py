from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.attributions.confidence import probability

WEIGHTS = {"intercept": -1.0, "cue": 2.0, "content": 0.5}
NUMBERS = st.floats(-1e6, 1e6)


def test_it_is_the_logistic_function_of_a_weighted_sum() -> None:
    assert probability({"cue": 1.5, "content": -2.0}, WEIGHTS) == pytest.approx(1 / (1 + math.exp(-1.0)))


def test_nothing_known_is_even() -> None:
    assert probability({}, {}) == 0.5
    assert probability({"cue": 3.0}, {}) == 0.5


def test_the_intercept_counts_once_and_unknown_features_never() -> None:
    assert probability({}, WEIGHTS) == probability({"other": 9.0}, WEIGHTS) == pytest.approx(0.2689, abs=1e-4)


@given(st.dictionaries(st.sampled_from(["cue", "content", "other"]), NUMBERS))
def test_it_is_always_a_probability(features: dict[str, float]) -> None:
    found = probability(features, WEIGHTS)
    assert 0 < found < 1
    assert math.isfinite(found)


@given(st.floats(-10, 10), st.floats(0.01, 5))
def test_more_of_a_good_feature_is_more_likely(value: float, more: float) -> None:
    assert probability({"cue": value + more}, WEIGHTS) > probability({"cue": value}, WEIGHTS)


def test_huge_scores_do_not_overflow() -> None:
    assert probability({"cue": 1e300}, {"cue": 1e3}) == probability({"cue": math.inf}, {"cue": 1.0}) < 1
    assert probability({"cue": -1e300}, {"cue": 1e3}) > 0


def test_beta_calibration_bends_the_curve_and_keeps_the_order() -> None:
    """Too sure at the low end, not sure enough at the high one: both are drawn apart."""
    bent = WEIGHTS | {"beta_right": 1.5, "beta_wrong": 0.8, "beta_intercept": 0.2}
    straight = [probability({"cue": cue}, WEIGHTS) for cue in (-1.0, 0.5, 3.0)]
    found = [probability({"cue": cue}, bent) for cue in (-1.0, 0.5, 3.0)]
    assert found == sorted(found)
    expected = [1 / (1 + math.exp(-(1.5 * math.log(p) - 0.8 * math.log1p(-p) + 0.2))) for p in straight]
    assert found == pytest.approx(expected)
