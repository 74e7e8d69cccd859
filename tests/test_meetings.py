"""Sentences → meetings with status, place, days and voice; with the real model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from verbale.models import default_tagger
from verbale.pipeline import ReadOptions, read_source
from verbale.positions.meetings import status_of
from verbale.reading import _of_text
from verbale.types import Known, Meeting, Reading, Status


def meetings(text: str) -> tuple[Meeting, ...]:
    source = _of_text(text)
    source = replace(source, known=Known(published=date(2031, 3, 12), language="en"))  # a Wednesday
    found = read_source(source, default_tagger(), ReadOptions())
    assert isinstance(found, Reading)
    return found.meetings


def test_a_postponed_session_has_its_issue_and_place() -> None:
    (found,) = meetings(
        "Germany postponed the session of the Bilateral Consultative Commission on New START in Cairo."
    )
    assert (found.status, found.issue, found.place) == (Status.POSTPONED, "new-start-bcc", "Cairo")
    assert found.statement == ""


def test_a_round_to_come_has_its_day_ahead() -> None:
    (found,) = meetings("The next round of the strategic stability talks will be held in Vienna on Monday.")
    assert (found.status, found.place) == (Status.SET, "Vienna")
    assert (found.first, found.last) == (date(2031, 3, 17), date(2031, 3, 17))


def test_one_that_was_held_has_its_day_behind() -> None:
    (found,) = meetings("A round of the strategic stability talks was held in Vienna on Monday.")
    assert (found.status, found.first) == (Status.HELD, date(2031, 3, 10))


def test_what_somebody_says_has_his_statement() -> None:
    text = "The round of New START talks in Cairo was cancelled, Foreign Minister Pal Orlay of Germany said."
    (found,) = meetings(text)
    assert found.status is Status.CANCELLED
    assert found.statement.startswith("s-")
    assert found.told.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "New START talks are always useful.",  # without an occasion
        "The dinner was postponed.",  # on no issue
        "New START limits missiles.",
    ],
)
def test_talks_in_general_are_no_meeting(text: str) -> None:
    assert meetings(text) == ()


def test_words_without_a_meeting_tell_no_status() -> None:
    assert status_of("The ferry was postponed.") is None
