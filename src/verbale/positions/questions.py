"""Statement → what is asked of the model: pairs of a holder and an issue, of an actor and a target."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verbale.models.framed import Pair, Passage
from verbale.models.tokens import Pieces
from verbale.positions.passages import part_of, place, roles_of
from verbale.positions.sides import Side, first_persons
from verbale.types import Span
from verbale.types.positions import Link, Party

SIDES = 4  # of a passage that are asked about, beside the speaker's own
ISSUES = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What is told in a passage, and by whom.

    Attributes:
        span: the passage.
        source, cue, content: as in the attribution; of what the article tells, content is the passage.
        own: for whom the speaker speaks; None for the article and where it is not known.
        sides: those named in the content, the own one among them where it is.
        links: issues that the content is about; one without a span is carried over.
    """

    span: Span
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    own: Party | None
    sides: tuple[Side, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A pair that is asked about.

    Attributes:
        first: who may hold or act.
        target: the issue, the other side, or None.
    """

    first: Party
    target: Link | Party | None


def questions(text: str, pieces: Pieces, told: Told) -> tuple[Passage, tuple[Question, ...]] | None:
    """The passage and the pairs that are asked about in it; None where there is nothing to ask."""
    part = part_of(pieces, told.span)
    asked, pairs = list[Question](), list[Pair]()
    for question in _questions(told):
        target = question.target.span if question.target else None
        first, second = place(pieces, part, question.first.span), place(pieces, part, target)
        if first is not None and second is not None:
            asked.append(question)
            pairs.append(Pair(first, second))
    if not pairs or part.start == part.stop:
        return None
    return Passage(part, roles_of(pieces, part, _roles(text, told)), tuple(pairs)), tuple(asked)


def _roles(text: str, told: Told) -> Iterator[tuple[str, Span]]:
    if told.own is None and not told.source:
        return  # what the article tells has no roles
    yield from (("content", span) for span in told.content)
    yield from (("cue", span) for span in told.cue)
    yield from (("source", span) for span in told.source)
    yield from (("own", span) for span in first_persons(text, told.content))
    if told.own:
        yield from (("own", m) for side in told.sides if side.id == told.own.id for m in side.spans)


def _questions(told: Told) -> Iterator[Question]:
    others = [Party(s.id, s.name, s.spans[0]) for s in told.sides if not told.own or s.id != told.own.id][
        :SIDES
    ]
    parties = [*([told.own] if told.own else []), *others]
    for party, link in itertools.product(parties, one_each(told.links)[:ISSUES]):
        yield Question(party, link)
    for party in parties:
        yield Question(party, None)
    for first, second in itertools.permutations(parties, 2):
        if second is not told.own or _named(told):
            yield Question(first, _as_target(second, told))


def _named(told: Told) -> bool:
    return told.own is not None and any(side.id == told.own.id for side in told.sides)


def _as_target(party: Party, told: Told) -> Party:
    """The speaker's own side is a target where the content names it."""
    if party is not told.own:
        return party
    side = next(side for side in told.sides if side.id == party.id)
    return Party(side.id, side.name, side.spans[0])


def one_each(links: Sequence[Link]) -> list[Link]:
    """The first link of each issue."""
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.issue, link)
    return list(found.values())
