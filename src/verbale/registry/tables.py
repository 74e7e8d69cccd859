"""The tables of actors and outlets: CSV files that a person edits → frozen records, or one complaint."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from verbale.errors import RegistryError

Values = tuple[str, ...]
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class BodyKind(StrEnum):
    """What kind of organisation speaks."""

    MINISTRY = "ministry"
    GOVERNMENT = "government"
    PRESIDENCY = "presidency"
    PARLIAMENT = "parliament"
    CHAMBER = "chamber"
    AGENCY = "agency"
    ARMED_FORCE = "armed force"
    COURT = "court"
    PARTY = "party"
    ORGANISATION = "organisation"
    ALLIANCE = "alliance"
    UNION = "union"
    GROUP = "group"


class Role(StrEnum):
    """What an office is, whatever its title."""

    HEAD_OF_STATE = "head-of-state"
    HEAD_OF_GOVERNMENT = "head-of-government"
    DEPUTY_HEAD_OF_GOVERNMENT = "deputy-head-of-government"
    FOREIGN_MINISTER = "foreign-minister"
    DEFENCE_MINISTER = "defence-minister"
    DEPUTY_FOREIGN_MINISTER = "deputy-foreign-minister"
    DEPUTY_DEFENCE_MINISTER = "deputy-defence-minister"
    MINISTER = "minister"
    SPOKESPERSON = "spokesperson"
    AMBASSADOR = "ambassador"
    ENVOY = "envoy"
    NEGOTIATOR = "negotiator"
    ADVISER = "adviser"
    SECRETARY_GENERAL = "secretary-general"
    DEPUTY_SECRETARY_GENERAL = "deputy-secretary-general"
    DIRECTOR_GENERAL = "director-general"
    DEPUTY_DIRECTOR_GENERAL = "deputy-director-general"
    HIGH_REPRESENTATIVE = "high-representative"
    LEGISLATOR = "legislator"
    COMMANDER = "commander"


class OutletKind(StrEnum):
    """Where words reach the reader."""

    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    PAPER = "paper"
    MAGAZINE = "magazine"
    SITE = "site"
    PLATFORM = "platform"


class Control(StrEnum):
    """Who is behind an outlet; empty where nobody was asked."""

    STATE = "state"
    PUBLIC = "public"
    PARTY = "party"
    PRIVATE = "private"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day, month or year as a source gives it: the first and the last day that it can mean."""

    first: date
    last: date

    @staticmethod
    def parse(text: str) -> Day:
        """Read `2014`, `2014-05` or `2014-05-12`.

        Raises:
            ValueError: it is none of these, or no day of the calendar.
        """
        match = _DAY.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is no year, month or day (2014, 2014-05 or 2014-05-12)")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            first = date(year, month or 1, day or 1)
            last = first if day else date(year, month or 12, calendar.monthrange(year, month or 12)[1])
        except (ValueError, calendar.IllegalMonthError) as error:
            raise ValueError(f"{text!r} is no day of the calendar") from error
        return Day(first, last)


@dataclass(frozen=True, slots=True)
class State:
    """A state, or a territory that the news treats as one; `id` is its ISO 3166-1 alpha-3 code."""

    id: str
    name: str
    official: str
    adjectives: Values
    people: Values
    capital: str
    stand_ins: Values
    aliases: Values
    source: str


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation that speaks; `state` is empty for an international one."""

    id: str
    name: str
    kind: BodyKind
    state: str
    seat: str
    aliases: Values
    stand_ins: Values
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person, under the name that the English-language press prints."""

    id: str
    name: str
    aliases: Values
    source: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person held; `at` is where an ambassador or envoy is sent."""

    person: str
    role: Role
    title: str
    body: str
    state: str
    at: str
    since: Day | None
    until: Day | None
    source: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """What words come through; `state` is that of its seat."""

    id: str
    name: str
    kind: OutletKind
    aliases: Values
    domains: Values
    state: str
    control: Control
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What was read for a fact."""

    id: str
    title: str
    address: str
    licence: str
    read: str


Record = TypeVar("Record", State, Body, Person, Office, Outlet, Reference)
# Columns that bear another name than their field: "from" is a word of Python's own.
_COLUMNS = {"since": "from"}
_FILES: dict[str, type[Any]] = {
    "actors/states.csv": State,
    "actors/bodies.csv": Body,
    "actors/persons.csv": Person,
    "actors/offices.csv": Office,
    "actors/sources.csv": Reference,
    "outlets/outlets.csv": Outlet,
}
_EMPTY = {"person", "role", "name", "id", "kind", "source", "title"}  # columns that may not be


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one registry, each row under the place it stands at, such as `actors/states.csv:7`."""

    states: Mapping[str, State]
    bodies: Mapping[str, Body]
    persons: Mapping[str, Person]
    offices: Mapping[str, Office]
    references: Mapping[str, Reference]
    outlets: Mapping[str, Outlet]


def load(folder: Path) -> Tables:
    """Read all tables of a folder.

    Args:
        folder: holds `actors/` and `outlets/`.

    Raises:
        RegistryError: a file is missing or a row is wrong; it names both, and nothing is loaded.
    """
    return Tables(*(table(folder, name) for name in _FILES))


def table(folder: Path, name: str) -> dict[str, Any]:
    """Read one table, such as `actors/states.csv`; see `load`."""
    return dict(rows(folder, name, _FILES[name]))


def rows(folder: Path, name: str, record: type[Any]) -> Iterator[tuple[str, Any]]:
    """The rows of a table, each under its place, as records whose fields are its columns; see `load`."""
    path = folder / name
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(
            "registry", str(path), f"cannot be read ({error})", "see its README.md"
        ) from error
    columns = [_COLUMNS.get(field.name, field.name) for field in fields(record)]
    cells_of = csv.reader(lines, strict=True)
    try:
        header = next(cells_of, [])
        if header != columns:
            raise ValueError(f"its columns are {', '.join(header) or 'missing'}, not {', '.join(columns)}")
        for cells in cells_of:
            if cells:
                yield f"{name}:{cells_of.line_num}", _record(record, columns, cells)
    except (ValueError, csv.Error) as error:
        place = f"{path}:{cells_of.line_num}"
        raise RegistryError("registry", place, str(error), "see its README.md") from error


def _record(record: type[Any], columns: list[str], cells: list[str]) -> Any:
    if len(cells) != len(columns):
        raise ValueError(f"has {len(cells)} cells where {len(columns)} belong")
    values, hints = [], get_type_hints(record)
    for field, column, cell in zip(fields(record), columns, cells, strict=True):
        cell = cell.strip()
        if not cell and column in _EMPTY and not field.metadata.get("may be empty"):
            raise ValueError(f"{column} is empty")
        values.append(_value(hints[field.name], cell))
    return record(*values)


def _value(kind: Any, cell: str) -> Any:
    if kind == Values:
        return tuple(part.strip() for part in cell.split("|") if part.strip())
    if kind == Day | None:
        return Day.parse(cell) if cell else None
    if issubclass(kind, StrEnum):
        if cell not in list(kind):
            raise ValueError(f"{cell!r} is none of {', '.join(filter(None, kind))}")
        return kind(cell)
    return cell


def doubled(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Values that stand at two places: the value, the first place and the other one."""
    seen: dict[str, str] = {}
    for place, value in rows:
        if value in seen:
            yield value, seen[value], place
        else:
            seen[value] = place
