"""How statements are put into words; the table and the page are tested in their own files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from invented import stated, statements

from verbale.export import telling
from verbale.registry import default_registry
from verbale.types import Candidate, Days, Relay, Speaker, Speaking, Statement

NOBODY = Statement("s", "a", Speaking.NAMELESS, Speaker(None, "", None, 1.0))


def test_the_speakers_name() -> None:
    assert [telling.speaker(s) for s in statements()] == [
        "Pal Orlay", "Pal Orlay", "Strelsau", "? Pal Orlay 0.41, Russia 0.25", "he", "nobody named",
    ]  # fmt: skip


def test_no_more_than_three_candidates_are_told() -> None:
    many = tuple(Candidate(f"p-{n}", f"N{n}", 0.2) for n in range(5))
    assert telling.speaker(replace(NOBODY, speaker=Speaker(None, "he", None, 0.2, many))) == (
        "? N0 0.20, N1 0.20, N2 0.20"
    )


def test_one_without_a_mention_who_is_known_is_resolved() -> None:
    """A speaker that the user named, with others of that name in the registry."""
    given = Speaker("p-1", "Pal Orlay", None, 1.0, (Candidate("p-2", "Pal Orlai", 0.9),))
    assert telling.speaker(replace(NOBODY, speaker=given)) == "Pal Orlay"


def test_office_body_and_state_are_told_once_and_by_name() -> None:
    person = replace(statements()[0], office="Envoy", body="iaea", state="RUS")
    iaea = default_registry().get("iaea")
    assert iaea is not None
    assert telling.standing(person) == f"Envoy · {iaea.name} · Russia"
    state = replace(NOBODY, voice=Speaking.STATE, speaker=Speaker("RUS", "Russia", None, 1.0), state="RUS")
    assert telling.standing(state) == ""
    assert telling.standing(replace(person, office="", body="Harbour League", state="")) == "Harbour League"
    assert telling.standing(NOBODY) == "nameless"
    assert telling.standing(replace(NOBODY, voice=Speaking.PERSON)) == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Days(date(2031, 3, 3), date(2031, 3, 3), "day"), "3 March 2031"),
        (Days(date(2031, 3, 3), date(2031, 3, 9), "week"), "3 March 2031 to 9 March 2031"),
        (Days(date(2031, 3, 1), date(2031, 3, 31), "month"), "March 2031"),
        (Days(date(2031, 1, 1), date(2031, 12, 31), "year"), "2031"),
    ],
)
def test_days_weeks_months_and_years(days: Days, words: str) -> None:
    assert telling.when(days) == words


def test_what_was_carried_over_says_so() -> None:
    assert telling.occasion(statements()[1]) == ("to reporters (carried over), 3 March 2031 (carried over)")
    assert telling.chain(statements()[1]) == "The Courier ← reporters (carried over)"
    assert telling.occasion(NOBODY) == telling.chain(NOBODY) == ""


def test_a_relay_is_called_by_the_registrys_name() -> None:
    assert telling.link(Relay("tass", "Tass", "agency", None)) == telling.name_of("tass") == "TASS"
    assert telling.name_of("p-unknown") == "p-unknown"


def test_how_sure_it_is() -> None:
    assert [telling.sure(s) for s in stated().statements] == [
        "certain", "certain", "certain", "possible", "certain", "certain",
    ]  # fmt: skip
