"""How a statement is put into words for a person: who speaks, through whom, to whom, where and when."""

from __future__ import annotations

from functools import lru_cache

from verbale.export.wording import certainty, day, one_line
from verbale.registry import default_registry
from verbale.registry.issues import default_issues
from verbale.types import Act, ActKind, Days, Modality, Party, Position, Relay, Speaking, Statement, Tense

_SHOWN = 3  # candidates


def speaker(statement: Statement) -> str:
    """The speaker's name; of one who is not resolved "?" and the likeliest candidates."""
    told = statement.speaker
    if told.mention is None and told.candidates and told.actor is None:
        rivals = ", ".join(f"{c.name} {c.score:.2f}" for c in told.candidates[:_SHOWN])
        return f"? {rivals}"
    if not told.name:
        return "nobody named"
    return told.name


def standing(statement: Statement) -> str:
    """Office, body and state: "Deputy Foreign Minister · Russian Foreign Ministry · Russia"."""
    body = name_of(statement.body) if statement.body else ""
    state = name_of(statement.state) if statement.state else ""
    named = speaker(statement).casefold()
    parts = [part for part in (statement.office, body, state) if part and part.casefold() != named]
    if not parts and statement.voice in (Speaking.GROUP, Speaking.NAMELESS):
        parts = [statement.voice.value]
    return " · ".join(dict.fromkeys(parts))


def occasion(statement: Statement) -> str:
    """To whom, where, by what medium and when: "to reporters, at Port Hall, interview, 9 December 2022"."""
    how = statement.circumstances
    parts = [
        f"to {how.addressee.name}" + _mark(how.addressee.inferred) if how.addressee else "",
        f"at {how.venue.name}" + _mark(how.venue.inferred) if how.venue else "",
        how.medium.kind + _mark(how.medium.inferred) if how.medium else "",
        when(how.said) + _mark(how.said.inferred) if how.said else "",
    ]
    return ", ".join(part for part in parts if part)


def chain(statement: Statement) -> str:
    """The way that the words came, from the outlet down: "The Courier ← RTA"; "" when no one is known."""
    return " ← ".join(link(relay) for relay in statement.relays)


def link(relay: Relay) -> str:
    """One relay's name."""
    return (name_of(relay.actor) if relay.actor else relay.name) + _mark(relay.inferred)


def when(said: Days) -> str:
    """A day, week, month or year in words."""
    if said.precision == "year":
        return str(said.first.year)
    if said.precision == "month":
        return day(said.first).split(" ", 1)[1]
    return day(said.first) if said.first == said.last else f"{day(said.first)} to {day(said.last)}"


def sure(statement: Statement) -> str:
    """How sure it is who speaks."""
    return certainty(statement.speaker.probability)


@lru_cache(maxsize=4096)
def name_of(actor: str) -> str:
    """An actor's name in the registry; an id that it lacks stands for itself."""
    known = default_registry().get(actor)
    return known.name if known else actor


def position(held: Position, text: str) -> str:
    """Who stands where: "Russia supports New START: inspections, “if …”; as the United States says"."""
    return " ".join(position_parts(held, text))


def position_parts(held: Position, text: str) -> tuple[str, str, str]:
    """The holder, the stance, and what towards, under which condition, on whose word."""
    what = issue_of(held.issue, held.matter)
    if held.condition:
        what += f", “{one_line(held.condition.of(text))}”"
    if held.ascribed:
        what += f"; as {party(held.by) if held.by else 'the article'} says"
    return party(held.holder), held.stance.value, what


def act(done: Act) -> str:
    """What is done: "Russia: criticise, United States (CAMEO 111, ACCUSE)"."""
    how = [
        "not" if done.negated else "",
        done.tense.value if done.tense is not Tense.NOW else "",
        done.modality.value if done.modality is not Modality.ASSERTED else "",
    ]
    marks = ", ".join(part for part in how if part)
    target = f" → {party(done.target)}" if done.target else ""
    codes = ", ".join(
        part for part in (f"CAMEO {done.cameo}" if done.cameo else "no CAMEO code", done.plover) if part
    )
    return f"{party(done.actor)}: {done.name}{target}{f' ({marks})' if marks else ''} [{codes}]"


def party(who: Party) -> str:
    """A party's name: the registry's, else the text's."""
    name = name_of(who.id)
    return who.name if name == who.id and who.name else name


def notable(statement: Statement) -> tuple[Act, ...]:
    """The acts that tell more than that something was stated."""
    return tuple(
        done for done in statement.acts if done.kind is not ActKind.STATE or done.cameo not in ("", "010")
    )


@lru_cache(maxsize=4096)
def issue_of(issue: str, matter: str) -> str:
    """An issue's short name, with the matter where that is not the thing itself; an id that is not known
    stands for itself.
    """
    tables = default_issues()
    known = tables.by_id.get(issue)
    if known is None:
        return f"{issue}: {matter}" if matter else issue
    name = min((known.name, *known.aliases[:1]), key=len)
    within = tables.matters.get(issue, ())
    told = next((m.name for m in within[1:] if m.id == matter), "")
    return f"{name}: {told}" if told else name


def _mark(inferred: bool) -> str:
    return " (carried over)" if inferred else ""
