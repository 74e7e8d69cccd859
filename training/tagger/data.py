"""Labelled articles → training windows of pieces, tags and links."""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from evaluation.markup import parse
from verbale.attributions.nested import SHORTEST, body
from verbale.models.tokens import Ints, Pieces, cut
from verbale.models.windows import SLICE, joined
from verbale.types import Span

ROLES = ("cue", "source", "content")
TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BIES"))
HELD_BACK = Path(__file__).parent / "held_back.txt"
REPORTS = Path(__file__).parent.parent / "reports"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article: its pieces, the tag of each, and for source and content pieces the cue's first piece.

    `links` is -1 where there is none; all arrays have one entry a piece.
    """

    id: str
    pieces: Pieces
    tags: Ints
    links: Ints


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def held_back_ids() -> frozenset[str]:
    """Ids of the 84 training articles kept for early stopping, calibration and quantisation."""
    return frozenset(HELD_BACK.read_text().split())


def our_reports(folder: Path) -> list[dict[str, Any]]:
    """The reports that we wrote, and each content in them as a text of its own with what is nested in it.

    The second teaches what `verbale.attributions.nested` does: to read a content again, and to find
    nothing where nothing is said.
    """
    found = []
    for path in sorted(folder.glob("*.txt")):
        report = {"id": path.stem, **parse(path.read_text(encoding="utf-8"))}
        found += [report, *_contents(report)]
    return found


def _contents(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    text, rows = report["text"], report["attributions"]
    for row in rows:
        for number, span in enumerate(row["content"]):
            start, end = body(text, Span(*span))
            if len(text[start:end].split()) < SHORTEST:
                continue
            inner = [r for r in rows if r["parent"] == row["id"] and start <= r["cue"][0][0] < end]
            moved = [
                {
                    "parent": None,
                    **{
                        role: [
                            [max(a, start) - start, min(b, end) - start]
                            for a, b in r[role]
                            if a < end and b > start
                        ]
                        for role in ROLES
                    },
                }
                for r in inner
            ]
            yield {
                "id": f"{report['id']}/{row['id']}/{number}",
                "text": text[start:end],
                "attributions": moved,
            }


def label(document: dict[str, Any], tokenizer: Tokenizer) -> Labelled:
    """Turn an article's attributions into tags (BIES by role) and links."""
    pieces = cut(document["text"], tokenizer)
    tags = np.zeros(len(pieces), dtype=np.int64)
    links = np.full(len(pieces), -1, dtype=np.int64)
    for attribution in document["attributions"]:
        if attribution.get("parent") is not None:
            continue
        cues = [_inside(pieces, span) for span in attribution["cue"]]
        cue = next((int(c[0]) for c in cues if len(c)), -1)
        for role in ROLES:
            for span in attribution[role]:
                for inside in _lines(pieces, _inside(pieces, span)):
                    tags[inside] = _bies(role, len(inside))
                    if role != "cue":
                        links[inside] = cue
    return Labelled(document["id"], pieces, tags, links)


def _inside(pieces: Pieces, span: Sequence[int]) -> Ints:
    return np.flatnonzero((pieces.starts < span[1]) & (pieces.ends > span[0]))


def _lines(pieces: Pieces, inside: Ints) -> Iterable[Ints]:
    """Cut a run of pieces where the line ends: no tag runs over a paragraph."""
    cuts = np.flatnonzero(np.diff(pieces.lines[inside])) + 1
    return [part for part in np.split(inside, cuts) if len(part)]


def _bies(role: str, length: int) -> list[int]:
    if length == 1:
        return [TAGS.index(f"S-{role}")]
    middle = [TAGS.index(f"I-{role}")] * (length - 2)
    return [TAGS.index(f"B-{role}"), *middle, TAGS.index(f"E-{role}")]


def windows(article: Labelled, size: int, rng: random.Random | None) -> list[tuple[int, int]]:
    """Cut an article into runs of whole lines of at most `size` pieces.

    With `rng`, the first run is of a random length, so that each epoch sees other contexts.
    """
    n = len(article.pieces)
    bounds = [0, *(np.flatnonzero(np.diff(article.pieces.lines)) + 1).tolist(), n]
    runs, start, limit = [], 0, rng.randint(size // 4, size) if rng else size
    for before, after in itertools.pairwise(bounds):
        if after - start > limit and before > start:
            runs.append((start, before))
            start, limit = before, size
        while after - start > size:  # one line longer than a window
            runs.append((start, start + size))
            start += size
    return [*runs, (start, n)] if n > start else runs


def batches(
    articles: Sequence[Labelled], size: int, pieces_a_batch: int, rng: random.Random | None
) -> list[list[tuple[Labelled, int, int]]]:
    """Group windows of like length into batches of about `pieces_a_batch` pieces."""
    rows = [(a, *w) for a in articles for w in windows(a, size, rng)]
    if rng:
        rng.shuffle(rows)
    rows.sort(key=lambda row: (row[2] - row[1]) // 48)  # stable: random within a length class
    grouped: list[list[tuple[Labelled, int, int]]] = [[]]
    for row in rows:
        longest = max((r[2] - r[1] for r in [*grouped[-1], row]), default=0)
        if grouped[-1] and longest * (len(grouped[-1]) + 1) > pieces_a_batch:
            grouped.append([])
        grouped[-1].append(row)
    if rng:
        rng.shuffle(grouped)
    return grouped


def tensors(batch: Sequence[tuple[Labelled, int, int]], frame: tuple[int, int]) -> dict[str, Ints]:
    """Pad a batch: inputs as the running model gets them, targets -100 where not scored."""
    inputs = [joined(a.pieces, slice(start, end), frame) for a, start, end in batch]
    longest = max(len(i["ids"]) for i in inputs)
    out = {name: np.zeros((len(batch), longest), dtype=np.int64) for name in (*inputs[0], "mask")}
    out |= {name: np.full((len(batch), longest), -100, dtype=np.int64) for name in ("tags", "links")}
    for row, ((a, start, end), values) in enumerate(zip(batch, inputs, strict=True)):
        n = end - start
        for name, value in values.items():
            out[name][row, : len(value)] = value
        out["mask"][row, : n + 2] = 1
        out["tags"][row, SLICE.start : n + 1] = a.tags[start:end]
        links = a.links[start:end] - start + 1
        out["links"][row, 1 : n + 1] = np.where(
            (links > 0) & (links <= n) & (a.links[start:end] >= 0), links, -100
        )
    return out
