"""Reports → where each side stands, by whose word; with the real model."""

from __future__ import annotations

import pytest

import verbale
from verbale.export.json import shape
from verbale.positions.sides import own_side, sides_in
from verbale.registry.parties import own_lexicon
from verbale.report import Report
from verbale.types import Span, Speaker, Speaking, Statement

Stands = list[tuple[str, str, str, bool]]


def stands(report: Report) -> Stands:
    return [
        (p.holder.id, p.issue, p.stance.value, p.ascribed)
        for statement in report.statements
        for p in statement.positions
    ]


@pytest.mark.parametrize(
    ("body", "state", "office", "voice", "side"),
    [
        ("russia-foreign-ministry", "RUS", "Deputy Foreign Minister", Speaking.PERSON, "RUS"),
        ("", "RUS", "Ambassador to the U.S.", Speaking.PERSON, "RUS"),
        ("", "USA", "Senator", Speaking.PERSON, "p-1"),
        ("", "USA", "former Secretary of State", Speaking.PERSON, "p-1"),
        ("iaea", "", "Director General", Speaking.PERSON, "iaea"),
        ("", "RUS", "", Speaking.GROUP, "RUS"),
        ("", "", "", Speaking.PERSON, "p-1"),
        ("", "FRA", "", Speaking.STATE, "FRA"),
        ("Vostrian embassy", "FRA", "", Speaking.BODY, "FRA"),
    ],
)
def test_who_speaks_for_a_state_gives_its_position(
    body: str, state: str, office: str, voice: Speaking, side: str
) -> None:
    speaker = Speaker("p-1", "Una Orlay", None, 1.0)
    assert own_side(Statement("s", "a", voice, speaker, office, body, state))[0] == side


def test_sides_are_found_by_names_adjectives_and_capitals() -> None:
    text = "Moscow and the Americans met; the Russian envoy praised the IAEA."
    found = sides_in(text, (Span(0, len(text)),), own_lexicon(), ())
    assert [(side.id, len(side.spans)) for side in found] == [("RUS", 2), ("USA", 1), ("iaea", 1)]


def test_every_span_stands_where_the_words_do() -> None:
    report = verbale.read(
        "France will leave the New START treaty unless inspections resume, Foreign Minister Pal Orlay "
        "of Germany said. Germany supports the treaty, he added."
    )
    for statement in shape(report.reading)["statements"]:  # type: ignore[attr-defined]
        for position in statement["positions"]:
            for name in ("condition", "holder_span", "span"):
                if position[name]:
                    start, end = position[name]
                    assert report.text[start:end].strip() == report.text[start:end] != ""
        for act in statement["acts"]:
            assert act["codebook"] == "1"
            assert act["rule"]


def test_an_issue_carried_over_is_shown_where_a_position_hangs_on_it() -> None:
    report = verbale.read(
        "“The New START treaty limits missiles,” Foreign Minister Pal Orlay of Germany said. "
        "“It rained,” he added."
    )
    for statement in report.statements:
        for link in statement.issues:
            assert link.span or any(p.issue == link.issue for p in statement.positions)


def test_the_same_text_gives_the_same_answer() -> None:
    text = "Germany is ready for talks on New START, but France is not, Minister Pal Orlay of Germany said."
    assert stands(verbale.read(text)) == stands(verbale.read(text))


@pytest.mark.parametrize(
    "text", ["Orlay said.", "“”, he said.", "The treaty.", "said said said New START said"]
)
def test_odd_texts_are_read(text: str) -> None:
    verbale.read(text + "\n")
