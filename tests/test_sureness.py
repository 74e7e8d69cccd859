"""The probability that a speaker is right."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verbale.models import default_tagger
from verbale.speakers.resolve import Meant
from verbale.speakers.sources import Form, Reference
from verbale.speakers.sureness import features, probability, sureness
from verbale.types import Span

HE = Reference(Form.PRONOUN, Span(0, 2), "He", "he")
POLL = Reference(Form.DESCRIPTION, Span(0, 8), "the poll")


def meant(ref: Reference, p: float) -> Meant:
    return Meant(ref, (), ref.span, p, (), {"link": 1.0})


def test_without_weights_it_is_the_choices() -> None:
    assert sureness(meant(HE, 0.7), 1.0, {}) == 0.7


def test_what_it_depends_on() -> None:
    assert features(meant(HE, 0.5), 1.0) == {"choice": 0.0, "he itself": 1.0}
    assert features(meant(POLL, 0.5), 0.5) == {
        "choice": 0.0, "voice": 0.0, "description itself": 1.0, "document itself": 1.0,
    }  # fmt: skip


@given(st.floats(0, 1), st.floats(0, 1))
def test_it_is_a_probability_that_grows_with_the_choices(p: float, share: float) -> None:
    weights = default_tagger().manifest.sureness
    assert weights["choice"] > 0
    found = sureness(meant(POLL, p), share, weights)
    assert 0 < found < 1
    assert found <= sureness(meant(POLL, min(1.0, p + 0.1)), share, weights)


def test_no_number_is_too_large() -> None:
    assert 0 < probability({"always": 1e9}, {"always": -1e9}) < 1e-9
