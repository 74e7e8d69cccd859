"""What a mention tells of a person's gender: a pronoun, a title or a given name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.registry.names import normal
from verbale.speakers.titles.words import given_names, nouns

if TYPE_CHECKING:
    from verbale.speakers.entities import Entity

_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_LONGEST = 200  # characters that are read
_BEFORE = 40  # characters before a name that are read
# A dot behind a short capitalised word is an abbreviation's: "Mr.", "Capt."
_BREAK = re.compile(r"(?:(?<![A-Z][a-z])(?<![A-Z][a-z]{2})(?<![A-Z][a-z]{3})\.|[;:!?\n])[\s”\"’]+|,\s")
_RELATIVE = re.compile(r"((?:[Hh]is|[Hh]er|[Tt]heir|['’]s)\s(?:[\w-]+\s)?[\w-]+),\s$")  # "her husband, N"
_COURTESY = re.compile(r"\b(Mr|Mrs|Ms|Miss|MR|MRS|MS|MISS)\.?\s$")
_TITLES = ("courtesy", "office", "person", "human")


def gender(mention: str) -> str:
    """What a mention's own words tell: "m", "f" or "".

    A pronoun tells before a title, a title before a given name; "they" and "it" tell nothing.

    Args:
        mention: as printed, with or without a title and a name.
    """
    words = [w for w in (normal(w) for w in re.split(r"[\s,()]+", mention[:_LONGEST])) if w]
    if len(words) == 1 and words[0] in _PRONOUNS:
        return _PRONOUNS[words[0]]
    return _titled(words) or _given(words)


def gender_of(text: str, entity: Entity) -> str:
    """What a text tells of an entity's gender: the first title before its names, else the first given name.

    Args:
        text: the document's.
        entity: whose names it has; only a person has a gender.
    """
    if entity.kind != "person":
        return ""
    names = [(n.span, n.span.of(text)) for n in entity.names]
    for span, _ in names:
        before = _BREAK.split(_RELATIVE.sub(r"\1 ", text[max(0, span.start - _BEFORE) : span.start]))[-1]
        if found := _titled([normal(w) for w in before.split()[-3:]]):
            return found
    whole = [words for _, words in names if len(words.split()) > 1] or [words for _, words in names]
    return next((found for words in whole if (found := gender(words))), "")


def courtesy(text: str, start: int) -> str:
    """The gender that "Mr." or "Ms." right before a place tells, "" for none."""
    before = _COURTESY.search(text[max(0, start - 6) : start])
    return "" if before is None else "m" if before[1].lower() == "mr" else "f"


def _titled(words: list[str]) -> str:
    """The gender of the last title among words, the longest first."""
    for at in range(len(words) - 1, -1, -1):
        for count in (2, 1):
            noun = nouns().get(" ".join(words[at : at + count]))
            if noun and noun.sort in _TITLES and noun.gender:
                return noun.gender
    return ""


def _given(words: list[str]) -> str:
    if len(words) < 2 and (not words or words[0] not in given_names()):
        return ""
    known = [given_names()[w] for w in words[:-1] or words if given_names().get(w)]
    return known[0] if known else ""
