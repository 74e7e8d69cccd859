"""What the words of a source are; test_sources.py is that of verbale.sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sayings import mentions

from verbale.speakers.sources import PRONOUNS, Form, Reference, reference
from verbale.types import Span

NAMES = {
    "Pal Orlay": "person", "Orlay": "person", "Tolu Keza": "person", "Keza": "person", "Milo Tesk": "person",
    "Tesk": "person", "Edda Varn": "person", "Varn": "person", "Vardia": "place", "Moravia": "place",
    "Moravian": "people", "Vardian": "people", "Harbour League": "organisation", "Pelm": "place",
}  # fmt: skip


def read(words: str) -> Reference:
    text = f"{words} said so."
    return reference(text, (Span(0, len(words)),), mentions(text, NAMES))


def speaking(words: str) -> list[str]:
    return [name.span.of(words) for name in read(words).names]


def test_no_source_is_none() -> None:
    assert reference("It rained.", (), ()) == Reference(Form.NONE, None, "")


@pytest.mark.parametrize(("group", "words"), [(g, w) for g, ws in PRONOUNS.items() for w in ws.split()])
def test_every_pronoun_has_its_class(group: str, words: str) -> None:
    for written in (words, words.title(), words.upper()):
        ref = read(written)
        assert (ref.form, ref.pronoun, ref.names) == (Form.PRONOUN, group, ())


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("he's", "he"),
        ("She’d", "she"),
        ("they've", "they"),
        ("I'm", "i"),
        ("he himself", "he"),
        (" he,", "he"),
    ],
)
def test_a_pronoun_with_something_behind_it(words: str, group: str) -> None:
    assert read(words).pronoun == group


@pytest.mark.parametrize("words", ["he who laughs", "their minister", "its lawyers", "the we", "herd"])
def test_what_only_holds_a_pronoun_is_none(words: str) -> None:
    assert (read(words).form, read(words).pronoun) == (Form.DESCRIPTION, "")


CASES = {
    "Orlay": ["Orlay"],
    "Foreign Minister Pal Orlay": ["Pal Orlay"],
    "Moravian Foreign Minister Pal Orlay": ["Pal Orlay"],
    "the Moravian foreign minister, Pal Orlay": ["Pal Orlay"],
    "Pal Orlay, the foreign minister of Moravia": ["Pal Orlay"],
    "Pal Orlay, who replaced Milo Tesk": ["Pal Orlay"],
    "Ambassador to Moravia Pal Orlay": ["Pal Orlay"],
    "Ambassador Pal Orlay of Vardia": ["Pal Orlay"],
    "Pal Orlay and Tolu Keza": ["Pal Orlay", "Tolu Keza"],
    "Orlay, Keza and Varn": ["Orlay", "Keza", "Varn"],
    "Pal Orlay and Minister Tolu Keza": ["Pal Orlay", "Tolu Keza"],
    "Orlay & Keza": ["Orlay", "Keza"],
    "Vardia": ["Vardia"],
    "Vardia and Moravia": ["Vardia", "Moravia"],
    "the Harbour League": ["Harbour League"],
    "Tesk's brother, Pal Orlay": ["Pal Orlay"],
    "her brother, Governor Pal Orlay,": ["Pal Orlay"],
}


@pytest.mark.parametrize(("words", "names"), CASES.items(), ids=list(CASES))
def test_names_that_are_the_source_itself(words: str, names: list[str]) -> None:
    assert speaking(words) == names
    assert read(words).form is Form.NAME


OTHERS = [
    "the lawyer for Orlay",
    "Orlay's lawyer",
    "Orlay’s brother",
    "supporters of Pal Orlay",
    "officials in Moravia",
    "people around Orlay",
    "Moravian diplomats",
    "the Vardian side",
    "a spokesman for the Harbour League",
    "the Harbour League spokesman",
    "Pelm residents",
    "those close to Orlay",
    "voters who like Pal Orlay",
    "the minister",
    "a spokesman",
    "officials familiar with the talks",
    "many",
]


@pytest.mark.parametrize("words", OTHERS)
def test_a_name_that_only_belongs_to_another_noun_does_not_speak(words: str) -> None:
    ref = read(words)
    assert (ref.form, ref.names, ref.pronoun) == (Form.DESCRIPTION, (), "")
    assert ref.words == words


def test_several_spans_are_read_as_one() -> None:
    text = "Pal Orlay, it is told, of Vardia said so."
    spans = (Span(0, 9), Span(text.index("of"), text.index(" said")))
    ref = reference(text, spans, mentions(text, NAMES))
    assert ref.span == Span(0, spans[1].end)
    assert [name.span.of(text) for name in ref.names] == ["Pal Orlay"]


WORDS = [
    *NAMES,
    "he",
    "who",
    "and",
    "or",
    ",",
    "'s",
    "the",
    "of",
    "for",
    "spokesman",
    "Minister",
    "(",
    "\n",
    "—",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_any_words_are_read_and_names_lie_in_them(words: str) -> None:
    ref = read(words)
    assert ref.span is not None
    assert (ref.form is Form.NAME) == bool(ref.names)
    assert (ref.form is Form.PRONOUN) == bool(ref.pronoun)
    assert list(ref.names) == sorted(ref.names, key=lambda n: n.span)
    assert all(ref.span.start <= n.span.start and n.span.end <= ref.span.end for n in ref.names)


@given(st.text(min_size=1, max_size=60))
def test_any_text_is_read(words: str) -> None:
    assert reference(words, (Span(0, len(words)),), ()).names == ()
