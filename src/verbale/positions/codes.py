"""An act's kind and words → name, CAMEO code, PLOVER type and mode, by tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from verbale.registry import OWN
from verbale.registry.tables import rows
from verbale.registry.wording import wording
from verbale.types.positions import ActKind

CODEBOOK = "1"  # docs/codebook.md
# PLOVER's type of each kind (map of September 2021); it has none for statements, appeals and denials.
PLOVER: Mapping[ActKind, str] = {
    ActKind.STATE: "", ActKind.DENY: "", ActKind.APPEAL: "",
    ActKind.AGREE: "AGREE", ActKind.CONSULT: "CONSULT", ActKind.SUPPORT: "SUPPORT",
    ActKind.COOPERATE: "COOPERATE", ActKind.AID: "AID", ActKind.CONCEDE: "CONCEDE",
    ActKind.RETREAT: "RETREAT", ActKind.INVESTIGATE: "ACCUSE", ActKind.DEMAND: "REQUEST",
    ActKind.ACCUSE: "ACCUSE", ActKind.REJECT: "REJECT", ActKind.THREATEN: "THREATEN",
    ActKind.PROTEST: "PROTEST", ActKind.MOBILIZE: "MOBILIZE", ActKind.REDUCE: "SANCTION",
    ActKind.COERCE: "COERCE", ActKind.ASSAULT: "ASSAULT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """A finer code for acts of a kind; with no words the kind's own."""

    kind: ActKind
    words: str = field(metadata={"may be empty": True})
    name: str
    cameo: str
    mode: str
    rule: str
    example: str


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a cue is beside the plain “said”."""

    word: str
    strength: str
    example: str


@cache
def _codes() -> Mapping[ActKind, Sequence[Code]]:
    found: dict[ActKind, list[Code]] = {}
    for _, code in rows(OWN, "positions/codes.csv", Code):
        found.setdefault(code.kind, []).append(code)
    return found


def code_of(kind: ActKind, words: str) -> Code:
    """The first row of a kind whose words stand in an act's."""
    return next(code for code in _codes()[kind] if not code.words or wording(code.words).search(words))


@cache
def _strengths() -> Sequence[Strength]:
    return tuple(strength for _, strength in rows(OWN, "positions/strength.csv", Strength))


def strength_of(cue: str) -> str:
    """How strong a cue is: plain, claimed, insisted, warned or hinted."""
    return next((each.strength for each in _strengths() if wording(each.word).search(cue)), "plain")
