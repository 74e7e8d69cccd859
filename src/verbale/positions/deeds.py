"""What the model says of actors and targets → acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from verbale.models.acts import Answer
from verbale.models.tokens import Pieces
from verbale.positions.codes import CODEBOOK, PLOVER, code_of, strength_of
from verbale.positions.questions import Question, Told
from verbale.positions.stances import condition_of
from verbale.types import Span
from verbale.types.positions import Act, ActKind, Link, Modality, Party, Tense

NONE = "none"
SAYING = (ActKind.STATE, ActKind.DENY, ActKind.APPEAL, ActKind.AGREE, ActKind.SUPPORT, ActKind.DEMAND,
          ActKind.ACCUSE, ActKind.REJECT, ActKind.THREATEN)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An act before it is coded: who, to whom, and what the model says of the two."""

    kind: ActKind
    actor: Party
    target: Party | None
    answer: Answer
    probability: float


def deeds(
    text: str, told: Told, asked: Sequence[Question], answers: Sequence[Answer], pieces: Pieces, least: float
) -> Iterator[Act]:
    """The acts that are sure enough; of a speaker at least one.

    Args:
        text: the document's.
        told: the passage.
        asked: the pairs that were asked about.
        answers: what was found for each.
        pieces: of the document.
        least: probability of a kind from which an act is taken.
    """
    by_actor: dict[str, list[tuple[Question, Answer]]] = {}
    for question, answer in zip(asked, answers, strict=True):
        if not isinstance(question.target, Link):
            by_actor.setdefault(question.first.id, []).append((question, answer))
    cue = " ".join(span.of(text) for span in told.cue)
    for actor, pairs in by_actor.items():
        own = told.own is not None and actor == told.own.id
        for found in _acts_of(pairs, least, own):
            yield _coded(found, _words(text, told, found, own), cue if own else "", told, pieces)


def _acts_of(pairs: Sequence[tuple[Question, Answer]], least: float, own: bool) -> Iterator[Found]:
    """The kinds that an actor's acts have, each with its likeliest target."""
    alone = next((pair for pair in pairs if pair[0].target is None), None)
    taken = set[ActKind]()
    aimed = [(q, a) for q, a in pairs if isinstance(q.target, Party)]
    for question, answer in sorted(aimed, key=lambda pair: pair[1].heads["kind"][NONE]):
        kind, probability = _best(answer.heads["kind"])
        sure = answer.heads["kind"][NONE] < 0.5 and probability >= least
        if sure and kind not in taken and isinstance(question.target, Party):
            taken.add(kind)
            yield Found(kind, question.first, question.target, answer, probability)
    if alone is None:
        return
    kind, probability = _best(alone[1].heads["kind"])
    if kind not in taken and (probability >= least or (own and not taken)):
        yield Found(kind, alone[0].first, None, alone[1], probability)


def _best(kinds: Mapping[str, float]) -> tuple[ActKind, float]:
    best = max(ActKind, key=lambda kind: kinds[kind])
    return best, kinds[best]


def _words(text: str, told: Told, found: Found, own: bool) -> str:
    """The words in which an act is looked up: cue and content of one done by speaking, else the passage."""
    if own and found.kind in SAYING:
        return " ".join(span.of(text) for span in (*told.cue, *told.content))
    return told.span.of(text)


def _coded(found: Found, words: str, cue: str, told: Told, pieces: Pieces) -> Act:
    code = code_of(found.kind, words)
    heads = found.answer.heads
    condition = condition_of(found.answer, pieces)
    modality = Modality(_likeliest(heads["modality"]))
    return Act(
        kind=found.kind,
        name=code.name,
        actor=found.actor,
        target=found.target,
        cameo=code.cameo,
        plover=PLOVER[found.kind],
        mode=code.mode if PLOVER[found.kind] else "",
        negated=heads["negated"]["yes"] >= 0.5,
        tense=Tense(_likeliest(heads["tense"])),
        modality=modality,
        condition=condition if modality is Modality.CONDITIONAL else None,
        strength=strength_of(cue) if cue else "plain",
        by=told.own,
        probability=found.probability,
        rule=code.rule,
        codebook=CODEBOOK,
    )


def _likeliest(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda name: shares[name])


def spans_of(act: Act) -> tuple[Span, ...]:
    """The words that an act's parties stand in."""
    return tuple(p.span for p in (act.actor, act.target) if p and p.span)
