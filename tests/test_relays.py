from __future__ import annotations

import pytest
from sayings import context

from verbale.cues import rows
from verbale.speakers.circumstances.relays import relays

Chain = list[tuple[str, str, str | None]]

CASES: list[tuple[str, Chain]] = [
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>told</q1> Rossiya 24 in an interview, TASS reported.",
     [("TASS", "agency", "tass"), ("Rossiya 24", "broadcaster", "rossiya-24")]),
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>said</q1>, reported the agency Prensa Lune.",
     [("Prensa Lune", "agency", None)]),
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>said</q1>, as quoted by Interfax.",
     [("Interfax", "agency", "interfax")]),
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>said</q1> in an interview with the Financial Times.",
     [("Financial Times", "paper", "ft")]),
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>said</q1>, according to the Pelm Herald.",
     [("Pelm Herald", "paper", None)]),
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>said</q1>, state media reported.",
     [("state media", "outlet", None)]),
    ("<s1>Halm</s1> <q1>wrote on Telegram</q1> <c1>that she stays</c1>.",
     [("Telegram", "platform", "telegram")]),
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>said in a statement</q1> on the ministry's website.",
     [("the ministry's website", "site", None)]),
    ("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>said</q1> on CNN's State of the Union.",
     [("CNN", "broadcaster", "cnn")]),
    ("<s1>Halm</s1> <q1>told</q1> the weekly Ostrov <c1>that she stays</c1>.",
     [("Ostrov", "magazine", None)]),
    ("<s1>Halm</s1> <q1>told</q1> Pelm TV <c1>that she stays</c1>.", [("Pelm TV", "broadcaster", None)]),
    ("<s1>Halm</s1> <q1>told</q1> state radio <c1>that she stays</c1>.",
     [("state radio", "broadcaster", None)]),
    ("<s1>Halm</s1> <q1>said</q1> on Lune television <c1>that she stays</c1>.",
     [("Lune", "broadcaster", None)]),
    ("<s1>Halm</s1> <q1>told</q1> KRSX at the time <c1>that she stays</c1>.", [("KRSX", "outlet", None)]),
    ("<s1>Halm</s1> <q1>told</q1> Reuters on Monday <c1>that she stays</c1>.",
     [("Reuters", "agency", "reuters")]),
]  # fmt: skip
CASES += [
    ("<s1>A letter seen by Sky News</s1> <q1>says</q1> <c1>it was late</c1>.",
     [("Sky News", "broadcaster", "sky-news")]),
    ("<s1>A report, a copy of which was obtained by KRSX,</s1> <q1>says</q1> <c1>it was late</c1>.",
     [("KRSX", "outlet", None)]),
]  # fmt: skip
NONE = [
    "<s1>TASS</s1> <q1>reported</q1> <c1>that the talks had failed</c1>.",
    "<q1>According to</q1> <s1>TASS</s1>, <c1>the talks had failed</c1>.",
    "<s1>Halm</s1> <q1>said</q1> <c1>that TASS reported nothing</c1>.",
    "<s1>Halm</s1> <q1>told</q1> Orlay <c1>that she stays</c1>.",
    "<s1>Halm</s1> <q1>told</q1> reporters <c1>that she stays</c1>.",
    "<s1>Halm</s1> <q1>told</q1> the Senate <c1>that she stays</c1>.",
    "<s1>Halm</s1> <q1>told</q1> NATO <c1>that she stays</c1>.",
    "<s1>Halm</s1> <q1>told us</q1> <c1>that she stays</c1>.",
    "As <q1>reported</q1> by <s1>the Pelm Herald</s1>, <c1>the talks had failed</c1>.",
    "<s1>Halm, who left CNN in May,</s1> <q1>said</q1> <c1>that she stays</c1>.",
    "<s1>Halm</s1> <q1>told</q1> the press <c1>that she stays</c1>.",
    "<s1>Halm</s1> <q1>said</q1> in Pelm on Monday <c1>that she stays</c1>.",
]


def chain(marked: str, names: dict[str, str] | None = None) -> Chain:
    told = context(marked, names)
    return [(r.name, r.role, r.actor) for r in relays(told, told.attributions[0])[0]]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_through_whom_words_came(marked: str, expected: Chain) -> None:
    assert chain(marked) == expected


@pytest.mark.parametrize("marked", NONE)
def test_who_is_no_relay(marked: str) -> None:
    assert chain(marked) == []


def test_an_unknown_organisation_that_is_told_something_is_an_outlet() -> None:
    marked = "<s1>Halm</s1> <q1>told</q1> New Orient <c1>that she stays</c1>."
    assert chain(marked) == []
    assert chain(marked, {"New Orient": "organisation"}) == [("New Orient", "outlet", None)]
    assert chain(marked, {"New Orient": "person"}) == []


def test_a_nested_saying_has_not_its_outer_ones_relay() -> None:
    marked = (
        "<s1>Orlay</s1> <q1>told</q1> TASS <c1>that <s1a>Strelsau</s1a> <q1a>had promised</q1a> "
        "<c1a>to wait</c1a></c1>."
    )
    told = context(marked)
    found = [[r.name for r in relays(told, attribution)[0]] for attribution in told.attributions]
    assert sorted(found) == [[], ["TASS"]]


def test_each_relay_has_its_reason_and_its_words() -> None:
    told = context("<c1>“We stay,”</c1> <s1>Halm</s1> <q1>told</q1> Rossiya 24, TASS reported.")
    found, reasons = relays(told, told.attributions[0])
    assert [reason.rule for reason in reasons] == ["{outlet} reported", "told {outlet}"]
    assert all(reason.field == "relays" for reason in reasons)
    assert [relay.span.of(told.document.text) for relay in found if relay.span] == ["TASS", "Rossiya 24"]
    assert not any(relay.inferred for relay in found)


def test_patterns_are_of_the_kinds_that_are_read() -> None:
    assert {row["hop"] for row in rows("relays")} == {"outer", "inner"}
    assert {row["strength"] for row in rows("relays")} <= {"strong", "named", "platform"}
    assert all(row["pattern"].count("{outlet}") == 1 for row in rows("relays"))
