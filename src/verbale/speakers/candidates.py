"""A text's entities made ready for the choice among them: where their names stand, what they are called."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from verbale.registry.names import normal
from verbale.registry.tables import Role
from verbale.speakers.entities import Entity
from verbale.speakers.titles.gender import gender_of
from verbale.speakers.titles.words import nouns
from verbale.types import Span

SALIENT = 3  # the text's commonest persons, always candidates
_APPOSITION = re.compile(r",\s(?:an?\s|the\s)?([^,.;\n]{3,60})[,.;\n]")
_WORD = re.compile(r"[a-z][a-z-]{2,}")
_GENERIC = frozenset(
    "the his her their its our former new that this who one other same man woman person".split()  # noqa: SIM905
)
_WORKS = {
    **dict.fromkeys(("survey", "polling", "finding", "result", "number", "questionnaire"), "poll"),
    **dict.fromkeys(("study", "paper", "analysi", "document", "assessment", "review"), "report"),
    **dict.fromkeys(("email", "e-mail", "message", "note", "memo"), "letter"),
    **dict.fromkeys(("advertisement", "commercial", "spot", "video"), "ad"),
    **dict.fromkeys(("complaint", "suit", "filing"), "lawsuit"),
}  # fmt: skip
FULL = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "lt": "lieutenant",
    "sgt": "sergeant", "prof": "professor", "congressman": "representative",
    "congresswoman": "representative", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "chairwoman": "chairman", "chair": "chairman", "mogul": "businessman",
    "billionaire": "businessman", "candidate": "nominee",
    "frontrunner": "nominee", "front-runner": "nominee",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidates:
    """What can be asked of a text's entities, made ready once a document.

    Attributes:
        starts, ends: of each entity's names, ascending; sentences: where these stand.
        titles: words that stand before or behind the names, in lower case.
        leading: which of the names stand first in their sentence.
        roles: what offices their titles are.
        works: nouns of what is theirs: "N's report", "an N poll", "a letter by N".
        genders: "m", "f" or "".
        order: sentence and entity of every name, ascending; salient: the commonest persons.
    """

    entities: tuple[Entity, ...]
    starts: tuple[tuple[int, ...], ...]
    ends: tuple[tuple[int, ...], ...]
    sentences: tuple[tuple[int, ...], ...]
    titles: tuple[frozenset[str], ...]
    roles: tuple[frozenset[Role], ...]
    works: tuple[frozenset[str], ...]
    leading: tuple[frozenset[int], ...]
    genders: tuple[str, ...]
    quoted: tuple[tuple[bool, ...], ...]
    order: tuple[tuple[int, int], ...]
    salient: tuple[int, ...]


def ready(
    text: str, found: Sequence[Entity], sentences: Sequence[Span], quotations: Sequence[tuple[int, int]]
) -> Candidates:
    """Prepare a text's entities."""
    edges = np.array([s.start for s in sentences] or [0])
    starts = tuple(tuple(n.span.start for n in e.names) for e in found)
    numbers = tuple(tuple((np.searchsorted(edges, each, "right") - 1).tolist()) for each in starts)
    persons = [n for n, e in enumerate(found) if e.kind == "person"]
    return Candidates(
        tuple(found),
        starts,
        tuple(tuple(n.span.end for n in e.names) for e in found),
        numbers,
        tuple(_titles(text, e) for e in found),
        tuple(_roles(text, e) for e in found),
        tuple(_works(text, e) for e in found),
        _leading(starts, numbers),
        tuple(gender_of(text, e) for e in found),
        tuple(tuple(quoted(at, quotations) for at in each) for each in starts),
        tuple(sorted((sentence, n) for n, each in enumerate(numbers) for sentence in each)),
        tuple(sorted(persons, key=lambda n: (-len(starts[n]), n))[:SALIENT]),
    )


def _leading(
    starts: Sequence[Sequence[int]], sentences: Sequence[Sequence[int]]
) -> tuple[frozenset[int], ...]:
    """Of each entity the numbers of those names before which no other stands in their sentence."""
    first: dict[int, int] = {}
    for own, numbers in zip(starts, sentences, strict=True):
        for start, sentence in zip(own, numbers, strict=True):
            first[sentence] = min(start, first.get(sentence, start))
    return tuple(
        frozenset(k for k, (start, n) in enumerate(zip(own, numbers, strict=True)) if first[n] == start)
        for own, numbers in zip(starts, sentences, strict=True)
    )


def quoted(at: int, quotations: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies within one of a text's quotations, which are in order."""
    n = bisect_right(quotations, (at, math.inf)) - 1
    return n >= 0 and quotations[n][0] <= at < quotations[n][1]


def _titles(text: str, entity: Entity) -> frozenset[str]:
    """Words that tell what an entity is: before its names, in appositions, those of a body's own name."""
    words: set[str] = set()
    if entity.kind != "person":
        words = {w for name in entity.names for w in plain(name.span.of(text).lower())}
    for name in entity.names[:8]:
        line = text.rfind("\n", 0, name.span.start) + 1
        before = text[max(line, name.span.start - 60) : name.span.start].lower()
        before = re.split(r"[.;:!?”\"]\s|,\s|\b(?:and|told|said|that)\b", before)[-1]
        behind = _APPOSITION.match(text, name.span.end, name.span.end + 70)
        words |= plain(before) | (plain(behind.group(1).lower()) if behind else set())
    return frozenset(words)


def _roles(text: str, entity: Entity) -> frozenset[Role]:
    """The offices that its titles are, before its names and in appositions."""
    if entity.kind != "person":
        return frozenset()
    found: set[Role] = set()
    for name in entity.names[:8]:
        line = text.rfind("\n", 0, name.span.start) + 1
        found |= roles_in(
            text[max(line, name.span.start - 60) : name.span.start].rsplit(", ", 1)[-1], last=True
        )
        behind = _APPOSITION.match(text, name.span.end, name.span.end + 70)
        if behind:
            found |= roles_in(behind.group(1))
    return frozenset(found)


@lru_cache(maxsize=8192)
def roles_in(words: str, last: bool = False) -> frozenset[Role]:
    """The office that words name first, by the longest title; or, if asked, the one that they end with."""
    parts = normal(words).split()
    for start in range(len(parts)):
        for end in range(min(len(parts), start + 4), start, -1):
            noun = nouns().get(" ".join(parts[start:end]))
            if noun and noun.role and (not last or end == len(parts)):
                return frozenset((noun.role,))
    return frozenset()


def _works(text: str, entity: Entity) -> frozenset[str]:
    """Nouns right behind its names, or right before "by" or "from" and them."""
    words: set[str] = set()
    for name in entity.names[:8]:
        behind = re.match(r"(?:['’]s?)?((?: [a-z][a-z-]+){1,3})", text[name.span.end : name.span.end + 50])
        before = re.search(
            r"([a-z][a-z-]+) (?:by|from|of) (?:the )?$", text[max(0, name.span.start - 30) : name.span.start]
        )
        words |= plain(behind.group(1)) if behind else set()
        words |= plain(before.group(1)) if before else set()
    return frozenset(map(work, words))


def work(noun: str) -> str:
    """Nouns for one kind of work are as one: a poll has findings and results."""
    return _WORKS.get(noun.removesuffix("s"), noun.removesuffix("s"))


def plain(words: str) -> set[str]:
    """The words that tell what somebody is: no small and general ones, one for several that mean the same."""
    return {FULL.get(w, w) for w in _WORD.findall(words)} - _GENERIC
