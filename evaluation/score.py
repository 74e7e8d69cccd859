"""The independent scorer, and what it needs: documents as this package reads them.

The scorer's path stands in VERBALE_SCORER, the data's in VERBALE_DATA, the real report's in VERBALE_GOLD.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from verbale.attributions import AttributionOptions, attributions
from verbale.export.json import shape
from verbale.models.runtime import processor, runtime
from verbale.models.tagger import TaggerModel
from verbale.types import Attribution, Document, Reader, Reading, Spans

Row = dict[str, Any]
HELD_BACK = Path(__file__).parent.parent / "training/tagger/held_back.txt"
CASES = Path(__file__).parent / "cases"
# F1 on PolNeAR dev that a version must reach; see docs/decisions.md.
MARKS = {
    "fragment.source": 79.5,
    "fragment.cue": 74.0,
    "fragment.content": 66.0,
    "strict": 52.0,
    "attributed": 67.0,
    "token.content": 90.0,
}
FIGURES = (
    "fragment.source",
    "fragment.cue",
    "fragment.content",
    "strict",
    "attributed",
    "token.content",
    "extracted",
    "nested",
)


class Roles(Protocol):
    """What has a source, a cue and a content."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


class MissingError(RuntimeError):
    """Data or the scorer is not there; the message says which variable to set."""


def place(variable: str) -> Path:
    """The path that an environment variable names."""
    path = Path(os.environ.get(variable, ""))
    if not os.environ.get(variable) or not path.exists():
        raise MissingError(f"{variable} is not set to an existing path; see evaluation/README.md")
    return path


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_attributions", place("VERBALE_SCORER"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_jsonl(path: Path) -> list[Row]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def held_back_ids() -> frozenset[str]:
    """Ids of the 84 training articles kept for early stopping, calibration and quantisation."""
    return frozenset(HELD_BACK.read_text(encoding="utf-8").split())


def polnear_dev() -> list[Row]:
    return read_jsonl(place("VERBALE_DATA") / "polnear/dev.jsonl.gz")


def gold_report() -> Row:
    (path,) = place("VERBALE_GOLD").glob("*.gold.json")
    row: Row = json.loads(path.read_text(encoding="utf-8"))
    return row


def gum_news() -> list[Row]:
    """GUM's news documents with our labels; a text that changed since is an error."""
    from evaluation.gum import news

    labels = {row["id"]: row for row in read_jsonl(CASES / "gum_news.jsonl")}
    rows = []
    for document in news(place("VERBALE_DATA")):
        label = labels[document["id"]]
        if hashlib.sha256(document["text"].encode()).hexdigest() != label["sha256"]:
            raise ValueError(f"{document['id']}: the text is not the one that was labelled")
        rows.append({**document, "attributions": label["attributions"]})
    return rows


def document_of(row: Row) -> Document:
    text = row["text"]
    return Document(row["id"], row["id"], text, hashlib.sha256(text.encode()).hexdigest(), language="en")


def found_in(
    row: Row, model: TaggerModel, options: AttributionOptions | None = None
) -> tuple[Attribution, ...]:
    return attributions(document_of(row), model.tag(row["text"]), options)


def predicted(
    rows: Iterable[Row], model: TaggerModel, options: AttributionOptions | None = None
) -> dict[str, Row]:
    """Read rows as the command line does, in the shape that the scorer reads."""
    reader = Reader("", model.manifest.name, runtime(), processor())
    readings = (Reading(document_of(row), found_in(row, model, options), reader) for row in rows)
    return {str(row["id"]): row for row in map(shape, readings)}


def score(gold: Iterable[Row], found: Mapping[str, Row]) -> dict[str, Any]:
    """All figures of the scorer, F1 and the rest as fractions."""
    figures: dict[str, Any] = scorer().score({row["id"]: row for row in gold}, found)
    return figures


def attributed_right(row: Row, found: Sequence[Roles]) -> set[int]:
    """Which of the attributions found the scorer pairs and counts as attributed, by their number."""
    module = scorer()
    words = [m.span() for m in module.WORD.finditer(row["text"])]
    gold = module.indexed(row, words)
    predicted = [
        {
            role: module.words_of([[s.start, s.end] for s in getattr(each, role)], words)
            for role in module.ROLES
        }
        for each in found
    ]
    pairs = module.pair(gold, predicted)
    return {j for i, j, overlap in pairs if overlap >= 0.8 and module.attributed(gold[i], predicted[j])}


def f1(figures: Mapping[str, Any]) -> dict[str, float]:
    """The figures that we promise, as F1 in points."""
    return {name: round(100 * figures[name]["f1"], 1) for name in FIGURES if name in figures}
