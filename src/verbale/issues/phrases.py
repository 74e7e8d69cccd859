"""Phrases that may mean an issue without naming it: “the treaty”, “such negotiations”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from verbale.registry import OWN
from verbale.registry.lexicon import words_of
from verbale.registry.tables import Values, rows
from verbale.types import Span

_POINTING = frozenset("the this that these those such its their our his her said".split())  # noqa: SIM905
_NOT = frozenset("a an any no some another other all both each every".split())  # noqa: SIM905
# Where a noun phrase cannot go on to the left.
_ENDS = frozenset(
    "of to in on for with about over by from at and or but as than into against is are was be".split()  # noqa: SIM905
)
_BREAK = re.compile(r"[.,;:!?()\"“”\n—](?=\s|$)|[\"“”(]")
# What follows a head and may tell which it is: up to the next mark or verb-like stop.
_BEHIND = re.compile(r"\s+(?P<words>(?:[\w.’'-]+[ \t]?){1,9})")
_FOLLOWS = frozenset((
    "on", "about", "over", "of", "for", "to", "in", "by", "at", "from", "concerning", "regarding", "with",
    "between", "under", "against", "which", "that", "signed", "concluded", "reached", "agreed", "held",
    "known", "limiting", "banning", "restoring",
))  # fmt: skip
_MODIFIERS = 4  # words between determiner and head
_REACH = 70  # characters looked at before a head


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that can mean an issue of some `kinds`; `group` joins nouns for one thing."""

    head: str
    group: str
    kinds: Values
    example: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with a head of the table.

    Attributes:
        span: from the determiner, if it has one, to the head.
        determiner: “the”, “such”, “a”; "" for none. It points to something spoken of, or does not.
        before, behind: the words between determiner and head, and those that follow and go with it.
    """

    span: Span
    head: Head
    determiner: str
    before: tuple[str, ...]
    behind: tuple[str, ...]

    @property
    def points(self) -> bool:
        """Whether its determiner points to something spoken of."""
        return self.determiner in _POINTING


@cache
def heads() -> Mapping[str, Head]:
    """The nouns of the table."""
    return {head.head: head for _, head in rows(OWN, "issues/heads.csv", Head)}


@lru_cache(maxsize=256)
def _nouns(further: frozenset[str]) -> re.Pattern[str]:
    words = sorted({*heads(), *further}, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def phrases(text: str, further: frozenset[str] = frozenset()) -> Iterator[Phrase]:
    """The phrases of a text, in order.

    Args:
        text: any words.
        further: nouns beside the table's; they count only where they point back to something: “the crash”.
    """
    for match in _nouns(further).finditer(text):
        start = max(0, match.start() - _REACH)
        breaks = [each.end() for each in _BREAK.finditer(text, start, match.start())]
        start, determiner, before = _before(text, breaks[-1] if breaks else start, match.start())
        noun = match.group().lower()
        if noun not in heads() and determiner not in _POINTING:
            continue
        yield Phrase(
            Span(start, match.end()),
            heads().get(noun) or Head(noun, noun, (), ""),
            determiner,
            before,
            _behind(text, match.end()),
        )


def _behind(text: str, end: int) -> tuple[str, ...]:
    """The words behind a head that go with it: from a preposition or the like on."""
    match = _BEHIND.match(text, end)
    words = tuple(word.printed for word in words_of(match["words"])) if match else ()
    return words if words and words[0].lower() in _FOLLOWS else ()


def _before(text: str, start: int, end: int) -> tuple[int, str, tuple[str, ...]]:
    """Where a phrase begins whose head begins at `end`, its determiner, and the words between them."""
    words = words_of(text[start:end])
    for count, word in enumerate(reversed(words[-_MODIFIERS - 1 :])):
        between = tuple(w.printed for w in words[len(words) - count :])
        if word.folded in _POINTING or word.folded in _NOT:
            return start + word.start, word.folded, between
        if word.folded in _ENDS:
            return (start + words[len(words) - count].start if count else end), "", between
    return end, "", ()
