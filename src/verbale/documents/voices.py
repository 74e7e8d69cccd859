"""Which voice a document has: a report, a transcript, a statement, a speech or a post."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from verbale.layout import Layout, alternatives, is_a, layout, lines, rows, words
from verbale.turns import turns
from verbale.types import Voice

_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|us|I['’]m|we['’]re)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?")
_SPOKEN = 0.02  # share of first persons among a speech's words, outside quotation marks
_REPORTED = 0.4  # share of lines that tell what others say, from which on a text is a report
_DATELINE = re.compile(r"^[^\n]{0,80}\([A-Z][\w .&’'-]{1,40}\)\s*[-–—]", re.MULTILINE)
_LONGEST_POST, _LINES_OF_POST = 2500, 25
_SHORT_POST = 700  # characters of one that has two tags or handles and nothing else to tell it by
_MARKED = 0.4  # share of a post's lines with a mark
_TAG = re.compile(r"(?:^|\s)[@#]\w{2,}")


def voice_of(text: str, title: str = "", url: str = "") -> Voice:
    """Tell what kind of document a text is, by its shape and by the words of its head and opening.

    Args:
        text: the document's.
        title: "" where it is not known.
        url: "" where it is not known.
    """
    if turns(text):
        return Voice.TRANSCRIPT
    if _on_platform(url):
        return Voice.POST
    parts = layout(text)
    if _DATELINE.search(text[:400]) or _reported(text, parts) >= _REPORTED:
        return Voice.REPORT
    if _is_post(text):
        return Voice.POST
    places = _places(text, title, parts)
    for voice, where, pattern in _patterns():
        if any(map(pattern.search, places[where])):
            if voice is Voice.SPEECH and _first_persons(text) < _SPOKEN:
                continue
            return voice
    return Voice.REPORT


def _places(text: str, title: str, parts: Layout) -> dict[str, list[str]]:
    """The words that each kind of pattern is looked for in."""
    head = [title, *(line.of(text) for line in parts.head)]
    opening = [line.of(text) for line in parts.body[:2]]
    return {
        "head": head,
        "prepared": head,
        "salutation": [line for line in opening if is_a("salutation", line)],
        "subject": opening[:1],
        "aside": [text],
    }


def _reported(text: str, parts: Layout) -> float:
    """The share of lines in which somebody is said to say something."""
    verb = re.compile(rf"\b{alternatives('told')}\b")
    told = [bool(verb.search(_QUOTED.sub("", line.of(text)))) for line in parts.body]
    return sum(told) / max(1, len(told))


def _on_platform(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # no address
        return False
    return ".".join(host.split(".")[-2:]) in words("platform")


def _is_post(text: str) -> bool:
    every = [line.of(text) for line in lines(text)]
    if not every or len(text) > _LONGEST_POST or len(every) > _LINES_OF_POST:
        return False
    marks = [_marks(line) for line in every]
    kinds = set[str]().union(*marks)
    dense = sum(bool(mark) for mark in marks) >= _MARKED * len(every)
    headed = any("handle" in mark for mark in marks[:2])
    short = len(text) <= _SHORT_POST and len(every) <= 4 and len(_TAG.findall(text)) >= 2
    return short or (dense and len(kinds) >= 2) or (headed and len(kinds) >= 2)


def _marks(line: str) -> set[str]:
    """The kinds of marks in a line that posts have."""
    return {name for name, pattern in _marks_of_posts() if pattern.search(line)}


@cache
def _marks_of_posts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["mark"], re.compile(row["pattern"])) for row in rows("posts.csv"))


def _first_persons(text: str) -> float:
    own = _QUOTED.sub("", text)
    return len(_FIRST_PERSON.findall(own)) / max(1, len(own.split()))


@cache
def _patterns() -> tuple[tuple[Voice, str, re.Pattern[str]], ...]:
    return tuple(
        (Voice(row["voice"]), row["where"], re.compile(row["pattern"], re.IGNORECASE))
        for row in rows("voices.csv")
    )
