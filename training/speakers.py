"""Sources of training articles with whom they mean, labelled by us, to train the choice of antecedents on.

    python -m training.speakers draw FOLDER      sheets for labellers, one an article, in parts
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
ROUNDS = {12: (110, 3), 13: (120, 4)}  # articles and parts by seed; a round draws from what those before left
AN_ARTICLE = 14
FILE = Path(__file__).with_name("speakers.jsonl")


def articles() -> dict[str, Row]:
    """The drawn articles by id, none of them held back; round by round, in the order of drawing."""
    held_back = held_back_ids()
    rows = read_jsonl(place("VERBALE_DATA") / "polnear/train.jsonl.gz")
    rows = [row for row in rows if row["id"] not in held_back and len(row["text"]) < 9000]
    found: dict[str, Row] = {}
    for seed, (count, _) in ROUNDS.items():
        left = [row for row in rows if row["id"] not in found]
        found |= {row["id"]: row for row in random.Random(seed).sample(left, count)}
    return found


def parts(known: dict[str, Row]) -> list[list[Row]]:
    """The articles as labellers get them."""
    rows, found, at = list(known.values()), list[list[Row]](), 0
    for count, cut in ROUNDS.values():
        found += [rows[at + n : at + count : cut] for n in range(cut)]
        at += count
    return found


def drawn(known: dict[str, Row]) -> list[Row]:
    """Pronouns and descriptions among the articles' sources, up to AN_ARTICLE of each article."""
    rng, cases = random.Random(next(iter(ROUNDS))), list[Row]()
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
        for n, part in enumerate(parts(known)):
            pages = [f"=== {name}\n{text}" for name, text in sheets(cases, part)]
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
