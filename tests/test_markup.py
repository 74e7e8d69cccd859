from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.markup import ROLES, parse
from evaluation.score import CASES

ROOT = Path(__file__).parent.parent
REPORTS = [
    *sorted((CASES / "examples").glob("*.txt")),
    *sorted((ROOT / "training/reports").glob("[0-9]*.txt")),
]
NESTED = (
    "<s1>Pal Orlay</s1> <q1>said</q1> <c1>that <s2>Strelsau</s2> <q2>thinks</q2> "
    "<c2><s3>he</s3> <q3>wants</q3> <c3>out</c3></c2></c1>."
)


def test_tags_become_offsets() -> None:
    report = parse("<s1>Orlay</s1> <q1>said</q1> <c1>“no”</c1>.")
    assert report["text"] == "Orlay said “no”."
    assert report["attributions"] == [
        {"id": "1", "parent": None, "source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 15]]}
    ]


def test_a_role_may_have_several_pieces_and_no_source() -> None:
    report = parse("<c1>“We came,”</c1> it was <q1>said</q1>, <c1>“and stay.”</c1>")
    (found,) = report["attributions"]
    assert [report["text"][a:b] for a, b in found["content"]] == ["“We came,”", "“and stay.”"]
    assert found["source"] == []


def test_the_innermost_content_around_a_cue_is_its_parents() -> None:
    assert [(a["id"], a["parent"]) for a in parse(NESTED)["attributions"]] == [
        ("1", None),
        ("2", "1"),
        ("3", "2"),
    ]


def test_attributions_come_in_the_order_of_their_cues() -> None:
    report = parse(
        "<c2>so</c2> <q2>said</q2> x <q10>claimed</q10> <c10>so</c10> <q1a>held</q1a> <c1a>so</c1a>"
    )
    assert [a["id"] for a in report["attributions"]] == ["2", "10", "1a"]


@pytest.mark.parametrize(
    ("marked", "complaint"),
    [
        ("<s1>Orlay</s1> <q1>said</q1> <c1>no", "never closed"),
        ("Orlay</s1> said", "closes nothing"),
        ("<s1>Pal <s1>Orlay</s1></s1>", "open already"),
        ("<s1>Orlay</s1> <c1>no</c1>", "lacks a cue or a content"),
        ("<s1>Orlay</s1> <q1>said</q1>", "lacks a cue or a content"),
        ("<s1></s1>Orlay <q1>said</q1> <c1>no</c1>", "holds nothing"),
        ("<q1>said</q2> <c1>no</c1>", "closes nothing"),
    ],
)
def test_wrong_tags_are_errors(marked: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse(marked)


def test_other_angle_brackets_stay() -> None:
    text = "a < b, <b>bold</b>, <x1>"
    assert parse(text) == {"text": text, "attributions": []}


@given(st.lists(st.text(alphabet="ab é😀\n", min_size=1, max_size=8), min_size=3, max_size=9))
def test_offsets_count_code_points(parts: list[str]) -> None:
    marked = "".join(
        f"<{'sqc'[n % 3]}{n // 3}>{part}</{'sqc'[n % 3]}{n // 3}>"
        for n, part in enumerate(parts[: len(parts) // 3 * 3])
    )
    report = parse(marked)
    assert report["text"] == "".join(parts[: len(parts) // 3 * 3])
    for found in report["attributions"]:
        for number, role in enumerate(ROLES.values()):
            ((a, b),) = found[role]
            assert report["text"][a:b] == parts[3 * int(found["id"]) + number]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_our_reports_are_well_marked(path: Path) -> None:
    report = parse(path.read_text(encoding="utf-8"))
    text, attributions = report["text"], report["attributions"]
    assert "</" not in text
    assert attributions
    by_id = {a["id"]: a for a in attributions}
    for found in attributions:
        for role in ROLES.values():
            spans = found[role]
            assert spans == sorted(spans)
            assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans), (found["id"], role)
        if found["parent"]:
            content = by_id[found["parent"]]["content"]
            assert any(a <= found["cue"][0][0] and found["cue"][0][1] <= b for a, b in content)


@pytest.mark.parametrize("path", sorted((CASES / "examples").glob("*.txt")), ids=lambda path: path.stem)
def test_the_labelled_examples_are_the_examples(path: Path) -> None:
    assert parse(path.read_text(encoding="utf-8"))["text"] == (ROOT / "examples" / path.name).read_text(
        encoding="utf-8"
    )
