"""To whom something was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from verbale.cues import either, words
from verbale.speakers.circumstances.frame import CONTENT, Frame
from verbale.speakers.circumstances.phrases import ARTICLE, capitals, names_pattern, noun_phrase
from verbale.speakers.circumstances.places import Found
from verbale.speakers.circumstances.relays import Hop

_TIMES = re.compile(r"(?:him|her|it|them)sel(?:f|ves)\b", re.IGNORECASE)


def addressee(around: Frame, chain: Sequence[Hop], sentence: str, *, spoken: bool) -> Found | None:
    """Whom a saying is told to: the object of "told", or what stands behind "a letter to" and the like.

    Args:
        around: what stands around the saying.
        chain: its relays, who are no hearers; a journalist of theirs is one.
        sentence: the frame's sentence with nothing hidden.
        spoken: whether somebody is named who says it; else the subject of "was told" may be the hearer.
    """
    found = [*_journalists(around, chain), *_objects(around, chain, sentence), *_towards(around, chain)]
    if not found and not spoken:
        found = [*_subject(around, sentence)]
    return min(found, key=lambda f: (around.away(f.start, f.end), f.start)) if found else None


@cache
def _verbs(use: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w'’-]){either(words('hearers', use))}\s+(?:also\s+|then\s+|later\s+)?", re.IGNORECASE
    )


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(rf"{either(words('hearers', 'nobody'))}\b", re.IGNORECASE)


def _objects(around: Frame, chain: Sequence[Hop], sentence: str) -> Iterator[Found]:
    for use in ("object", "direct", "question", "name"):
        for match in _verbs(use).finditer(around.text):
            found = _hearer(around, match.end(), chain, f"{use}: {match[0].strip()}")
            if (
                found
                and (use == "object" or _is_followed(around, found.end, use, sentence))
                and not _is_passive(around, match.start())
            ):
                yield found


def _is_passive(around: Frame, at: int) -> bool:
    """Whether a verb is "was told", "been asked": what stands behind is no object."""
    before = around.text[:at]
    return bool(
        re.search(
            rf"(?:\b{either(words('hearers', 'passive'))}|['’](?:m|re|s|ve))\s+(?:also\s+)?$",
            before,
            re.IGNORECASE,
        )
    )


def _subject(around: Frame, sentence: str) -> Iterator[Found]:
    """Of "I was told" and "Asked …, N replied" the subject."""
    verbs = either(word for use in ("object", "question", "direct") for word in words("hearers", use))
    verb = re.compile(rf"\b{verbs}\b", re.IGNORECASE).search(around.text, *around.cue)
    if not verb:
        return
    noun = rf"(?:(?P<words>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Yy]ou|[Tt]he\s+[\w'’-]+|{names_pattern()})\b)"
    passive = rf"(?:\s+{either(words('hearers', 'passive'))}|['’](?:m|re|ve\s+been))\b"
    before = list(re.finditer(rf"\b{noun}{passive}", around.text[: verb.start()]))
    if before:
        yield Found(*before[-1].span("words"), f"subject: {verb[0]}", 0.8)
    elif not re.search(r"\w", around.text[: verb.start()]):
        content = re.compile(r"[^\x01]*\x01+").match(around.text, verb.end())
        after = re.compile(rf",?\s+{noun}").match(sentence, content.end()) if content else None
        if after:
            yield Found(*after.span("words"), f"subject: {verb[0]}", 0.7)


def _is_followed(around: Frame, end: int, use: str, sentence: str) -> bool:
    """Whether the saying itself follows an object: "warned them that", "asked them whether"."""
    rest = around.text[end:]
    if use == "name":
        return around.text[:end].split()[-1][0].isupper() and bool(re.match(r"[\s.,:]*(?:$|\x01)", rest))
    if re.match(r"\s+to\s", sentence[end:]):
        return False
    if use == "direct":
        return bool(re.match(r"[\s,:“\"]*(?:that\s*)?\x01", rest))
    return bool(
        re.match(r"[\s,:“\"]*(?:whether|if|why|how|what|when|where|who|about)\b|[\s,:“\"]*\x01", rest)
    )


def _towards(around: Frame, chain: Sequence[Hop]) -> Iterator[Found]:
    for match in _verbs("towards").finditer(around.text):
        if found := _hearer(around, match.end(), chain, f"towards: {match[0].strip()}"):
            yield found
    crowd = either(words("hearers", "people"))
    for match in re.finditer(rf"\bto\s+(?P<words>{ARTICLE}?(?:[\w-]+\s+){{0,2}}?{crowd})\b", around.text):
        yield Found(*match.span("words"), "people", 0.85)
    for match in _nouns().finditer(around.text):
        if found := _hearer(around, match.end(), chain, f"noun: {match[0].strip()}"):
            yield found


@cache
def _nouns() -> re.Pattern[str]:
    """A noun and what brings its hearer: "a letter to", "a speech on Monday to", "testimony before"."""
    day = rf"(?:(?:on\s+)?{either(words('days', 'weekday'))}\s+|(?:yesterday|(?:last|this)\s+\w+)\s+)?"
    return re.compile(
        rf"\b{either(words('hearers', 'noun'))}\s+{day}(?:to|with|before)\s+",
        re.IGNORECASE,
    )


def _hearer(around: Frame, at: int, chain: Sequence[Hop], rule: str) -> Found | None:
    if _nobody().match(around.text, at) or _TIMES.match(around.text, at):
        return None
    end = noun_phrase(around.text, at)
    if end == at or any(hop.outlet.start < end and at < hop.outlet.after for hop in chain):
        return None
    if CONTENT in around.text[at:end] or re.fullmatch(
        r"(?:me|us|this\s+\w+)", around.text[at:end], re.IGNORECASE
    ):
        return None
    return Found(at, end, rule, 0.9)


def _journalists(around: Frame, chain: Sequence[Hop]) -> Iterator[Found]:
    """A relay's own person: "told N's Tolu Keza", "told N anchor Tolu Keza"."""
    titled = re.compile(rf"(?:[\w-]+\s+){{0,3}}?{either(words('hearers', 'journalist'))}\b", re.IGNORECASE)
    for hop in chain:
        if hop.pattern.name.split()[0] not in (
            "told",
            "tells",
            "telling",
            "interview",
            "interviewed",
            "speaking",
            "spoke",
        ):
            continue
        at = hop.outlet.after
        if titled.match(around.text, at):
            yield Found(at, noun_phrase(around.text, at), "journalist", 0.8)
        elif re.search(r"['’]s?\s+$", around.text[hop.outlet.end : at]):
            run = capitals().match(around.text, at)
            if run and 2 <= len(run[0].split()) <= 4:
                yield Found(at, run.end(), "journalist", 0.7)
