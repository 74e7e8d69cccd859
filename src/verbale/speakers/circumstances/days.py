"""On what day something was said."""

from __future__ import annotations

import re
from dataclasses import replace

from verbale.cues import either, words
from verbale.days import Phrase, event_noun, phrases
from verbale.speakers.circumstances.frame import Frame, frame
from verbale.speakers.context import Context
from verbale.types import Attribution, Days, Spans

_SUBJECT = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*|of|the|and|for|de|al|van|von|in)(?:\s+(?:[^\W\d_a-z][\w.'’-]*|of|the|and|for|de|al|van|von|in))*"
)


def days(context: Context, attribution: Attribution) -> Days | None:
    """When something was said, as its sentence tells.

    Of several phrases the nearest to the cue counts; where there is none, one at the content's very end
    behind a comma, or else the sentence's own.
    """
    around = frame(context, attribution, documents=True)
    if around is None:
        return None
    published = context.document.published
    found = [p for p in phrases(around.text, published) if _is_sayings(around, p)]
    if found:
        nearest = min(found, key=lambda p: (around.away(p.start, p.end), p.start))
        return replace(nearest.days, span=around.span(nearest.start, nearest.end))
    return (
        _at_the_end(context, attribution)
        or _shared(context, attribution, around)
        or _of_the_same(context, attribution, around)
    )


def _of_the_same(context: Context, attribution: Attribution, around: Frame) -> Days | None:
    """The day of what the same source said before in the sentence: "N said Monday that … and insisted"."""
    for other in context.attributions:
        if (
            other.id == attribution.id
            or not other.cue
            or not attribution.cue
            or other.source != attribution.source
        ):
            continue
        subject = all(s.end <= other.cue[0].start for s in attribution.source)
        between = context.document.text[other.cue[-1].end : attribution.cue[0].start]
        if (
            subject
            and other.cue[0].start >= around.start
            and re.search(r"(?:,|\b(?:and|but))\s+(?:\w+ly\s+)?$", between)
        ):
            own = frame(context, other, documents=True)
            found = list(phrases(own.text, context.document.published)) if own else []
            if own and found:
                nearest = min(found, key=lambda p: (own.away(p.start, p.end), p.start))
                return replace(nearest.days, span=own.span(nearest.start, nearest.end))
    return None


def _is_sayings(around: Frame, phrase: Phrase) -> bool:
    """Whether a phrase is not bound to another noun: "Sunday's attack"; that of a medium or event counts."""
    after = around.text[phrase.end :]
    if re.match(r"['’]s?\s+[“\"‘]", after):  # "on Wednesday’s “Kanal Show”"
        return True
    bound = re.match(r"['’]s?\b", after) or re.search(r"\b[Tt]he\s+$", around.text[: phrase.start])
    return not bound or bool(event_noun().match(after))


def _at_the_end(context: Context, attribution: Attribution) -> Days | None:
    """A phrase that closes the content behind a comma: "concerns about the dam, yesterday"."""
    last = attribution.content[-1]
    words_ = last.of(context.document.text)
    stripped = words_.rstrip(" .,”\"'’")
    for phrase in phrases(words_, context.document.published):
        if phrase.end == len(stripped) and words_[: phrase.start].rstrip().endswith(","):
            return replace(phrase.days, span=type(last)(last.start + phrase.start, last.start + phrase.end))
    return None


def _shared(context: Context, attribution: Attribution, around: Frame) -> Days | None:
    """A day at the sentence's beginning or right behind its subject: "N on Monday hailed the dam but warned".

    It holds for all that the sentence joins, though not for clauses under it.
    """
    if any(o.id != attribution.id and _holds(o.content, attribution.cue) for o in context.attributions):
        return None
    first = min(span.start for span in (*attribution.source, *attribution.cue, *attribution.content))
    text = context.document.text[around.start : max(first, around.start)]
    text = (
        text
        if not attribution.cue
        else context.document.text[around.start : max(attribution.cue[0].start, around.start)]
    )
    if any(o.start < around.start + len(text) and around.start < o.end for o in attribution.content):
        return None
    heads = [0, *(s.end - around.start for a in context.attributions for s in a.source)]
    for phrase in phrases(text, context.document.published):
        if phrase.days.precision not in ("day", "week"):
            continue
        before = text[: phrase.start].rstrip()
        if len(before) in heads or _SUBJECT.fullmatch(before):
            clauses = re.search(
                rf"\b{either(words('clauses', 'under'))}\b", text[phrase.end :], re.IGNORECASE
            )
            return None if clauses else replace(phrase.days, span=around.span(phrase.start, phrase.end))
    return None


def _holds(outer: Spans, inner: Spans) -> bool:
    return any(o.start <= i.start and i.end <= o.end for o in outer for i in inner)
