"""Where something was said: an event, a building, a town."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from verbale.cues import either, words
from verbale.speakers.circumstances.frame import Frame
from verbale.speakers.circumstances.phrases import ARTICLE, NAME_WORD
from verbale.speakers.circumstances.relays import Hop
from verbale.speakers.context import Context
from verbale.types import Span


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a frame that tell a circumstance, the rule that found them, and how sure it is.

    Attributes:
        kind: of a medium its kind.
    """

    start: int
    end: int
    rule: str
    score: float
    kind: str = ""


def venue(context: Context, around: Frame, chain: Sequence[Hop]) -> Found | None:
    """The place or event at which something was said, as its sentence tells.

    An event or a building counts before a town; of several the nearest to the cue.

    Args:
        context: the document with what was found in it.
        around: what stands around the saying.
        chain: its relays, which are no places.
    """
    found = [f for f in (*_events(around), *_towns(context, around)) if not _is_relay(f, chain)]
    return min(found, key=lambda f: (-f.score, around.away(f.start, f.end), f.start)) if found else None


def _is_relay(found: Found, chain: Sequence[Hop]) -> bool:
    return any(hop.outlet.start < found.end and found.start < hop.outlet.after for hop in chain)


_SPEAKING = re.compile(r"\b(?:speaking|spoke|speech|address|reporting|calling|interview)\s+$", re.IGNORECASE)
_AMONG_OTHERS = re.compile(
    r"\b(?:particularly|especially|including|notably|even|mainly|mostly)\s+$", re.IGNORECASE
)
_LEAD = re.compile(r"\b(?:at|in|outside|inside|during|from|near|aboard|on|around|across)\s", re.IGNORECASE)


@cache
def _event() -> re.Pattern[str]:
    """A preposition and a phrase whose noun is an event or a place, with "in Pelm" and the like behind it."""
    nouns = either((*words("venues", "event"), *words("venues", "place")))
    word = r"[\w$][\w'’&.-]*"
    day = either((*words("days", "weekday"), *words("days", "month")))
    name = rf"(?:{NAME_WORD}|[\w'’-]+)(?:\s+{NAME_WORD})*"
    tail = rf"(?:\s+(?:of|in|at|to|on|for|near|outside|with)\s+(?!{day})(?i:{ARTICLE})?{name})"
    return re.compile(
        rf"\w+\s+"
        rf"(?P<words>(?:{word}\s+){{0,7}}?(?i:{nouns})\b(?!['’-]|\s+calls?\b){tail}{{0,2}})"
    )


def _events(around: Frame) -> Iterator[Found]:
    for lead in _LEAD.finditer(around.text):
        match = _event().match(around.text, lead.start())
        if match and re.search(r"\bcent(?:er|re) of\b", match["words"]):
            continue
        if not match or _broken(match["words"]) or _briefing().search(match["words"]):
            continue
        yield Found(*match.span("words"), f"event: {match[0].split()[0].casefold()}", 0.8)


@cache
def _briefing() -> re.Pattern[str]:
    """A medium of several words, such as "news conference", is no venue."""
    return re.compile(rf"\b{either(word for word in words('media', 'noun') if ' ' in word)}\b", re.IGNORECASE)


@cache
def _breaks() -> re.Pattern[str]:
    preposition = (
        "at|in|outside|inside|during|from|near|aboard|on|before|told|that|who|which|and|with|by|for|to"
    )
    nouns = either((*words("venues", "event"), *words("venues", "place")))
    return re.compile(rf"^(?:(?!{nouns}).)*?\b(?:{preposition})\b(?:(?!{nouns}).)*?{nouns}", re.IGNORECASE)


def _broken(phrase: str) -> bool:
    """Whether another preposition stands before the noun: then that one is its own."""
    return bool(_breaks().match(phrase))


@cache
def _never() -> frozenset[str]:
    months = (*words("days", "month"), *words("days", "weekday"))
    return frozenset(word.casefold() for word in (*words("venues", "never"), *months))


def _towns(context: Context, around: Frame) -> Iterator[Found]:
    """A capitalised name behind "in", or behind "at" and the like."""
    for match in re.finditer(r"\b((?i:in|at|from|outside|near|around|across))\s+(?:the\s+)?", around.text):
        run = re.compile(rf"{NAME_WORD}(?:\s+{NAME_WORD})*(?:,\s+{NAME_WORD}(?:\s+{NAME_WORD})*)?").match(
            around.text, match.end()
        )
        if match[1].casefold() == "from" and not _SPEAKING.search(around.text, 0, match.start()):
            continue
        first = re.sub(r"['’]s?$|[.,]$", "", run[0].split()[0]) if run else ""
        if not run or first.casefold() in _never() or run[0][0].isdigit():
            continue
        if _medium_behind().match(around.text, run.end()):
            continue
        if _AMONG_OTHERS.search(around.text, 0, match.start()):
            continue
        kinds = _kinds(context, around, run.start(), run.end())
        alone = re.match(
            r"[.,;:]|\s*$|\s*[\x01-\x03]|\s+(?:on|at|in|during|for|that|to|with)\b", around.text[run.end() :]
        )
        if _is_place(match[1].casefold(), kinds, alone is not None):
            end = run.end() - (1 if run[0].endswith(".") and len(run[0]) > 5 else 0)
            yield Found(run.start(), end, f"place: {match[1]}", 0.7 if "place" in kinds else 0.6)


@cache
def _medium_behind() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:[\w-]+\s+)?{either(words('media', 'noun'))}\b", re.IGNORECASE)


def _is_place(preposition: str, kinds: Sequence[str], alone: bool) -> bool:
    """Whether a name is a place: tagged as one, or untagged behind "in" and with no noun behind it."""
    if preposition == "at":
        return "person" not in kinds
    return "place" in kinds or (not kinds and alone and preposition == "in")


def _kinds(context: Context, around: Frame, start: int, end: int) -> list[str]:
    span = Span(around.start + start, around.start + end)
    return [n.kind for n in context.names if n.span.start < span.end and span.start < n.span.end]
