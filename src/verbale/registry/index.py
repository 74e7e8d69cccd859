"""Looking actors up: by name, in any spelling, and by office and day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from verbale.errors import RegistryError
from verbale.registry.names import likeness, normal, parts, skeleton
from verbale.registry.tables import Role, Tables

ALIKE = 0.86  # likeness from which two spellings may be one person
AT_MOST = 50  # spellings compared; a commoner last name needs a given name to be told
LIKELIEST = 20  # candidates whose offices are looked up
NOT_IN_OFFICE = 0.9  # what a person's score keeps who held no office on the day


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a name may mean.

    Attributes:
        kind: person, body, state or outlet.
        state: ISO 3166-1 alpha-3, "" where there is none or several.
        how: which of its names it was: name, alias, last name, adjective, people, capital, stand-in, domain,
            or for a person another spelling.
        score: 0 to 1, how alike the names are, less for a person out of office on the day.
        detail: why, in words.
    """

    id: str
    kind: str
    name: str
    state: str
    how: str
    score: float
    detail: str


@dataclass(frozen=True, slots=True)
class Held:
    """An office with who held it; days are the widest that the source allows, None where it gives none."""

    person: str
    name: str
    role: Role
    title: str
    body: str
    state: str
    at: str
    since: date | None
    until: date | None


class Registry:
    """Tables made ready for looking up: in memory for the package's own, in a file for imported ones."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.path = str(path)
        self.connection = sqlite3.connect(path, check_same_thread=False)

    @staticmethod
    def open(path: Path, *, make: bool = False) -> Registry:
        """Open a file of imported actors.

        Raises:
            RegistryError: there is none, or it is no such file.
        """
        if not make and not path.is_file():
            raise RegistryError("registry", str(path), "is not there", "see verbale actors import")
        try:
            registry = Registry(path)
            registry.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if path.stat().st_size and not make:
                registry.connection.execute("SELECT key FROM name LIMIT 1")
        except sqlite3.DatabaseError as error:
            what = f"is no file of actors ({error})"
            raise RegistryError("registry", str(path), what, "see verbale actors import") from error
        return registry

    def fill(self, tables: Tables) -> Registry:
        """Add tables, all of them or none; persons who are there already are replaced.

        Raises:
            RegistryError: an id stands for two actors.
        """
        schema = files("verbale.registry").joinpath("schema.sql").read_text(encoding="utf-8")
        self.connection.executescript(schema)
        persons = [(person.id,) for person in tables.persons.values()]
        try:
            with self.connection:
                self.connection.executemany("DELETE FROM office WHERE person = ?", persons)
                self.connection.executemany("DELETE FROM name WHERE actor = ?", persons)
                self.connection.executemany("DELETE FROM actor WHERE id = ? AND kind = 'person'", persons)
                self.connection.executemany("INSERT INTO actor VALUES (?, ?, ?, ?)", _actors(tables))
                self.connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", _names(tables))
                self.connection.executemany(
                    "INSERT INTO office VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _offices(tables)
                )
        except sqlite3.IntegrityError as error:
            what = f"an id stands for two actors ({error})"
            raise RegistryError("registry", self.path, what, "see verbale actors check") from error
        return self

    def find(self, name: str, day: date | None = None, kinds: Sequence[str] = ()) -> list[Candidate]:
        """Actors that a name may mean, the likeliest first.

        Args:
            name: as printed, in any script.
            day: when it was printed; who held an office then is likelier.
            kinds: of person, body, state, outlet; all when empty.
        """
        best: dict[str, Candidate] = {}
        for candidate in (*self._exact(name), *self._alike(name)):
            if (not kinds or candidate.kind in kinds) and (
                candidate.id not in best or candidate.score > best[candidate.id].score
            ):
                best[candidate.id] = candidate
        found = sorted(best.values(), key=lambda c: (-c.score, c.id))
        if day is not None:
            likeliest = [self._on(candidate, day) for candidate in found[:LIKELIEST]]
            found = sorted(likeliest, key=lambda c: (-c.score, c.id)) + found[LIKELIEST:]
        return found

    def get(self, actor: str) -> Candidate | None:
        """The actor with an id."""
        row = self.connection.execute(
            "SELECT id, kind, name, state, 'id', 1.0, 'its id' FROM actor WHERE id = ?", (actor,)
        ).fetchone()
        return Candidate(*row) if row else None

    def holders(self, role: Role, state: str = "", body: str = "", day: date | None = None) -> list[Held]:
        """Who held an office: of a state, of a body, or of that body of that state; on a day or ever.

        A day that a source's precision leaves open counts as held.
        """
        rows = self.connection.execute(
            """
            SELECT person, name, role, title, body, office.state, at, since, until
            FROM office JOIN actor ON actor.id = office.person
            WHERE role = :role AND (:state = '' OR office.state = :state) AND (:body = '' OR body = :body)
              AND (:day IS NULL OR (coalesce(since, :day) <= :day AND coalesce(until, :day) >= :day))
            ORDER BY coalesce(since, ''), person
            """,
            {"role": role, "state": state, "body": body, "day": day.isoformat() if day else None},
        )
        return [_held(row) for row in rows]

    def offices(self, person: str) -> list[Held]:
        """The offices of a person, earliest first."""
        rows = self.connection.execute(
            """
            SELECT person, name, role, title, body, office.state, at, since, until
            FROM office JOIN actor ON actor.id = office.person
            WHERE person = ? ORDER BY coalesce(since, ''), role
            """,
            (person,),
        )
        return [_held(row) for row in rows]

    def _exact(self, name: str) -> Iterator[Candidate]:
        rows = self.connection.execute(
            "SELECT id, kind, name, state, how, text FROM name JOIN actor ON actor.id = actor WHERE key = ?",
            (normal(name),),
        )
        for actor, kind, known, state, how, text in rows:
            score = 0.8 if how == "last name" else 1.0
            yield Candidate(actor, kind, known, state, how, score, f"{name!r} is its {how} {text!r}")

    def _alike(self, name: str) -> Iterator[Candidate]:
        """Persons whose last name has the same consonants."""
        words = parts(name)
        if not words:
            return
        rows = self.connection.execute(
            """
            SELECT id, actor.name, state, text FROM name JOIN actor ON actor.id = actor
            WHERE skeleton = :last AND skeleton <> '' AND (initial IN (:first, '') OR :first = '')
              AND kind = 'person' LIMIT :most
            """,
            {"last": skeleton(words[-1]), "first": _initial(words), "most": AT_MOST},
        )
        for actor, known, state, text in rows:
            score = likeness(name, text)
            if score >= ALIKE:
                score = round(score if len(words) > 1 else 0.8 * score, 3)
                yield Candidate(
                    actor, "person", known, state, "spelling", score, f"{name!r} is like {text!r}"
                )

    def _on(self, candidate: Candidate, day: date) -> Candidate:
        if candidate.kind != "person":
            return candidate
        for office in self.offices(candidate.id):
            if (office.since or day) <= day <= (office.until or day):
                detail = f"{candidate.detail}; {office.title} on {day}"
                return Candidate(*_fields(candidate), candidate.score, detail)
        detail = f"{candidate.detail}; in no office known on {day}"
        return Candidate(*_fields(candidate), round(NOT_IN_OFFICE * candidate.score, 3), detail)


def _fields(candidate: Candidate) -> tuple[str, str, str, str, str]:
    return candidate.id, candidate.kind, candidate.name, candidate.state, candidate.how


def _held(row: Sequence[str]) -> Held:
    person, name, role, title, body, state, at, since, until = row
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    return Held(person, name, Role(role), title, body, state, at, first, last)


def _actors(tables: Tables) -> Iterator[tuple[str, str, str, str]]:
    home = {o.person: o.state for o in tables.offices.values() if o.state}
    yield from ((s.id, "state", s.name, s.id) for s in tables.states.values())
    yield from ((b.id, "body", b.name, b.state) for b in tables.bodies.values())
    yield from ((p.id, "person", p.name, home.get(p.id, "")) for p in tables.persons.values())
    yield from ((o.id, "outlet", o.name, o.state) for o in tables.outlets.values())


def _offices(tables: Tables) -> Iterator[tuple[str | None, ...]]:
    for o in tables.offices.values():
        since = o.since.first.isoformat() if o.since else None
        until = o.until.last.isoformat() if o.until else None
        yield o.person, o.role, o.title, o.body, o.state, o.at, since, until


def _names(tables: Tables) -> Iterator[tuple[str, ...]]:
    for state in tables.states.values():
        yield from _rows(state.id, "name", (state.name, state.official))
        yield from _rows(state.id, "alias", state.aliases)
        yield from _rows(state.id, "adjective", state.adjectives)
        yield from _rows(state.id, "people", state.people)
        yield from _rows(state.id, "capital", (state.capital,))
        yield from _rows(state.id, "stand-in", state.stand_ins)
    for body in tables.bodies.values():
        yield from _rows(body.id, "name", (body.name,))
        yield from _rows(body.id, "alias", body.aliases)
        yield from _rows(body.id, "stand-in", body.stand_ins)
    for outlet in tables.outlets.values():
        yield from _rows(outlet.id, "name", (outlet.name,))
        yield from _rows(outlet.id, "alias", outlet.aliases)
        yield from _rows(outlet.id, "domain", outlet.domains)
    for person in tables.persons.values():
        lasts = set()
        for how, names in (("name", (person.name,)), ("alias", person.aliases)):
            for text in names:
                words = parts(text)
                if words:
                    yield normal(text), skeleton(words[-1]), _initial(words), person.id, text, how
                    lasts.add(words[-1])
        yield from ((last, "", "", person.id, last, "last name") for last in sorted(lasts))


def _rows(actor: str, how: str, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for name in names:
        if normal(name):
            yield normal(name), "", "", actor, name, how


def _initial(words: Sequence[str]) -> str:
    """What the first of a person's names begins with, in any transliteration; "" for a last name alone."""
    return skeleton(words[0])[:1] if len(words) > 1 else ""
