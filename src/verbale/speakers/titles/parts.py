"""The words of a source cut into parts: names, states, bodies, nouns and small words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verbale.registry import Registry
from verbale.registry.names import normal
from verbale.speakers.titles.known import Named, named
from verbale.speakers.titles.words import Noun, given_names, nouns, uses

LONGEST = 400  # characters that are read
_MOST = 8  # words of one name or title
_WORD = re.compile(r"[^\W_][\w.&/@’'-]*|[,;:()\[\]–—]|(?<=\s)-+(?=\s)")
_CLOSES = frozenset(",;:()[]–—-")
_RELATIVE = frozenset("who which that whose whom where".split())  # noqa: SIM905
PREPOSITIONS = frozenset(  # "and" joins, it does not end
    (
        *("of", "for", "to", "at", "in", "on", "with", "from", "by", "under", "near", "about", "against"),
        *("behind", "inside", "within", "among", "between", "across", "around", "into", "over", "after"),
        *("before", "during", "as", "than"),
    )
)
_PARTY = re.compile(r"[\[(]\s*[RDI]\s*[-–—,]\s*[A-Z][\w. ]*[\])]?")


class Sort(StrEnum):
    """What a part is."""

    NAME = "name"
    STATE = "state"
    BODY = "body"
    NOUN = "noun"
    USE = "use"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place, without its possessive ending."""

    text: str
    start: int
    end: int
    key: str
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Part:
    """One or more words that belong together.

    Attributes:
        noun: of a NOUN what the tables say of it.
        actors: of a STATE or BODY who goes by the name.
        use: of a USE what it does.
    """

    sort: Sort
    words: tuple[Word, ...]
    noun: Noun | None = None
    actors: tuple[Named, ...] = ()
    use: str = ""

    @property
    def key(self) -> str:
        """Its words' keys."""
        return " ".join(w.key for w in self.words)

    @property
    def possessive(self) -> bool:
        """Whether it has something."""
        return self.words[-1].possessive

    @property
    def capital(self) -> bool:
        """Whether its last word begins with a capital letter."""
        return self.words[-1].capital

    @property
    def state(self) -> str:
        """The state that its actors share, "" for none or several."""
        states = {a.id if a.kind == "state" else a.state for a in self.actors}
        return states.pop() if len(states) == 1 else ""


def legislator(words: str) -> bool:
    """Whether a party and a state of the U.S. stand in brackets: "(R-Ky.)"."""
    return bool(_PARTY.search(words))


def segments(words: str, names: Sequence[str], registry: Registry) -> tuple[tuple[Part, ...], ...]:
    """Cut words at commas, brackets and relative clauses, which are left out, and each piece into parts."""
    text = _PARTY.sub(lambda match: "," + " " * (len(match[0]) - 1), words[:LONGEST])
    marked = [span for name in names for span in _places(name.strip(), text)]
    pieces = (tuple(_parts(piece, marked, registry)) for piece in _pieces(_words(text)))
    return tuple(parts for parts in pieces if parts)


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a text."""
    if name:
        yield from (m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        at = match.start()
        for piece in _unhyphened(match[0]):
            yield _word(piece, at)
            at += len(piece) + 1


def _unhyphened(text: str) -> Sequence[str]:
    """Cut "then-Minister" in two; other compounds stay whole."""
    first, hyphen, rest = text.partition("-")
    if hyphen and rest and uses().get(normal(first)) in ("former", "deputy"):
        return first, rest
    return (text,)


def _word(text: str, at: int) -> Word:
    bare = text.rstrip("-'’/&@") if text not in _CLOSES else text
    ends = re.search(r"(?<=\w)['’]s$|(?<=s)['’]$", text) or re.search(r"(?<=\.)['’]s$", text)
    possessive = ends is not None
    if ends:
        bare = text[: ends.start()]
    stripped = bare.rstrip(".")
    short = "." in stripped or (len(stripped) <= 4 and stripped[:1].isupper())
    bare = bare if short else stripped
    return Word(bare, at, at + len(bare), normal(bare), possessive)


def _pieces(words: Iterator[Word]) -> Iterator[list[Word]]:
    piece: list[Word] = []
    outside, seen = True, False
    for word in words:
        if word.text in _CLOSES:
            if piece:
                yield piece
            piece, outside = [], True
        elif word.key in _RELATIVE and seen:
            outside = False
        elif outside and word.key:
            piece.append(word)
        seen = True
    if piece:
        yield piece


def _parts(words: Sequence[Word], marked: Sequence[tuple[int, int]], registry: Registry) -> Iterator[Part]:
    at = 0
    while at < len(words):
        part = _name(words, at, marked) or _longest(words, at, registry)
        yield part
        at += len(part.words)


def _name(words: Sequence[Word], at: int, marked: Sequence[tuple[int, int]]) -> Part | None:
    for start, end in marked:
        if words[at].start == start:
            inside = tuple(w for w in words[at:] if w.start < end)
            return Part(Sort.NAME, inside)
    return None


def _longest(words: Sequence[Word], at: int, registry: Registry) -> Part:
    """The longest known name, title or noun that begins at a word, else the word itself."""
    most = min(_MOST, len(words) - at)
    for k in range(most - 1):
        if words[at + k].possessive:
            most = k + 1
            break
    if at + 1 < len(words) and not words[at].possessive and uses().get(words[at].key) in ("deputy", "former"):
        most = max((n for n in range(2, most + 1) if _noun(tuple(words[at : at + n]))), default=0)
        if not most:
            return Part(Sort.USE, (words[at],), use=uses()[words[at].key])
    for count in range(most, 0, -1):
        inside = tuple(words[at : at + count])
        part = _actor(inside, registry) if at == 0 or not _given(words[at - 1]) else None
        part = part or _noun(inside) or _use(inside)
        if part:
            return part
    return Part(Sort.WORD, tuple(words[at : at + 1]))


def _given(word: Word) -> bool:
    return word.capital and not word.possessive and bool(given_names().get(word.key))


def _actor(words: tuple[Word, ...], registry: Registry) -> Part | None:
    key = " ".join(w.key for w in words)
    found = named(key, registry)
    if not found or not _printed(words, key):
        return None
    if not words[0].capital:
        found = tuple(n for n in found if n.kind != "outlet")
    own = [n for n in found if n.kind == found[0].kind] if found else []
    if not own:
        return None
    return Part(Sort.STATE if own[0].kind == "state" else Sort.BODY, words, actors=tuple(own))


def _printed(words: tuple[Word, ...], key: str) -> bool:
    """Whether a name is printed as one: in capitals, or in small letters if no other word is alike."""
    if key in ("us", "un", "who", "eu", "it", "cia"):
        return words[0].text.isupper()
    noun, use = nouns().get(key), uses().get(key, "american")
    if words[0].capital or words[-1].capital:
        return use == "american" and (len(words) > 1 or noun is None or noun.sort == "body")
    return len(key) >= 5 and noun is None and key not in uses()


def _noun(words: tuple[Word, ...]) -> Part | None:
    noun = nouns().get(" ".join(w.key for w in words))
    return Part(Sort.NOUN, words, noun) if noun and not _small(words, noun) else None


def _small(words: tuple[Word, ...], noun: Noun) -> bool:
    """Whether a word is a determiner rather than a noun: "some" and "one" before another word."""
    return len(words) == 1 and words[0].key in uses() and noun.sort in ("group", "nameless", "pronoun")


def _use(words: tuple[Word, ...]) -> Part | None:
    use = uses().get(" ".join(w.key for w in words))
    if use == "american" and not words[0].capital:
        return None
    return Part(Sort.USE, words, use=use) if use else None
