from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluation import nested
from evaluation.labels import numbered, offsets, resolve
from evaluation.score import CASES, read_jsonl

TEXT = "No way, says Halm\n\nHalm said he would not say “no,” he said.\n“Not yet,” she said at 10:30.\n"
DOCUMENT = {"id": "d1", "text": TEXT}


def words(line: int, copied: str) -> str:
    start, end = offsets(TEXT, line, copied)
    return TEXT[start:end]


def test_a_labeller_sees_numbered_lines_without_the_blank_ones() -> None:
    assert numbered("one\n\n  \ntwo\n") == "1: one\n4: two"


@pytest.mark.parametrize(
    ("line", "copied", "expected"),
    [
        (1, "Halm", "Halm"),
        (3, "would not say", "would not say"),
        (3, "“no,”", "“no,”"),
        (3, "he#1", "he"),
        (3, "he would ~~~ say", "he would not say"),
        (3, "said ~~~ say", "said he would not say"),  # the first of two "said": its end tells it apart
        (3, "say", "say"),  # a word, not a part of "says"
        (3, "woul", "woul"),  # a part of a word where there is no such word
        (1, "4:she", "she"),  # of another line
        (1, "4: she", "she"),
        (4, "“Not yet,”", "“Not yet,”"),
    ],
)
def test_offsets_of_what_was_copied(line: int, copied: str, expected: str) -> None:
    assert words(line, copied) == expected


def test_the_second_occurrence() -> None:
    assert offsets(TEXT, 3, "said#2") == [TEXT.rindex("he said.") + 3, TEXT.rindex("he said.") + 7]
    assert offsets("a #1 b", 1, "#1#1") == [2, 4]  # a number sign of the text itself


@pytest.mark.parametrize(
    ("line", "copied"),
    [
        (3, "Keza"),  # does not stand there
        (1, "he"),  # stands in another line
        (3, "said"),  # twice
        (3, "said#3"),
        (3, "said#0"),  # counted from 1
        (3, "would ~~~ yet"),
        (3, "Halm ~~~ would ~~~ say"),  # only one gap
        (0, "Halm"),
        (-1, "“Not yet,”"),
        (99, "Halm"),
        (1, "99: Halm"),
        (2, ""),
        (3, ""),
        (3, "#1"),
    ],
)
def test_what_cannot_be_told_is_an_error(line: int, copied: str) -> None:
    with pytest.raises(ValueError, match="line"):
        offsets(TEXT, line, copied)


@given(st.text(alphabet="ab #~:1 \n", max_size=40), st.data())
def test_what_is_found_is_what_was_copied(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    line = data.draw(st.integers(1, len(lines)))
    start = data.draw(st.integers(0, len(lines[line - 1])))
    copied = lines[line - 1][start : data.draw(st.integers(start, len(lines[line - 1])))]
    assume(" ~~~ " not in copied and "#" not in copied and ":" not in copied)
    try:
        a, b = offsets(text, line, copied)
    except ValueError:
        occurrences = sum(lines[line - 1].startswith(copied, at) for at in range(len(lines[line - 1])))
        assert not copied or occurrences != 1
    else:
        assert text[a:b] == copied
        assert text.count("\n", 0, a) == line - 1


def row(**other: Any) -> dict[str, Any]:
    return {
        "line": 3,
        "source": ["Halm"],
        "cue": ["said#1"],
        "content": ["he would ~~~ say"],
        "parent": None,
    } | other


def test_rows_become_attributions() -> None:
    inner = row(source=["he#1"], cue=["would"], content=["not say"], parent=0)
    found = resolve(DOCUMENT, [row(), inner])
    assert [(a["id"], a["parent"]) for a in found] == [("0", None), ("1", "0")]
    assert [[TEXT[a:b] for a, b in found[1][role]] for role in ("source", "cue", "content")] == [
        ["he"], ["would"], ["not say"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"source": ["Keza"]}, {"line": 77}, {"parent": 5}, {"parent": 1}, {"parent": -1}, {"parent": "0"}],
)
def test_a_wrong_row_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="d1, row 1: "):
        resolve(DOCUMENT, [row(), row(**wrong)])


@pytest.mark.parametrize("key", ["line", "source", "cue", "content"])
def test_a_row_without_a_key_is_named(key: str) -> None:
    wrong = row()
    del wrong[key]
    with pytest.raises(ValueError, match="d1, row 0: "):
        resolve(DOCUMENT, [wrong])


def test_the_command_resolves_what_it_can_and_names_the_rest(tmp_path: Path) -> None:
    texts, out, rows = tmp_path / "texts.jsonl", tmp_path / "out.jsonl", tmp_path / "rows"
    rows.mkdir()
    texts.write_text("".join(json.dumps({"id": name, "text": TEXT}) + "\n" for name in ("bad", "good")))
    (rows / "bad.jsonl").write_text(json.dumps(row(source=["Keza"])))
    (rows / "good.jsonl").write_text(json.dumps(row()) + "\n\n")
    command = [sys.executable, "-m", "evaluation.labels", str(texts), str(rows), str(out), "--without-text"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    assert ran.returncode == 1
    assert "bad, row 0" in ran.stderr
    assert "1 documents were not resolved" in ran.stderr
    (line,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert (line["id"], "text" in line, len(line["sha256"])) == ("good", False, 64)
    assert line["attributions"] == resolve(DOCUMENT, [row()])


def test_the_nested_passages_are_drawn_again(data: None) -> None:
    """Both labellers read what `nested.drawn` draws, and nothing else."""
    for labeller in "ab":
        read = read_jsonl(CASES / f"passes/nested_{labeller}.jsonl")
        assert sorted((row["id"], row["start"], row["end"]) for row in read) == sorted(nested.drawn())
