from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from invented import HOSTILE, TEXT, attributions, hostile, reading, readings, stated, statements, unknown

from verbale.export.json import line, shape, statement_shape
from verbale.types import Reading, Skipped


def test_keys_stand_in_their_published_order() -> None:
    shaped = shape(reading())
    assert list(shaped) == [
        "id", "text", "title", "url", "outlet", "published", "retrieved", "language", "voice", "digest",
        "reader", "attributions", "statements", "narrated", "meetings", "skipped",
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


def test_a_statement_has_its_published_keys_in_order() -> None:
    full, *_ = json.loads(line(stated()))["statements"]
    assert list(full) == [
        "id", "attribution", "voice", "speaker", "office", "body", "state", "relays", "addressee", "venue",
        "medium", "said", "issues", "acts", "positions", "reasons",
    ]  # fmt: skip
    assert list(full["speaker"]) == ["actor", "name", "mention", "probability", "candidates"]
    assert [list(relay) for relay in full["relays"]] == [["actor", "name", "role", "span", "inferred"]] * 2
    assert list(full["said"]) == ["from", "to", "precision", "span", "inferred"]
    for name in ("addressee", "venue", "medium"):
        assert list(full[name]) == ["name", "kind", "actor", "span", "inferred"]
    assert full["issues"] == full["acts"] == full["positions"] == []
    assert full["reasons"][0] == {
        "field": "speaker", "rule": "antecedent", "version": "1", "score": 0.8765,
        "detail": "'he' means 'Pal Orlay'",
    }  # fmt: skip


def test_a_statement_tells_who_through_whom_to_whom_where_and_when() -> None:
    full, carried, state, *_ = json.loads(line(stated()))["statements"]
    assert (full["id"], full["attribution"], full["voice"]) == ("s1", "a1", "person")
    assert (full["office"], full["body"], full["state"]) == ("Ambassador", None, "RUS")
    start, end = full["speaker"]["mention"]
    assert TEXT[start:end] == full["speaker"]["name"] == "Pal Orlay"
    assert [(relay["name"], relay["span"] is None) for relay in full["relays"]] == [
        ("The Courier", True), ("reporters", False),
    ]  # fmt: skip
    assert (full["said"]["from"], full["said"]["to"]) == ("2031-03-03", "2031-03-03")
    assert (full["medium"]["kind"], full["venue"]["kind"]) == ("briefing", None)
    assert [carried[name]["inferred"] for name in ("addressee", "said")] == [True, True]
    assert (carried["venue"], carried["medium"], carried["relays"][1]["inferred"]) == (None, None, True)
    assert (state["voice"], state["speaker"]["actor"], state["said"]) == ("state", "RUS", None)


def test_an_unresolved_speaker_has_no_actor_and_its_candidates() -> None:
    told = statement_shape(statements()[3])
    assert told["speaker"] == {
        "actor": None, "name": "he", "mention": None, "probability": 0.41,
        "candidates": [
            {"actor": "p-0123456789ab", "name": "Pal Orlay", "score": 0.41},
            {"actor": "RUS", "name": "Russia", "score": 0.25},
        ],
    }  # fmt: skip
    assert told["office"] is told["body"] is told["state"] is None


def test_every_statement_names_an_attribution_of_its_document() -> None:
    shaped = json.loads(line(stated()))
    assert [s["attribution"] for s in shaped["statements"]] == [a["id"] for a in shaped["attributions"]]


def test_hostile_words_in_statements_stay_words() -> None:
    written = line(hostile())
    assert len(written.splitlines()) == 1
    told = json.loads(written)["statements"][0]
    assert told["office"] == told["speaker"]["name"] == told["relays"][1]["name"] == HOSTILE


def test_a_score_that_is_no_number_is_an_error() -> None:
    first = statements()[0]
    broken = replace(first, speaker=replace(first.speaker, probability=float("inf")))
    with pytest.raises(ValueError, match="JSON"):
        line(replace(stated(), statements=(broken,)))
