"""Through whom words came: agencies, papers, broadcasters, magazines, sites and platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from verbale.cues import either, rows, words
from verbale.speakers.circumstances.frame import HIDDEN, Frame, frame
from verbale.speakers.circumstances.outlets import Outlet, read
from verbale.speakers.context import Context
from verbale.types import Attribution, Reason, Relay

_TELLING = ("told", "tells", "telling", "interview", "seen", "obtained", "questions")
_SCORE = {"registry": 0.95, "called": 0.9, "named": 0.8, "tagged": 0.7, "initials": 0.65, "bare": 0.6}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to tell of a relay: the words before the outlet and behind it."""

    name: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    hop: str
    strength: str
    word: str  # one of the pattern's words, in lower case: a text without it needs no closer look


@dataclass(frozen=True, slots=True)
class Hop:
    """A relay in a frame, and how it was found."""

    outlet: Outlet
    pattern: Pattern


@cache
def _patterns() -> tuple[Pattern, ...]:
    weekday, hour = (either(words("days", use)) for use in ("weekday", "hour"))
    day = rf"(?:(?:on\s+)?{weekday}(?:\s+{hour})?|yesterday|last\s+week)"
    found = []
    for row in rows("relays"):
        before, behind = (
            re.escape(part.strip()).replace(r"\ ", r"\s+").replace(r"\{day\}", day)
            for part in row["pattern"].split("{outlet}")
        )
        found.append(
            Pattern(
                row["pattern"],
                re.compile(rf"(?<![\w'’-]){before}\s+", re.IGNORECASE) if before else None,
                re.compile(rf"\s+{behind}\b") if behind else None,
                row["hop"],
                row["strength"],
                max(re.findall(r"[a-z]+", re.sub(r"\{\w+\}", "", row["pattern"]).casefold()), key=len),
            )
        )
    return tuple(found)


def relays(context: Context, attribution: Attribution) -> tuple[tuple[Relay, ...], tuple[Reason, ...]]:
    """The chain that words came through, as the attribution's own sentence tells it.

    Args:
        context: the document with what was found in it.
        attribution: whose source is never a relay of itself.

    Returns:
        From the nearest to the outlet down to the speaker, and a reason for each.
    """
    around = frame(context, attribution, documents=True)
    if around is None:
        return (), ()
    found = hops(context, attribution, around)
    chain = tuple(_relay(around, hop) for hop in found)
    return chain, tuple(
        Reason(
            "relays", hop.pattern.name, "1", _SCORE[hop.outlet.known], f"{relay.name!r}: {hop.outlet.known}"
        )
        for hop, relay in zip(found, chain, strict=True)
    )


def hops(context: Context, attribution: Attribution, around: Frame) -> tuple[Hop, ...]:
    """The relays of a frame in the order of the chain."""
    key = (attribution.id, around.text)
    if key not in context.hops:
        context.hops[key] = _hops(context, attribution, around)
    return context.hops[key]


def _hops(context: Context, attribution: Attribution, around: Frame) -> tuple[Hop, ...]:
    best: list[Hop] = []
    for hop in sorted(_candidates(context, around), key=lambda h: (-_SCORE[h.outlet.known], h.outlet.start)):
        if not any(_overlap(hop.outlet, other.outlet) for other in best) and not _is_source(
            context, attribution, around, hop
        ):
            best.append(hop)
    return tuple(sorted(best, key=lambda h: (h.pattern.hop != "outer", h.outlet.start)))


def _overlap(one: Outlet, other: Outlet) -> bool:
    same = one.actor is not None and one.actor == other.actor
    return same or (one.start < other.end and other.start < one.end)


def _candidates(context: Context, around: Frame) -> Iterator[Hop]:
    lower = around.text.casefold()
    for pattern in _patterns():
        if pattern.word not in lower:
            continue
        if pattern.before:
            for match in pattern.before.finditer(around.text):
                outlet = read(context, around, match.end())
                if outlet and _fits(around, outlet, pattern):
                    yield Hop(outlet, pattern)
        elif pattern.behind:
            for match in pattern.behind.finditer(around.text):
                outlet = _before(context, around, match.start())
                if outlet and _fits(around, outlet, pattern):
                    yield Hop(outlet, pattern)


def _before(context: Context, around: Frame, end: int) -> Outlet | None:
    """The outlet that ends at an offset: tried from each word before it, the longest first."""
    starts = [m.start() for m in re.finditer(r"(?<![^\s\x01-\x03,])[^\s\x01-\x03,]", around.text[:end])][-6:]
    for start in starts:
        if any(mark in around.text[start:end] for mark in (*HIDDEN, ",", ";")):
            continue
        outlet = read(context, around, start)
        if outlet and around.text[outlet.end : end].strip('”"’ ') in ("", *words("outlets", "noun")):
            return outlet
    return None


def _fits(around: Frame, outlet: Outlet, pattern: Pattern) -> bool:
    """Whether a pattern is enough for what is known of the outlet."""
    if pattern.before and pattern.behind and not pattern.behind.match(around.text, outlet.end):
        return False
    if pattern.strength == "platform":
        return outlet.role == "platform"
    if outlet.known == "bare":
        return pattern.strength == "strong" and pattern.before is not None
    if outlet.known in ("tagged", "initials"):
        return pattern.strength == "strong" or pattern.name.split()[0] in _TELLING
    return True


def _is_source(context: Context, attribution: Attribution, around: Frame, hop: Hop) -> bool:
    """Whether the outlet is the attribution's own source, under its name."""
    text = context.document.text
    name = around.text[hop.outlet.start : hop.outlet.end].casefold()
    return any(re.sub(r"^the\s+", "", span.of(text).casefold()) == name for span in attribution.source)


def _relay(around: Frame, hop: Hop) -> Relay:
    outlet = hop.outlet
    name = around.text[outlet.start : outlet.end]
    return Relay(outlet.actor, name, outlet.role, around.span(outlet.start, outlet.end))


__all__ = ["Hop", "hops", "relays"]
