"""For whom a statement speaks, and which other sides its words name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from verbale.registry import OWN
from verbale.registry.lexicon import Lexicon
from verbale.registry.tables import BodyKind, rows, table
from verbale.types import Span, Speaking, Statement

# Bodies that speak for their state.
_OFFICIAL = {
    BodyKind.MINISTRY, BodyKind.GOVERNMENT, BodyKind.PRESIDENCY, BodyKind.AGENCY, BodyKind.ARMED_FORCE,
}  # fmt: skip
_OFFICIAL_WORDS = re.compile(
    r"\b(?:ministry|government|administration|embassy|presiden\w+|kremlin|army|armed forces|military)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|our|ours|us|I|my|me)\b")


@dataclass(frozen=True, slots=True)
class Side:
    """Who can hold a position or act.

    Attributes:
        id: of a state, a body or a person; the name where the registry lacks it.
        spans: where the text names it, in order.
    """

    id: str
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Private:
    """A word of an office whose holder gives his own position."""

    word: str
    example: str


@cache
def _private() -> re.Pattern[str]:
    words = sorted(
        (each.word for _, each in rows(OWN, "positions/private.csv", Private)), key=len, reverse=True
    )
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def _kinds() -> Mapping[str, tuple[BodyKind, str]]:
    """Kind and state of the bodies of the registry."""
    return {body.id: (body.kind, body.state) for body in table(OWN, "actors/bodies.csv").values()}


def own_side(statement: Statement) -> tuple[str, str]:
    """Id and name of the side that a statement speaks for; "" twice where nobody is known.

    Whoever speaks for a state gives the state's position, for an organisation the organisation's; members
    of parliaments, candidates, experts and former officials their own.
    """
    speaker = statement.speaker
    himself = (speaker.actor or speaker.name, speaker.name or speaker.actor or "")
    state = (statement.state, statement.state)
    if statement.voice is Speaking.STATE:
        return state if statement.state else himself
    if speaks_for_himself(statement.office):
        return himself
    if statement.body:
        return _of_body(statement.body, state) or himself
    if statement.state and (
        statement.office or statement.voice in (Speaking.GROUP, Speaking.NAMELESS, Speaking.OFFICE)
    ):
        return state
    return himself


def speaks_for_himself(office: str) -> bool:
    """Whether who bears an office gives his own position, as a senator or a former minister does."""
    return _private().search(office) is not None


def _of_body(body: str, state: tuple[str, str]) -> tuple[str, str]:
    """The side of whoever speaks for a body: its state where it is one of the state's organs."""
    kind, home = _kinds().get(body, (None, ""))
    if kind in _OFFICIAL or (kind is None and _OFFICIAL_WORDS.search(body)):
        return (home, home) if home else state if state[0] else (body, body)
    return body, body


def state_of(actor: str) -> str:
    """A state's organ stands for its state; every other actor for itself."""
    kind, home = _kinds().get(actor, (None, ""))
    return home if kind in _OFFICIAL and home else actor


def sides_in(text: str, spans: Iterable[Span], lexicon: Lexicon, people: Sequence[Side]) -> tuple[Side, ...]:
    """The sides that words name, in the order of their first mention.

    Args:
        text: the document's.
        spans: where to look.
        lexicon: states and bodies.
        people: persons of the document with their mentions.
    """
    found: dict[str, list[Span]] = {}
    names: dict[str, str] = {}
    for span, actor in sorted(_mentions(text, tuple(spans), lexicon, people), key=lambda pair: pair[0]):
        found.setdefault(actor.id, []).append(span)
        names.setdefault(actor.id, actor.name)
    return tuple(Side(actor, names[actor], tuple(its)) for actor, its in found.items())


def _mentions(
    text: str, spans: Sequence[Span], lexicon: Lexicon, people: Sequence[Side]
) -> Iterator[tuple[Span, Side]]:
    for span in spans:
        for hit in lexicon.find(span.of(text)):
            actor = state_of(hit.entry.meaning)
            yield Span(hit.span.start + span.start, hit.span.end + span.start), Side(actor, actor, ())
        for person in people:
            yield from ((m, person) for m in person.spans if span.start <= m.start and m.end <= span.end)


def first_persons(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Where words say “we”, “our”, “I”."""
    for span in spans:
        for match in _WE.finditer(text, span.start, span.end):
            yield Span(match.start(), match.end())
