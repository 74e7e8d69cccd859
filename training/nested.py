"""Nested attributions of training articles, labelled by us: contents drawn by seed, labels joined.

    python -m training.nested draw REREAD.jsonl FOLDER     sheets for labellers
    python -m training.nested join REREAD.jsonl FOLDER     their answers, into training/nested.jsonl

REREAD is what `training.tagger.reread` wrote: contents in which a first tagger was sure, doubted, or found
nothing are drawn in equal parts. A labeller follows docs/guidelines/attributions.md and writes into
`answers-N.tsv` one line an attribution: the content's number, source, cue and content, parted by tabs, in
the letters of the text, pieces parted by ` … `. A content without a line holds none.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import re
from pathlib import Path
from typing import Any

from evaluation.score import held_back_ids, place
from training.tagger.data import ROLES, read_jsonl
from training.tagger.reread import DOUBTED, SURE

Row = dict[str, Any]
ROUNDS = {4: 6, 5: 6}  # sheets by seed; a round draws from what those before left
A_SHEET = 180
SHEETS = sum(ROUNDS.values())
SHORTEST = 7  # words
APOSTROPHES = "'’‘"
_EDGE = r"(?<!\w)"
FILE = Path(__file__).with_name("nested.jsonl")


def articles() -> dict[str, Row]:
    """The training articles that may be trained on, by id."""
    held_back = held_back_ids()
    rows = read_jsonl(place("VERBALE_DATA") / "polnear/train.jsonl.gz")
    return {row["id"]: row for row in rows if row["id"] not in held_back}


def drawn(reread: Path) -> list[Row]:
    """The contents to label, `{"number", "id", "row"}` with the attribution's number in its article."""
    kinds: dict[str, list[tuple[str, int]]] = {"sure": [], "doubted": [], "nothing": []}
    texts = articles()
    for document in read_jsonl(reread):
        article = texts[document["id"]]
        best: dict[int, float] = {}
        for found in document["nested"]:
            best[found["parent"]] = max(best.get(found["parent"], 0.0), found["probability"])
        for number, row in enumerate(article["attributions"]):
            words = " ".join(article["text"][a:b] for a, b in row["content"]).split()
            if len(words) >= SHORTEST:
                sure = best.get(number, 0.0)
                kind = "sure" if sure >= SURE else "doubted" if sure >= DOUBTED else "nothing"
                kinds[kind].append((document["id"], number))
    cases: list[tuple[str, int]] = []
    for seed, sheets in ROUNDS.items():
        rng = random.Random(seed)
        each = sheets * A_SHEET // len(kinds)
        chosen = [case for rows in kinds.values() for case in rng.sample(rows, each)]
        rng.shuffle(chosen)
        cases += chosen
        taken = set(chosen)
        kinds = {kind: [case for case in rows if case not in taken] for kind, rows in kinds.items()}
    return [{"number": n, "id": id_, "row": row} for n, (id_, row) in enumerate(cases, 1)]


def sheet(cases: list[Row], texts: dict[str, Row]) -> str:
    """A page for a labeller: each content between ⟦ ⟧ in its paragraph."""
    lines = []
    for case in cases:
        article = texts[case["id"]]
        row, text = article["attributions"][case["row"]], article["text"]
        first, last = row["content"][0][0], row["content"][-1][1]
        start = text.rfind("\n", 0, first) + 1
        end = text.find("\n", last)
        marked, at = "", start
        for a, b in row["content"]:
            marked += text[at:a] + "⟦" + text[a:b] + "⟧"
            at = b
        marked += text[at : end if end >= 0 else len(text)]
        who, cue = ("…".join(text[a:b] for a, b in row[role]) for role in ("source", "cue"))
        lines.append(f"#{case['number']}  (outer: {who or '—'} | {cue or '—'})\n{marked}\n")
    return "\n".join(lines)


def located(words: str, text: str, spans: list[list[int]]) -> list[list[list[int]]]:
    """The places where the pieces of some words stand within spans: each way to take them, in order."""
    pieces = [piece.strip() for piece in words.split(" … ") if piece.strip()]
    places = [
        [
            [m.start(), m.end()]
            for a, b in spans
            for m in re.finditer(
                rf"{'' if piece[0] in APOSTROPHES else _EDGE}{re.escape(piece)}(?!\w)", text[:b]
            )
            if m.start() >= a
        ]
        for piece in pieces
    ]
    ways = itertools.islice(itertools.product(*places), 1000)
    return [[list(p) for p in way] for way in ways if all(x[1] <= y[0] for x, y in itertools.pairwise(way))]


def nested(line: str, text: str, spans: list[list[int]]) -> Row:
    """One answer as offsets: of all ways to find its words the one that lies closest together.

    Raises:
        ValueError: its words do not stand in the content.
    """
    parts = line.split("\t")
    parts = [*parts, "", "", ""][:3]
    ways: list[list[list[list[int]]]] = [
        located(part, text, spans) if part.strip() else [[]] for part in parts
    ]
    if not all(ways) or not parts[1].strip() or not parts[2].strip():
        raise ValueError(f"does not stand in the content: {line!r}")

    def spread(way: tuple[list[list[int]], ...]) -> tuple[bool, int]:
        taken = sorted(span for role in way for span in role)
        overlap = any(x[1] > y[0] for x, y in itertools.pairwise(taken))
        return overlap, taken[-1][1] - taken[0][0]

    best = min(itertools.product(*ways), key=spread)
    return dict(zip(("source", "cue", "content"), best, strict=True))


def join(reread: Path, folder: Path) -> None:
    """Write the labels as offsets; what cannot be found is named and its content left out."""
    texts, cases = articles(), {case["number"]: case for case in drawn(reread)}
    rows: dict[int, Row] = {}
    for path in sorted(folder.glob("answers-*.tsv")):
        part = int(path.stem.split("-")[1])
        for number in range(part * A_SHEET + 1, (part + 1) * A_SHEET + 1):
            rows[number] = {**cases[number], "nested": []}
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            named, _, answer = line.partition("\t")
            case = cases[int(named.strip("# "))]
            article = texts[case["id"]]
            spans = article["attributions"][case["row"]]["content"]
            try:
                found = nested(answer, article["text"], spans)
                if case["number"] in rows:
                    rows[case["number"]]["nested"].append({role: found[role] for role in ROLES})
            except ValueError as error:
                print(f"{path.name}: {named}: {error}")
                rows.pop(case["number"], None)
    with FILE.open("w", encoding="utf-8") as out:
        for row in rows.values():
            digest = hashlib.sha256(texts[row["id"]]["text"].encode()).hexdigest()
            kept = {"id": row["id"], "row": row["row"], "nested": row["nested"], "sha256": digest}
            out.write(json.dumps(kept) + "\n")
    print(json.dumps({"contents": len(rows), "nested": sum(len(row["nested"]) for row in rows.values())}))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("draw", "join"))
    parser.add_argument("reread", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.what == "join":
        join(options.reread, options.folder)
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    cases, texts = drawn(options.reread), articles()
    for n in range(SHEETS):
        part = cases[n * A_SHEET : (n + 1) * A_SHEET]
        (options.folder / f"sheet-{n}.txt").write_text(sheet(part, texts), encoding="utf-8")


if __name__ == "__main__":
    main()
