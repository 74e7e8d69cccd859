"""The lines of a text: which are head and foot of an utterance, and what kinds of line there are."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from verbale.types import Span, Spans

HEAD, FOOT = 6, 6  # lines at most
_LONGEST, _WORDS = 200, 30  # characters and words of a line of the head
_STOPPED = re.compile(r"[.!?…,;:][”’\"')\]]*$")
_SMALL = frozenset(
    "of for the and de la le du van von der den bin al el da di y e in at to on & – — - | / a an".split()  # noqa: SIM905
)
_SHORT = 60  # characters of a name
_SIGNED = 14  # words of a signature


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of an utterance that stands by itself, a span a line, without those that are blank.

    Attributes:
        head: title, speaker, place and day.
        body: what is said.
        foot: signature, place and day, contacts.
    """

    head: Spans
    body: Spans
    foot: Spans


def layout(text: str) -> Layout:
    """Part a text's lines; there is a body wherever there is a line."""
    every = lines(text)
    head = 0
    while head < min(HEAD, len(every) - 1) and _of_head(every[head].of(text)):
        head += 1
    foot = len(every)
    while foot > max(head + 1, len(every) - FOOT) and _of_foot(every[foot - 1].of(text)):
        foot -= 1
    return Layout(every[:head], every[head:foot], every[foot:])


def lines(text: str) -> Spans:
    """The lines that are not blank, without the white space around them."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return tuple(found)


def is_a(use: str, line: str) -> bool:
    """Whether a line is of a kind that `data/voices/lines.csv` lists."""
    return any(pattern.fullmatch(line) for pattern in kinds(use))


@cache
def kinds(use: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one kind of line."""
    return _table()[use]


def named(label: str) -> bool:
    """Whether words are written as a name or an office is: in capitals but for the small ones."""
    parts = label.split()
    return (
        0 < len(parts) <= 12
        and not _STOPPED.search(label)
        and _capital(parts[0])
        and all(part in _SMALL or _capital(part) for part in parts)
    )


def person(label: str) -> bool:
    """Whether words are written as a person's name without an office: "Pal de Orlay"."""
    parts = label.split()
    return (
        2 <= len(parts) <= 5
        and len(label) <= _SHORT
        and named(label)
        and not any(part in ("of", "for", "the", "in", "at", "to", "on", "|", "–", "—") for part in parts)
        and not re.search(r"[\d@#:]", label)
    )


def _capital(word: str) -> bool:
    bare = word.lstrip("“\"'‘(-")
    return bool(bare) and (bare[0].isupper() or bare[0].isdigit())


def _of_head(line: str) -> bool:
    if is_a("prepared", line) or (is_a("stage", line) and line[:1] in "(["):
        return True
    return (
        len(line) <= _LONGEST
        and len(line.split()) <= _WORDS
        and not _STOPPED.search(line)
        and not is_a("salutation", line)
    )


def _of_foot(line: str) -> bool:
    if is_a("closing", line):
        return False
    office = is_a("office", line) and named(line)
    return is_a("foot", line) or is_a("stage", line) or office or bool(signed(line))


def signed(line: str) -> str:
    """A signature without its dash or "Signed:", "" where a line is none."""
    match = re.fullmatch(
        r"(?:[-–—]+\s*|\(?signed\)?[:,]?\s+|/s/\s*)?(?P<who>\S.*?)[.,]?", line, re.IGNORECASE
    )
    who = match["who"] if match else ""
    first, _, rest = who.partition(",")
    name = named(first) and len(first.split()) > 1 and not re.search(r"\d", first)
    return who if name and not re.search(r"[.!?]\s|\d", rest) and len(who.split()) <= _SIGNED else ""


@cache
def _table() -> dict[str, tuple[re.Pattern[str], ...]]:
    made: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for row in rows("lines.csv"):
        made[row["use"]].append(re.compile(row["pattern"], re.IGNORECASE))
    return {use: tuple(patterns) for use, patterns in made.items()}


@cache
def alternatives(use: str) -> str:
    """The words of `data/voices/words.csv` for one use, as a part of a pattern."""
    return "(?:" + "|".join(re.escape(word) for word in words(use)) + ")"


@cache
def words(use: str) -> tuple[str, ...]:
    """The words of `data/voices/words.csv` for one use."""
    return tuple(row["word"] for row in rows("words.csv") if row["use"] == use)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the tables in `data/voices/`, in their order."""
    table = (files("verbale") / "data/voices" / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(table.splitlines()))


def cut(spans: Iterable[Span], out: Iterable[Span]) -> Spans:
    """What is left of some spans without the characters of others."""
    left = list(spans)
    for gone in out:
        pieces = (
            ((s.start, min(s.end, gone.start)) for s in left),
            ((max(s.start, gone.end), s.end) for s in left),
        )
        left = sorted(Span(a, b) for part in pieces for a, b in part if a < b)
    return tuple(left)
