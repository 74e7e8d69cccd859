"""Whose a statement, speech or post is: the words of its head, signature or opening that name the speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from verbale.layout import Layout, alternatives, is_a, kinds, lines, named, person, rows, signed
from verbale.types import Span, Spans, Voice

_STOP = (  # behind a name in a title
    r"(?=\s+(?:on|at|to|regarding|concerning|before|in|after|following|about|for|during|upon|delivered|with)\b"
    r"|[,;:–—]|\s-\s|\s*$)"
)
_BARE = re.compile(r"(?:the\s+)?[\w-]+(?:\s+[\w-]+)?", re.IGNORECASE)  # "the Spokesperson"
_CAPITALS = re.compile(r"\b(?:OF|FOR|AND|THE|TO|IN|ON|AT)\b")
_DATELINE = re.compile(r".{3,60}?\s[–—-]+\s")
_HANDLE = re.compile(r"@\w{2,}")
_HEADED = re.compile(r"[^.!?\n]{0,60}?\(?@\w{2,}\)?(?:\s*[·•|-]\s*.{0,30})?")  # "Pal Orlay @palorlay · 3h"
_CHANNEL = re.compile(r"(?i)^channel\b|\b(?:subscribers|followers|members)\b")
_COUNTED = re.compile(r"(?:\W{0,3}\d[\d.,: ]*[KkMm]?(?:\W|[AaPp][Mm]\b|\w+$).{0,60}|\d+ \w+)")  # "1.2K views"
_AFTER_NAME = re.compile(  # "· 3h", "| Dockers", "reposted", "✓"
    r"\s*(?:[·•|(].*|\s[-–—]\s.*|\s(?:re-?posted|re-?tweeted|shared|posted|wrote)\b.*|[^\w.'’)]+)$"
)


def utterer(text: str, voice: Voice, parts: Layout) -> Spans:
    """Whom an utterance names as speaking, () where it names nobody.

    Args:
        text: the document's.
        voice: statement, speech or post.
        parts: its lines.
    """
    if voice is Voice.POST:
        return _poster(text, parts)
    head = next(_in_head(text, voice, parts.head), ())
    if head and not all(_bare(span.of(text)) for span in head):
        return head
    return (*head, *_signature(text, parts)) or (_subject(text, parts) if voice is Voice.STATEMENT else ())


def _bare(words: str) -> bool:
    """Whether words are an office alone, which a signature may give a name."""
    return bool(_BARE.fullmatch(words)) and not person(words) and not is_a("body", words)


def _in_head(text: str, voice: Voice, head: Spans) -> Iterator[Spans]:
    """The speaker in one of the head's lines: those that say so go before a name that stands alone."""
    for line in head:
        if found := _told(text, line):
            yield found
    noun = re.compile(rf"\b{alternatives('noun')}\b", re.IGNORECASE)
    for line in head:
        words = line.of(text)
        if noun.search(words) or is_a("prepared", words) or is_a("foot", words):
            continue
        if _speaker_alone(words) if voice is Voice.SPEECH else _body_alone(words):
            yield (line,)


def _speaker_alone(words: str) -> bool:
    """Whether a line names a speaker: "Pal Orlay", "Pal Orlay, Minister", "President Pal Orlay"."""
    first, _, rest = words.partition(",")
    if re.search(r"\d", words) or not named(first):
        return False
    if is_a("place", first) or (is_a("body", first) and not is_a("office", first)):
        return False
    return is_a("office", words) or (person(first) and not rest)


def _body_alone(words: str) -> bool:
    lower = _CAPITALS.sub(lambda match: match[0].lower(), words)
    return named(lower) and (is_a("body", words) or is_a("office", words))


def _told(text: str, line: Span) -> Spans:
    """Whom a line says to speak."""
    words = line.of(text)
    found = set()
    before = _match("before", words)
    if before and any((is_a("body", before["who"]), is_a("office", before["who"]), person(before["who"]))):
        found.add(_span(line, before))
    if by := _match("after", words) or _match("by", words):
        found.add(_span(line, by))
    return tuple(sorted(found)) or _owner(line, words)


def _owner(line: Span, words: str) -> Spans:
    """Who stands before the noun: "Prime Minister Orlay’s Address", "Foreign Ministry statement"."""
    match = _match("own", words)
    if not match or re.fullmatch(rf"(?:{alternatives('adjective')}\s*)+", match["who"], re.IGNORECASE):
        return ()
    whole = match["who"].strip()
    who = re.sub(r"['’]s?$", "", whole)
    if who != whole or is_a("body", who) or is_a("office", who):
        return (Span(line.start, line.start + len(who)),)
    return ()


def _match(rule: str, words: str) -> re.Match[str] | None:
    found = (pattern.search(words) for pattern in _heads()[rule])
    return next((match for match in found if match and (rule == "by" or not match.start())), None)


@cache
def _heads() -> dict[str, tuple[re.Pattern[str], ...]]:
    made: dict[str, tuple[re.Pattern[str], ...]] = {}
    for row in rows("heads.csv"):
        pattern = row["pattern"].replace("{stop}", _STOP)
        for use in ("noun", "adjective"):
            pattern = pattern.replace("{" + use + "}", alternatives(use))
        made[row["rule"]] = (*made.get(row["rule"], ()), re.compile(pattern))
    return made


def _span(line: Span, match: re.Match[str]) -> Span:
    start, words = line.start + match.start("who"), match["who"].rstrip(" ,")
    return Span(start, start + len(words))


def _signature(text: str, parts: Layout) -> Spans:
    """The first line of the foot that is a name, and more names behind it, but no office or body."""
    found: list[Span] = []
    for line in parts.foot:
        words = line.of(text)
        who = signed(words) if not is_a("foot", words) and not is_a("stage", words) else ""
        if who and (not found or (person(who) and not is_a("office", who) and not is_a("body", who))):
            start = line.start + words.index(who)
            found.append(Span(start, start + len(who)))
    return tuple(found)


def _subject(text: str, parts: Layout) -> Spans:
    """Who does something in the first sentence, by the words of the head where they stand there."""
    line = parts.body[0]
    dateline = _DATELINE.match(line.of(text))
    start = line.start + (dateline.end() if dateline else 0)
    found = (pattern.match(text, start, line.end) for pattern in kinds("subject"))
    for match in found:
        if match and (is_a("body", match["who"]) or is_a("office", match["who"])):
            return _repeated(text, parts.head, match["who"]) or (Span(*match.span("who")),)
    return ()


def _repeated(text: str, head: Spans, who: str) -> Spans:
    """Where the head has the same words, without regard to case."""
    bare = re.compile(re.escape(re.sub(r"^the ", "", who, flags=re.IGNORECASE)), re.IGNORECASE)
    found = (bare.search(text, line.start, line.end) for line in head)
    return next(((Span(*match.span()),) for match in found if match), ())


def post(text: str) -> Layout:
    """A post's lines: name, handle and channel are its head, day and counts its foot."""
    every = lines(text)
    head = len(list(takewhile(lambda n: _opens(text, every, n), range(min(3, len(every) - 1)))))
    foot = len(every)
    while foot > head + 1 and _COUNTED.fullmatch(every[foot - 1].of(text)):
        foot -= 1
    return Layout(every[:head], every[head:foot], every[foot:])


def _opens(text: str, every: Spans, number: int) -> bool:
    """Whether one of a post's first lines is of its head."""
    words = every[number].of(text)
    if _headed(words):
        return True
    name = len(words) <= 80 and not re.search(r"[.!?]$", words) and named(words.split(" | ")[0])
    return number == 0 and name and (_headed(every[1].of(text)) or " | " in words)


def _headed(words: str) -> bool:
    return bool(_HEADED.fullmatch(words) or (_CHANNEL.search(words) and len(words) <= 60))


def _poster(text: str, parts: Layout) -> Spans:
    """The name in a post's head, its handle where there is no name."""
    for line in parts.head:
        words = line.of(text)
        name = _AFTER_NAME.sub("", _HANDLE.split(words)[0].rstrip(" (")).rstrip()
        if name and not _CHANNEL.search(words):
            return (Span(line.start, line.start + len(name)),)
    found = (_HANDLE.search(text, line.start, line.end) for line in parts.head)
    return next(((Span(*match.span()),) for match in found if match), ())
