"""Whether tables are consistent: what a person should mend, each with its file and row."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from verbale.registry.names import normal
from verbale.registry.tables import Day, Office, Role, Tables, doubled

# One person at a time, but for the days of a handover and sources that give months or years alone.
SINGLE = (Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT, Role.FOREIGN_MINISTER, Role.DEFENCE_MINISTER)
HANDOVER = timedelta(days=31)
# Offices of which some states or bodies have several at a time.
SEVERAL = {
    ("head-of-state", "BIH"),
    ("head-of-state", "SMR"),
    ("head-of-state", "AND"),
    ("head-of-state", "CHE"),
}


def contradictions(tables: Tables) -> Iterator[tuple[str, str]]:
    """What is wrong: the place, such as `actors/states.csv:7`, and what."""
    yield from _ids(tables)
    yield from _references(tables)
    yield from _names(tables)
    yield from _terms(tables)


def _ids(tables: Tables) -> Iterator[tuple[str, str]]:
    for rows in (tables.states, tables.bodies, tables.persons, tables.references, tables.outlets):
        for value, first, place in doubled((place, row.id) for place, row in rows.items()):
            yield place, f"id {value!r} stands at {first} too"


def _references(tables: Tables) -> Iterator[tuple[str, str]]:
    states, bodies, persons, read = (
        {row.id for row in rows.values()}
        for rows in (tables.states, tables.bodies, tables.persons, tables.references)
    )
    read_for = (
        (place, source)
        for rows in (tables.states, tables.bodies, tables.persons, tables.offices, tables.outlets)
        for place, row in rows.items()
        for source in row.source.split("|")
    )
    seats = [
        *((place, body.state) for place, body in tables.bodies.items()),
        *((place, office.state) for place, office in tables.offices.items()),
        *((place, outlet.state) for place, outlet in tables.outlets.items()),
    ]
    offices = tables.offices.items()
    for what, known, named in (
        ("source", read, read_for),
        ("state", states, ((place, state) for place, state in seats if state)),
        ("person", persons, ((place, office.person) for place, office in offices)),
        ("body", bodies, ((place, office.body) for place, office in offices if office.body)),
        ("state or body", states | bodies, ((place, office.at) for place, office in offices if office.at)),
    ):
        yield from ((place, f"there is no {what} {name!r}") for place, name in named if name not in known)
    yield from (
        (place, "neither state nor body is named")
        for place, office in offices
        if not (office.state or office.body)
    )
    holders = {office.person for _, office in offices}
    yield from (
        (place, f"{row.id!r} holds no office")
        for place, row in tables.persons.items()
        if row.id not in holders
    )


def _names(tables: Tables) -> Iterator[tuple[str, str]]:
    """A name that means two states, two bodies or two outlets."""
    groups = (
        [(p, n) for p, row in tables.states.items() for n in {row.name, *row.aliases, *row.stand_ins}],
        [(p, n) for p, row in tables.bodies.items() for n in {row.name, *row.aliases}],
        [(p, n) for p, row in tables.outlets.items() for n in {row.name, *row.aliases}],
        [(p, n) for p, row in tables.outlets.items() for n in {*row.domains}],
    )
    for rows in groups:
        by_key = {(place, normal(name)): name for place, name in rows}
        for value, first, place in doubled((place, key) for place, key in by_key):
            yield place, f"{value!r} is a name at {first} too"


def _terms(tables: Tables) -> Iterator[tuple[str, str]]:
    held: dict[tuple[str, ...], list[tuple[str, Office]]] = defaultdict(list)
    seats: dict[tuple[str, str], list[tuple[str, Office]]] = defaultdict(list)
    for place, office in tables.offices.items():
        if office.since and office.until and office.until.last < office.since.first:
            yield place, "it ends before it begins"
        held[office.person, office.role, office.state, office.body, office.at, office.title].append(
            (place, office)
        )
        seat = (office.role, office.state)
        acting = office.title.startswith("Acting")  # for one who is away, and who holds the office still
        if office.role in SINGLE and office.state and not acting and seat not in SEVERAL:
            seats[seat].append((place, office))
    for rows in held.values():
        for (first, one), (place, other) in itertools.combinations(rows, 2):
            if _overlap(one, other) > timedelta(0):
                yield place, f"the same person holds the same office at {first}"
    for (role, state), rows in seats.items():
        for (first, one), (place, other) in itertools.combinations(rows, 2):
            if one.person != other.person and _overlap(one, other) > HANDOVER:
                yield place, f"{state} has another {role} at {first} in the same days"


def _overlap(one: Office, other: Office) -> timedelta:
    """Days that both surely held it: what a source leaves open is no contradiction."""
    start = max(_surely(one.since, "last"), _surely(other.since, "last"))
    end = min(_surely(one.until, "first"), _surely(other.until, "first"))
    return end - start


def _surely(day: Day | None, edge: str) -> date:
    """An edge of a term; none given is the end of days, for a start that nobody knows and for an open end."""
    if day is None:
        return date.max
    return day.last if edge == "last" else day.first
