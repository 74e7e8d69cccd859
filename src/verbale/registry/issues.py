"""What is talked about: treaties, negotiations, demands and disputes, as tables that a person edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from verbale.errors import RegistryError
from verbale.registry import OWN
from verbale.registry.names import normal
from verbale.registry.tables import Day, Values, doubled, rows, table

_TRY = "see its README.md"


class IssueKind(StrEnum):
    """What kind of thing is followed."""

    TREATY = "treaty"
    NEGOTIATION = "negotiation"
    FORMAT = "format"
    DEMAND = "demand"
    DISPUTE = "dispute"
    SANCTIONS = "sanction-regime"


@dataclass(frozen=True, slots=True)
class Issue:
    """A treaty, negotiation, format, demand or dispute.

    Attributes:
        id: a slug.
        parent: the issue that it is a part of, "" for none.
        parties: states and bodies by their ids.
        aliases: names that mean it wherever they stand.
        short: names that mean it only where the text is about it: "INF", "the grain deal".
        since, until: of a treaty its signature and its end.
        source: address of what was read for it; without one it has no days.
    """

    id: str
    name: str
    kind: IssueKind
    parent: str
    parties: Values
    aliases: Values
    short: Values
    since: Day | None
    until: Day | None
    source: str = field(metadata={"may be empty": True})


@dataclass(frozen=True, slots=True)
class Matter:
    """What is followed within an issue, such as its extension or inspections; `id` is unique in its issue."""

    issue: str
    id: str
    name: str
    aliases: Values


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns that refer back to an issue once it was named."""

    issue: str
    nouns: Values


@dataclass(frozen=True, slots=True)
class Issues:
    """All issues and their matters, by id.

    Attributes:
        names: lead from a key to an issue and how it means it.
        nouns: by issue those that refer back to it once it was named: “the crash”.
    """

    by_id: Mapping[str, Issue]
    matters: Mapping[str, tuple[Matter, ...]]
    names: Mapping[str, tuple[str, str]]
    nouns: Mapping[str, frozenset[str]]

    def find(self, name: str) -> tuple[Issue, str] | None:
        """The issue that a name means, and whether as its "name", an "alias" or "short"; None for none."""
        found = self.names.get(key(name))
        return (self.by_id[found[0]], found[1]) if found else None

    def above(self, issue: str) -> tuple[str, ...]:
        """The ids of the issues that one is a part of, the nearest first."""
        found: list[str] = []
        while parent := self.by_id[found[-1] if found else issue].parent:
            found.append(parent)
        return tuple(found)

    def kin(self, issue: str) -> tuple[str, ...]:
        """The issues that are a part of one, that it is a part of, and the other parts of that."""
        parent = self.by_id[issue].parent
        return tuple(
            other.id
            for other in self.by_id.values()
            if other.id != issue
            and (other.parent == issue or (parent and parent in (other.id, other.parent)))
        )


def key(name: str) -> str:
    """What a name is looked up by: its words without marks, case and a leading article."""
    return normal(name).removeprefix("the ")


def load_issues(folder: Path, actors: frozenset[str]) -> Issues:
    """Read `issues/issues.csv` and `issues/matters.csv` of a folder.

    Args:
        folder: holds `issues/`.
        actors: ids of the states and bodies that can be parties.

    Raises:
        RegistryError: a row is wrong; it names file and row, and nothing is loaded.
    """
    return joined_issues((folder,), actors)


def joined_issues(folders: Sequence[Path], actors: frozenset[str]) -> Issues:
    """Read the issues of several folders as one set of tables; see `load_issues`."""
    issues: dict[str, Issue] = {}
    matters: dict[str, Matter] = {}
    for folder in folders:
        issues |= ((f"{folder}/{place}", issue) for place, issue in rows(folder, "issues/issues.csv", Issue))
        matters |= ((f"{folder}/{place}", each) for place, each in rows(folder, "issues/matters.csv", Matter))
    for place, what in faults(issues, matters, actors):
        raise RegistryError("registry", place, what, _TRY)
    within: dict[str, list[Matter]] = {}
    for matter in matters.values():
        within.setdefault(matter.issue, []).append(matter)
    return Issues(
        {issue.id: issue for issue in issues.values()},
        {issue: tuple(found) for issue, found in within.items()},
        {key(name): (issue.id, how) for issue in issues.values() for name, how in _named(issue)},
        {each.issue: frozenset(each.nouns) for folder in folders for each in _nouns(folder)},
    )


def _nouns(folder: Path) -> Iterator[Nouns]:
    """A folder's `issues/nouns.csv`, which may be missing."""
    if (folder / "issues/nouns.csv").exists():
        yield from (each for _, each in rows(folder, "issues/nouns.csv", Nouns))


def faults(
    issues: Mapping[str, Issue], matters: Mapping[str, Matter], actors: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong in the tables: the place, such as `issues/issues.csv:7`, and what."""
    parents = {issue.id: issue.parent for issue in issues.values()}
    for value, first, place in doubled((place, issue.id) for place, issue in issues.items()):
        yield place, f"id {value!r} stands at {first} too"
    for place, issue in issues.items():
        yield from ((place, what) for what in _faults_of(issue, parents, actors))
    names = [(place, each) for place, issue in issues.items() for each in {key(n) for n, _ in _named(issue)}]
    for value, first, place in doubled(sorted(names)):
        yield place, f"{value!r} is a name at {first} too"
    for place, matter in matters.items():
        if matter.issue not in parents:
            yield place, f"there is no issue {matter.issue!r}"
    for value, first, place in doubled((place, f"{m.issue} {m.id}") for place, m in matters.items()):
        yield place, f"matter {value!r} stands at {first} too"


def _faults_of(issue: Issue, parents: Mapping[str, str], actors: frozenset[str]) -> Iterator[str]:
    if issue.parent and issue.parent not in parents:
        yield f"there is no parent {issue.parent!r}"
    elif _loops(issue.id, parents):
        yield f"{issue.id!r} is a part of itself"
    yield from (f"there is no state or body {party!r}" for party in issue.parties if party not in actors)
    if issue.since and issue.until and issue.until.last < issue.since.first:
        yield "it ends before it begins"
    if (issue.since or issue.until) and not issue.source:
        yield "it has days and no source"


def _named(issue: Issue) -> Iterator[tuple[str, str]]:
    yield from ((name, "short") for name in issue.short)
    yield from ((name, "alias") for name in issue.aliases)
    yield issue.name, "name"


def _loops(issue: str, parents: Mapping[str, str]) -> bool:
    seen = {issue}
    while issue := parents.get(issue, ""):
        if issue in seen:
            return True
        seen.add(issue)
    return False


def actors_of(folder: Path) -> frozenset[str]:
    """Ids of the states and bodies in a folder's tables of actors."""
    tables = (table(folder, f"actors/{name}.csv") for name in ("states", "bodies"))
    return frozenset(row.id for each in tables for row in each.values())


@cache
def default_issues() -> Issues:
    """The package's own issues."""
    return load_issues(OWN, actors_of(OWN))
