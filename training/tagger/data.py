"""Labelled articles → training windows of pieces, tags and links."""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from evaluation.markup import parse
from verbale.models.manifest import NAMES
from verbale.models.tokens import Ints, Pieces, cut
from verbale.models.windows import joined

ROLES = ("cue", "source", "content")
TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BIES"))
NAME_TAGS = ("O", *(f"{position}-{kind}" for kind in NAMES for position in "BIES"))
UNKNOWN = -100  # a piece without a target
REPORTS = Path(__file__).parent.parent / "reports"


@dataclass(frozen=True, slots=True)
class Targets:
    """What one layer should say of an article's pieces; both arrays have one entry a piece.

    Attributes:
        tags: UNKNOWN where nobody knows.
        links: of source and content pieces the cue's first piece, else -1.
    """

    tags: Ints
    links: Ints


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article: its pieces, and the targets of each layer of the network.

    Attributes:
        names: tag of each piece, of NAME_TAGS.
        antecedents: of pieces of pronouns and descriptions the first piece of whom they mean, -1 for
            nobody who is named; UNKNOWN elsewhere.
    """

    id: str
    pieces: Pieces
    layers: dict[str, Targets]
    names: Ints
    antecedents: Ints


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def our_reports(folder: Path) -> list[dict[str, Any]]:
    """The reports that we wrote, with what is nested in their contents."""
    paths = sorted(folder.glob("*.txt"))
    return [{"id": path.stem, **parse(path.read_text(encoding="utf-8"))} for path in paths]


def label(document: dict[str, Any], tokenizer: Tokenizer) -> Labelled:
    """Turn an article's attributions into tags (BIES by role) and links.

    Attributions with a `parent` make the nested layer, those two levels down are left out. What the article's
    `unknown` spans, if it has any, hold beside these has no target there.
    """
    pieces = cut(document["text"], tokenizer)
    rows = document["attributions"]
    if rows is None:  # a text that nobody labelled for attributions
        unknown = np.full(len(pieces), UNKNOWN)
        layers = {name: Targets(unknown, unknown) for name in ("outer", "nested")}
    else:
        outer = [row for row in rows if row.get("parent") is None]
        ids = {row.get("id") for row in outer}
        inner = [row for row in rows if row.get("parent") is not None and row["parent"] in ids]
        layers = {"outer": _targets(pieces, outer), "nested": _targets(pieces, inner)}
    for span in document.get("unknown", ()):
        inside = _inside(pieces, span)
        layers["nested"].tags[inside[layers["nested"].tags[inside] == 0]] = UNKNOWN
    return Labelled(document["id"], pieces, layers, _names(document, pieces), _antecedents(document, pieces))


def _names(document: dict[str, Any], pieces: Pieces) -> Ints:
    if "names" not in document:
        return np.full(len(pieces), UNKNOWN)
    tags = np.zeros(len(pieces), dtype=np.int64)
    for start, end, kind in document["names"]:
        for inside in _lines(pieces, _inside(pieces, (start, end))):
            tags[inside] = _bies(kind, len(inside), NAME_TAGS)
    return tags


def _antecedents(document: dict[str, Any], pieces: Pieces) -> Ints:
    found = np.full(len(pieces), UNKNOWN)
    for start, end, name in document.get("antecedents", ()):
        at = -1 if name < 0 else int(np.searchsorted(pieces.ends, name, side="right"))
        found[_inside(pieces, (start, end))] = at
    return found


def _targets(pieces: Pieces, rows: list[dict[str, Any]]) -> Targets:
    tags = np.zeros(len(pieces), dtype=np.int64)
    links = np.full(len(pieces), -1, dtype=np.int64)
    for row in rows:
        cues = [_inside(pieces, span) for span in row["cue"]]
        cue = next((int(c[0]) for c in cues if len(c)), -1)
        for role in ROLES:
            for span in row[role]:
                for inside in _lines(pieces, _inside(pieces, span)):
                    tags[inside] = _bies(role, len(inside), TAGS)
                    if role != "cue":
                        links[inside] = cue
    return Targets(tags, links)


def _inside(pieces: Pieces, span: Sequence[int]) -> Ints:
    return np.flatnonzero((pieces.starts < span[1]) & (pieces.ends > span[0]))


def _lines(pieces: Pieces, inside: Ints) -> Iterable[Ints]:
    """Cut a run of pieces where the line ends: no tag runs over a paragraph."""
    cuts = np.flatnonzero(np.diff(pieces.lines[inside])) + 1
    return [part for part in np.split(inside, cuts) if len(part)]


def _bies(kind: str, length: int, tags: tuple[str, ...]) -> list[int]:
    if length == 1:
        return [tags.index(f"S-{kind}")]
    middle = [tags.index(f"I-{kind}")] * (length - 2)
    return [tags.index(f"B-{kind}"), *middle, tags.index(f"E-{kind}")]


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
    """Pad a batch: inputs as the running model gets them, targets UNKNOWN where not scored."""
    inputs = [joined(a.pieces, slice(start, end), frame) for a, start, end in batch]
    longest = max(len(i["ids"]) for i in inputs)
    out = {name: np.zeros((len(batch), longest), dtype=np.int64) for name in (*inputs[0], "mask")}
    names = [f"{layer}_{kind}" for layer in batch[0][0].layers for kind in ("tags", "links")]
    names += ["names", "antecedents"]
    out |= {name: np.full((len(batch), longest), UNKNOWN, dtype=np.int64) for name in names}
    for row, ((a, start, end), values) in enumerate(zip(batch, inputs, strict=True)):
        n = end - start
        for name, value in values.items():
            out[name][row, : len(value)] = value
        out["mask"][row, : n + 2] = 1
        for layer, targets in a.layers.items():
            tags, links = targets.tags[start:end], targets.links[start:end] - start + 1
            known = (tags != UNKNOWN) & (links > 0) & (links <= n) & (targets.links[start:end] >= 0)
            out[f"{layer}_tags"][row, 1 : n + 1] = tags
            out[f"{layer}_links"][row, 1 : n + 1] = np.where(known, links, UNKNOWN)
        out["names"][row, 1 : n + 1] = a.names[start:end]
        named = a.antecedents[start:end] - start + 1
        within = (named > 0) & (named <= n) & (a.antecedents[start:end] >= 0)
        nobody = a.antecedents[start:end] == -1  # [CLS] stands for nobody
        out["antecedents"][row, 1 : n + 1] = np.where(within, named, np.where(nobody, 0, UNKNOWN))
    return out
