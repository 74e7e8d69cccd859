from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sayings import WEDNESDAY, context

from verbale.cues import rows
from verbale.days import meaning, phrases
from verbale.speakers.circumstances.days import days

DATED = [
    ("on Monday", "2031-03-10", "2031-03-10", "day"),
    ("Wednesday", "2031-03-12", "2031-03-12", "day"),
    ("on Thursday", "2031-03-06", "2031-03-06", "day"),
    ("last Wednesday", "2031-03-05", "2031-03-05", "day"),
    ("Monday night", "2031-03-10", "2031-03-10", "day"),
    ("early Tuesday", "2031-03-11", "2031-03-11", "day"),
    ("late on Sunday", "2031-03-09", "2031-03-09", "day"),
    ("on Friday, March 7", "2031-03-07", "2031-03-07", "day"),
    ("on Tues.", "2031-03-11", "2031-03-11", "day"),
    ("yesterday", "2031-03-11", "2031-03-11", "day"),
    ("the day before yesterday", "2031-03-10", "2031-03-10", "day"),
    ("today", "2031-03-12", "2031-03-12", "day"),
    ("this morning", "2031-03-12", "2031-03-12", "day"),
    ("last night", "2031-03-11", "2031-03-11", "day"),
    ("two days ago", "2031-03-10", "2031-03-10", "day"),
    ("two weeks ago", "2031-02-24", "2031-03-02", "week"),
    ("a month ago", "2031-02-01", "2031-02-28", "month"),
    ("43 years ago", "1988-01-01", "1988-12-31", "year"),
    ("last week", "2031-03-03", "2031-03-09", "week"),
    ("earlier this week", "2031-03-10", "2031-03-16", "week"),
    ("this past week", "2031-03-10", "2031-03-16", "week"),
    ("this month", "2031-03-01", "2031-03-31", "month"),
    ("late last month", "2031-02-01", "2031-02-28", "month"),
    ("in February", "2031-02-01", "2031-02-28", "month"),
    ("in early March", "2031-03-01", "2031-03-31", "month"),
    ("in November", "2030-11-01", "2030-11-30", "month"),
    ("on Sept. 9", "2030-09-09", "2030-09-09", "day"),
    ("Sept. 9", "2030-09-09", "2030-09-09", "day"),
    ("March 12th", "2031-03-12", "2031-03-12", "day"),
    ("on 9 December", "2030-12-09", "2030-12-09", "day"),
    ("last year", "2030-01-01", "2030-12-31", "year"),
]
ALONE = [
    ("Dec. 10, 2022", "2022-12-10", "2022-12-10", "day"),
    ("on 9 December 2022", "2022-12-09", "2022-12-09", "day"),
    ("in February 2024", "2024-02-01", "2024-02-29", "month"),
    ("in 2014", "2014-01-01", "2014-12-31", "year"),
]


@pytest.mark.parametrize(("phrase", "first", "last", "precision"), [*DATED, *ALONE])
def test_a_phrase_is_counted_from_the_date(phrase: str, first: str, last: str, precision: str) -> None:
    found = meaning(phrase, WEDNESDAY)
    assert found
    assert (str(found.first), str(found.last), found.precision) == (first, last, precision)


@pytest.mark.parametrize(("phrase", "first", "last", "precision"), ALONE)
def test_a_whole_date_needs_no_other(phrase: str, first: str, last: str, precision: str) -> None:
    found = meaning(phrase, None)
    assert found
    assert (str(found.first), str(found.last)) == (first, last)


@pytest.mark.parametrize("phrase", [phrase for phrase, *_ in DATED])
def test_without_a_date_nothing_is_guessed(phrase: str) -> None:
    assert meaning(phrase, None) is None


@pytest.mark.parametrize(
    "phrase",
    ["", " ", "later", "recently", "since Monday", "by Friday", "next Tuesday", "the march", "it may",
     "she sat down", "on Feb. 30", "Feb. 31, 2024", "2014 soldiers", "the Sun", "after the vote",
     "until last week", "on Monda"],
)  # fmt: skip
def test_what_is_no_day_of_the_saying(phrase: str) -> None:
    assert meaning(phrase, WEDNESDAY) is None


def test_a_leap_day_is_the_last_one() -> None:
    found = meaning("on Feb. 29", date(2031, 3, 1))
    assert found and found.first == date(2028, 2, 29)


def test_the_first_days_of_the_calendar_do_no_harm() -> None:
    for phrase, *_ in DATED:
        meaning(phrase, date(1, 1, 1))


SAID = [
    ("<s1>Orlay</s1> <q1>told</q1> reporters in Pelm on Monday <c1>that it was late</c1>.", "on Monday"),
    ("On Thursday, <s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.", "On Thursday"),
    ("<s1>Halm</s1> <q1>voiced fears about</q1> <c1>the dam, yesterday</c1>.", "yesterday"),
    ("<s1>Halm</s1> on Monday praised the dam but <q1>warned</q1> <c1>of floods</c1>.", "on Monday"),
    ("<s1>Halm</s1> <q1>spoke</q1> at Saturday's debate <c1>about floods</c1>.", "Saturday"),
    ("<s1>Halm</s1> <q1>said</q1> in a September 2030 statement <c1>that it was late</c1>.",
     "September 2030"),
    ("<s1>Halm</s1> <q1>said</q1> <c1>it was late</c1> on Friday.", "on Friday"),
]  # fmt: skip
NOT_SAID = [
    "<s1>Halm, who met Orlay on Monday,</s1> <q1>said</q1> <c1>it was late</c1>.",
    "<s1>Halm</s1> <q1>said</q1> <c1>the dam broke on Monday</c1>.",
    "<s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>, and left for Pelm on Monday.",
    "<s1>Halm</s1> <q1>said</q1> after the vote on Monday <c1>that it was late</c1>.",
    "Responding to Sunday's flood, <s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.",
    "PELM, March 3 (Lune) - <s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.",
    "<s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.",
]


@pytest.mark.parametrize(("marked", "words"), SAID)
def test_the_day_of_a_saying(marked: str, words: str) -> None:
    told = context(marked)
    found = days(told, told.attributions[0])
    assert found and found.span
    assert found.span.of(told.document.text) == words


@pytest.mark.parametrize("marked", NOT_SAID)
def test_the_day_of_something_else(marked: str) -> None:
    told = context(marked)
    assert days(told, told.attributions[0]) is None


@given(st.text(max_size=80), st.dates())
def test_phrases_lie_in_the_text(text: str, published: date) -> None:
    for phrase in phrases(text, published):
        assert 0 <= phrase.start < phrase.end <= len(text)


@given(
    st.lists(st.sampled_from([row["word"] for row in rows("days")] + ["on", "9", "2030", ",", "31", "’s"])),
    st.dates(),
)
def test_words_of_days_in_any_order_do_no_harm(words: list[str], published: date) -> None:
    text = " ".join(words)
    for phrase in phrases(text, published):
        assert text[phrase.start : phrase.end].strip()


def test_the_day_of_a_dateline_is_not_the_sayings() -> None:
    around = context(
        "March 12, 2031 (OBS)—<c1>It was late</c1>, <s1>Orlay</s1> <q1>said</q1> in Pelm on March 7, N wrote."
    )
    found = days(around, around.attributions[0])
    assert found is not None
    assert (found.first, found.last) == (date(2031, 3, 7), date(2031, 3, 7))
