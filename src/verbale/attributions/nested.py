"""Attributions inside a content: "Antov said [Moravia believes [the treaty serves it]]".

The tagger gives each word a second role, in the layer of what is nested; it is decoded within the
contents that the outer layer found. What is nested in a nested content is not looked for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np

from verbale.attributions.decode import Rules, decode
from verbale.attributions.found import Found, found_in
from verbale.models.manifest import Manifest
from verbale.models.tagger import Scores
from verbale.models.tokens import Pieces
from verbale.types import Kind, Span

SHORTEST = 4  # words; a shorter content holds no attribution
_END = re.compile(r"\b[a-z][\w'’-]*[.?!][\"”’']?\s+(?=[\"“‘']?[A-Z])")
_SPEAKER_AGAIN = re.compile(r"(?:i|we|me|us|you)\b", re.IGNORECASE)


def nested(
    text: str, pieces: Pieces, outer: Sequence[Found], scores: Scores, manifest: Manifest
) -> list[list[Found]]:
    """Find the attributions inside the contents of others.

    Args:
        text: the document's text.
        pieces: the text's pieces.
        outer: the attributions whose contents are looked into.
        scores: what the nested layer says of the pieces.
        manifest: the model's.

    Returns:
        For each of `outer` those inside its content.
    """
    contents = [
        (number, int(np.searchsorted(pieces.starts, start)), int(np.searchsorted(pieces.ends, end, "right")))
        for number, each in enumerate(outer)
        for span in each.content
        for start, end in _sentences(text, span)
        if len(text[start:end].split()) >= SHORTEST
    ]
    runs = [(first, last) for _, first, last in contents]
    found: list[list[Found]] = [[] for _ in outer]
    decoded = decode(runs, scores, Rules.of(manifest, "nested"))
    for (number, _, _), linked in zip(contents, decoded, strict=True):
        found[number] += [
            inner
            for inner in found_in(text, pieces, linked, manifest.calibration)
            if inner.probability >= manifest.decoding["nested_least"]
            and not _hedge(text, outer[number], inner)
        ]
    return found


def _sentences(text: str, span: Span) -> list[tuple[int, int]]:
    """A content's sentences: what is nested in one does not run on into the next.

    A sentence ends behind a word without a capital; behind "Sen." or "U.S." it may go on.
    """
    ends = [match.end() for match in _END.finditer(text, span.start, span.end)]
    return list(itertools.pairwise([span.start, *ends, span.end]))


def _hedge(text: str, outer: Found, inner: Found) -> bool:
    """Whether a speaker only hedges his own words (“I think …”): no second voice."""
    in_quotes = outer.kind is not Kind.INDIRECT
    return in_quotes and bool(inner.source) and bool(_SPEAKER_AGAIN.fullmatch(inner.source[0].of(text)))
