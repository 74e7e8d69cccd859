"""Noun phrases, read without a parser: from a word on, up to a word that cannot belong to them."""

from __future__ import annotations

import re
from functools import cache

from verbale.cues import either, words

ARTICLE = r"(?:(?:the|a|an|his|her|their|its|our|my|this|that|these|those|one|some|several|many)\s+)"
NAME_WORD = r"(?:[^\W\d_a-z][\w’'&./-]*|\d+(?=\s+[A-Z]))"
_OTHERS = r"(?:of|for|to|with|in|at|on|from|who|which|that|whose|by|and)\b"
_NO_ADVERB = frozenset(("daily", "weekly", "rally", "family", "assembly", "monthly", "elderly"))
_IN_A_NAME = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day [A-Z][a-z]")
_LONGEST = 9  # words


@cache
def _stop() -> re.Pattern[str]:
    days = either(word for use in ("weekday", "day", "span") for word in words("days", use))
    return re.compile(rf"(?:{either(words('clauses', 'stop'))}|{days})(?![\w'’-])", re.IGNORECASE)


def noun_phrase(text: str, at: int) -> int:
    """Where the noun phrase ends that begins at an offset; the offset itself when none does.

    It ends before prepositions other than "of", before conjunctions, verbs' helpers and times; "and" goes on
    when a noun may follow.
    """
    end, position, count = at, at, 0
    word = re.compile(r"[\w$€£@#][\w’'&.@/-]*")
    while count < _LONGEST and (match := word.match(text, position)):
        token = match[0]
        if count and token.casefold() in ("of", "and"):
            following = word.match(text, match.end() + 1)
            if not following or not _goes_on(token, following[0]):
                break
        elif _ends_before(text, position, token, first=count == 0):
            break
        stripped = len(token) - len(token.rstrip(".'’"))
        goes_on = re.match(r" [^\W\d_a-z]", text[match.end() : match.end() + 2])
        abbreviated = goes_on and len(token.rstrip(".")) <= 4 and token[:1].isupper()
        end = match.end() - (stripped if not abbreviated else 0)
        count += 1
        if end != match.end() or match.end() >= len(text) or text[match.end()] != " ":
            break
        position = match.end() + 1
    return end


def _ends_before(text: str, position: int, token: str, *, first: bool) -> bool:
    if _IN_A_NAME.match(text, position) and re.search(r"\b[Tt]he $", text[:position]):
        return False  # "the Sunday Times"
    if _stop().match(text, position):
        return not (first and token.casefold() in ("this", "that", "those"))
    adverb = token.islower() and re.fullmatch(r"\w{4,}ly", token) and token not in _NO_ADVERB
    return bool(adverb) and not first


def medium_head(words_: str) -> re.Match[str] | None:
    """The medium that a source is itself, its group `noun`: "a leaked letter by N"; None for others."""
    nouns = either((*words("media", "noun"), *words("media", "source")))
    word = rf"(?!{_OTHERS})[\w'’./,-]+\s+"
    parts = rf"(?:pair|series|results|pages|average|batch)\s+of\s+(?:{word}){{0,4}}?"
    noun = rf"(?P<noun>{nouns}|Poll|Survey)s?\b(?!['’-])"
    return re.match(rf"(?i:{ARTICLE})?(?:{word}){{0,6}}?(?:{parts})?{noun}", words_)


def is_stop(word: str) -> bool:
    """Whether a word, in any case, can begin no name: "As", "He"."""
    return _stop().fullmatch(word) is not None


def _goes_on(joint: str, following: str) -> bool:
    if _stop().fullmatch(following):
        return False
    return joint.casefold() == "of" or following[0].isupper() or following.endswith("s")


def names_pattern() -> str:
    """A pattern for a run of capitalised words, with "of", "and the" and the like between them."""
    joint = r"(?:\s+(?:of|the|and|&|de|du|la|le|del|al|el|für|van|with|to)){0,2}"
    return rf"{NAME_WORD}(?:{joint}\s+(?:{NAME_WORD}|\d+\b))*"


@cache
def capitals() -> re.Pattern[str]:
    """The compiled `names_pattern`."""
    return re.compile(names_pattern())
