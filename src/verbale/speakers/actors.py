"""Whom the text means → an actor of the registry, or a provisional one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from verbale.registry import Candidate as Known
from verbale.registry import Held, Registry
from verbale.registry.tables import Role
from verbale.types import Candidate, Reason, digest

VERSION = "1"
SURE = 0.9  # score of a name from which it is taken without other grounds
APART = 0.03  # by which the likeliest must lead
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is.

    Attributes:
        actor: None when the registry's candidates cannot be told apart.
        held: the office that the registry knows on the day, None for none.
    """

    actor: str | None
    name: str
    candidates: tuple[Candidate, ...]
    held: Held | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Post:
    """What the text says of an office; "" or None where it says nothing."""

    role: Role | None
    state: str
    body: str


def person(names: Sequence[str], post: Post, day: date | None, registry: Registry) -> Identity:
    """Look a named person up.

    A full name is taken when it leads and its state does not contradict the text's; a surname alone only when
    an office of that person on the day is the one that the text gives.

    Args:
        names: under which the text names him, the fullest first.
        post: the office that the text gives him.
        day: the document's.
        registry: who is known.
    """
    full = names[0]
    found = [c for c in registry.find(full, day, kinds=("person",)) if _agrees(c, post)]
    grounds = {c.id: _held(c, post, day, registry) for c in found[:SHOWN]}
    whole = len(full.split()) > 1
    fitting = [c for c in found[:SHOWN] if (whole and c.score >= SURE - 0.1) or grounds[c.id]]
    fitting.sort(key=lambda c: (grounds[c.id] is None, -c.score))
    best = fitting[0] if fitting else None
    rival = fitting[1] if len(fitting) > 1 else None
    tied = (
        best is not None
        and rival is not None
        and bool(grounds[best.id]) == bool(grounds[rival.id])
        and best.score - rival.score < APART
    )
    shown = tuple(Candidate(c.id, c.name, c.score) for c in found[:SHOWN])
    if best and not tied and (best.score >= SURE or grounds[best.id]):
        held = grounds[best.id] or _on(best.id, day, registry)
        reason = Reason("speaker.actor", "registry:name", VERSION, best.score, best.detail)
        return Identity(best.id, best.name, shown, held, reason)
    if tied:
        reason = Reason("speaker.actor", "registry:tied", VERSION, None, f"{full!r} may be several")
        return Identity(None, full, shown, None, reason)
    own = "p-" + digest("person", full.casefold(), post.state)[:12]
    reason = Reason("speaker.actor", "provisional", VERSION, None, f"{full!r} is not in the registry")
    return Identity(own, full, shown, None, reason)


def holder(post: Post, day: date | None, registry: Registry) -> Identity | None:
    """Who held an office on a day, where the text names nobody; None when the registry does not know."""
    if post.role is None or day is None or not (post.state or post.body):
        return None
    held = registry.holders(post.role, post.state, "" if post.state else post.body, day)
    if not held:
        return None
    shown = tuple(Candidate(h.person, h.name, round(1 / len(held), 3)) for h in held[:SHOWN])
    what = f"{held[0].title} on {day}"
    if len({h.person for h in held}) > 1:
        reason = Reason("speaker.actor", "registry:office", VERSION, None, f"{len(held)} are {what}")
        return Identity(None, "", shown, None, reason)
    reason = Reason("speaker.actor", "registry:office", VERSION, 1.0, what)
    return Identity(held[0].person, held[0].name, shown, held[0], reason)


def _agrees(candidate: Known, post: Post) -> bool:
    return not (candidate.state and post.state) or candidate.state == post.state


def _held(candidate: Known, post: Post, day: date | None, registry: Registry) -> Held | None:
    """An office of the candidate that is the one the text gives."""
    if post.role is None:
        return None
    for office in registry.offices(candidate.id):
        if (
            office.role == post.role
            and (not post.state or post.state == office.state)
            and _in_office(office, day)
        ):
            return office
    return None


def _on(actor: str, day: date | None, registry: Registry) -> Held | None:
    """The office that a person held on a day, the latest begun."""
    if day is None:
        return None
    held = [o for o in registry.offices(actor) if _in_office(o, day) and o.since]
    return held[-1] if held else None


def _in_office(office: Held, day: date | None) -> bool:
    return day is None or (office.since or day) <= day <= (office.until or day)
