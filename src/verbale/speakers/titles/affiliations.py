"""A noun phrase → the body and the state that it is of."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from verbale.registry import Registry
from verbale.registry.names import normal
from verbale.speakers.titles import known
from verbale.speakers.titles.heads import Complement, Parts, Phrase, text_of
from verbale.speakers.titles.parts import Part, Sort
from verbale.speakers.titles.words import uses

Reasons = tuple[tuple[str, str, str], ...]  # each of field, rule and detail
_HAS = ("of", "for", "at", "in", "from", "with", "on", "within", "by", "inside")
_STATES = ("of", "for", "from")
_ADJECTIVE = re.compile(r"(?:an|ese|ish|ern|ic|ist|al)$")  # "European diplomats" are of no body
_SEATS = {"capital", "stand-in"}


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A body and a state, as far as found.

    Attributes:
        consumed: starts of the words that name the body.
    """

    body: str = ""
    state: str = ""
    consumed: frozenset[int] = frozenset()
    reasons: Reasons = ()


def inside(read: Phrase, registry: Registry) -> Affiliation:
    """Body and state from the owner, from what stands before the head, and from the head itself."""
    parts = (*read.owner, *read.before, *((read.head,) if read.head else ()))
    states = [p for p in parts if p.sort is Sort.STATE and p.state and _stands(p, read)]
    found = Affiliation()
    if states and (not read.several or len({p.state for p in states}) == 1):
        found = _stated(found, states[0], "state")
    bodies = [p for p in parts if p.sort is Sort.BODY]
    return _named(found, bodies[-1], registry) if bodies else _printed(found, read, registry)


def behind(found: Affiliation, read: Phrase, registry: Registry) -> Affiliation:
    """Body and state from "for the Foreign Ministry", "of Moldova", "at Pelm University" too."""
    for complement in read.complements:
        if complement.preposition in (("of", "from") if read.posted else _HAS):
            found = _complement(found, complement, read, registry)
    return found


def _stands(part: Part, read: Phrase) -> bool:
    """A capital means its state only where it speaks or sends: "Moscow's envoy", not "a Moscow lawyer"."""
    speaks = part is read.head or read.several or part.possessive or read.posted
    return speaks or not {a.how for a in part.actors} <= _SEATS


def _stated(found: Affiliation, part: Part, rule: str) -> Affiliation:
    reasons = (*found.reasons, ("state", rule, repr(text_of((part,)))))
    return dataclasses.replace(found, state=part.state, reasons=reasons)


def _starts(parts: Parts) -> frozenset[int]:
    return frozenset(w.start for p in parts for w in p.words)


def _named(found: Affiliation, part: Part, registry: Registry) -> Affiliation:
    """A body that the registry knows by this name, of this state where one is told."""
    text = text_of((part,))
    body = known.body(text, found.state, registry)
    state = next((a.state for a in part.actors if a.id == body and a.kind == "body"), "")
    reasons = (*found.reasons, ("body", "name", repr(text)))
    if state and not found.state:
        reasons = (*reasons, ("state", "body", repr(text)))
    return Affiliation(body or text, found.state or state, found.consumed | _starts((part,)), reasons)


def _printed(found: Affiliation, read: Phrase, registry: Registry) -> Affiliation:
    """A body's noun before the head or as the head: what the registry has by it, else its name as printed."""
    core = (*read.before, *((read.head,) if read.head else ()))
    parts = tuple(p for p in core if _of_a_name(p))
    ends = [k for k, p in enumerate(parts) if p.noun and p.noun.sort == "body"]
    if not ends:
        return _loose(found, read)
    run = parts[: ends[-1] + 1]
    text, owner = text_of(run), _owner(read)
    proper = len(run) > 1 or run[-1].capital
    body = _known(run, found.state, registry, proper)
    state = next((n.state for n in known.named(normal(text), registry) if n.id == body), "")
    if not body and owner:
        body = f"{owner} {text}"
    elif not body and proper:
        body = _whole(read, f"{_adjective(core, run[0])}{text}")
    if not body:
        return found
    reasons = (*found.reasons, ("body", "noun", repr(text)))
    named = found.consumed if owner else found.consumed | _starts(run)
    return Affiliation(body, found.state or state, named, reasons)


def _known(run: Parts, state: str, registry: Registry, proper: bool) -> str:
    body = known.body(text_of(run), state, registry) if proper else ""
    noun = run[-1].noun
    return body or (known.ministry(noun.role, state, registry) if noun else "")


def _adjective(core: Parts, first: Part) -> str:
    """The state that a body's printed name begins with, and a blank: "Russian Embassy"."""
    at = next(k for k, p in enumerate(core) if p is first)
    before = core[at - 1] if at else None
    if before is None or before.sort is not Sort.STATE or before.possessive:
        return ""
    return text_of((before,)) + " "


def _whole(read: Phrase, text: str) -> str:
    """A body's printed name with its "of …": "Department of Fisheries"; "" for a bare noun."""
    first = read.complements[0] if read.complements else None
    if first and first.preposition == "of" and not read.titled and any(p.capital for p in first.parts):
        text = f"{text} of {text_of(first.parts)}"
    return text if any(letter.isupper() for letter in text) else ""


def _owner(read: Phrase) -> str:
    """The name that has the body: "Clinton's"."""
    last = read.owner[-1] if read.owner else None
    if last is None or last.sort not in (Sort.NAME, Sort.WORD) or not last.capital:
        return ""
    return text_of(tuple(p for p in read.owner if p.sort in (Sort.NAME, Sort.WORD))) + "’s"


def _of_a_name(part: Part) -> bool:
    return part.sort in (Sort.NOUN, Sort.BODY, Sort.NAME) or (part.sort is Sort.WORD and part.capital)


def _loose(found: Affiliation, read: Phrase) -> Affiliation:
    """Capitals before a title in small letters are a body's name: "Acme spokesman"."""
    if read.head is None or read.head.capital or not read.titled:
        return found
    run: Parts = ()
    for part in reversed(read.before):
        if part.sort is not Sort.WORD or not part.capital:
            break
        run = (part, *run)
    if not run or (len(run) == 1 and _ADJECTIVE.search(run[0].key)):
        return found
    reasons = (*found.reasons, ("body", "printed", repr(text_of(run))))
    return Affiliation(text_of(run), found.state, _starts(run), reasons)


def _complement(found: Affiliation, of: Complement, read: Phrase, registry: Registry) -> Affiliation:
    if _american(of, read):
        return dataclasses.replace(found, state=found.state or "USA")
    for part in of.parts:
        seat = {a.how for a in part.actors} <= _SEATS
        told = part.sort is Sort.STATE and part.state and of.preposition in (("of",) if seat else _STATES)
        if told and not found.state:
            found = _stated(found, part, of.preposition)
    if found.body:
        return found
    bodies = [p for p in of.parts if p.sort is Sort.BODY]
    if bodies:
        return _named(found, bodies[-1], registry)
    last = [k for k, p in enumerate(of.parts) if p.noun and p.noun.sort == "body"]
    if not last:
        return found
    end = last[-1]
    begins = max((k + 1 for k, p in enumerate(of.parts[:end]) if p.possessive), default=0)
    owner, before = of.parts[:begins], of.parts[begins:end]
    return _printed(found, Phrase(owner, frozenset(), before, of.parts[end], (), ()), registry)


def _american(of: Complement, read: Phrase) -> bool:
    """Whether it is a place of the U.S.: "of Ohio", and "of Georgia" behind an office usual in the U.S."""
    usual = read.head is not None and read.head.noun is not None and read.head.noun.state == "USA"
    told = any(p.use == "american" for p in of.parts)
    return uses().get(" ".join(p.key for p in of.parts)) == "american" and (usual or told)
