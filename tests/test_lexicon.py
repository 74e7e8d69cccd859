"""Names looked for in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.registry.lexicon import Entry, Lexicon, words_of

NAMES = (
    "New START",
    "START",
    "Harbour Treaty",
    "grain deal",
    "U.S.-Brelk pact",
    "Orlay’s plan",
    "the Accord",
)


def found(text: str, *names: str) -> list[str]:
    lexicon = Lexicon.of(Entry(name, name, "alias") for name in names or NAMES)
    return [hit.entry.meaning for hit in lexicon.find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They signed New START in spring.", ["New START"]),
        ("the New Start treaty", ["New START"]),  # an acronym printed as a word, within a longer name
        ("a new start for all", []),
        ("START talks", ["START"]),
        ("Start the talks", []),  # alone an acronym has its capitals
        ("The harbour treaty holds", []),  # a proper name has its capitals
        ("the Harbour, Treaty", []),  # nothing but a blank or hyphen between
        ("the Harbour-Treaty", ["Harbour Treaty"]),
        ("The Grain Deal, and the grain deal", ["grain deal", "grain deal"]),
        ("the US-Brelk pact", ["U.S.-Brelk pact"]),
        ("the U.S.–Brelk pact", ["U.S.-Brelk pact"]),
        ("Orlay's plan", ["Orlay’s plan"]),
        ("Accord reached", ["the Accord"]),  # a leading article is no part of a name
        ("Harbour Treaty. New START", ["Harbour Treaty", "New START"]),
        ("the Harbour\nTreaty", ["Harbour Treaty"]),
    ],
)
def test_names_are_found_by_words_and_case(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_of_names_that_overlap_the_longest_counts() -> None:
    assert found("the New START", "New START", "START") == ["New START"]


def test_a_name_twice_means_what_it_meant_first() -> None:
    lexicon = Lexicon.of((Entry("grain deal", "one", "alias"), Entry("Grain Deal", "two", "alias")))
    assert [hit.entry.meaning for hit in lexicon.find("the grain deal")] == ["one"]


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end].replace(".", "") == word.printed
