"""A noun phrase → what kind of voice its words alone make, as docs/guidelines/speakers.md draws the lines."""

from __future__ import annotations

import re

from verbale.speakers.titles.heads import Phrase
from verbale.speakers.titles.parts import Part, Sort
from verbale.types import Speaking

_SOMEBODY = re.compile(r"(?:ists?|ians?|ers?|ors?|[^u]m[ae]n|wom[ae]n|persons?|goers|makers?|ants?)$")
Kind = tuple[Speaking | None, str]


def voice(read: Phrase, person: bool) -> Kind:
    """The kind of voice and why; None when the words do not tell."""
    if person:
        return Speaking.PERSON, "a personal name"
    if read.head is None:
        return _unknown(read)
    if read.head.noun is not None:
        return _noun(read)
    if read.head.sort is Sort.BODY:
        return Speaking.BODY, f"{read.head.key!r} is a body's name"
    return _state(read)


def _state(read: Phrase) -> Kind:
    assert read.head is not None
    hows = {a.how for a in read.head.actors}
    if "people" in hows or (hows == {"adjective"} and "definite" in read.uses):
        return Speaking.GROUP, f"{read.head.key!r} is a people"
    if hows == {"adjective"}:
        return None, ""
    return Speaking.STATE, f"{read.head.key!r} is a state's {', '.join(sorted(hows))}"


def _noun(read: Phrase) -> Kind:
    assert read.head is not None and read.head.noun is not None
    noun, word = read.head.noun, read.head.key
    if noun.sort in ("office", "person", "human", "courtesy"):
        return _people(read)
    if noun.sort == "pronoun":
        return None, ""
    if noun.sort in ("group", "nameless"):
        kind = Speaking.NAMELESS if "individual" in read.uses else Speaking(noun.sort)
        return kind, f"{word!r} stands for people"
    if noun.sort == "state":
        return Speaking.STATE, f"{word!r} is a government"
    if noun.many and noun.sort == "body":
        return Speaking.GROUP, f"{word!r} are several bodies"
    return Speaking.BODY, f"{word!r} is a body" if noun.sort == "body" else f"{word!r} is a document"


def _people(read: Phrase) -> Kind:
    assert read.head is not None and read.head.noun is not None
    noun, word, uses = read.head.noun, read.head.key, read.uses
    if noun.many:
        if "individual" in uses or "counted" in uses:
            return Speaking.NAMELESS, f"{word!r} are some who are not named"
        if "many" in uses:
            return Speaking.GROUP, f"{word!r} are people of a kind"
        return Speaking(noun.others), f"{word!r} without names"
    if noun.sort == "courtesy":
        return None, ""
    if "indefinite" in uses or "many" in uses or "former" in uses or noun.sort in ("person", "human"):
        return Speaking.NAMELESS, f"{word!r} is one who is not named"
    if uses & {"definite"} or read.owner or noun.role:
        return Speaking.OFFICE, f"{word!r} is an office"
    return Speaking.NAMELESS, f"{word!r} is one who is not named"


def _unknown(read: Phrase) -> Kind:
    """A noun that no table has: its ending may tell."""
    last = read.before[-1] if read.before else None
    if last is not None and "definite" in read.uses and _initials(last):
        return Speaking.BODY, f"{last.key!r} is printed like a body's initials"
    if last is not None and (last.use == "many" or last.key in ("percent", "per cent")):
        return Speaking.GROUP, f"{last.key!r} of them"
    if last is None or last.sort is not Sort.WORD or last.capital:
        return None, ""
    word = last.key
    many = word.endswith("s") and not word.endswith("ss")
    if not _SOMEBODY.search(word) or word in ("other", "others", "however", "never"):
        return None, ""
    if many and not {"individual", "counted"} & read.uses:
        return Speaking.GROUP, f"{word!r} ends like people of a kind"
    return Speaking.NAMELESS, f"{word!r} ends like a person"


def _initials(part: Part) -> bool:
    word = part.words[-1].text.replace(".", "")
    return part.sort is Sort.WORD and 2 <= len(word) <= 6 and word.isupper()
