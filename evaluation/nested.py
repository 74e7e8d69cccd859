"""Nested attributions: found in passages that hold one, and falsely in passages that hold none.

`cases/nested.jsonl` names passages of PolNeAR's training (held-back) and dev articles by id and offsets;
two people labelled them blind, and a case counts where both found it and at least one called it clear.
The invented cases are those in `cases/examples/`.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.markup import parse
from evaluation.score import CASES, Row, document_of, held_back_ids, place, polnear_dev, read_jsonl
from verbale.attributions import attributions
from verbale.models.tagger import TaggerModel
from verbale.types import Attribution

SEED, PASSAGES = 60, 360


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of the nested attributions in some passages: how many there are, were found, and were found falsely."""

    passages: int
    gold: int
    found: int
    false: int


def drawn() -> list[tuple[str, int, int]]:
    """The passages that were given to the labellers: article, start and end, in the order of drawing.

    Each is a paragraph, of 12 to 160 words and with a content of at least eight, of the held-back or
    dev articles.
    """
    folder, kept = place("VERBALE_DATA") / "polnear", held_back_ids()
    articles = [d for d in read_jsonl(folder / "train.jsonl.gz") if d["id"] in kept]
    passages = [
        (article["id"], *line)
        for article in (*articles, *polnear_dev())
        for line in _lines(article["text"])
        if 12 <= len(article["text"][slice(*line)].split()) <= 160 and _holds_a_content(article, line)
    ]
    random.Random(SEED).shuffle(passages)
    return passages[:PASSAGES]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _holds_a_content(article: Row, line: tuple[int, int]) -> bool:
    return any(
        line[0] <= start and end <= line[1] and len(article["text"][start:end].split()) >= 8
        for row in article["attributions"]
        for start, end in row["content"]
    )


def wild() -> list[Row]:
    """The passages as `{"id", "text", "nested", "held_back"}`."""
    folder = place("VERBALE_DATA") / "polnear"
    texts = {
        d["id"]: (d["text"], part)
        for part in ("train", "dev")
        for d in read_jsonl(folder / f"{part}.jsonl.gz")
    }
    rows = []
    for case in read_jsonl(CASES / "nested.jsonl"):
        text, part = texts[case["id"]]
        words = text[case["start"] : case["end"]]
        if hashlib.sha256(words.encode()).hexdigest() != case["sha256"]:
            raise ValueError(f"{case['id']}: the text is not the one that was labelled")
        rows.append(
            {"id": f"{case['id']}:{case['start']}", "text": words, "nested": case["nested"], "part": part}
        )
    return rows


def invented() -> list[Row]:
    """Our example reports with the nested attributions in them."""
    rows = []
    for path in sorted((CASES / "examples").glob("*.txt")):
        report = parse(path.read_text(encoding="utf-8"))
        nested = [a for a in report["attributions"] if a["parent"]]
        rows.append({"id": path.stem, "text": report["text"], "nested": nested, "part": "invented"})
    return rows


def outcome(rows: list[Row], model: TaggerModel) -> Outcome:
    """Read the passages and compare; a match shares the source's words and has contents of Dice ≥ 0.8."""
    found = false = 0
    for row in rows:
        left = [a for a in attributions(document_of(row), model.tag(row["text"])) if a.parent]
        for gold in row["nested"]:
            match = next((a for a in left if _matches(gold, a)), None)
            if match:
                found += 1
                left.remove(match)
        false += len(left)
    return Outcome(len(rows), sum(len(row["nested"]) for row in rows), found, false)


def _matches(gold: Row, found: Attribution) -> bool:
    return same_nested(
        gold, {role: [(s.start, s.end) for s in getattr(found, role)] for role in ("source", "content")}
    )


def same_nested(one: Row, other: Row) -> bool:
    """Whether two readings mean the same: contents of Dice ≥ 0.8, sources that touch or both lack."""
    contents = _characters(one["content"]), _characters(other["content"])
    sources = _characters(one["source"]), _characters(other["source"])
    dice = 2 * len(contents[0] & contents[1]) / (len(contents[0]) + len(contents[1]))
    return dice >= 0.8 and (bool(sources[0] & sources[1]) or not (sources[0] or sources[1]))


def _characters(spans: list[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}
