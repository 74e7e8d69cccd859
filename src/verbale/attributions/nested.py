"""Attributions inside a content: "Antov said [Moravia believes [the treaty serves it]]".

The tagger gives each word one role, so a content that seems to hold a saying of its own is read
again as a text by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from verbale.attributions.decode import decode
from verbale.attributions.found import Found, found_in
from verbale.models.manifest import Manifest
from verbale.models.tagger import Floats, Scores, TaggerModel
from verbale.models.tokens import Ints, Pieces
from verbale.types import Kind, Span

SHORTEST = 4  # words; a shorter content holds no attribution
_HEAD = re.compile(r"\s*(?:that|whether|if|how|why)\s+|\W+", re.IGNORECASE)
_CLOSING = "”\"’'»›“ "
_SPEAKER_AGAIN = re.compile(r"(?:i|we|me|us|you)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Traces:
    """How much each piece of a text looks like the cue of a nested attribution, as log-odds.

    A linear reading of the tagger's outputs, fitted to what reading contents again finds
    (`training/tagger/trace.py`); it saves reading all of them.
    """

    starts: Ints
    odds: Floats

    def peak(self, span: Span) -> float:
        """The highest log-odds among a span's pieces."""
        first, last = np.searchsorted(self.starts, [span.start, span.end])
        return float(self.odds[first:last].max(initial=-np.inf))


def traces(pieces: Pieces, scores: Scores, manifest: Manifest) -> Traces:
    """Read the traces off a text's first reading."""
    weights = np.array(manifest.trace, dtype=np.float32)
    return Traces(pieces.starts, trace_features(scores) @ weights[:-1] + weights[-1])


def nested(text: str, outer: Found, left: Traces, model: TaggerModel) -> list[Found]:
    """Read a content again for the attributions in it, where the first reading left a trace of one.

    Args:
        text: the document's text.
        outer: the attribution whose content is read.
        left: the document's traces.
        model: the tagger.

    Returns:
        What was found, in spans of the document's text.
    """
    decoding = model.manifest.decoding
    return [
        inner
        for span in outer.content
        if len(span.of(text).split()) >= SHORTEST and left.peak(span) >= decoding["nested_trace"]
        for inner in reread(text, span, model)
        if inner.probability >= decoding["nested_least"] and not _hedge(text, outer, inner)
    ]


def trace_features(scores: Scores) -> Floats:
    """All that the tagger says of a piece: [pieces, tags + 3 * width]."""
    flat = scores.queries.reshape(len(scores.queries), -1)
    return np.concatenate([scores.tags, flat, scores.keys], axis=1)


def reread(text: str, span: Span, model: TaggerModel) -> list[Found]:
    """Read a part of a text as a text of its own."""
    start, end = body(text, span)
    words = text[start:end]
    pieces = model.cut(words)
    if not len(pieces):
        return []
    linked = decode(pieces, model.score(pieces), model.manifest)
    return [each.moved(start) for each in found_in(words, pieces, linked, model.manifest.calibration)]


def body(text: str, span: Span) -> tuple[int, int]:
    """What of a content is read again: all but a leading "that" or mark, and a closing mark."""
    head = _HEAD.match(text, span.start, span.end)
    start = head.end() if head else span.start
    return start, max(start, span.start + len(span.of(text).rstrip(_CLOSING)))


def _hedge(text: str, outer: Found, inner: Found) -> bool:
    """Whether a speaker only hedges his own words (“I think …”): no second voice."""
    in_quotes = outer.kind is not Kind.INDIRECT
    return in_quotes and bool(inner.source) and bool(_SPEAKER_AGAIN.fullmatch(inner.source[0].of(text)))
