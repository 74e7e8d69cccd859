"""Linked runs of pieces → spans of characters, with a kind and a probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verbale.attributions.confidence import probability
from verbale.attributions.decode import Linked, Run
from verbale.attributions.kinds import kind_of
from verbale.models.tokens import Pieces
from verbale.types import Kind, Span, Spans


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution before it gets its id: spans of the document's text, and what speaks for it.

    Attributes:
        rule: what found it, for its reasons.
        features: the decoder's scores.
    """

    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    probability: float
    rule: str
    features: Mapping[str, float] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where its first character stands."""
        return min(span.start for span in (*self.source, *self.cue, *self.content))


def found_in(
    text: str, pieces: Pieces, linked: Sequence[Linked], weights: Mapping[str, float]
) -> list[Found]:
    """Turn what was decoded into spans of the text.

    Args:
        text: what the pieces were cut from.
        pieces: the text's pieces.
        linked: as `decode` gives them.
        weights: of the probability; see `confidence.probability`.
    """

    def spans(runs: Sequence[Run]) -> Spans:
        laid: list[Span] = []
        for a, b in sorted(runs):
            span = Span(int(pieces.starts[a]), int(pieces.ends[b]))
            if laid and span.start < laid[-1].end:  # the pieces of one character, such as 각, which has three
                span = Span(laid.pop().start, span.end)
            laid.append(span)
        return tuple(laid)

    found = []
    for each in linked:
        content = spans(each.content)
        found.append(
            Found(
                source=spans(each.source),
                cue=spans([each.cue]),
                content=content,
                kind=kind_of(text, content, pieces.quotations),
                probability=probability(each.features, weights),
                rule="tagger",
                features=each.features,
            )
        )
    return found
