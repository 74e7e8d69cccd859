"""Sentences → meetings: rounds of talks, sessions and summits with their status, place, days and parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from verbale.days import phrases
from verbale.positions.scene import Scene
from verbale.positions.sides import sides_in
from verbale.registry import OWN
from verbale.registry.tables import rows
from verbale.registry.wording import wording
from verbale.types import Attribution, Link, Meeting, Span, Statement, Status

VERSION = "1"
_COMING = {Status.SET, Status.PROPOSED, Status.POSTPONED}
# What may stand between a determiner and a meeting's noun.
_BEFORE = r"(?:(?:the|a|an|its|their|his|her|our|this|that|these|those|any|new)\s+)?(?:[\w’'-]+\s+){0,4}?"
# What may stand behind it: “of the commission”, “on the border in Port Hall”.
_BEHIND = r"(?:\s+(?:of|on|over|about|between|with|in|at|under|for)\s+(?:[\w.’'-]+\s+){0,4}?[\w.’'-]+){0,2}?"
_IN = re.compile(r"\b(?:in|at)\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that means a meeting."""

    word: str
    example: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Words that tell what has become of a meeting."""

    status: Status
    words: str
    example: str


@cache
def _nouns() -> str:
    known = sorted(
        (noun.word for _, noun in rows(OWN, "positions/meeting-nouns.csv", Noun)), key=len, reverse=True
    )
    return "|".join(re.escape(word) for word in known)


@cache
def _tellings() -> Sequence[tuple[Telling, re.Pattern[str]]]:
    slots = (
        ("meeting", rf"(?:{_BEFORE}\b(?:{_nouns()})\b{_BEHIND})"),
        ("day", r"(?:(?:on|in)\s+)?[\w.]+(?:\s+\d+)?"),
    )
    return tuple(
        (telling, wording(telling.words, slots))
        for _, telling in rows(OWN, "positions/meetings.csv", Telling)
    )


@cache
def _any_noun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_nouns()})\b", re.IGNORECASE)


def meetings_in(
    scene: Scene, attributions: Sequence[Attribution], statements: Sequence[Statement]
) -> Iterator[Meeting]:
    """The meetings on an issue that sentences tell of, one a sentence at most.

    A sentence counts that names an issue, a meeting and what has become of it; talks in general, without a
    place or a day and neither put off nor called off, are none.
    """
    for sentence in scene.sentences:
        inside = [x for x in scene.links if x.span and sentence.start <= x.span.start < sentence.end]
        words = sentence.of(scene.document.text)
        if not inside or not _any_noun().search(words):
            continue
        found = status_of(words)
        if found:
            meeting = _meeting(scene, sentence, found, inside)
            if meeting:
                yield _voiced(meeting, attributions, statements)


def status_of(words: str) -> tuple[Telling, re.Match[str]] | None:
    """The first row of the table whose words stand in a sentence, and where they do."""
    return next(((telling, match) for telling, each in _tellings() if (match := each.search(words))), None)


def _meeting(
    scene: Scene, sentence: Span, found: tuple[Telling, re.Match[str]], links: Sequence[Link]
) -> Meeting | None:
    telling, match = found
    told = Span(sentence.start + match.start(), sentence.start + match.end())
    noun = min(
        _any_noun().finditer(sentence.of(scene.document.text)),
        key=lambda m: _apart(m.start(), m.end(), match),
    )
    span = Span(sentence.start + noun.start(), sentence.start + noun.end())
    place = _place(scene, sentence, span.end)
    ahead = telling.status in _COMING
    days = [
        p.days
        for p in phrases(
            sentence.of(scene.document.text)[noun.start() :], scene.document.published, ahead=ahead
        )
    ]
    if not place and not days and telling.status not in (Status.POSTPONED, Status.CANCELLED):
        return None
    issue = min(links, key=lambda link: abs((link.span or span).start - span.start)).issue
    sides = sides_in(scene.document.text, (sentence,), scene.actors, ())
    return Meeting(
        issue,
        telling.status,
        place,
        days[0].first if days else None,
        days[0].last if days else None,
        tuple(side.id for side in sides),
        span,
        told,
        "",
        f"meetings {VERSION}: {telling.words.split('|')[0]}",
    )


def _apart(start: int, end: int, match: re.Match[str]) -> int:
    """How far a noun is from what is told; 0 inside."""
    return max(0, match.start() - end, start - match.end())


def _place(scene: Scene, sentence: Span, after: int) -> str:
    """The first place behind “in” or “at” that follows a meeting in its sentence."""
    for match in _IN.finditer(scene.document.text, after, sentence.end):
        name = next(
            (n for n in scene.names if n.span.start == match.end() and n.kind in ("place", "organisation")),
            None,
        )
        if name:
            return name.span.of(scene.document.text)
    return ""


def _voiced(
    meeting: Meeting, attributions: Sequence[Attribution], statements: Sequence[Statement]
) -> Meeting:
    """With the statement in whose content it is told, the innermost."""
    at = meeting.told.start
    holding = [a for a in attributions if any(s.start <= at < s.end for s in a.content)]
    if not holding:
        return meeting
    inner = min(holding, key=lambda a: sum(s.end - s.start for s in a.content))
    return replace(meeting, statement=next(s.id for s in statements if s.attribution == inner.id))
