"""Cases of relays and circumstances: drawn by seed, labelled twice, joined.

    python -m evaluation.circumstances draw FOLDER           sheets for a labeller
    python -m evaluation.circumstances join A.tsv B.tsv [THIRD.tsv]

`join` prints the agreement, keeps both passes under cases/passes/ and writes cases/circumstances.jsonl: what
both gave, and the third reading of the cases where they differ.

A labeller follows docs/guidelines/circumstances.md and writes one line a find: number, field, words and
value, parted by tabs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from evaluation.markup import parse
from evaluation.score import CASES, Row, gum_news, held_back_ids, place, read_jsonl

SEED = 17
DRAWN = {"wild": 190, "negative": 60, "invented": 110}
SHEET = 60
FIELDS = ("relay", "addressee", "venue", "medium", "said")
MEDIA = (
    "interview",
    "briefing",
    "speech",
    "debate",
    "hearing",
    "statement",
    "post",
    "letter",
    "report",
    "call",
)
REPORTS = Path(__file__).parent.parent / "training/reports"
# What often goes with a circumstance; a sentence without any of it makes a negative case.
SIGNS = re.compile(
    r"\b(?:told|interviews?|interviewed|reporters|statements?|tweet\w*|twitter|facebook|post(?:ed|s)?|speech|address\w*|rally|"
    r"briefing|conference|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|week|month|according|reported|quoted|news|"
    r"testi\w+|debate|letter|e?mail|wrote|radio|tv|television|cnn|fox|at the|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"_(\d{4})-(\d{2})-(\d{2})_")


class Find(NamedTuple):
    """One circumstance: the field, offsets of its words, and a value for some fields."""

    field: str
    start: int
    end: int
    value: str


def texts() -> dict[str, Row]:
    """The reports that cases stand in, `{"id", "text", "attributions", "published", "outlet", "origin"}`."""
    held_back = held_back_ids()
    rows = {}
    for row in read_jsonl(place("VERBALE_DATA") / "polnear/train.jsonl.gz"):
        if row["id"] in held_back:
            day = _YEAR.search(row["id"])
            published = "-".join(day.groups()) if day else ""
            rows[row["id"]] = {
                **row,
                "published": published,
                "outlet": row["id"].split("_")[0],
                "origin": "wild",
            }
    for row in gum_news():
        rows[row["id"]] = {**row, "published": "", "outlet": "", "origin": "wild"}
    for n, path in enumerate(sorted(REPORTS.glob("0[0-8]?.txt"))):
        if int(path.stem) <= 80:
            row = {"id": f"report-{path.stem}", **parse(path.read_text(encoding="utf-8"))}
            said = date.fromordinal(date(2031, 3, 1).toordinal() + 11 * n)
            rows[row["id"]] = {**row, "published": said.isoformat(), "outlet": "", "origin": "invented"}
    return rows


def sentence(text: str, row: Row) -> tuple[int, int]:
    """The sentences that an attribution's parts stand in, roughly: to full stops around, within the line."""
    spans = [span for role in ("source", "cue", "content") for span in row[role]]
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    start = max(text.rfind("\n", 0, first) + 1, text.rfind(". ", 0, first) + 1)
    stops = [at for at in (text.find(". ", last), text.find("\n", last)) if at >= 0]
    return start, min(stops, default=len(text))


def drawn() -> list[Row]:
    """The cases in the order of the texts; every other one to tune on, the rest to test once."""
    pools: dict[str, list[Row]] = {name: [] for name in DRAWN}
    for row in texts().values():
        for number, attribution in enumerate(row["attributions"]):
            words = row["text"][slice(*sentence(row["text"], attribution))]
            kind = row["origin"]
            if kind == "wild" and not SIGNS.search(words):
                kind = "negative"
            pools[kind].append({"id": row["id"], "row": number, "origin": kind})
    rng = random.Random(SEED)
    cases = []
    for name, count in DRAWN.items():
        chosen = rng.sample(pools[name], count)
        cases += [{**case, "part": "tune" if n % 2 else "test"} for n, case in enumerate(chosen)]
    cases.sort(key=lambda case: (case["id"], case["row"]))
    return [{"number": n, **case} for n, case in enumerate(cases, 1)]


def sheet(cases: list[Row], known: dict[str, Row]) -> str:
    """A page for a labeller: the paragraph before and that of the attribution, whose parts are marked."""
    lines = []
    for case in cases:
        report = known[case["id"]]
        text, row = report["text"], report["attributions"][case["row"]]
        marks = [
            (at, order, mark)
            for role, name in (("source", "S"), ("cue", "Q"), ("content", "C"))
            for a, b in row[role]
            for at, order, mark in ((a, 1, f"⟦{name}:"), (b, 0, "⟧"))
        ]
        first, last = min(m[0] for m in marks), max(m[0] for m in marks)
        start = text.rfind("\n", 0, max(0, text.rfind("\n", 0, first))) + 1
        end = text.find("\n", last)
        marked, at = "", start
        for place_, _, mark in sorted(marks):
            marked += text[at:place_] + mark
            at = place_
        marked += text[at : end if end >= 0 else len(text)]
        about = f"date {report['published'] or '?'}, outlet {report['outlet'] or '?'}"
        lines.append(f"#{case['number']}  ({about})\n{marked.strip()}\n")
    return "\n".join(lines)


def labels(path: Path, cases: dict[int, Row], known: dict[str, Row]) -> dict[int, list[Find]]:
    """One labeller's finds by case, in offsets.

    Raises:
        ValueError: a line is not to be understood, or names what does not stand near the attribution.
    """
    found: dict[int, list[Find]] = {number: [] for number in cases}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        number, name, words, *rest = [*line.split("\t"), ""]
        case = cases[int(number.strip("# "))]
        report = known[case["id"]]
        start, end = sentence(report["text"], report["attributions"][case["row"]])
        at = report["text"].find(words.strip(), max(0, start - 200), end + 200)
        best = report["text"].find(words.strip(), start, end + 2)
        at = best if best >= 0 else at
        value = rest[0].strip()
        if name not in FIELDS or at < 0 or (name == "medium" and value not in MEDIA):
            raise ValueError(f"{path}: {line!r} is not to be understood")
        value = value if name in ("medium", "said") else ""
        found[case["number"]].append(Find(name, at, at + len(words.strip()), value))
    return {number: sorted(set(finds)) for number, finds in found.items()}


def same(one: Find, other: Find) -> bool:
    """The same field, words that overlap, the same value."""
    return (
        one.field == other.field
        and one.value == other.value
        and one.start < other.end
        and other.start < one.end
    )


def join(first: Path, second: Path, third: Path | None = None) -> None:
    known = texts()
    cases = {case["number"]: case for case in drawn()}
    one, other = labels(first, cases, known), labels(second, cases, known)
    decided = labels(third, cases, known) if third else {}
    rows, differing, agreed = [], [], 0
    for number, case in cases.items():
        pairs = [(a, b) for a in one[number] for b in other[number] if same(a, b)]
        agreed += len(pairs)
        if len(pairs) == len(one[number]) == len(other[number]):
            finds = [min(pair, key=lambda f: f.end - f.start) for pair in pairs]
        else:
            differing.append(number)
            if third is None:
                continue
            finds = decided[number]
        digest = hashlib.sha256(known[case["id"]]["text"].encode()).hexdigest()
        rows.append({**case, "finds": [list(f) for f in finds], "sha256": digest})
    write(CASES / "circumstances.jsonl", rows)
    for name, labelled in (("a", one), ("b", other)):
        kept = [{"number": n, "finds": [list(f) for f in finds]} for n, finds in labelled.items()]
        write(CASES / f"passes/circumstances_{name}.jsonl", kept)
    given = [sum(map(len, labelled.values())) for labelled in (one, other)]
    f1 = round(100 * 2 * agreed / max(1, sum(given)), 1)
    print(json.dumps({"cases": len(cases), "finds": given, "same": agreed, "f1": f1, "differing": differing}))


def write(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("draw", "join"))
    parser.add_argument("paths", type=Path, nargs="+")
    options = parser.parse_args()
    if options.what == "join":
        join(*options.paths)
        return
    options.paths[0].mkdir(parents=True, exist_ok=True)
    cases, known = drawn(), texts()
    for n in range(0, len(cases), SHEET):
        page = sheet(cases[n : n + SHEET], known)
        (options.paths[0] / f"sheet-{n // SHEET}.txt").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
