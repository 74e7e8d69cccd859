"""Relays and circumstances in training articles, labelled by us (one pass), to write the rules by.

    python -m training.circumstances draw FOLDER      sheets for labellers
    python -m training.circumstances join FOLDER      their answers, into training/circumstances.jsonl

Drawn by seed among sentences that show a sign of a circumstance; a labeller follows
docs/guidelines/circumstances.md and writes `answers-N.tsv` as `evaluation.circumstances` reads it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from pathlib import Path
from typing import Any

from evaluation.circumstances import SIGNS, labels, sentence, sheet, write
from evaluation.score import held_back_ids, place
from training.tagger.data import read_jsonl

Row = dict[str, Any]
SEEDS, CASES, SHEET = (18, 19), 260, 130  # a round of cases each; one draws from what those before left
FILE = Path(__file__).with_name("circumstances.jsonl")


def texts() -> dict[str, Row]:
    """The training articles that are not held back, as `evaluation.circumstances.texts` has them."""
    held_back, rows = held_back_ids(), {}
    for row in read_jsonl(place("VERBALE_DATA") / "polnear/train.jsonl.gz"):
        if row["id"] not in held_back:
            day = re.search(r"_(\d{4}-\d{2}-\d{2})_", row["id"])
            published = day.group(1) if day else ""
            rows[row["id"]] = {**row, "published": published, "outlet": row["id"].split("_")[0]}
    return rows


def drawn(known: dict[str, Row]) -> list[Row]:
    """The cases round by round, each in the order of the texts."""
    pool = [
        {"id": row["id"], "row": number, "origin": "wild", "part": "train"}
        for row in known.values()
        for number, attribution in enumerate(row["attributions"])
        if SIGNS.search(row["text"][slice(*sentence(row["text"], attribution))])
    ]
    cases: list[Row] = []
    for seed in SEEDS:
        chosen = random.Random(seed).sample(pool, CASES)
        pool = [case for case in pool if case not in chosen]
        cases += sorted(chosen, key=lambda case: (case["id"], case["row"]))
    return [{"number": n, **case} for n, case in enumerate(cases, 1)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("draw", "join"))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    known = texts()
    cases = drawn(known)
    sheets = {n: cases[n * SHEET : (n + 1) * SHEET] for n in range(len(cases) // SHEET)}
    if options.what == "draw":
        options.folder.mkdir(parents=True, exist_ok=True)
        for n, part in sheets.items():
            (options.folder / f"sheet-{n}.txt").write_text(sheet(part, known), encoding="utf-8")
        return
    rows = []
    for n, part in sheets.items():
        numbered = {case["number"]: case for case in part}
        answers = options.folder / f"answers-{n}.tsv"
        if not answers.exists():
            continue
        found = labels(answers, numbered, known)
        for number, case in numbered.items():
            digest = hashlib.sha256(known[case["id"]]["text"].encode()).hexdigest()
            rows.append({**case, "finds": [list(find) for find in found[number]], "sha256": digest})
    write(FILE, rows)
    print(json.dumps({"cases": len(rows), "finds": sum(len(row["finds"]) for row in rows)}))


if __name__ == "__main__":
    main()
