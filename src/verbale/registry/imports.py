"""Tables of others → actors: what a Wikidata query gives, as CSV or JSON, or a table of one's own."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from verbale.errors import RegistryError
from verbale.registry.index import Registry
from verbale.registry.names import normal
from verbale.registry.tables import Day, Office, Person, Role, Tables
from verbale.types import digest

# By what a row tells, the columns that may hold it, the best first.
COLUMNS = {
    "id": ("person", "item", "human", "officeholder", "holder", "id"),
    "name": ("personLabel", "itemLabel", "humanLabel", "officeholderLabel", "holderLabel", "name", "label"),
    "aliases": ("aliases", "personAltLabel", "itemAltLabel", "altLabel"),
    "title": ("positionLabel", "officeLabel", "title", "position", "office"),
    "state": ("iso3", "countryCode", "countryLabel", "country", "stateLabel", "state"),
    "body": ("bodyLabel", "organizationLabel", "organisationLabel", "body", "organization", "organisation"),
    "since": ("from", "start", "startDate", "start_date", "start_year", "since"),
    "until": ("until", "end", "endDate", "end_date", "end_year"),
}
# What a title says of the office's role; the first that fits.
ROLES = tuple(
    (re.compile(pattern, re.IGNORECASE), role)
    for pattern, role in (
        (r"spokes(person|man|woman)|press secretary", Role.SPOKESPERSON),
        (r"(deputy|vice|assistant|under).*(foreign|external|secretary of state)",
         Role.DEPUTY_FOREIGN_MINISTER),
        (r"(deputy|vice|under).*(defen[cs]e)", Role.DEPUTY_DEFENCE_MINISTER),
        (r"deputy secretary.general", Role.DEPUTY_SECRETARY_GENERAL),
        (r"secretary.general", Role.SECRETARY_GENERAL),
        (r"deputy director.general", Role.DEPUTY_DIRECTOR_GENERAL),
        (r"director.general", Role.DIRECTOR_GENERAL),
        (r"high representative", Role.HIGH_REPRESENTATIVE),
        (r"ambassador|permanent representative|chargé", Role.AMBASSADOR),
        (r"envoy|special representative", Role.ENVOY),
        (r"negotiator", Role.NEGOTIATOR),
        (r"advis[eo]r", Role.ADVISER),
        (r"foreign (affairs )?(minister|secretary)|minister (of|for) (foreign|external)|secretary of state",
         Role.FOREIGN_MINISTER),
        (r"(defen[cs]e|war) (minister|secretary)|(minister|secretary) (of|for) (defen[cs]e|war)",
         Role.DEFENCE_MINISTER),
        (r"deputy (prime minister|premier)|vice.(premier|president)", Role.DEPUTY_HEAD_OF_GOVERNMENT),
        (r"prime minister|premier|chancellor|taoiseach", Role.HEAD_OF_GOVERNMENT),
        (r"president|monarch|king|queen|prince|duke|emperor|emir|sultan|pope|supreme leader|head of state",
         Role.HEAD_OF_STATE),
        (r"minister|secretary", Role.MINISTER),
        (r"senator|member of|deputy|speaker", Role.LEGISLATOR),
        (r"commander|general|admiral|chief of", Role.COMMANDER),
    )
)  # fmt: skip
_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}")


@dataclass
class Imported:
    """What a table gave.

    Attributes:
        skipped: rows that were not understood: place and why.
    """

    persons: dict[str, Person] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tables(self) -> Tables:
        """As tables that a `Registry` takes."""
        return Tables({}, {}, self.persons, self.offices, {}, {})


def imported(path: Path, known: Registry) -> Imported:
    """Read a table of persons and their offices.

    Args:
        path: a CSV file with a header, a JSON list of objects, or Wikidata's JSON of a query's results.
        known: to look states and bodies up in.

    Raises:
        RegistryError: the file cannot be read, or no column of it holds names.
    """
    rows = list(_rows(path))
    columns = {key: _column(names, rows) for key, names in COLUMNS.items()}
    if not columns["name"]:
        what = f"has no column of names (one of {', '.join(COLUMNS['name'])})"
        raise RegistryError("import", str(path), what, "rename a column")
    found = Imported()
    for number, row in enumerate(rows, 2):
        cells = {key: str(row.get(column) or "").strip() if column else "" for key, column in columns.items()}
        try:
            _add(found, cells, f"{path}:{number}", known)
        except ValueError as error:
            found.skipped.append((f"{path}:{number}", str(error)))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() != ".json":
            yield from csv.DictReader(text.splitlines(), strict=True)
            return
        found = json.loads(text)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise RegistryError("import", str(path), f"cannot be read ({error})", "give CSV or JSON") from error
    if isinstance(found, dict):
        bindings = found.get("results", {}).get("bindings", [])
        found = [{name: cell.get("value", "") for name, cell in row.items()} for row in bindings]
    yield from (row for row in found if isinstance(row, dict))


def _column(names: Iterable[str], rows: list[dict[str, Any]]) -> str:
    there = set(rows[0]) if rows else set()
    return next((name for name in names if name in there), "")


def _add(found: Imported, cells: dict[str, str], place: str, known: Registry) -> None:
    name = cells["name"]
    if not name:
        raise ValueError("no name")
    wikidata = re.search(r"Q\d+$", cells["id"])
    person = wikidata.group() if wikidata else "p-" + digest("person", normal(name))[:12]
    earlier = found.persons[person].aliases if person in found.persons else ()
    aliases = [part.strip() for part in re.split(r"[|,;]", cells["aliases"]) if part.strip()]
    found.persons[person] = Person(person, name, tuple(dict.fromkeys((*earlier, *aliases))), place)
    if not cells["title"]:
        return
    role = next((role for pattern, role in ROLES if pattern.search(cells["title"])), None)
    if role is None:
        raise ValueError(f"{cells['title']!r} is no office that is known here")
    state = _known(cells["state"], "state", known)
    body = _known(cells["body"], "body", known)
    since, until = (_day(cells[key]) for key in ("since", "until"))
    found.offices[place] = Office(person, role, cells["title"], body, state, "", since, until, place)


def _known(name: str, kind: str, known: Registry) -> str:
    """The id of a state or body by its id or any of its names; "" where no name is given."""
    if not name:
        return ""
    found = known.get(name) or next(iter(known.find(name, kinds=(kind,))), None)
    if found is None:
        raise ValueError(f"there is no {kind} {name!r}")
    return found.id


def _day(text: str) -> Day | None:
    """The day, month or year that a cell begins with; Wikidata writes "2014-05-12T00:00:00Z"."""
    match = _DAY.match(text)
    if text and not match:
        raise ValueError(f"{text!r} is no day")
    return Day.parse(match.group()) if match else None
