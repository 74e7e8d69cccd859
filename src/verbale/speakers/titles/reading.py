"""The words of a source → office, role, body and state, and what kind of voice they alone make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from verbale.registry import Registry
from verbale.registry.names import normal
from verbale.registry.tables import Role
from verbale.speakers.titles.heads import Phrase, named_person, phrase, text_of
from verbale.speakers.titles.kinds import voice
from verbale.speakers.titles.known import ministry
from verbale.speakers.titles.parts import LONGEST, Sort, legislator, segments
from verbale.speakers.titles.posts import Post, post
from verbale.speakers.titles.words import nouns
from verbale.types import Reason, Speaking

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Title:
    """What words tell of the one they mean, each part "" or None where they do not tell.

    Attributes:
        office: as printed, without state, body and name; with the place that it is at or of.
        role: held when the words were printed; None of a former one.
        body: an id of the registry, else an organisation's name as printed.
        state: ISO 3166-1 alpha-3; of an ambassador the sending state.
        at: where an ambassador or envoy is sent: a state, or a body's id.
        kind: what kind of voice the words alone make.
        plural: whether several are meant.
        definite: whether they point to one that is known: "the", "Russia's", or a title like a name.
        head: the key of the noun that they are about: "foreign minister", "voters".
    """

    office: str = ""
    role: Role | None = None
    body: str = ""
    state: str = ""
    at: str = ""
    kind: Speaking | None = None
    plural: bool = False
    definite: bool = False
    head: str = ""
    reasons: tuple[Reason, ...] = ()


def title_of(words: str, registry: Registry, names: Sequence[str] = ()) -> Title:
    """Read the words of a source or mention, in whatever order title and name stand.

    Args:
        words: as printed; of very long ones only the beginning is read.
        registry: who is known.
        names: persons' names that are known to stand in the words.
    """
    read = " ".join(words[:LONGEST].split())
    return _title(read, registry, tuple(names), registry.connection.total_changes)


def person_in(words: str, registry: Registry) -> str:
    """The personal name that stands beside a title in words, "" where there is none."""
    phrases = [phrase(parts) for parts in segments(" ".join(words[:LONGEST].split()), (), registry)]
    return next((text_of(p.name) for p in phrases if p.name), "")


@lru_cache(maxsize=16384)
def _title(words: str, registry: Registry, names: tuple[str, ...], changes: int) -> Title:
    """Read words once; `changes` forgets what was read before the registry was filled further."""
    alone = nouns().get(normal(words))
    if alone and alone.sort in ("group", "nameless"):
        kind = Speaking(alone.sort)
        reasons = (_reason("kind", "word", alone.word),)
        return Title(kind=kind, plural=alone.many, head=normal(words), reasons=reasons)
    phrases = [phrase(parts) for parts in segments(words, names, registry)]
    if not phrases:
        return Title()
    chosen = _chosen(phrases)
    person = _person(phrases, chosen, bool(names))
    told = post(chosen, words, registry)
    told = _legislator(told) if legislator(words) and not told.state else told
    return _put_together(told, chosen, person, registry)


def _chosen(phrases: Sequence[Phrase]) -> Phrase:
    """The phrase that tells the most: the first about a person's office, else the first with a head."""
    ranked = [p for p in phrases if p.head is not None]
    plain = [p for p in ranked if not _courtesy(p)]
    if phrases[0].head is not None and not _courtesy(phrases[0]):
        return phrases[0]
    return next(iter([p for p in plain if p.titled] or plain or ranked or phrases))


def _courtesy(read: Phrase) -> bool:
    return bool(read.head and read.head.noun and read.head.noun.sort == "courtesy")


def _person(phrases: Sequence[Phrase], chosen: Phrase, given: bool) -> bool:
    """Whether a personal name is among the words, other than before another noun or as its possessor."""
    if any(p.titled and p.name for p in phrases):
        return True
    bare = [p for p in phrases if p.head is None and p.name and not _lower(p)]
    if any(named_person(p.name, given) for p in bare):
        return True
    if not bare or not chosen.titled or (chosen.head and chosen.head.noun and chosen.head.noun.many):
        return False
    return bare[0] is phrases[0] or "indefinite" not in chosen.uses


def _lower(read: Phrase) -> bool:
    """Whether a phrase without a head has words in small letters that no name has."""
    return any(p.sort is Sort.WORD and not p.capital and len(p.key) > 3 for p in read.before)


def _legislator(told: Post) -> Post:
    reasons = (*told.reasons, ("state", "party and state", "a legislator of the U.S."))
    return Post(told.office, told.role or Role.LEGISLATOR, told.body, "USA", told.at, reasons)


def _put_together(told: Post, chosen: Phrase, person: bool, registry: Registry) -> Title:
    reasons = [_reason(*each) for each in told.reasons]
    body = told.body
    if not body and told.role and (body := ministry(told.role, told.state, registry)):
        reasons.append(_reason("body", "derived", f"the ministry of {told.role} of {told.state}"))
    kind, why = voice(chosen, person)
    if why:
        reasons.append(_reason("kind", "words", why))
    noun = chosen.head.noun if chosen.head else None
    plural = (
        bool(noun and noun.many)
        or _people(chosen)
        or bool({"counted", "many"} & chosen.uses)
        or chosen.several
    )
    named = kind is Speaking.PERSON or told.role is not None or (noun is not None and noun.sort == "office")
    return Title(
        office=told.office if named else "",
        role=told.role,
        body=body,
        state=told.state,
        at=told.at,
        kind=kind,
        plural=plural,
        definite=_definite(chosen, person),
        head=chosen.head.key.removeprefix("the ") if chosen.head else "",
        reasons=tuple(reasons),
    )


def _people(chosen: Phrase) -> bool:
    return chosen.head is not None and any(actor.how == "people" for actor in chosen.head.actors)


def _definite(chosen: Phrase, person: bool) -> bool:
    if {"indefinite", "many"} & chosen.uses:
        return False
    return person or "definite" in chosen.uses or bool(chosen.owner) or _like_a_name(chosen)


def _like_a_name(chosen: Phrase) -> bool:
    head = chosen.head
    return head is not None and (head.noun is None or (head.noun.sort == "office" and not head.noun.many))


def _reason(field: str, rule: str, detail: str) -> Reason:
    return Reason(field, f"title:{rule}", VERSION, None, detail)
