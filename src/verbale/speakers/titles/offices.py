"""The words of a title that are the office: neither its state, nor its body, nor a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verbale.speakers.titles.heads import Parts, Phrase
from verbale.speakers.titles.parts import Sort, Word

_UNPRINTED = ("definite", "indefinite", "counted", "many", "individual", "american")
_SENT = ("to", "for", "at", "in", "on")


def office(read: Phrase, words: str, body: frozenset[int]) -> str:
    """The printed title without state, body and name, with the place that it is of or at.

    Args:
        read: the phrase; "" when it has no head.
        words: that it was cut from.
        body: starts of the words that name the body.
    """
    if read.head is None:
        return ""
    kept = [
        word
        for part in (*read.before, read.head)
        for word in part.words
        if part.sort is not Sort.STATE and part.use not in _UNPRINTED and word.start not in body
    ]
    while kept and kept[0].key in ("and", "or"):
        del kept[0]
    printed = "".join(_spaced(kept, words))
    return printed if read.name and not read.last else printed + _place(read, words)


def _spaced(kept: Sequence[Word], words: str) -> Iterator[str]:
    """Words with a blank, or the hyphen that was printed, between them."""
    end = -1
    for word in kept:
        if end >= 0:
            yield "-" if word.start == end + 1 and words[end : end + 1] == "-" else " "
        yield word.text + ("’s" if word.possessive and word is not kept[-1] else "")
        end = word.end


def _place(read: Phrase, words: str) -> str:
    """What belongs to the office itself, neither its state nor its body: "to the U.S.", "of Bern"."""
    for complement in read.complements[:1]:
        place = f" {complement.preposition} {_printed(complement.parts, words)}"
        if read.posted and complement.preposition in _SENT:
            return place
        if complement.preposition == "of" and not read.posted:
            own = read.head is not None and read.head.noun is not None and read.head.noun.sort == "office"
            return place if own and not _told(complement.parts) else ""
    return ""


def _told(parts: Parts) -> bool:
    """Whether a complement is a state or a body, which are told apart from the office."""
    organised = any(p.noun and p.noun.sort == "body" for p in parts) and any(p.capital for p in parts)
    if organised or any(p.sort is Sort.BODY for p in parts):
        return True
    hows = {a.how for p in parts for a in p.actors}
    return bool(hows) and hows != {"capital"} and all(p.sort in (Sort.STATE, Sort.USE) for p in parts)


def _printed(parts: Parts, words: str) -> str:
    return words[parts[0].words[0].start : parts[-1].words[-1].end]
