"""Mentions of issues: drawn, labelled twice, joined; and scored.

    python -m evaluation.links draw FOLDER
    python -m evaluation.links join SHEET.jsonl A.jsonl B.jsonl
    python -m evaluation.links score [--part tune|test] [--misses]

Labelled are our own notes on real treaties and talks, `cases/links/notes.txt`, and texts of others, of which
`cases/links/wild.jsonl` holds ids, digests and offsets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.score import CASES, Row, read_jsonl
from evaluation.statements import texts
from verbale.issues import default_linker
from verbale.issues.phrases import phrases
from verbale.registry.issues import default_issues
from verbale.registry.lexicon import Entry, Lexicon
from verbale.speakers.context import sentences

LINKS = CASES / "links"
SEED = 31
WORDS = 450  # of a document that are labelled
DRAWN = {"unscon": 26, "polnear": 14, "gum": 6}
_MARK = re.compile(r"\{([a-z0-9-]+):([^{}]*)\}")


class Mention(NamedTuple):
    """Words that mean an issue."""

    start: int
    end: int
    issue: str


def head_of(text: str) -> str:
    """The part of a text that is labelled: whole paragraphs or sentences up to WORDS words."""
    kept = 0
    for span in sentences(text):
        if len(text[: span.end].split()) > WORDS:
            break
        kept = span.end
    return text[:kept]


def drawn() -> list[Row]:
    """Documents in which an issue may be spoken of, by seed."""
    issues = default_issues()
    names = Lexicon.of(
        Entry(name, i.id, "name") for i in issues.by_id.values() for name in (*i.aliases, i.name, *i.short)
    )
    found = []
    for origin, count in DRAWN.items():
        pool = [
            row | {"text": head_of(row["text"]), "sha256": hashlib.sha256(row["text"].encode()).hexdigest()}
            for row in texts(False)
            if row["origin"] == origin
        ]
        pool = [row for row in pool if names.find(row["text"]) and any(True for _ in phrases(row["text"]))]
        found += random.Random(f"{SEED} {origin}").sample(pool, min(count, len(pool)))
    return found


def draw(folder: Path) -> None:
    """Write the sheet of documents."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = drawn()
    with (folder / "links.jsonl").open("w", encoding="utf-8") as out:
        for n, row in enumerate(rows, 1):
            out.write(json.dumps({"doc": n, "id": row["id"], "text": row["text"]}, ensure_ascii=False) + "\n")
    print(len(rows), "documents", sum(len(row["text"].split()) for row in rows), "words")


def notes(path: Path) -> dict[str, tuple[str, list[Mention]]]:
    """Our notes: text and mentions by number."""
    found = {}
    for part in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        number, _, marked = part.partition("\n")
        text, mentions, at = "", [], 0
        marked = marked.strip()
        for match in _MARK.finditer(marked):
            text += marked[at : match.start()]
            mentions.append(Mention(len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            at = match.end()
        found[number.strip()] = (text + marked[at:], mentions)
    return found


def agree(one: Mention, other: Mention) -> bool:
    """Whether two mentions are of the same issue and share words."""
    return one.issue == other.issue and one.start < other.end and other.start < one.end


def given(text: str) -> list[Mention]:
    """What the program finds."""
    return [
        Mention(link.span.start, link.span.end, link.issue)
        for link in default_linker().links(text, sentences(text))
        if link.span
    ]


def matched(wanted: Sequence[Mention], found: Sequence[Mention]) -> int:
    """How many are the same, each counted once."""
    left = list(found)
    right = 0
    for mention in wanted:
        match = next((other for other in left if agree(mention, other)), None)
        if match:
            left.remove(match)
            right += 1
    return right


def join(sheet: Path, first: Path, second: Path) -> None:
    """Write the texts of others: what both labellers gave, and, not counted, what one of them gave."""
    passes = [{row["doc"]: row["mentions"] for row in read_jsonl(path)} for path in (first, second)]
    known = {row["id"]: row for row in texts(False)}
    rows, counts = [], Counter[str]()
    for n, row in enumerate(read_jsonl(sheet)):
        whole = known[row["id"]]["text"]
        a, b = ([_located(whole, m) for m in each[row["doc"]]] for each in passes)
        both = [m for m in a if any(agree(m, o) for o in b)]
        doubted = [m for one, other in ((a, b), (b, a)) for m in one if not any(agree(m, o) for o in other)]
        counts.update(first=len(a), second=len(b), both=len(both))
        rows.append(
            {
                "id": row["id"],
                "part": ("tune", "test")[n % 2],
                "end": len(row["text"]),
                "sha256": hashlib.sha256(whole.encode()).hexdigest(),
                "mentions": both,
                "doubted": doubted,
            }
        )
    print(dict(counts), "f1", round(200 * counts["both"] / (counts["first"] + counts["second"]), 1))
    (LINKS / "wild.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _located(text: str, mention: Row) -> Mention:
    at = -1
    for _ in range(mention["nth"]):
        at = text.index(mention["words"], at + 1)
    return Mention(at, at + len(mention["words"]), mention["issue"])


def cases(part: str) -> Iterator[tuple[str, str, list[Mention], list[Mention]]]:
    """Name, text, mentions and doubted mentions of the labelled texts of one half, or of all."""
    for n, (name, (text, mentions)) in enumerate(notes(LINKS / "notes.txt").items()):
        if part in ("", ("tune", "test")[n % 2]):
            yield name, text, mentions, []
    wild = LINKS / "wild.jsonl"
    if wild.exists():
        known = {row["id"]: row["text"] for row in texts(False)}
        for row in read_jsonl(wild):
            if part in ("", row["part"]):
                mentions, doubted = ([Mention(*m) for m in row[name]] for name in ("mentions", "doubted"))
                yield row["id"], known[row["id"]][: row["end"]], mentions, doubted


def figures(part: str = "", misses: bool = False) -> dict[str, float]:
    """Precision and recall over labelled mentions."""
    wanted = found = right = 0
    for name, text, mentions, doubted in cases(part):
        answers = [each for each in given(text) if not any(agree(each, other) for other in doubted)]
        wanted += len(mentions)
        found += len(answers)
        right += matched(mentions, answers)
        if misses:
            for sign, these, others in (("-", mentions, answers), ("+", answers, mentions)):
                for m in these:
                    if not any(agree(m, o) for o in others):
                        around = text[max(0, m.start - 60) : m.start], text[m.end : m.end + 30]
                        print(
                            name,
                            sign,
                            m.issue,
                            "|",
                            around[0].replace("\n", " "),
                            "[",
                            text[m.start : m.end],
                            "]",
                            around[1].replace("\n", " "),
                        )
    return {
        "mentions": wanted,
        "given": found,
        "precision": round(100 * right / max(1, found), 1),
        "recall": round(100 * right / max(1, wanted), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("draw").add_argument("folder", type=Path)
    joining = commands.add_parser("join")
    for name in ("sheet", "first", "second"):
        joining.add_argument(name, type=Path)
    scored = commands.add_parser("score")
    scored.add_argument("--part", default="", choices=("", "tune", "test"))
    scored.add_argument("--misses", action="store_true")
    options: Any = parser.parse_args()
    if options.command == "draw":
        draw(options.folder)
    elif options.command == "join":
        join(options.sheet, options.first, options.second)
    else:
        print(json.dumps(figures(options.part, options.misses)))


if __name__ == "__main__":
    main()
