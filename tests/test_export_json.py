from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from invented import HOSTILE, TEXT, attributions, reading, readings, unknown

from verbale.export.json import line, shape
from verbale.types import Reading, Skipped


def test_keys_stand_in_their_published_order() -> None:
    shaped = shape(reading())
    assert list(shaped) == [
        "id", "text", "title", "url", "outlet", "published", "retrieved", "language", "voice", "digest",
        "reader", "attributions", "statements", "skipped",
    ]  # fmt: skip
    assert shaped["reader"] == {
        "version": "0.1.0", "model": "minilm-1", "runtime": "onnxruntime 1.22", "processor": "x86-64",
    }  # fmt: skip
    assert shaped["published"] == "2031-03-09"
    assert shaped["retrieved"] == "2031-03-10T08:00:00+00:00"
    assert shaped["voice"] == "report"
    assert shaped["statements"] == shaped["skipped"] == []


def test_an_attribution_keeps_every_role_as_a_list_of_spans() -> None:
    mixed, _, nested, pieces, inferred, sourceless = json.loads(line(reading()))["attributions"]
    assert list(mixed) == [
        "id", "parent", "source", "cue", "content", "kind", "inferred", "probability", "reasons",
    ]  # fmt: skip
    assert mixed["probability"] == 0.9612
    assert mixed["reasons"][1] == {
        "field": "content", "rule": "snap to marks", "version": "1", "score": None, "detail": "",
    }  # fmt: skip
    assert nested["parent"] == "a2"
    assert [TEXT[start:end] for start, end in pieces["content"]] == ["“We came,”", "“and we stay.”"]
    assert inferred["inferred"] is True
    assert inferred["cue"] == []
    assert sourceless["source"] == []


def test_what_is_not_known_is_null() -> None:
    shaped = shape(unknown())
    assert [key for key, value in shaped.items() if value is None] == [
        "title", "url", "outlet", "published", "retrieved", "language",
    ]  # fmt: skip


def test_parts_that_were_not_read_are_told() -> None:
    part = Skipped("zenda.html", "attributions", "too-long", "paragraph 7 is too long")
    assert shape(replace(reading(), skipped=(part,)))["skipped"] == [
        {
            "document": "zenda.html",
            "stage": "attributions",
            "code": "too-long",
            "detail": "paragraph 7 is too long",
        }
    ]


@pytest.mark.parametrize("text", [HOSTILE, "a\u2028b\x85c\x7f", "half \ud83d pair", TEXT])
def test_a_line_is_one_line_for_every_reader_and_keeps_the_text(text: str) -> None:
    written = line(reading(text, ()))
    assert len(written.splitlines()) == 1
    written.encode()
    assert json.loads(written)["text"] == text


def test_letters_stand_as_they_are() -> None:
    assert "🕊️" in line(reading())


def test_a_probability_that_is_no_number_is_an_error() -> None:
    broken = replace(attributions()[0], probability=float("nan"))
    with pytest.raises(ValueError, match="JSON"):
        line(reading(TEXT, (broken,)))


@given(readings())
def test_the_same_reading_gives_the_same_line(any_reading: Reading) -> None:
    assert line(any_reading) == line(replace(any_reading))
    assert json.loads(line(any_reading)) == shape(any_reading)
