"""Names read off the tags of pieces; the tags are written by hand over the real tokenizer's pieces."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.models import default_tagger
from verbale.models.manifest import NAMES
from verbale.models.tagger import Mentions, TaggerModel
from verbale.speakers.names import names

Marks = Sequence[tuple[str, str]]


def scored(text: str, marks: Marks) -> Mentions:
    """Scores in which each of some words, in order, is a name of its kind and all else is none."""
    model = default_tagger()
    pieces, tags, at = model.cut(text), model.manifest.name_tags, 0
    scores = np.full((len(pieces), len(tags)), -9.0, dtype=np.float32)
    scores[:, tags.index("O")] = -0.1
    for words, kind in marks:
        start = text.index(words, at)
        at = start + len(words)
        inside = np.flatnonzero((pieces.starts >= start) & (pieces.ends <= at))
        assert len(inside), words
        scores[inside, tags.index("O")] = -9.0
        if len(inside) == 1:
            scores[inside, tags.index(f"S-{kind}")] = -0.1
            continue
        scores[inside, tags.index(f"I-{kind}")] = -0.1
        for number, tag in ((inside[0], "B"), (inside[-1], "E")):
            scores[number, tags.index(f"I-{kind}")] = -9.0
            scores[number, tags.index(f"{tag}-{kind}")] = -0.1
    blank = np.zeros((len(pieces), 2), dtype=np.float32)
    return Mentions(scores, blank, blank, blank[:, 0])


def found(text: str, *marks: tuple[str, str]) -> list[tuple[str, str]]:
    model = default_tagger()
    rows = names(text, model.cut(text), scored(text, marks), model.manifest)
    return [(row.span.of(text), row.kind) for row in rows]


def test_names_with_their_kinds() -> None:
    text = "On Monday Pal Orlay of the Harbour League said in Pelm that the Vardians would wait."
    marks = (
        ("Pal Orlay", "person"),
        ("Harbour League", "organisation"),
        ("Pelm", "place"),
        ("Vardians", "people"),
    )
    assert found(text, *marks) == list(marks)


def test_no_text_has_no_names() -> None:
    assert found("") == found("The boats went out.") == []


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("Orlay's speech", "Orlay's", "Orlay"),
        ("Orlay’s speech", "Orlay’s", "Orlay"),
        ("the Tesks' house", "Tesks'", "Tesks"),
        ("“Orlay” spoke", "“Orlay”", "Orlay"),
        ("Orlay, again", "Orlay,", "Orlay"),
        ("Orlayson spoke", "Orlay", "Orlayson"),  # a name neither ends nor begins within a word
        ("O'Varn spoke", "Varn", "O'Varn"),
        ("D’Arvel spoke", "Arvel", "D’Arvel"),
    ],
)
def test_a_name_ends_where_its_word_ends(text: str, tagged: str, name: str) -> None:
    """The tags may say something else: a whole word is taken, without possessive and quotation marks."""
    model = default_tagger()
    pieces = model.cut(text)
    first = int(pieces.starts[np.searchsorted(pieces.ends, text.index(tagged), "right")])
    last = [int(e) for e in pieces.ends if e <= text.index(tagged) + len(tagged)]
    if not last or last[-1] <= first:
        pytest.skip("the tokenizer cuts the word otherwise")
    assert [n for n, _ in found(text, (text[first : last[-1]], "person"))] == [name]


def test_no_name_runs_over_a_line() -> None:
    text = "Pelm\nOrlay spoke"
    assert [name for name, _ in found(text, ("Pelm\nOrlay", "person"))] == ["Pelm", "Orlay"]


@pytest.mark.parametrize("words", ["Mr.", "Mrs", "Sen.", "”", "…"])
def test_neither_a_courtesy_nor_a_mark_is_a_name(words: str) -> None:
    assert found(f"He saw {words} there", (words, "person")) == []


def test_two_names_that_touch_stay_apart() -> None:
    assert found("The Vardian Orlay", ("Vardian", "people"), ("Orlay", "person")) == [
        ("Vardian", "people"),
        ("Orlay", "person"),
    ]


def test_initials_of_a_state_part_from_the_name_behind_them() -> None:
    text = "the ambassador to the U.S. Pal Orlay"
    assert found(text, ("U.S. Pal Orlay", "person")) == [("U.S.", "place"), ("Pal Orlay", "person")]
    assert found("so J.B. Pal Orlay", ("J.B. Pal Orlay", "person")) == [("J.B. Pal Orlay", "person")]


def test_an_adjective_before_a_title_is_a_people() -> None:
    text = "the Moravian deputy foreign minister"
    assert found(text, ("Moravian", "organisation")) == [("Moravian", "people")]
    assert found("the Moravian spoke", ("Moravian", "person")) == [("Moravian", "person")]


def test_the_real_tagger_reads_names(model: TaggerModel) -> None:
    text = "Foreign Minister Pal Orlay said that the talks had failed. Tolu Keza said so too."
    tagged = model.tag(text)
    rows = names(text, tagged.pieces, tagged.layers.mentions, tagged.manifest)
    assert [row.span.of(text) for row in rows if row.kind == "person"] == ["Pal Orlay", "Tolu Keza"]


@settings(max_examples=60, deadline=None)
@given(st.text("aB '’“\n.,é각😀", max_size=40), st.integers(0, 2**32 - 1))
def test_any_tags_give_names_in_order_that_stand_on_one_line(text: str, seed: int) -> None:
    model = default_tagger()
    pieces = model.cut(text)
    scores = np.random.default_rng(seed).normal(size=(len(pieces), len(model.manifest.name_tags)))
    mentions = replace(scored(text, ()), names=scores.astype(np.float32))
    rows = names(text, pieces, mentions, model.manifest)
    for one, two in itertools.pairwise(rows):
        assert one.span.end <= two.span.start
    for row in rows:
        words = row.span.of(text)
        assert words == words.strip()
        assert "\n" not in words
        assert any(c.isalnum() for c in words)
        assert row.kind in NAMES
