"""Those whom a text describes, and what a pronoun makes of them; persons and states are invented."""

from __future__ import annotations

from typing import Any

import pytest
from sayings import saying

from verbale.speakers.described import PAIR, Described, described, head_of

NAMES = {"Pal Orlay": "person", "Mira Halm": "person", "Vardian": "people", "Greens": "people"}


def found(marked: str) -> tuple[str, tuple[Described, ...]]:
    context = saying(marked, NAMES)
    return context.document.text, described(context)


def words(marked: str) -> list[str]:
    text, each = found(marked)
    return [d.span.of(text) for d in each]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("It rained on more than 20 former ministers.", ["more than 20 former ministers"]),
        ("They urged voters to stay.", ["voters"]),
        ("The old farmer met a young woman.", ["The old farmer", "a young woman"]),
        ("Pal Orlay spoke of the ministry’s plan.", ["the ministry", "the ministry’s plan"]),
        ("The senator Pal Orlay left.", []),
        ("It was late.", []),
        ("He met Pal Orlay. Senior officials left.", ["Senior officials"]),
        ("He met an official. Orlay left.", ["an official"]),
    ],
)
def test_nouns_of_the_tables_with_what_stands_before_them(text: str, phrases: list[str]) -> None:
    assert words(text) == phrases


def test_a_source_that_is_no_name_speaks() -> None:
    text, each = found("<s1>Officials close to the talks</s1> <q1>said</q1> <c1>that it was late</c1>.")
    spoken = [d for d in each if d.speaks]
    assert [(d.span.of(text), d.head, d.many) for d in spoken] == [
        ("Officials close to the talks", "officials", True)
    ]


def test_what_a_relative_pronoun_stands_behind() -> None:
    assert "the 30 percent" in words("It was the 30 percent <s1>who</s1> <q1>say</q1> <c1>it is late</c1>.")
    assert words("It was Pal Orlay, <s1>who</s1> <q1>said</q1> <c1>so</c1>.") == []


def test_persons_named_side_by_side_are_a_pair() -> None:
    text, each = found("Pal Orlay and Mira Halm met.")
    assert [(d.span.of(text), d.sort, len(d.names)) for d in each] == [("Pal Orlay and Mira Halm", PAIR, 2)]


def test_a_people_in_the_plural() -> None:
    text, each = found("The Greens won.")
    assert [(d.span.of(text), d.sort, d.many) for d in each] == [("Greens", "group", True)]


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("a spokesman for the ministry", ("spokesman", "office", False)),
        ("two officials familiar with the talks", ("officials", "person", True)),
        ("the minister, who left", ("minister", "office", False)),
        ("widgets", ("widgets", "thing", True)),
        ("", ("", "thing", False)),
    ],
)
def test_a_descriptions_noun(phrase: str, head: tuple[Any, ...]) -> None:
    assert head_of(phrase) == head


@pytest.mark.parametrize("joint", [", who met ", ", but then told ", " met "])
def test_names_with_words_between_are_no_pair(joint: str) -> None:
    assert not [d for d in found(f"Pal Orlay{joint}Mira Halm.")[1] if d.sort == PAIR]
