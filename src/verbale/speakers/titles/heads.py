"""Parts of a noun phrase → its head, who has it, what stands around it, its name and complements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verbale.speakers.titles.parts import PREPOSITIONS, Part, Sort
from verbale.speakers.titles.words import given_names

Parts = tuple[Part, ...]
_TITLES = ("office", "person", "human", "courtesy")
_JOINTS = frozenset(("and", "or"))


@dataclass(frozen=True, slots=True)
class Complement:
    """A preposition with the parts behind it."""

    preposition: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase read.

    Attributes:
        owner: what stands before a possessive ending, with it: "Russia's", "Clinton's".
        uses: what its small words do: "definite", "former" …
        before: between owner and head.
        head: its noun, state or body; None when it has none.
        name: a personal name behind the head, or all of the phrase.
        several: whether "and" joins it with another of its kind.
        last: whether the name stands behind the complements.
    """

    owner: Parts
    uses: frozenset[str]
    before: Parts
    head: Part | None
    name: Parts
    complements: tuple[Complement, ...]
    several: bool = False
    last: bool = False

    @property
    def posted(self) -> bool:
        """Whether a place behind the head is where one is sent."""
        return self.head is not None and self.head.noun is not None and self.head.noun.takes == "to"

    @property
    def titled(self) -> bool:
        """Whether the head is a word for a person."""
        return self.head is not None and self.head.noun is not None and self.head.noun.sort in _TITLES


def phrase(parts: Sequence[Part]) -> Phrase:
    """Read one piece of a source, between commas."""
    core, rest = _core(parts)
    core, owner = _owner(core)
    uses = {p.use for p in (*owner, *core) if p.use} | {p.use for p in rest if p.use == "individual"}
    at = _head(core)
    if at is None:
        name = tuple(p for p in core if _bare(p))
        return Phrase(owner, frozenset(uses), core, None, name, _complements(rest), _joined(core))
    behind = core[at + 1 :]
    titled = _sort(core[at]) in _TITLES
    name = tuple(p for p in behind if _namely(p)) if titled and behind and _namely(behind[0]) else ()
    complements, last = _unnamed(_complements(rest)) if titled and not name else (_complements(rest), ())
    before, told = core[:at], frozenset(uses)
    return Phrase(owner, told, before, core[at], name or last, complements, _joined(core), bool(last))


def _core(parts: Sequence[Part]) -> tuple[Parts, Parts]:
    """What stands before the first preposition, or word behind a head such as "familiar", and the rest."""
    for at, part in enumerate(parts):
        ended = part.key in PREPOSITIONS or (part.use == "individual" and at > 0)
        if ended and at > 0:
            return tuple(parts[:at]), tuple(parts[at:])
    return tuple(parts), ()


def _owner(core: Parts) -> tuple[Parts, Parts]:
    """The core without its possessor, and the possessor; an ending on the last part of all has nothing."""
    for at in range(len(core) - 2, -1, -1):
        if core[at].possessive:
            return core[at + 1 :], core[: at + 1]
    return core, ()


def _sort(part: Part) -> str:
    return part.noun.sort if part.noun else ""


def _head(core: Parts) -> int | None:
    nouns = [k for k, p in enumerate(core) if p.sort is Sort.NOUN]
    if nouns:
        best = [k for k in nouns if _sort(core[k]) != "courtesy"] or nouns
        best = [k for k in best if _sort(core[k]) != "pronoun"] or best
        return best[-1]
    actors = [k for k, p in enumerate(core) if p.sort in (Sort.STATE, Sort.BODY)]
    if actors and actors[-1] == len(core) - 1:
        return actors[-1]
    return None


def _namely(part: Part) -> bool:
    """Whether a part behind a title can be of a personal name: a capital, or a particle between such."""
    return part.sort is Sort.NAME or (part.capital and part.sort is not Sort.NOUN) or _given(part)


def _given(part: Part) -> bool:
    return part.sort is Sort.WORD and len(part.key) > 2 and part.key in given_names()


def _unnamed(complements: tuple[Complement, ...]) -> tuple[tuple[Complement, ...], Parts]:
    """The complements without a name that ends the last one: "of Moldova N", "to the U.S. N"."""
    if not complements:
        return complements, ()
    *before, last = complements
    for at in range(1, len(last.parts)):
        part, previous = last.parts[at], last.parts[at - 1]
        behind = _place(previous)
        bare = part.sort is Sort.NAME or (part.sort is Sort.WORD and part.capital)
        if (bare and behind) or part.sort is Sort.NAME or (bare and _given(part)):
            return (*before, Complement(last.preposition, last.parts[:at])), last.parts[at:]
    return complements, ()


def named_person(parts: Parts, given: bool) -> bool:
    """Whether words without a head are a person's full name.

    Args:
        parts: the words.
        given: whether the caller knows persons' names, so that a NAME is one.
    """
    words = [w for p in parts for w in p.words]
    if given and any(p.sort is Sort.NAME for p in parts):
        return True
    return len(words) > 1 and words[0].key in given_names()


def text_of(parts: Parts) -> str:
    """The printed words of parts, without possessive endings."""
    return " ".join(w.text for p in parts for w in p.words)


def _bare(part: Part) -> bool:
    """Whether a part of a phrase without a head can be of a name; "Virginia" can."""
    usable = part.sort is not Sort.NOUN and part.use in ("", "american")
    return part.sort is Sort.NAME or (usable and part.capital)


def _place(part: Part) -> bool:
    """Whether a part is a state's or body's name, behind which another name can begin."""
    hows = {a.how for a in part.actors}
    return part.sort in (Sort.STATE, Sort.BODY) and not part.possessive and hows != {"adjective"}


def _joined(core: Parts) -> bool:
    return any(p.key in _JOINTS for p in core[1:-1])


def _complements(rest: Parts) -> tuple[Complement, ...]:
    found: list[Complement] = []
    inside: list[Part] = []
    preposition = ""
    for part in rest:
        if part.key in PREPOSITIONS:
            if preposition and inside:
                found.append(Complement(preposition, tuple(inside)))
            preposition, inside = part.key, []
        else:
            inside.append(part)
    if preposition and inside:
        found.append(Complement(preposition, tuple(inside)))
    return tuple(found)
