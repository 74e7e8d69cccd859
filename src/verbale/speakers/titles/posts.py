"""A noun phrase → the office that it tells, its role, the body and state it is of, and where it is posted."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from verbale.registry import Registry
from verbale.registry.tables import Role
from verbale.speakers.titles.affiliations import Affiliation, Reasons, behind, inside
from verbale.speakers.titles.heads import Phrase
from verbale.speakers.titles.offices import office
from verbale.speakers.titles.parts import Sort

_SENT = ("to", "in", "at", "for", "on")
_DEPUTIES = {
    Role.FOREIGN_MINISTER: Role.DEPUTY_FOREIGN_MINISTER,
    Role.DEFENCE_MINISTER: Role.DEPUTY_DEFENCE_MINISTER,
    Role.HEAD_OF_GOVERNMENT: Role.DEPUTY_HEAD_OF_GOVERNMENT,
    Role.SECRETARY_GENERAL: Role.DEPUTY_SECRETARY_GENERAL,
    Role.DIRECTOR_GENERAL: Role.DEPUTY_DIRECTOR_GENERAL,
    **{r: r for r in (Role.SPOKESPERSON, Role.NEGOTIATOR, Role.AMBASSADOR, Role.ADVISER, Role.MINISTER)},
}


@dataclass(frozen=True, slots=True)
class Post:
    """What a phrase tells; see `verbale.speakers.titles.Title`. A reason is field, rule and detail."""

    office: str
    role: Role | None
    body: str
    state: str
    at: str
    reasons: Reasons


def post(read: Phrase, words: str, registry: Registry) -> Post:
    """Put together what a phrase tells.

    Args:
        read: the phrase.
        words: that it was cut from.
        registry: who is known.
    """
    role, reasons = _role(read)
    found, at = _sent(inside(read, registry), read, role)
    found = _usual(behind(found, read, registry), read)
    noun = read.head.noun if read.head else None
    titled = noun is not None and noun.sort in ("office", "person") and not noun.many
    printed = office(read, words, found.consumed) if titled else ""
    return Post(printed, role, found.body, found.state, at, (*found.reasons, *reasons))


def _role(read: Phrase) -> tuple[Role | None, Reasons]:
    """The head's role, else that of a title before it; a deputy's is another, a former one holds none."""
    if not read.titled or read.head is None or read.head.noun is None or read.head.noun.many:
        return None, ()
    before = [p.noun.role for p in read.before if p.noun and p.noun.role and p.noun.sort == "office"]
    role = read.head.noun.role or (before[-1] if before else None)
    if "former" in read.uses:
        return None, (("role", "former", "held before"),)
    if role and "deputy" in read.uses:
        return _DEPUTIES.get(role), ()
    return role, ()


def _sent(found: Affiliation, read: Phrase, role: Role | None) -> tuple[Affiliation, str]:
    """Where one is posted; a body before "ambassador" is where, not whose."""
    if not read.posted:
        return found, ""
    for complement in (c for c in read.complements if c.preposition in _SENT):
        for part in complement.parts:
            if part.sort is Sort.STATE and part.state:
                return found, part.state
            if part.sort is Sort.BODY:
                return found, part.actors[0].id
    if role is Role.AMBASSADOR and any(p.sort is Sort.BODY for p in read.before):
        return dataclasses.replace(found, body="", consumed=frozenset()), found.body
    return found, ""


def _usual(found: Affiliation, read: Phrase) -> Affiliation:
    """What an office belongs to where nothing else is said: "Secretary of State"."""
    noun = read.head.noun if read.head else None
    state, body, reasons = found.state, found.body, found.reasons
    usual = "USA" if read.head and any(p.use == "american" for p in (*read.owner, *read.before)) else ""
    usual = usual or (noun.state if noun and not body else "")
    if usual and not state:
        state, reasons = usual, (*reasons, ("state", "usual", noun.word if noun else ""))
    if noun and noun.body and not body and noun.state in ("", state) and "former" not in read.uses:
        body, reasons = noun.body, (*reasons, ("body", "usual", noun.word))
    return dataclasses.replace(found, state=state, body=body, reasons=reasons)
