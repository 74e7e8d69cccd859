"""Statements → acts and positions, and what the article itself tells."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from verbale.positions.attitudes import is_attitude
from verbale.positions.deeds import deeds
from verbale.positions.meetings import meetings_in
from verbale.positions.passages import hull, parts
from verbale.positions.people import people
from verbale.positions.questions import Told, questions
from verbale.positions.scene import Scene
from verbale.positions.sides import Side, own_side, sides_in
from verbale.positions.stances import positions
from verbale.types import Act, Attribution, Link, Narrated, Party, Position, Span, Statement

__all__ = ["Scene", "held", "meetings_in", "narrated", "read_told"]


class Word(NamedTuple):
    """Whether a position is the speaker's own word; if not, whose it is, None for the article's."""

    own: bool
    by: Party | None


def held(
    scene: Scene,
    attributions: Sequence[Attribution],
    statements: Sequence[Statement],
    issues: Mapping[str, tuple[Link, ...]],
) -> tuple[Statement, ...]:
    """Tell of each statement which issues it is about, what it does and what it holds.

    Args:
        scene: the document.
        attributions: of it, in order.
        statements: made of them, in the same order.
        issues: by a statement's id what it may be about.

    Returns:
        The statements, with what was found.
    """
    known = people(scene, statements)
    by_attribution = {statement.attribution: statement for statement in statements}
    found = []
    for attribution, statement in zip(attributions, statements, strict=True):
        parent = by_attribution.get(attribution.parent or "")
        said = list(_told(scene, attribution, statement, issues[statement.id], known))
        acts, stances = read_told(scene, said)
        word = _by_whom(scene.document.text, attribution, statement, parent)
        stances = tuple(_ascribed(position, word) for position in stances)
        links = tuple(
            link for link in issues[statement.id] if link.span or any(p.issue == link.issue for p in stances)
        )
        found.append(replace(statement, issues=links, acts=acts, positions=stances))
    return tuple(found)


def narrated(
    scene: Scene, attributions: Sequence[Attribution], statements: Sequence[Statement]
) -> tuple[Narrated, ...]:
    """What the article itself tells: sentences that no attribution touches and that are about an issue."""
    known = people(scene, statements)
    taken = sorted((s.start, s.end) for a in attributions for s in (*a.source, *a.cue, *a.content))
    starts = [start for start, _ in taken]
    found = []
    for sentence in scene.sentences:
        links = tuple(
            link for link in scene.links if link.span and sentence.start <= link.span.start < sentence.end
        )
        at = bisect.bisect_left(starts, sentence.end)
        if not links or any(end > sentence.start for _, end in taken[max(0, at - 3) : at]):
            continue
        sides = sides_in(scene.document.text, (sentence,), scene.actors, known)
        told = Told(sentence, (), (), (sentence,), None, sides, links)
        acts, stances = read_told(scene, [told])
        found.append(Narrated(sentence, links, acts, stances))
    return tuple(found)


def _told(
    scene: Scene,
    attribution: Attribution,
    statement: Statement,
    links: tuple[Link, ...],
    known: Sequence[Side],
) -> Iterator[Told]:
    """The passages of a statement: one, or of a long one several."""
    side, name = own_side(statement)
    mention = attribution.source[0] if attribution.source else None
    whole = hull(attribution, scene.sentences)
    for span in parts(whole, scene.sentences, scene.pieces):
        content = tuple(c for c in (_within(c, span) for c in attribution.content) if c)
        here = tuple(x for x in links if x.span is None or span.start <= x.span.start < span.end)
        inside = mention if mention and span.start <= mention.start and mention.end <= span.end else None
        yield Told(
            span,
            tuple(s for s in attribution.source if span.start <= s.start and s.end <= span.end),
            tuple(s for s in attribution.cue if span.start <= s.start and s.end <= span.end),
            content,
            Party(side, name, inside) if side else None,
            sides_in(scene.document.text, content, scene.actors, known),
            here,
        )


def _within(content: Span, span: Span) -> Span | None:
    start, end = max(content.start, span.start), min(content.end, span.end)
    return Span(start, end) if start < end else None


def read_told(scene: Scene, said: Sequence[Told]) -> tuple[tuple[Act, ...], tuple[Position, ...]]:
    """Acts and positions of passages; of positions of one holder on one issue the surest."""
    acts: list[Act] = []
    best: dict[tuple[str, str], Position] = {}
    for told in said:
        asked = questions(scene.document.text, scene.pieces, told)
        if asked is None:
            continue
        passage, pairs = asked
        answers = scene.model.answers(scene.pieces, passage)
        acts += deeds(scene.document.text, told, pairs, answers, scene.pieces, scene.model.least["act"])
        for position in positions(told, pairs, answers, scene.pieces, scene.model.least["position"]):
            key = (position.holder.id, position.issue)
            if key not in best or position.probability > best[key].probability:
                best[key] = position
    return tuple(acts), tuple(best.values())


def _by_whom(text: str, attribution: Attribution, statement: Statement, parent: Statement | None) -> Word:
    """Whose word a statement's own positions are.

    A nested one's are the outer speaker's, unless both speak for one side; what somebody merely wants or
    thinks is the article's; all else is the speaker's own.
    """
    if parent is not None:
        outer, name = own_side(parent)
        return Word(outer == own_side(statement)[0], Party(outer, name, None) if outer else None)
    return Word(not is_attitude(" ".join(span.of(text) for span in attribution.cue)), None)


def _ascribed(position: Position, word: Word) -> Position:
    if position.ascribed or word.own:
        return position
    return replace(position, ascribed=True, by=word.by)
