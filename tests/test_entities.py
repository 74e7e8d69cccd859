from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sayings import mentions

from verbale.registry import default_registry
from verbale.speakers.entities import Entity, entities, parts_of
from verbale.types import Name, Span

KINDS = {
    "Pal Orlay": "person", "P. Orlay": "person", "Orlay": "person", "Pal": "person", "Mira Orlay": "person",
    "Tolu Keza": "person", "Keza": "person", "Jan van der Halm": "person", "Van der Halm": "person",
    "Halm": "person", "Jan Dorn Jr.": "person", "Jan Dorn": "person", "Jan Washington": "person",
    "Russia": "place", "Moscow": "place", "Russian": "people", "Kremlin": "organisation", "U.S.": "place",
    "Washington": "place", "Vardia": "place", "TASS": "organisation",
    "Harbour Rights League": "organisation", "HRL": "organisation", "the Assembly": "organisation",
    "Assembly": "organisation", "Pelm": "place",
}  # fmt: skip


def grouped(text: str, kinds: dict[str, str] | None = None) -> list[list[str]]:
    found = entities(text, mentions(text, KINDS | (kinds or {})), default_registry())
    return [[name.span.of(text) for name in entity.names] for entity in found]


def only(text: str, kinds: dict[str, str] | None = None) -> Entity:
    (found,) = entities(text, mentions(text, KINDS | (kinds or {})), default_registry())
    return found


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Pal Orlay", ("pal", "orlay")),
        ("Jan van der Halm", ("jan", "halm")),
        ("J. Halm", ("j", "halm")),
        ("Jan Halm Jr.", ("jan", "halm")),
        ("Jan Halm III", ("jan", "halm")),
        ("Mr Halm", ("halm",)),
        ("Mary-Ann O’Varn", ("mary-ann", "o’varn")),
        ("van der", ("van", "der")),
        ("", ()),
        ("…", ()),
    ],
)
def test_the_parts_of_a_name(name: str, parts: tuple[str, ...]) -> None:
    assert parts_of(name) == parts


def test_a_surname_joins_the_full_name() -> None:
    assert grouped("Pal Orlay came. Orlay spoke. Keza, said Tolu Keza, and Orlay") == [
        ["Pal Orlay", "Orlay", "Orlay"],
        ["Keza", "Tolu Keza"],
    ]


def test_initials_particles_and_what_stands_behind() -> None:
    assert grouped("Pal Orlay and P. Orlay") == [["Pal Orlay", "P. Orlay"]]
    assert grouped("Jan van der Halm; Van der Halm; Halm") == [["Jan van der Halm", "Van der Halm", "Halm"]]
    assert grouped("Jan Dorn Jr. or Jan Dorn") == [["Jan Dorn Jr.", "Jan Dorn"]]


def test_two_of_one_surname_stay_apart_and_the_nearest_earlier_one_is_meant() -> None:
    text = "Pal Orlay came. Orlay spoke.\nMira Orlay went. Orlay waved."
    assert grouped(text) == [["Pal Orlay", "Orlay"], ["Mira Orlay", "Orlay"]]
    assert grouped("Orlay came. Mira Orlay went.") == [["Orlay", "Mira Orlay"]]


def test_a_bare_surname_is_that_of_whom_the_text_names_most_in_full() -> None:
    text = (
        "Pal Maria Orlay came. Pal Orlay sat and Pal Orlay ate. Mira Orlay and Mira Orlay sang. Orlay waved."
    )
    found = grouped(text, {"Pal Maria Orlay": "person"})
    assert [group[-1] for group in found] == ["Orlay", "Mira Orlay"]


def test_a_given_name_alone_joins_too() -> None:
    assert grouped("Pal Orlay smiled. Pal waved.") == [["Pal Orlay", "Pal"]]


def test_a_state_is_one_under_all_its_names() -> None:
    found = only("Russia, or Moscow, or the Russian side")
    assert (found.actor, found.kind, len(found.names)) == ("RUS", "place", 3)


def test_a_body_or_outlet_has_its_id() -> None:
    found = only("TASS wrote it, and TASS again.")
    assert (found.actor, found.kind) == ("tass", "organisation")


def test_a_persons_surname_is_no_capital() -> None:
    text = "Jan Washington came to Washington. Washington spoke."
    assert grouped(text, {"Washington": "person"}) == [["Jan Washington", "Washington", "Washington"]]
    assert only("Washington spoke.", {"Washington": "person"}).actor == "USA"


def test_initials_join_the_name_before_them() -> None:
    assert grouped("The Harbour Rights League met. HRL has won.") == [["Harbour Rights League", "HRL"]]
    assert grouped("HRL met. The Harbour Rights League has won.") == [["HRL"], ["Harbour Rights League"]]


def test_an_article_makes_no_difference() -> None:
    assert grouped("the Assembly met. Assembly rules") == [["the Assembly", "Assembly"]]


def test_the_commonest_kind_is_the_entitys() -> None:
    text = "Pelm Pelm Pelm"
    names = tuple(
        Name(Span(at, at + 4), kind) for at, kind in ((0, "place"), (5, "organisation"), (10, "place"))
    )
    (found,) = entities(text, names, default_registry())
    assert (found.kind, found.actor) == ("place", "")


def test_the_fullest_name_is_the_earliest_of_the_longest() -> None:
    text = "Orlay came. Pal Orlay spoke. Pal Orlay went."
    assert only(text).fullest(text).span == Span(12, 21)


def test_no_names_no_entities() -> None:
    assert entities("It rained.", (), default_registry()) == ()


WORDS = [*KINDS, "and", "of", ".", "\n", "said", "Mr", "…"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.data())
def test_each_name_is_in_one_entity_and_all_are_in_order(text: str, data: st.DataObject) -> None:
    drawn = {name: data.draw(st.sampled_from(["person", "organisation", "place"])) for name in KINDS}
    names = mentions(text, drawn)
    found = entities(text, names, default_registry())
    assert sorted((n for e in found for n in e.names), key=lambda n: n.span) == list(names)
    for entity in found:
        assert list(entity.names) == sorted(entity.names, key=lambda n: n.span)
    assert all(a.names[0].span < b.names[0].span for a, b in itertools.pairwise(found))


@given(st.lists(st.text("Ab. ’-é", min_size=1, max_size=8), max_size=6))
def test_odd_names_never_crash(words: list[str]) -> None:
    text, names = "", []
    for each in words:
        names.append(Name(Span(len(text), len(text) + len(each)), "person"))
        text += each + "\n"
    assert sum(len(e.names) for e in entities(text, names, default_registry())) == len(names)
