"""Nested attributions in the training articles, as a first tagger finds them, to train the nested layer on.

    python -m training.tagger.reread --model FOLDER --data DIR --out FILE

PolNeAR labels nothing inside a content. A tagger trained on it reads each content again, as a text of
its own; what it is sure of becomes a label, what it doubts is left out of the loss.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from evaluation.score import held_back_ids
from training.tagger.data import ROLES, read_jsonl
from verbale.attributions import top_level
from verbale.attributions.found import Found
from verbale.models.tagger import TaggerModel
from verbale.types import Span, Spans

SHORTEST = 4  # words; a shorter content holds no attribution
SURE, DOUBTED = 0.5, 0.15  # from which probability a find is a label, and makes a content unknown
_HEAD = re.compile(r"\s*(?:that|whether|if|how|why)\s+|\W+", re.IGNORECASE)
_CLOSING = "”\"’'»›“ "


def body(text: str, span: Span) -> tuple[int, int]:
    """What of a content is read again: all but a leading "that" or mark, and a closing mark."""
    head = _HEAD.match(text, span.start, span.end)
    start = head.end() if head else span.start
    return start, max(start, span.start + len(span.of(text).rstrip(_CLOSING)))


def reread(text: str, span: Span, model: TaggerModel) -> list[Found]:
    """Read a part of a text as a text of its own."""
    start, end = body(text, span)
    words = text[start:end]
    pieces = model.cut(words)
    if not len(pieces):
        return []
    found = top_level(words, pieces, model.score(pieces).outer, model.manifest)
    return [
        replace(f, source=_moved(f.source, start), cue=_moved(f.cue, start), content=_moved(f.content, start))
        for f in found
    ]


def _moved(spans: Spans, by: int) -> Spans:
    return tuple(Span(span.start + by, span.end + by) for span in spans)


def nested_in(document: dict[str, Any], model: TaggerModel) -> Iterator[dict[str, Any]]:
    """Read an article's labelled contents again: each find with its spans and probability."""
    text = document["text"]
    for number, row in enumerate(document["attributions"]):
        for span in (Span(*s) for s in row["content"]):
            if len(span.of(text).split()) < SHORTEST:
                continue
            for found in reread(text, span, model):
                if found.probability >= DOUBTED:
                    yield {
                        "parent": number,
                        "probability": round(found.probability, 3),
                        **{role: [[s.start, s.end] for s in getattr(found, role)] for role in ROLES},
                    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="model folder of the first stage")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    model, held_back = TaggerModel(options.model), held_back_ids()
    found = sure = 0
    with options.out.open("w", encoding="utf-8") as out:
        for document in read_jsonl(options.data / "polnear/train.jsonl.gz"):
            if document["id"] in held_back:
                continue
            rows = list(nested_in(document, model))
            found += len(rows)
            sure += sum(row["probability"] >= SURE for row in rows)
            out.write(json.dumps({"id": document["id"], "nested": rows}) + "\n")
    print(json.dumps({"found": found, "sure": sure}))


if __name__ == "__main__":
    main()
