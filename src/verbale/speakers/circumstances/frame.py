"""What stands around a saying: its sentence without the words that tell of something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from verbale.cues import either, plain, words
from verbale.speakers.circumstances.phrases import medium_head
from verbale.speakers.context import Context
from verbale.types import Attribution, Span

CONTENT, SOURCE, OTHER = "\x01", "\x02", "\x03"  # what stands for a letter that is hidden, and why
HIDDEN = f"{CONTENT}{SOURCE}{OTHER}"
_JOINT = re.compile(r";|[,\x01]\s+(?:and|but|so|yet)\s|\s[—–]\s|\s--?\s")
_RELATIVE = ("who", "which", "that", "whose")
_WRITING = re.compile(r"\b(?:writing (?:for|in)|some on|users on|others on|people on)\s+(?:the\s+)?[A-Z]")
_AND = re.compile(r"\s(?:and|but)\s")


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around a saying.

    Attributes:
        text: the sentence, letter for letter, with one of HIDDEN for each letter that is not the saying's.
        start: where it begins in the document.
        cue: from the cue's first to its last word, in offsets of `text`; empty when there is no cue.
    """

    text: str
    start: int
    cue: tuple[int, int]

    def span(self, start: int, end: int) -> Span:
        """Offsets of the frame as a span of the document."""
        return Span(self.start + start, self.start + end)

    def away(self, start: int, end: int) -> int:
        """How many letters lie between some words and the cue, those that are hidden not counted."""
        first, last = sorted((self.cue, (start, end)))
        between = self.text[first[1] : last[0]]
        return sum(letter not in HIDDEN for letter in between)


def frame(context: Context, attribution: Attribution, *, documents: bool = False) -> Frame | None:
    """Cut out what stands around a saying and may tell how it was said.

    Hidden are the content, the source, the contents of others, subordinate clauses, what the saying answers,
    and the clauses of other sayings; a nested saying has no more than its outer one's content.

    Args:
        context: the document with what was found in it.
        attribution: one of the document's.
        documents: leave a source as it is that is a medium itself ("a letter seen by N") or tells one.

    Returns:
        None when no sentence holds it.
    """
    source = attribution.source[0].of(context.document.text) if documents and attribution.source else ""
    shown = bool(medium_head(source) or _WRITING.search(source))
    key = (attribution.id, shown)
    if key not in context.frames:
        context.frames[key] = _frame(context, attribution, shown)
    return context.frames[key]


def _frame(context: Context, attribution: Attribution, shown: bool) -> Frame | None:
    text = context.document.text
    window = _window(context, attribution)
    if window is None:
        return None
    letters = list(text[window.start : window.end])
    for span in _others(context, attribution):
        _hide(letters, window, span, OTHER)
    for span in () if shown else attribution.source:
        _hide(letters, window, span, SOURCE)
    for span in attribution.content:
        _hide(letters, window, span, CONTENT)
    for span in attribution.cue:  # a content may be marked so that it holds its cue
        if window.start <= span.start and span.end <= window.end:
            letters[span.start - window.start : span.end - window.start] = span.of(text)
    cue = _cue(attribution, window)
    masked = "".join(letters)
    if attribution.cue:
        masked = _without_clauses(masked, cue)
        masked = _without_sayings(context, attribution, masked, window)
    return Frame(masked, window.start, cue)


def _window(context: Context, attribution: Attribution) -> Span | None:
    """The sentences of the cue, no wider than the content that a nested saying stands in."""
    anchor = attribution.cue or attribution.source or attribution.content[:1]
    found = context.sentences_of(anchor)
    if not found:
        return None
    start, end = found[0].start, found[-1].end
    for other in context.attributions:
        for span in other.content:
            if (
                other.id != attribution.id
                and _within(anchor[0], span)
                and span.end - span.start < end - start
            ):
                start, end = max(start, span.start), min(end, span.end)
    return Span(start, end) if start < end else None


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _cue(attribution: Attribution, window: Span) -> tuple[int, int]:
    spans = attribution.cue or attribution.source or attribution.content
    start = min(max(spans[0].start, window.start), window.end)
    end = max(min(spans[-1].end, window.end), start)
    return start - window.start, end - window.start


def _others(context: Context, attribution: Attribution) -> Iterable[Span]:
    """Contents of other sayings that do not hold this one."""
    own = (*attribution.cue, *attribution.source)
    for other in context.attributions:
        if other.id != attribution.id:
            for span in other.content:
                if not any(span.start < o.end and o.start < span.end for o in own):
                    yield span


def _hide(letters: list[str], window: Span, span: Span, mark: str) -> None:
    start, end = max(span.start, window.start) - window.start, min(span.end, window.end) - window.start
    if start < end:
        letters[start:end] = mark * (end - start)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "".join(c if c in HIDDEN else OTHER for c in text[start:end]) + text[end:]


@cache
def _clauses() -> re.Pattern[str]:
    saying = either(words("clauses", "saying"))
    begin = either((*words("clauses", "under"), *words("clauses", "topic")))
    return re.compile(
        rf"\b{begin}\b(?!\s+(?:\w+\s+)?(?:(?:was|were|is|are)\s+)?{saying}\b)[^,;\x01]*", re.IGNORECASE
    )


def _before_clause(text: str, start: int, cue: tuple[int, int]) -> str:
    """Hide what is before a clause that the cue stands in; of "After the vote N said" only the phrase."""
    between = re.match(r"\w+([^\x02]*)", text[start : cue[0]])
    if between and SOURCE in text[start : cue[0]] and between[1].strip():
        return _blank(text, start, start + between.end())
    return _blank(text, 0, start)


@cache
def _relayed() -> re.Pattern[str]:
    """'as N reported' and 'as saying' begin no clause of their own."""
    return re.compile(
        r"as\s+(?:[\w'’.-]+\s+){0,6}?(?:report(?:ed|s)|quoted|saying|cited)\b"
        r"|(?:when|while|after)\s+(?:being\s+)?(?:asked|pressed|questioned|interviewed|speaking)\b",
        re.IGNORECASE,
    )


@cache
def _heard() -> re.Pattern[str]:
    """'testified before' brings a hearer."""
    before = [word for word in words("hearers", "towards") if word.endswith(" before")]
    return re.compile(
        rf"\b{either([*before, 'testimony before', 'appeared before', 'appearing before'])}$", re.IGNORECASE
    )


def _without_clauses(text: str, cue: tuple[int, int]) -> str:
    """Hide subordinate clauses, or, if the cue stands in one, what is before it."""
    for match in _clauses().finditer(text):
        start, end = match.span()
        if _relayed().match(text, start) or _heard().search(text, 0, start + len("before")):
            continue
        if start < cue[1] and cue[0] < end:
            if start < cue[0]:
                text = _before_clause(text, start, cue)
        else:
            text = _blank(text, start, end)
    return text


_DATELINE = re.compile(
    r"\s*[^\W\d_a-z][A-Z .'’-]+(?:,[^:—–]{0,40}?)?(?:\([^)]*\)\s*)?\s*(?::|—|–|--?)\s"
    r"|\s*[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4}\s*\([^)]*\)\s*(?:—|–|--?)\s*"  # "Dec. 10, 2022 (N)—"
)


def _without_sayings(context: Context, attribution: Attribution, text: str, window: Span) -> str:
    """Hide the clauses of other sayings and those that are joined with this one."""
    cue = _cue(attribution, window)
    parts = [
        (max(s.start, window.start) - window.start, min(s.end, window.end) - window.start)
        for s in (*attribution.source, *attribution.cue, *attribution.content)
        if s.start < window.end and window.start < s.end
    ]
    first, last = min(a for a, _ in parts), max(b for _, b in parts)
    if (dateline := _DATELINE.match(text)) and dateline.end() <= first:
        text = _blank(text, 0, dateline.end())
    if attribution.source and plain(attribution.source[0].of(context.document.text)) in _RELATIVE:
        text = _blank(text, 0, max(attribution.source[0].start - window.start, 0))
    before = list(_JOINT.finditer(text, 0, first))
    if before:
        text = _blank(text, 0, before[-1].end())
    if after := _JOINT.search(text, max(last - 1, cue[1])):
        text = _blank(text, after.start(), len(text))
    text = _after_subject(attribution, text, window, cue)
    for other in context.attributions:
        if other.id != attribution.id and other.cue and other.cue != attribution.cue:
            text = _without_saying(attribution, other, text, window)
    return text


def _after_subject(attribution: Attribution, text: str, window: Span, cue: tuple[int, int]) -> str:
    """Of "N left for P on Monday and said", hide what N did before."""
    ends = [s.end - window.start for s in attribution.source if s.end - window.start <= cue[0]]
    if ends and max(ends) > 0:
        joints = list(_AND.finditer(text, max(ends), cue[0]))
        if joints:
            return _blank(text, max(ends), joints[-1].start())
    return text


def _without_saying(attribution: Attribution, other: Attribution, text: str, window: Span) -> str:
    own_start, own_end = attribution.cue[0].start, attribution.cue[-1].end
    start, end = other.cue[0].start, other.cue[-1].end
    if end <= window.start or start >= window.end or not (end <= own_start or start >= own_end):
        return text
    text_cue = text[own_start - window.start : own_end - window.start]
    other_cue = text[max(start - window.start, 0) : max(end - window.start, 0)]
    if start >= own_end:
        if (
            other_cue.split()[:1]
            and other_cue.split()[0].endswith("ing")
            and other.source == attribution.source
        ):
            return text
        sources = [s.start for s in other.source if own_end <= s.start < start]
        cut = min([start, *sources]) - window.start
        return _blank(text, max(cut, own_end - window.start), len(text))
    if text_cue.split()[:1] and text_cue.split()[0].endswith("ing") and other.source == attribution.source:
        return text  # "told reporters on Monday …, adding": one saying
    same = other.source == attribution.source
    behind = [s.end for s in (*other.content, *other.cue) if s.end <= own_start]
    lead = min([start, *(s.start for s in other.source)]) if same else window.start
    low = max(lead, window.start) - window.start
    return _blank(text, low, max(min(max(behind), own_start) - window.start, low))
