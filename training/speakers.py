"""Sources of training articles with whom they mean, labelled by us, to train the choice of antecedents on.

    python -m training.speakers draw FOLDER      sheets for labellers, one an article, in three parts
    python -m training.speakers join FOLDER      their answers, into training/speakers.jsonl

A labeller follows docs/guidelines/speakers.md and writes `answers-N.tsv` as `evaluation.speakers` reads it.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

from evaluation.score import held_back_ids, place
from evaluation.speakers import kept, labels, sheets, stratum, write
from training.tagger.data import read_jsonl

Row = dict[str, Any]
SEED, ARTICLES, PARTS, AN_ARTICLE = 12, 110, 3, 14
FILE = Path(__file__).with_name("speakers.jsonl")


def articles() -> dict[str, Row]:
    """The drawn articles by id, none of them held back."""
    held_back = held_back_ids()
    rows = read_jsonl(place("VERBALE_DATA") / "polnear/train.jsonl.gz")
    rows = [row for row in rows if row["id"] not in held_back and len(row["text"]) < 9000]
    return {row["id"]: row for row in random.Random(SEED).sample(rows, ARTICLES)}


def drawn(known: dict[str, Row]) -> list[Row]:
    """Pronouns and descriptions among the articles' sources, up to AN_ARTICLE of each article."""
    rng, cases = random.Random(SEED), list[Row]()
    for row in known.values():
        pool = []
        for attribution in row["attributions"]:
            words = " ".join(row["text"][a:b] for a, b in attribution["source"])
            if words and stratum(words) != "name":
                pool.append({"id": row["id"], "source": attribution["source"], "stratum": stratum(words)})
        chosen = rng.sample(pool, min(AN_ARTICLE, len(pool)))
        cases += sorted(chosen, key=lambda case: case["source"])
    return [{"number": n, **case} for n, case in enumerate(cases, 1)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("draw", "join"))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    known = articles()
    cases = drawn(known)
    if options.what == "draw":
        options.folder.mkdir(parents=True, exist_ok=True)
        for n in range(PARTS):
            part = {i: row for i, row in known.items() if list(known).index(i) % PARTS == n}
            pages = [f"=== {name}\n{text}" for name, text in sheets(cases, part.values())]
            (options.folder / f"sheet-{n}.txt").write_text("\n\n".join(pages), encoding="utf-8")
        return
    texts = {case["number"]: known[case["id"]]["text"] for case in cases}
    found: dict[int, Row] = {}
    for path in sorted(options.folder.glob("answers-*.tsv")):
        found |= labels(path, texts)
    rows = [{**case, **kept(case, found[n], texts[n])} for case in cases if (n := case["number"]) in found]
    write(FILE, rows)
    print(json.dumps({"cases": len(cases), "labelled": len(rows)}))


if __name__ == "__main__":
    main()
