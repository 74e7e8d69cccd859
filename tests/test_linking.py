"""Words → the issues that they mean."""

from __future__ import annotations

import pytest

from verbale.issues import default_linker
from verbale.issues.phrases import phrases
from verbale.speakers.context import sentences
from verbale.types import Link


def links(text: str) -> list[Link]:
    return list(default_linker().links(text, sentences(text)))


def issues(text: str) -> list[tuple[str, str]]:
    return [(link.span.of(text) if link.span else "", link.issue) for link in links(text)]


def test_a_name_is_linked_wherever_it_stands() -> None:
    assert issues("Both sides praised the New START treaty.") == [("New START treaty", "new-start")]


@pytest.mark.parametrize(
    "text", ["A new start was made.", "They start talks.", "The sort of treaty nobody wants."]
)
def test_what_only_sounds_like_a_name_is_not(text: str) -> None:
    assert issues(text) == []


def test_the_treaty_is_the_one_spoken_of() -> None:
    text = "New START limits warheads. Moscow says that it will stay within the limits of the treaty."
    assert ("the treaty", "new-start") in issues(text)


def test_another_treaty_is_not() -> None:
    text = "New START limits warheads. The fishing treaty with Brelk, signed in the same year, does not."
    assert [issue for words, issue in issues(text) if "fishing" in words] == []


def test_every_link_has_a_matter_and_a_probability() -> None:
    for link in links(
        "Inspections under New START stopped. On-site inspections may be resumed under the treaty."
    ):
        assert link.matter
        assert 0.5 < link.probability <= 1
        assert link.how in ("alias", "short", "context", "meaning")


@pytest.mark.parametrize(
    ("text", "head", "determiner", "before", "behind"),
    [
        ("They left the treaty.", "treaty", "the", (), ()),
        ("such serious negotiations", "negotiations", "such", ("serious",), ()),
        ("talks on the border with Brelk", "talks", "", (), ("on", "the", "border", "with", "Brelk")),
        ("the terms of that treaty", "treaty", "that", (), ()),
        ("in Geneva, the long-awaited talks", "talks", "the", ("long", "awaited"), ()),
    ],
)
def test_a_phrase_has_its_parts(
    text: str, head: str, determiner: str, before: tuple[str, ...], behind: tuple[str, ...]
) -> None:
    (found,) = (each for each in phrases(text) if each.head.head == head)
    assert (found.determiner, found.before, found.behind) == (determiner, before, behind)
