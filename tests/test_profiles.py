from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sayings import saying

from verbale.registry.tables import Role
from verbale.speakers.context import Context
from verbale.speakers.entities import entities
from verbale.speakers.profiles import Profile, profile

NAMES = {
    "Pal Orlay": "person", "Orlay": "person", "Tolu Keza": "person", "Keza": "person", "Russia": "place",
    "Russian": "people", "United States": "place", "U.S.": "place", "Kremlin": "organisation",
    "Harbour League": "organisation",
}  # fmt: skip


def of(marked: str, number: int = 0) -> Profile:
    context = saying(marked, NAMES)
    return told(context, number)


def told(context: Context, number: int = 0) -> Profile:
    text = context.document.text
    persons = [e for e in entities(text, context.names, context.registry) if e.kind == "person"]
    return profile(context, persons[number])


CASES = [
    ("Foreign Minister Pal Orlay came.", "Foreign Minister", Role.FOREIGN_MINISTER, ""),
    ("Russian Foreign Minister Pal Orlay came.", "Foreign Minister", Role.FOREIGN_MINISTER, "RUS"),
    ("On Monday Foreign Minister Pal Orlay came.", "Foreign Minister", Role.FOREIGN_MINISTER, ""),
    ("Pal Orlay, the Russian foreign minister, came.", "foreign minister", Role.FOREIGN_MINISTER, "RUS"),
    ("Pal Orlay, who is the Russian foreign minister, came.", "foreign minister",
     Role.FOREIGN_MINISTER, "RUS"),
    ("The deputy foreign minister Pal Orlay came.", "deputy foreign minister",
     Role.DEPUTY_FOREIGN_MINISTER, ""),
    ("Pal Orlay came. Orlay, a farmer from the hills, left.", "", None, ""),
    ("Pal Orlay came.", "", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "office", "role", "state"), CASES, ids=[case[0] for case in CASES])
def test_an_office_from_the_words_around_the_name(
    text: str, office: str, role: Role | None, state: str
) -> None:
    found = of(text)
    assert (found.office, found.role, found.state) == (office, role, state)


def test_a_source_is_read_first() -> None:
    marked = (
        "Ambassador Pal Orlay came. "
        "<s1>Russian Foreign Minister Pal Orlay</s1> <q1>said</q1> <c1>that it was late</c1>."
    )
    found = of(marked)
    assert (found.office, found.state) == ("Foreign Minister", "RUS")


def test_each_part_is_taken_from_the_first_mention_that_has_it() -> None:
    found = of("Foreign Minister Pal Orlay came.\nRussian Foreign Minister Orlay left.")
    assert (found.office, found.role, found.state) == ("Foreign Minister", Role.FOREIGN_MINISTER, "RUS")


def test_another_office_gives_no_state_to_the_first() -> None:
    found = of("Foreign Minister Pal Orlay came.\nOrlay, a former Russian ambassador, left.")
    assert (found.office, found.role, found.state) == ("Foreign Minister", Role.FOREIGN_MINISTER, "")


def test_a_title_belongs_to_its_own_name() -> None:
    text = "Pal Orlay met Foreign Minister Tolu Keza."
    assert of(text, 0).office == ""
    assert of(text, 1).office == "Foreign Minister"


def test_no_title_runs_over_a_line() -> None:
    assert of("Foreign Minister\nPal Orlay came.").office == ""


def test_every_part_has_its_reason() -> None:
    reasons = of("Russian Foreign Minister Pal Orlay came.").reasons
    assert {r.field for r in reasons} == {"office", "body", "state"}
    assert all(r.rule == "title" and "Russian Foreign Minister Pal Orlay" in r.detail for r in reasons)


WORDS = [
    *NAMES, "Foreign", "Minister", "deputy", "minister", "the", "of", "to", ",", "who", "is", "former",
    "\n", ".", "said",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=16).map(lambda words: " ".join([*words, "Pal Orlay"])))
def test_any_words_around_a_name_are_read(text: str) -> None:
    assert of(text) == of(text)
