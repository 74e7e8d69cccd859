"""By what medium something was said: an interview, a speech, a statement, a post …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from verbale.cues import either, plain, values, words
from verbale.speakers.circumstances.frame import Frame
from verbale.speakers.circumstances.phrases import ARTICLE, medium_head
from verbale.speakers.circumstances.places import Found
from verbale.speakers.circumstances.relays import Hop
from verbale.speakers.context import Context
from verbale.types import Attribution


def medium(context: Context, attribution: Attribution, around: Frame, chain: Sequence[Hop]) -> Found | None:
    """The medium of a saying, as its sentence tells: a noun behind "in" or "told", a verb such as "tweeted".

    Args:
        context: the document with what was found in it.
        attribution: whose source may be a medium itself ("a statement said").
        around: what stands around the saying.
        chain: its relays; what is said on a platform is a post.
    """
    found = [*_nouns(around), *_verbs(around), *_cue(around)]
    if found:
        return min(found, key=lambda f: (-f.score, around.away(f.start, f.end), f.start))
    text = context.document.text
    return _in_which(around, attribution, text) or _platform(chain) or _source(around, attribution, text)


@cache
def _noun() -> re.Pattern[str]:
    nouns = either((*words("media", "noun"), *(w + "s" for w in words("media", "noun") if w[-1].islower())))
    return re.compile(
        r"\w+\s+"
        rf"(?P<words>(?:[\w$@#][\w'’&.@-]*\s+|\d{{1,2}},\s+(?=\d{{4}}\s)){{0,6}}?(?P<noun>{nouns}))\b(?!['’-])"
    )


_LEAD = re.compile(
    r"\b(?:in|at|during|via|by|from|on|through|issued|released|held|holds|holding|told|gave|giving|sent|wrote|published|posted|delivered"
    r"|with|(?:hour|hours|minutes|half|part|course|middle|end|start|beginning)\s+of)\s",
    re.IGNORECASE,
)
_FOLLOWED = r"(?=\s*$|\s*[,:]|\s+(?:that|to|in|on|at|about|for|with|against|of|by|from|\w+ing)\b)"
_SEVERAL = re.compile(r"^(?:\w+\s+)?(?:pair|series|couple|number|string|round)\s+of\s+")
_PREPOSITION = re.compile(
    r"\b(?:in|at|during|via|by|from|on|to|with|of|for|about|after|before|that|and|who|which)\s", re.IGNORECASE
)


def _nouns(around: Frame) -> Iterator[Found]:
    kinds = values("media", "noun", "kind")
    for lead in _LEAD.finditer(around.text):
        match = _noun().match(around.text, lead.end() - 1 - len(lead[0].split()[-1]))
        if not match:
            continue
        noun = plain(match["noun"])
        kind = kinds.get(noun) or kinds.get(noun.removesuffix("s"))
        before = _SEVERAL.sub("", match["words"][: -len(match["noun"])])
        if not kind or _PREPOSITION.search(f"{before} "):
            continue
        yield Found(*match.span("words"), f"noun: {noun}", 0.9, kind)


def _cue(around: Frame) -> Iterator[Found]:
    """A noun of the cue itself: "issued a statement", "a speech regarding"."""
    kinds = values("media", "noun", "kind")
    cue = around.text[slice(*around.cue)]
    for match in re.finditer(
        rf"\b(?P<noun>{either(words('media', 'noun'))})(?P<many>(?:e?s)?)\b(?!['’-]){_FOLLOWED}", cue
    ):
        kind = kinds[plain(match["noun"])]
        if kind == "call" or not (
            (match["many"] and match.start()) or re.search(rf"\b{ARTICLE}", cue[: match.start()])
        ):
            continue
        start, end = (around.cue[0] + at for at in match.span())
        yield Found(start, end, f"cue: {match[0]}", 0.85, kind)


def _verbs(around: Frame) -> Iterator[Found]:
    verbs = values("media", "verb", "kind")
    for match in re.finditer(rf"\b{either(words('media', 'verb'))}\b(?!-)", around.text, re.IGNORECASE):
        own = around.cue[0] <= match.start() < around.cue[1]
        if own or match[0].casefold() == "testifying" or match[0][0].isupper():
            yield Found(*match.span(), f"verb: {plain(match[0])}", 0.85, verbs[plain(match[0])])


def _in_which(around: Frame, attribution: Attribution, text: str) -> Found | None:
    """The noun of "a lecture in which he described": the clause is the saying."""
    spans = (*attribution.source, *attribution.cue) or attribution.content
    first = min(span.start for span in spans)
    if attribution.source and plain(attribution.source[0].of(text)) in ("that", "which"):
        pattern = rf"(?P<words>{ARTICLE}?(?:[\w-]+\s+)??(?P<noun>{either(words('media', 'noun'))}))"
        own = re.search(rf"\b{pattern},?\s+$", text[around.start : max(first, around.start)])
        if own:
            kind = values("media", "noun", "kind")[plain(own["noun"])]
            return Found(*own.span("words"), "that", 0.85, kind)
    pattern = rf"(?P<words>{ARTICLE}?(?:[\w-]+\s+)??(?P<noun>{either(words('media', 'noun'))}))"
    match = re.search(
        rf"\b{pattern}\s+(?:(?:on|last)\s+\w+\s+)?(?:in|during)\s+which\s+$",
        text[around.start : max(first, around.start)],
    )
    if not match:
        return None
    return Found(
        *match.span("words"), "in which", 0.85, values("media", "noun", "kind")[plain(match["noun"])]
    )


def _platform(chain: Sequence[Hop]) -> Found | None:
    found = next((hop.outlet for hop in chain if hop.outlet.role == "platform"), None)
    return Found(found.start, found.end, "platform", 0.7, "post") if found else None


def _source(around: Frame, attribution: Attribution, text: str) -> Found | None:
    """A source that is the medium: "a statement by the ministry"."""
    if not attribution.source:
        return None
    span = attribution.source[0]
    kinds = {**values("media", "noun", "kind"), **values("media", "source", "kind")}
    match = medium_head(span.of(text))
    if not match:
        return None
    start = span.start - around.start
    return Found(start, start + match.end(), "source", 0.7, kinds[plain(match["noun"])])
