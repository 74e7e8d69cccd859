"""Documents that are utterances themselves: the turns of a transcript, a statement, a speech, a post."""

from __future__ import annotations

from collections.abc import Sequence

from verbale.attributions.found import Found
from verbale.attributions.utterers import post, utterer
from verbale.layout import Layout, cut, layout
from verbale.turns import turns
from verbale.types import Document, Kind, Span, Spans, Voice

TURN, DOCUMENT = "turn", "document"  # the rules
# How often each is right on our cases (evaluation.voices, both halves), rounded down; no reading of scores.
RIGHT = {TURN: 0.98, DOCUMENT: 0.8}


def utterances(document: Document) -> list[Found]:
    """The attributions that a document's voice makes, () for a report.

    A turn's source is its label and its cue the colon. A statement, speech or post is one attribution, whose
    source is whoever its head, signature or opening names as speaking; nobody, where they name none.
    """
    text = document.text
    if document.voice is Voice.TRANSCRIPT:
        return [_found((t.label,), (t.mark,) if t.mark else (), t.words, TURN) for t in turns(text)]
    if document.voice is Voice.REPORT:
        return []
    parts = post(text) if document.voice is Voice.POST else layout(text)
    if not parts.body:
        return []
    by = utterer(text, document.voice, parts)
    said = cut(_said(parts, by), by)
    words = tuple(span for span in said if span.of(text).strip())
    return [_found(by, (), words, DOCUMENT)] if words else []


def _said(parts: Layout, by: Spans) -> Spans:
    """What is said: the body; from the head on where nobody is named, so that nothing is lost."""
    return parts.body if by else (*parts.head, *parts.body)


def inside(owner: Found, found: Sequence[Found]) -> list[Found]:
    """Those of some attributions that lie in an utterance and are not itself over again."""
    return [each for each in found if _lies_in(each, owner) and not _again(each, owner)]


def outside(owners: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """Those of some attributions that touch no utterance."""
    spans = [span for owner in owners for span in (*owner.source, *owner.cue, *owner.content)]
    return [
        e for e in found if not any(a.start < b.end and b.start < a.end for a in _parts(e) for b in spans)
    ]


def _found(source: Spans, cue: Spans, content: Spans, rule: str) -> Found:
    return Found(source, cue, content, Kind.DIRECT, RIGHT[rule], rule)


def _parts(found: Found) -> Spans:
    return (*found.source, *found.cue, *found.content)


def _lies_in(found: Found, owner: Found) -> bool:
    return all(any(o.start <= p.start and p.end <= o.end for o in owner.content) for p in _parts(found))


def _again(found: Found, owner: Found) -> bool:
    """Whether an attribution has all of an utterance as its content."""
    return _length(found.content) >= 0.95 * _length(owner.content)


def _length(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)
