"""What the model says of holders and issues → positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verbale.models.acts import Answer
from verbale.models.tokens import Pieces
from verbale.positions.questions import Question, Told
from verbale.types import Span
from verbale.types.positions import Link, Position, Stance

NONE = "none"


def positions(
    told: Told, asked: Sequence[Question], answers: Sequence[Answer], pieces: Pieces, least: float
) -> Iterator[Position]:
    """The positions that are sure enough.

    Args:
        told: the passage.
        asked: the pairs that were asked about.
        answers: what was found for each.
        pieces: of the document.
        least: probability of a stance from which it is taken.
    """
    for question, answer in zip(asked, answers, strict=True):
        if not isinstance(question.target, Link):
            continue
        stances = answer.heads["stance"]
        best = max(Stance, key=lambda stance: stances[stance])
        if stances[best] < max(least, stances[NONE]):
            continue
        link, own = question.target, told.own is not None and question.first.id == told.own.id
        yield Position(
            question.first,
            link.issue,
            link.matter,
            best,
            condition_of(answer, pieces),
            not own,
            None if own else told.own,
            link.span,
            stances[best],
        )


def condition_of(answer: Answer, pieces: Pieces) -> Span | None:
    """The span of a condition, without the mark at its end."""
    found = answer.condition
    return Span(int(pieces.starts[found.start]), int(pieces.ends[found.stop - 1])) if found else None
