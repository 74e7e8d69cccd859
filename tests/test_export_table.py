from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from invented import HOSTILE, TEXT, attributions, hostile, reading, readings, stated, unknown
from rich.cells import cell_len
from rich.console import Console

from verbale.export.table import print_table
from verbale.export.wording import certainty, nesting
from verbale.types import Reading, Skipped, Span


def printed(shown: Reading, width: int = 140) -> str:
    file = StringIO()
    print_table(shown, Console(file=file, width=width, color_system=None))
    return file.getvalue()


def row(table: str, words: str) -> str:
    """The first line that holds some words, its white space closed up."""
    return " ".join(next(line for line in table.splitlines() if words in line).split())


def test_the_header_tells_title_outlet_day_and_counts() -> None:
    title, about, *_ = printed(reading()).splitlines()
    assert title == "No session"
    assert about == ("The Courier · 9 March 2031 · 6 attributions: 2 direct, 3 indirect, 1 mixed; 1 nested")


def test_a_row_tells_who_how_what_kind_and_probability() -> None:
    table = printed(reading())
    assert row(table, "who") == "who how what kind probability"
    assert row(table, "We came") == "he said “We came,” … “and we stay.” direct certain 0.90"
    assert row(table, "└") == "└ Strelsau believes the inspections were a trap indirect possible 0.50"
    assert row(table, "Nobody wrote") == "he — “Nobody wrote anything.” direct likely 0.70"
    assert row(table, "sides agreed") == "— was reported that the two sides agreed indirect doubtful 0.20"
    assert "inferred" in table


def test_without_attributions_it_says_so() -> None:
    assert printed(unknown()).splitlines()[:4] == [
        "-", "0 attributions", "", "Nobody is quoted in this text, as far as the reader can tell.",
    ]  # fmt: skip


def test_what_was_not_read_stands_below() -> None:
    part = Skipped("zenda.html", "attributions", "too-long", "paragraph 7 is too long")
    assert "Not read: zenda.html: paragraph 7 is too long" in printed(replace(reading(), skipped=(part,)))


@pytest.mark.parametrize("width", [60, 76, 80, 100, 140, 200])
def test_every_word_is_there_whole_at_any_width(width: int) -> None:
    table = printed(reading(), width)
    assert all(cell_len(line) <= width for line in table.splitlines())
    for word in re.findall(
        r"\w+", "Ambassador told Ruritania agenda capital Strelsau believes inspections reported"
    ):
        assert re.search(rf"\b{word}\b", table), word


def test_hostile_words_are_shown_and_not_obeyed() -> None:
    everything = replace(
        attributions()[0], source=(Span(0, len(HOSTILE)),), cue=(), content=(Span(0, len(HOSTILE)),)
    )
    table = printed(reading(HOSTILE, (everything,), title=HOSTILE, outlet=HOSTILE))
    assert "[bold red]Halm[/]" in table
    assert "<script>alert(1)</script>" in table
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", table)


@settings(max_examples=30)
@given(readings())
def test_no_control_character_reaches_the_terminal(any_reading: Reading) -> None:
    table = printed(any_reading)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", table)
    table.encode()


@given(readings())
def test_the_walk_comes_to_every_attribution_once(any_reading: Reading) -> None:
    walked = [id(attribution) for _, attribution in nesting(any_reading.attributions)]
    assert sorted(walked) == sorted(map(id, any_reading.attributions))


def test_nested_rows_follow_their_parent() -> None:
    backwards = tuple(reversed(attributions()))
    assert [(depth, a.id) for depth, a in nesting(backwards)] == [
        (0, "a1"), (0, "a2"), (1, "a3"), (0, "a4"), (0, "a5"), (0, "a6"),
    ]  # fmt: skip


def test_one_whose_parent_is_not_there_stands_at_the_top() -> None:
    ring = (replace(attributions()[1], parent="a3"), attributions()[2])
    assert [(depth, a.id) for depth, a in nesting(ring)] == [(0, "a2"), (1, "a3")]
    assert [depth for depth, _ in nesting(attributions()[2:3])] == [0]


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "certain"),
        (0.9, "certain"),
        (0.8999, "likely"),
        (0.7, "likely"),
        (0.4, "possible"),
        (0.0, "doubtful"),
    ],
)
def test_the_word_for_a_probability(probability: float, word: str) -> None:
    assert certainty(probability) == word


def test_lines_of_the_text_become_spaces() -> None:
    over = replace(attributions()[0], content=(Span(TEXT.index("Monday"), TEXT.index("Orlay said")),), cue=())
    assert "Monday." in row(printed(reading(TEXT, (over,))), "Ambassador")


def test_below_the_words_stand_who_and_the_way_they_came() -> None:
    table = " ".join(printed(stated(), 200).split())
    assert "Ambassador · Russia" in table
    assert "to reporters, at STRELSAU, briefing, 3 March 2031 · via The Courier ← reporters" in table
    assert "via The Courier ← reporters (carried over)" in table
    assert "to reporters (carried over), 3 March 2031 (carried over)" in table


def test_a_name_is_told_where_the_source_lacks_it_alone() -> None:
    assert [
        line.count("Pal Orlay") for line in printed(stated(), 200).splitlines() if "Pal Orlay ·" in line
    ] == [1]


def test_an_unresolved_speaker_stands_with_the_candidates() -> None:
    table = printed(stated(), 200)
    shown = [line.split("  ")[0].strip() for line in table.splitlines()]
    assert "? Pal Orlay 0.41, Russia 0.25" in " ".join(shown)


def test_nobody_named_is_not_said_twice() -> None:
    assert "nobody named" not in printed(stated(), 200)


@pytest.mark.parametrize("width", [60, 76, 100, 200])
def test_statements_fit_any_width(width: int) -> None:
    table = printed(stated(), width)
    assert all(cell_len(line) <= width for line in table.splitlines())
    for word in ("Ambassador", "Russia", "briefing", "carried", "0.25"):
        assert re.search(rf"\b{re.escape(word)}\b", table), word


def test_hostile_statements_are_shown_and_not_obeyed() -> None:
    table = printed(hostile())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", table)
    assert "[bold red]Halm[/]" in table
