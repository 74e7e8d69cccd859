"""What was told of one saying and holds for the next ones of the same speaker, marked as inferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verbale.types import Circumstances, Reason, Relay

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Said:
    """One saying before anything is carried over.

    Attributes:
        speaker: who, as a key that is the same for the same speaker; "" for nobody known.
        paragraph: number of its line.
        nested: whether it lies in another's content.
    """

    speaker: str
    paragraph: int
    nested: bool
    relays: tuple[Relay, ...]
    circumstances: Circumstances


def carry(sayings: Sequence[Said]) -> list[tuple[tuple[Relay, ...], Circumstances, tuple[Reason, ...]]]:
    """Carry over what holds for the same speaker's later sayings.

    Days hold for all of these, relays and places for those of the same and the next paragraph. A nested
    saying takes and gives nothing. A saying with a venue, medium, addressee or relay of its own, or on
    another day, is a new occasion: it takes no more of these.
    """
    last: dict[str, Said] = {}
    found = []
    for saying in sayings:
        before = last.get(saying.speaker) if saying.speaker and not saying.nested else None
        relays, told, reasons = saying.relays, saying.circumstances, list[Reason]()
        if before is not None:
            if told.said is None and before.circumstances.said is not None:
                told = replace(told, said=replace(before.circumstances.said, inferred=True))
                reasons.append(_reason("said", "the speaker's last saying with a day"))
            near = saying.paragraph - before.paragraph <= 1
            if near and not _occasion(saying, before):
                if before.relays:
                    relays = tuple(replace(r, inferred=True) for r in before.relays)
                    reasons.append(_reason("relays", "the speaker's last saying"))
                same = before.circumstances
                parts = {
                    name: replace(value, inferred=True)
                    for name in ("addressee", "venue", "medium")
                    if (value := getattr(same, name)) is not None
                }
                if parts:
                    told = replace(told, **parts)
                    reasons += [_reason(name, "the speaker's last saying") for name in parts]
        if saying.speaker and not saying.nested:
            last[saying.speaker] = replace(saying, relays=relays, circumstances=told)
        found.append((relays, told, tuple(reasons)))
    return found


def _occasion(saying: Said, before: Said) -> bool:
    told, day = saying.circumstances, before.circumstances.said
    if told.said and told.said.span and day and (told.said.first, told.said.last) != (day.first, day.last):
        return True
    return bool(saying.relays or told.addressee or told.venue or told.medium)


def _reason(field: str, what: str) -> Reason:
    return Reason(field, "carried over", VERSION, None, f"as in {what}")
