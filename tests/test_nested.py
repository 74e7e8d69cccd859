from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.attributions.found import Found
from verbale.attributions.nested import Traces, body, nested, reread
from verbale.models.tagger import TaggerModel
from verbale.types import Kind, Span

# A content, and what of it is read again.
CASES = [
    ("that Strelsau wants peace", "Strelsau wants peace"),
    ("That Strelsau wants peace", "Strelsau wants peace"),
    ("whether he knows", "he knows"),
    ("if he knows", "he knows"),
    ("why he left", "he left"),
    ("how he left", "he left"),
    ("“I think we will go,”", "I think we will go,"),  # its comma stays: it closes nothing
    ('"I think we will go."', "I think we will go."),
    ("« Nous venons »", "Nous venons"),
    ("that “we will go”", "“we will go"),  # one head is taken off, not two
    ("thatch is a roof", "thatch is a roof"),  # a word that only begins like a head
    ("iffy", "iffy"),
    ("that", "that"),  # a head heads something
    ("to come", "to come"),
    ("“…”", ""),  # nothing is left
    ("”", ""),
    ("Strelsau", "Strelsau"),
]


@pytest.mark.parametrize(("content", "left"), CASES)
@pytest.mark.parametrize("around", [("", ""), ("Halm said ", " on Monday."), ("“", "”")])
def test_body(content: str, left: str, around: tuple[str, str]) -> None:
    text = around[0] + content + around[1]
    start, end = body(text, Span(len(around[0]), len(around[0]) + len(content)))
    assert text[start:end] == left


@given(st.text(min_size=1), st.data())
def test_what_is_read_again_lies_in_the_content(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    a, b = body(text, span)
    assert span.start <= a <= b <= span.end


def test_the_peak_is_that_of_the_pieces_of_a_span() -> None:
    left = Traces(np.array([0, 4, 8, 12]), np.array([5.0, -2.0, 1.0, 9.0], dtype=np.float32))
    assert left.peak(Span(4, 12)) == 1.0
    assert left.peak(Span(4, 8)) == -2.0
    assert left.peak(Span(0, 99)) == 9.0


def test_a_span_without_a_piece_has_no_peak() -> None:
    assert Traces(np.array([0, 9]), np.array([5.0, 5.0], dtype=np.float32)).peak(Span(3, 6)) == -np.inf


TEXT = "Orlay said that Strelsau had announced that it would leave the treaty in spring."
OUTER = Found((Span(0, 5),), (Span(6, 10),), (Span(11, len(TEXT) - 1),), Kind.INDIRECT, 0.9, "tagger")
EVERYWHERE = Traces(np.arange(len(TEXT)), np.full(len(TEXT), 99.0, dtype=np.float32))
NOWHERE = Traces(np.arange(len(TEXT)), np.full(len(TEXT), -99.0, dtype=np.float32))


def test_a_saying_in_a_content_is_found(model: TaggerModel) -> None:
    (found,) = nested(TEXT, OUTER, EVERYWHERE, model)
    assert [span.of(TEXT) for span in found.source] == ["Strelsau"]
    assert "announced" in found.cue[0].of(TEXT)
    assert "leave the treaty" in found.content[0].of(TEXT)


def test_without_a_trace_it_is_not_read_again(model: TaggerModel) -> None:
    assert nested(TEXT, OUTER, NOWHERE, model) == []


def test_a_short_content_is_not_read_again(model: TaggerModel) -> None:
    text = "Orlay said Strelsau announced war."
    outer = Found((Span(0, 5),), (Span(6, 10),), (Span(11, len(text) - 1),), Kind.INDIRECT, 0.9, "tagger")
    left = Traces(np.arange(len(text)), np.full(len(text), 99.0, dtype=np.float32))
    assert nested(text, outer, left, model) == []


def test_a_speakers_own_hedge_is_no_second_voice(model: TaggerModel) -> None:
    """“I said that we would leave” between marks repeats the speaker; outside of them it is somebody's."""
    text = "“I said that we would leave the treaty in spring,” Orlay added."
    end = text.index(" Orlay")
    left = Traces(np.arange(len(text)), np.full(len(text), 99.0, dtype=np.float32))
    for kind in (Kind.DIRECT, Kind.MIXED):
        outer = Found((), (Span(end + 7, end + 12),), (Span(0, end),), kind, 0.9, "tagger")
        assert nested(text, outer, left, model) == []
    outer = Found((), (Span(end + 7, end + 12),), (Span(0, end),), Kind.INDIRECT, 0.9, "tagger")
    assert [found.source[0].of(text) for found in nested(text, outer, left, model)] == ["I"]


def test_reading_a_part_again_gives_spans_of_the_whole(model: TaggerModel) -> None:
    for before in ("", "Nothing at all happened. ", "각각 😀\n"):
        text = before + TEXT
        found = reread(text, Span(len(before) + 11, len(text) - 1), model)
        assert [span.of(text) for each in found for span in each.source] == ["Strelsau"]


def test_nothing_to_read_again(model: TaggerModel) -> None:
    assert reread("“…” \x00", Span(0, 5), model) == []
