"""What a mention tells of gender; the persons are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.speakers.entities import Entity
from verbale.speakers.titles.gender import gender, gender_of
from verbale.types import Name, Span


@pytest.mark.parametrize(
    ("mention", "told"),
    [
        ("he", "m"),
        ("She", "f"),
        ("herself", "f"),
        ("it", ""),
        ("they", ""),
        ("Mr. Dorn", "m"),
        ("Ms Dorn", "f"),
        ("Mrs. Jan Dorn", "f"),
        ("Lady Pelm", "f"),
        ("the king", "m"),
        ("King Orlay", "m"),
        ("a spokeswoman", "f"),
        ("spokesman Dorn", "m"),
        ("Congresswoman Dorn", "f"),
        ("Foreign Minister Keza", ""),
        ("Anna Dorn", "f"),
        ("Foreign Minister Sergei Dorn", "m"),
        ("Volodymyr", "m"),
        ("Dorn", ""),
        ("Andrea Dorn", ""),
        ("the ministry", ""),
        ("", ""),
        ("...", ""),
        ("Tolu Keza, a businesswoman", "f"),
    ],
)
def test_what_a_mention_tells(mention: str, told: str) -> None:
    assert gender(mention) == told


def entity(text: str, *names: str, kind: str = "person") -> Entity:
    found = [Name(Span(text.index(n), text.index(n) + len(n)), kind) for n in names]
    return Entity(kind, tuple(found))


def test_a_title_before_a_name_tells_before_the_given_name() -> None:
    text = "Spokeswoman Tolu Keza came. Anna Dorn stayed. The Pelm Foundation closed."
    assert gender_of(text, entity(text, "Tolu Keza")) == "f"
    assert gender_of(text, entity(text, "Anna Dorn")) == "f"
    assert gender_of(text, entity(text, "Pelm Foundation", kind="organisation")) == ""


def test_another_sentences_title_tells_nothing() -> None:
    text = "It was the king. Tolu Keza came."
    assert gender_of(text, entity(text, "Tolu Keza")) == ""


@given(st.text(max_size=80))
def test_any_words_are_read(words: str) -> None:
    assert gender(words) in ("m", "f", "")
