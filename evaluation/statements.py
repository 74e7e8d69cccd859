"""Cases of acts and positions in real texts: drawn by seed, labelled twice, joined.

    python -m evaluation.statements draw FOLDER [--training]   sheets for a labeller, 100 statements each
    python -m evaluation.statements join A.jsonl B.jsonl [THIRD.jsonl]
    python -m evaluation.statements take LABELS.jsonl OUT.jsonl   one pass, for training

A labeller follows docs/codebook.md and writes rows as in training/acts/README.md, but for the text. What is
kept holds ids, digests and offsets, not the text.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.score import CASES, Row, gum_news, held_back_ids, place, read_jsonl
from evaluation.strings import places
from verbale.issues.phrases import phrases
from verbale.registry import OWN
from verbale.registry.issues import Issue
from verbale.registry.lexicon import Entry, Lexicon
from verbale.registry.parties import own_lexicon
from verbale.registry.tables import rows
from verbale.speakers.context import sentences
from verbale.types import Span

SEED = 29
NOTHING = "none"
SHEET = 80
LONGEST = 120  # words of a passage
US = CASES / "issues-us"
LISTS = {
    False: CASES / "acts/drawn.csv",
    True: Path(__file__).parent.parent / "training/acts/drawn.csv",
}
CONDITIONAL = {False: 80, True: 120}
_OPENERS = re.compile(
    r"\b(?:if|unless|once|until|provid(?:ed|ing)|as long as|only after|on condition"
    r"|should (?:they|he|she|it|we))\b",
    re.IGNORECASE,
)
# How many are drawn: by origin those whose content names an issue or what can mean one, and others.
DRAWN = {
    False: {"polnear": (320, 30), "unscon": (230, 20), "gum": (30, 10)},
    True: {"polnear": (560, 60), "unscon": (260, 20), "gum": (0, 0)},
}


def texts(training: bool) -> Iterator[Row]:
    """The documents that statements are drawn from: {"id", "text", "attributions", "speaker", "origin"}.

    Those of UNSCon are parted by their number in the file; PolNeAR's by its own parts.
    """
    data = place("VERBALE_DATA")
    kept = held_back_ids()
    name = "train" if training else "dev"
    for row in read_jsonl(data / f"polnear/{name}.jsonl.gz"):
        if row["id"] not in kept:
            yield row | {"origin": "polnear", "speaker": ""}
    for n, row in enumerate(unscon(data)):
        if (n % 2 == 1) is training:
            yield row
    if not training:
        yield from (row | {"origin": "gum", "speaker": ""} for row in gum_news())


def unscon(data: Path) -> Iterator[Row]:
    """UNSCon's excerpts of speeches as texts, each sentence a statement of the speaker's."""
    found: dict[str, list[str]] = {}
    speakers: dict[str, str] = {}
    with (data / "unscon/conflict_annotations_sentences.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["file_id"], []).append(" ".join(row["sentence_text"].split()))
            speakers[row["file_id"]] = row["country"].replace("_", " ")
    for name, parts in found.items():
        at, attributions = 0, []
        for part in parts:
            attributions.append({"source": [], "cue": [], "content": [[at, at + len(part)]]})
            at += len(part) + 1
        yield {
            "id": name, "text": " ".join(parts), "attributions": attributions, "origin": "unscon",
            "speaker": speakers[name],
        }  # fmt: skip


@cache
def issue_names() -> Lexicon:
    """All names of the package's issues and of those of the example of a user's own."""
    return Lexicon.of(
        Entry(name, issue.id, "name")
        for folder in (OWN, US)
        for _, issue in rows(folder, "issues/issues.csv", Issue)
        for name in (*issue.aliases, issue.name, *issue.short)
    )


def drawn(training: bool) -> list[Row]:
    """The statements, each with the passage that it stands in, in an order by seed."""
    pools: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in texts(training):
        spans = sentences(row["text"])
        for number, attribution in enumerate(row["attributions"]):
            case = _case(row, number, attribution, spans)
            if case:
                pools[row["origin"], bool(case["hints"] or case["heads"])].append(case)
    found: list[Row] = []
    for origin, (about, other) in DRAWN[training].items():
        for named, count in ((True, about), (False, other)):
            pool = pools[origin, named]
            random.Random(f"{SEED} {origin} {named}").shuffle(pool)
            # those that name another side come first: they can hold what is ascribed
            pool.sort(key=lambda case: not (named and case["others"] and case["hints"]))
            half = count // 2
            found += pool[:half] + random.Random(SEED).sample(
                pool[half:], min(count - half, len(pool) - half)
            )
    random.Random(SEED).shuffle(found)
    return found + _conditional(pools, found, CONDITIONAL[training])


def _conditional(pools: Mapping[tuple[str, bool], list[Row]], found: Sequence[Row], count: int) -> list[Row]:
    """Further statements that are about an issue and have a word that often opens a condition."""
    seen = {(case["id"], case["number"]) for case in found}
    rest = [
        case
        for (_, about), pool in sorted(pools.items())
        if about
        for case in pool
        if (case["id"], case["number"]) not in seen
        and _OPENERS.search(" ".join(case["statement"]["content"]))
    ]
    return random.Random(SEED).sample(rest, min(count, len(rest)))


def _case(row: Row, number: int, attribution: Row, spans: Sequence[Span]) -> Row | None:
    every = [*attribution["source"], *attribution["cue"], *attribution["content"]]
    start, end = min(s for s, _ in every), max(e for _, e in every)
    hull = [s for s in spans if s.start < end and s.end > start]
    first, last = min(start, hull[0].start), max(end, hull[-1].end)
    passage = row["text"][first:last]
    if "\n\n" in passage or not 6 <= len(passage.split()) <= LONGEST:
        return None
    content = " ".join(row["text"][a:b] for a, b in attribution["content"])
    before = row["text"][max(0, first - 600) : first].rsplit("\n", 3)
    return {
        "id": row["id"], "number": number, "origin": row["origin"], "start": first, "text": passage,
        "before": " ".join(before[-3:])[-400:], "title": row["text"].split("\n", 1)[0][:120],
        "speaker": row["speaker"],
        "statement": {
            role: [row["text"][a:b] for a, b in attribution[role]] for role in ("source", "cue", "content")
        },
        "hints": sorted({hit.entry.meaning for hit in issue_names().find(passage)}),
        "heads": any(True for _ in phrases(content)),
        "others": bool(own_lexicon().find(content) or re.search(r"(?<=[a-z,] )[A-Z][a-z]+", content)),
        "sha256": hashlib.sha256(row["text"].encode()).hexdigest(),
    }  # fmt: skip


def listed(training: bool) -> list[Row]:
    """The statements that were drawn: the tables of issues have changed since, and with them the pools."""
    known = {row["id"]: row for row in texts(training)}
    found = []
    with LISTS[training].open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            document, number = known[row["id"]], int(row["number"])
            spans = sentences(document["text"])
            case = _case(document, number, document["attributions"][number], spans)
            if case is None:
                raise ValueError(f"statement {number} of {row['id']} can no longer be shown")
            found.append(case)
    return found


def draw(folder: Path, training: bool) -> None:
    """Draw anew: write the list, and sheets of statements."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = drawn(training)
    with LISTS[training].open("w", encoding="utf-8", newline="") as file:
        rows_ = csv.writer(file, lineterminator="\n")
        rows_.writerow(("case", "id", "number"))
        rows_.writerows((n, case["id"], case["number"]) for n, case in enumerate(cases, 1))
    for n in range(0, len(cases), SHEET):
        with (folder / f"sheet-{n // SHEET + 1}.jsonl").open("w", encoding="utf-8") as out:
            for at, case in enumerate(cases[n : n + SHEET], n + 1):
                shown = {k: v for k, v in case.items() if k not in ("heads", "others", "sha256", "start")}
                out.write(json.dumps({"case": at} | shown, ensure_ascii=False) + "\n")
    print(len(cases), "statements")


def joined(first: Path, second: Path, third: Path | None) -> tuple[list[Row], list[int]]:
    """The cases, and the numbers of those on which the passes differ and which no third reading settles."""
    cases = listed(False)
    a, b, c = (_labels(path, cases) for path in (first, second, third))
    found, open_ = [], []
    for n, case in enumerate(cases, 1):
        if n not in a or n not in b:
            raise ValueError(f"case {n} has not been labelled twice")
        label = c.get(n) or a[n]
        if n not in c and units(a[n], b[n]) and any(x != y for x, y in units(a[n], b[n])):
            open_.append(n)
        kept = {k: case[k] for k in ("id", "number", "origin", "sha256")}
        found.append({"case": n} | kept | {"part": ("tune", "test")[n % 2]} | label)
    return found, open_


def _labels(path: Path | None, cases: Sequence[Row]) -> dict[int, Row]:
    """Labels by case, with offsets in the documents instead of words."""
    if path is None:
        return {}
    return {row["case"]: located(row, cases[row["case"] - 1]) for row in read_jsonl(path)}


def located(row: Row, case: Row) -> Row:
    """A labeller's row with offsets instead of words."""
    text, base = case["text"], case["start"]

    def spans(words: Sequence[str]) -> list[list[int]]:
        return sorted([base + s, base + e] for s, e in places(text, words))

    return {
        "passage": [base, base + len(text)],
        "side": row["side"],
        "sides": {side: spans(words) for side, words in row["sides"].items()},
        "issues": {issue: spans(words) for issue, words in row["issues"].items()},
        "positions": [
            p | {"condition": spans([p["condition"]])[0] if p["condition"] else None}
            for p in row["positions"]
        ],
        "act": row["act"],
        "target": row["target"],
    }


def units(one: Row, other: Row) -> list[tuple[str, str]]:
    """What two labellers say of each holder and issue that either gives a stance, or names."""
    return [
        (_stance(one, holder, issue), _stance(other, holder, issue))
        for issue in sorted({*one["issues"], *other["issues"]})
        for holder in sorted({*_holders(one), *_holders(other)})
    ]


def _holders(row: Row) -> dict[str, str]:
    """The sides by what both labellers call them: "own", or where they are named first."""
    return {
        "own" if side == row["side"] else str(spans[0][0]) if spans else side: side
        for side, spans in row["sides"].items()
    } | {"own": row["side"]}


def _stance(row: Row, holder: str, issue: str) -> str:
    side = _holders(row).get(holder)
    return next(
        (p["stance"] for p in row["positions"] if p["holder"] == side and p["issue"] == issue), NOTHING
    )


def alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Krippendorff's alpha of two labellers, nominal (Krippendorff 2011)."""
    values = Counter(value for pair in pairs for value in pair)
    total = sum(values.values())
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    return 1 - observed / expected


def join(first: Path, second: Path, third: Path | None) -> None:
    """Write the cases and both passes; print how far these agree."""
    found, left = joined(first, second, third)
    cases = listed(False)
    passes = [_labels(path, cases) for path in (first, second)]
    pairs = [pair for n in passes[0] for pair in units(passes[0][n], passes[1][n])]
    both = sum(a == b != NOTHING for a, b in pairs)
    given = [sum(pair[k] != NOTHING for pair in pairs) for k in (0, 1)]
    print(
        "alpha",
        round(alpha(pairs), 3),
        "positions",
        given,
        "the same",
        both,
        "f1",
        round(200 * both / sum(given), 1),
    )
    print(
        "acts the same",
        sum(passes[0][n]["act"] == passes[1][n]["act"] for n in passes[0]),
        "of",
        len(passes[0]),
    )
    print(len(left), "to be settled:", left)
    for name, rows_ in zip("ab", passes, strict=True):
        _write(
            CASES / f"passes/acts_real_{name}.jsonl", [{"case": n} | row for n, row in sorted(rows_.items())]
        )
    _write(CASES / "acts/real.jsonl", found)


def take(labels: Path, out: Path) -> None:
    """Write what one labeller gave of the statements drawn for training."""
    cases = listed(True)
    _write(
        out,
        [
            {
                "case": row["case"],
                **{k: cases[row["case"] - 1][k] for k in ("id", "number", "origin", "sha256")},
            }
            | located(row, cases[row["case"] - 1])
            for row in read_jsonl(labels)
        ],
    )


def _write(path: Path, rows_: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows_), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("folder", type=Path)
    drawing.add_argument("--training", action="store_true")
    joining = commands.add_parser("join")
    for name in ("first", "second"):
        joining.add_argument(name, type=Path)
    joining.add_argument("third", type=Path, nargs="?")
    taking = commands.add_parser("take")
    taking.add_argument("labels", type=Path)
    taking.add_argument("out", type=Path)
    options: Any = parser.parse_args()
    if options.command == "draw":
        draw(options.folder, options.training)
    elif options.command == "join":
        join(options.first, options.second, options.third)
    else:
        take(options.labels, options.out)


if __name__ == "__main__":
    main()
