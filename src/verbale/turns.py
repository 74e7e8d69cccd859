"""The turns of a transcript: the one place that knows how speakers' labels are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from verbale.layout import is_a, lines, named
from verbale.types import Span, Spans

_ASIDE = r"(?P<aside>\s*(?:\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\]))?"
# "MR. PRICE:", "Foreign Minister Orlay:", "QUESTION (through interpreter):", "**Q:**"
_COLON = re.compile(rf"(?P<label>[^\s:*][^:\n*]{{0,79}}?){_ASIDE}[ \t]*\**(?P<mark>:)\**(?!\S)")
# "Q.", "A  ", "Q --"
_LETTER = re.compile(rf"(?P<label>[QA]\d?){_ASIDE}(?P<mark>\.(?!\S)|[ \t]+[-–—]+(?!\S)|[ \t]{{2,}}|\t)")
# "ORLAY -- We came"
_CAPITALS = re.compile(
    r"(?P<label>(?:[^\W\d_a-z][^\W\d_a-z.'’-]+[ \t]){0,4}[^\W\d_a-z][^\W\d_a-z.'’-]+)"
    rf"{_ASIDE}(?P<mark>[ \t]+[-–—]+(?!\S))"
)
# "Mr. ORLAY. We came", "Senator ORLAY of Bern. We came", "The CHAIR. We came"
_RECORD = re.compile(
    r"(?P<label>The (?:CHAIR\w*|PRESIDENT|SPEAKER)|(?i:mr|ms|mrs|dr|amb|gen|sen|senator|chairman|chairwoman"
    r"|speaker|secretary|ambassador|general)\.?(?: [A-Z][A-Z'’-]{2,}){1,3}(?: of [A-Z]\w+)?)"
    rf"{_ASIDE}(?P<mark>\.)(?!\S)"
)
_BULLET = re.compile(r"[>*•\s]*(?:[-–—]\s+)?\**")
_STOPPED = re.compile(r"[.!?…–—-][”’\"')\]]*$")
_LONGEST = 60  # characters of a label
FEWEST = 3  # turns of a transcript
LINES = 0.2  # share of the lines, from the first label on, that begin with one
STRETCH = 0.4  # share of the text from the first label to the end of the last labelled line
WORDS = 4  # of a turn, on average


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break.

    Attributes:
        label: who, as the transcript writes it, without an aside such as "(through interpreter)".
        mark: the colon behind it, or what stands for one; None where the label has a line for itself.
        words: what was said, a span a line, without stage directions.
        asked: whether it is a question or a moderator's.
    """

    label: Span
    mark: Span | None
    words: Spans
    asked: bool


@dataclass(frozen=True, slots=True)
class _Label:
    """A label that was found: who, the mark, and the number of its line, of which the rest is said."""

    who: Span
    mark: Span | None
    line: int
    said: Span | None


def turns(text: str) -> tuple[Turn, ...]:
    """Find a text's turns, () when it is no transcript.

    It is one when at least FEWEST lines begin with a label, some label comes again, the labels stand before
    LINES of the lines from the first on, and STRETCH of the text lies between the first and the last.

    Args:
        text: any text; a line that begins with no label goes on with the turn before.
    """
    rows = lines(text)
    found = _labels(text, rows)
    if not _speak(text, rows, found):
        return ()
    last = [label.line for label in found[1:]] + [len(rows)]
    made = (_turn(text, rows, label, end) for label, end in zip(found, last, strict=True))
    kept = tuple(turn for turn in made if turn.words)
    count = sum(len(span.of(text).split()) for turn in kept for span in turn.words)
    other = sum(turn.words[0].of(text)[0] in '“"«„0123456789' for turn in kept)  # a round-up, or a table
    whole = len(kept) >= FEWEST and count >= WORDS * len(kept) and other <= 0.5 * len(kept)
    return _asking(text, kept) if whole else ()


def _labels(text: str, rows: Spans) -> list[_Label]:
    """All labels; one that comes once counts where it is written as those are that come again.

    A first line such as "Orlay: no talks before summer" is a headline.
    """
    found = [label for number, row in enumerate(rows) for label in _label(text, row, number)]
    if found and found[0].line == 0 and found[0].said and _headline(found[0].said.of(text)):
        found = found[1:]
    often = Counter(_key(label.who.of(text)) for label in found)
    again = [label for label in found if often[_key(label.who.of(text))] > 1]
    capitals = bool(again) and all(_shouted(label.who.of(text)) for label in again if label.mark)
    same = Counter(label.who.of(text) for label in found)
    return [
        label
        for label in found
        if often[_key(label.who.of(text))] > 1
        or (_colon(text, label) and (not capitals or _shouted(label.who.of(text))))
        if label.mark or same[label.who.of(text)] > 1
    ]


def _label(text: str, row: Span, number: int) -> Iterator[_Label]:
    line = row.of(text)
    bullet = _BULLET.match(line)
    at = bullet.end() if bullet else 0
    for style in (_COLON, _LETTER, _RECORD, _CAPITALS):
        match = style.match(line, at)
        if match and match["label"] and (style is not _COLON or _plausible(match["label"])):
            who, mark = (
                Span(row.start + match.start(n), row.start + match.end(n)) for n in ("label", "mark")
            )
            said = _trimmed(text, row.start + match.end(), row.end)
            yield _Label(who, _trimmed(text, mark.start, mark.end), number, said)
            return
    if _plausible(line) and len(line.split()) <= 6:
        yield _Label(row, None, number, None)


def _headline(words: str) -> bool:
    """Whether the rest of a first line is a headline's: without an end, or Nearly All in Capitals."""
    long = [word for word in re.findall(r"\w+", words) if len(word) > 3]
    capital = sum(word[0].isupper() for word in long)
    return not _STOPPED.search(words) or (len(long) > 2 and capital >= 0.6 * len(long))


def _colon(text: str, label: _Label) -> bool:
    return label.mark is not None and label.mark.of(text) == ":"


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A stretch without the white space around it, None where it has nothing else."""
    words = text[start:end]
    if not words.strip():
        return None
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _plausible(label: str) -> bool:
    """Whether words may name a speaker: "Minister Orlay", "OLA HALM, HOST", "Pal Orlay, the minister"."""
    name, _, office = label.partition(",")
    return (
        len(label) <= _LONGEST
        and label[0].isalnum()
        and named(name)
        and not is_a("nobody", label)
        and (not office or named(office.strip()) or (len(name.split()) > 1 and len(office.split()) <= 5))
    )


def _key(label: str) -> str:
    """What a speaker's labels share: "Foreign Minister Orlay" and "ORLAY" end alike."""
    return label.partition(",")[0].split()[-1].casefold()


def _shouted(label: str) -> bool:
    return label.upper() == label


def _speak(text: str, rows: Spans, found: list[_Label]) -> bool:
    """Whether labels make a transcript of the text."""
    known = Counter(_key(label.who.of(text)) for label in found)
    few, many = 2, 0.7 * len(found) + 1  # speakers of a transcript
    if len(found) < FEWEST or max(known.values()) < 2 or not few <= len(known) <= many:
        return False
    first, last = found[0].line, found[-1]
    end = rows[min(last.line + (last.said is None), len(rows) - 1)].end
    return len(found) >= LINES * (len(rows) - first) and end - rows[first].start >= STRETCH * len(
        text.strip()
    )


def _turn(text: str, rows: Spans, label: _Label, end: int) -> Turn:
    said = ((label.said,) if label.said else ()) + rows[label.line + 1 : end]
    words = tuple(span for span in said if not is_a("stage", span.of(text)))
    who = label.who.of(text)
    return Turn(label.who, label.mark, words, is_a("asked", who))


def _asking(text: str, found: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Those who do nothing but ask, such as papers named as labels, ask."""
    always = {turn.label.of(text) for turn in found} - {
        turn.label.of(text) for turn in found if not turn.words[-1].of(text).rstrip("”\"' ").endswith("?")
    }
    if len(always) == len({turn.label.of(text) for turn in found}):
        return found
    return tuple(replace(turn, asked=turn.asked or turn.label.of(text) in always) for turn in found)
