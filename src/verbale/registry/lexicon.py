"""Many names looked for in a text at once, each word by its own case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anyascii import anyascii

from verbale.types import Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")  # "U.S." is one word
# What may stand between the words of a name. Its own marks are not asked for: "US-Russian" is "US Russian".
_BETWEEN = re.compile(r"[ \t\u00a0\u2009]?[\-\u2010-\u2013'’./()&]?[ \t\u00a0(]?|\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and what it means.

    Attributes:
        meaning: what is found where it stands, such as an id.
        how: as what it means that, such as "alias".
    """

    name: str
    meaning: str
    how: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text."""

    span: Span
    entry: Entry


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, and as it stands."""

    folded: str
    printed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    printed: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names by their first word, the longest first."""

    by_first: Mapping[str, Sequence[_Name]] = field(repr=False)

    @staticmethod
    def of(entries: Iterable[Entry]) -> Lexicon:
        """Make names ready for looking up; of two that are one the first counts."""
        found: dict[str, list[_Name]] = {}
        seen = set[tuple[str, ...]]()
        for entry in entries:
            words = tuple(words_of(entry.name))
            if words and words[0].folded == "the":
                words = words[1:]
            key = tuple(word.folded for word in words)
            if not key or (key in seen and len(key) > 1):
                continue
            seen.add(key)
            found.setdefault(key[0], []).append(_Name(key, tuple(word.printed for word in words), entry))
        return Lexicon(
            {first: tuple(sorted(names, key=lambda n: -len(n.words))) for first, names in found.items()}
        )

    def find(self, text: str) -> tuple[Hit, ...]:
        """The names in a text, in order; of those that overlap the first, then the longest."""
        return tuple(self._hits(text))

    def _hits(self, text: str) -> Iterator[Hit]:
        words = words_of(text)
        at = 0
        while at < len(words):
            name = next(
                (n for n in self.by_first.get(words[at].folded, ()) if _stands(n, words, at, text)), None
            )
            if name is None:
                at += 1
                continue
            yield Hit(Span(words[at].start, words[at + len(name.words) - 1].end), name.entry)
            at += len(name.words)


def words_of(text: str) -> list[Word]:
    """The words of a text with their offsets."""
    return [
        Word(anyascii(m.group()).replace(".", "").lower(), m.group().replace(".", ""), m.start(), m.end())
        for m in _WORD.finditer(text)
    ]


def _stands(name: _Name, words: Sequence[Word], at: int, text: str) -> bool:
    """Whether a name stands at a word: its words in order, nothing but blanks and hyphens between."""
    if at + len(name.words) > len(words):
        return False
    for n, (folded, printed) in enumerate(zip(name.words, name.printed, strict=True)):
        word = words[at + n]
        if word.folded != folded or not _cased(word.printed, printed, alone=len(name.words) == 1):
            return False
        if n and not _BETWEEN.fullmatch(text, words[at + n - 1].end, word.start):
            return False
    return True


def _cased(word: str, printed: str, *, alone: bool) -> bool:
    """Whether a word has the capitals that its name asks for: none, at its head, or all of an acronym.

    An acronym within a longer name may be printed as a word ("New Start"), one that stands alone may not.
    """
    if printed.islower() or not printed[:1].isalpha():
        return True
    if len(printed) > 1 and printed.isupper():
        return word.isupper() or (not alone and word[:1].isupper())
    return word[:1].isupper()
