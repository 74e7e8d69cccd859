"""A user's own issues: a folder with the same two tables as the package's, to which rows are added."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TypeVar

from verbale.errors import RegistryError
from verbale.registry import OWN
from verbale.registry.issues import Issue, Matter, actors_of, faults
from verbale.registry.tables import rows

Row = TypeVar("Row", Issue, Matter)
ISSUES, MATTERS = "issues/issues.csv", "issues/matters.csv"
_HEADS = {
    ISSUES: "id,name,kind,parent,parties,aliases,short,from,until,source\n",
    MATTERS: "issue,id,name,aliases\n",
}


def add(folder: Path, issue: Issue, matters: Sequence[Matter]) -> None:
    """Add an issue with its matters to a folder, which is made where it is not there; all of it or nothing.

    Args:
        folder: the user's own.
        issue: new to it and to the package's tables.
        matters: of it, the thing itself first.

    Raises:
        RegistryError: the tables would contradict themselves or the package's, or cannot be written.
    """
    lines = {
        ISSUES: _line(
            issue.id, issue.name, issue.kind, issue.parent, "|".join(issue.parties), "|".join(issue.aliases),
            "|".join(issue.short), "", "", "",
        ),
        MATTERS: "".join(_line(m.issue, m.id, m.name, "|".join(m.aliases)) for m in matters),
    }  # fmt: skip
    issues = {place: row for each in (OWN, folder) for place, row in _placed(each, ISSUES, Issue)}
    within = {place: row for each in (OWN, folder) for place, row in _placed(each, MATTERS, Matter)}
    issues["the new issue"] = issue
    within |= {f"the new matter {m.id}": m for m in matters}
    for place, what in faults(issues, within, actors_of(OWN)):
        raise RegistryError("registry", place, what, "nothing was added")
    try:
        (folder / "issues").mkdir(parents=True, exist_ok=True)
        whole = {name: _text(folder, name) + line for name, line in lines.items()}
        for name, text in whole.items():
            (folder / name).with_suffix(".partial").write_text(text, encoding="utf-8", newline="")
        for name in whole:
            (folder / name).with_suffix(".partial").replace(folder / name)
    except OSError as error:
        raise RegistryError(
            "registry", str(folder), f"cannot be written ({error.strerror})", "name another folder"
        ) from error


def _text(folder: Path, name: str) -> str:
    path = folder / name
    text = path.read_text(encoding="utf-8-sig") if path.exists() else _HEADS[name]
    return text if text.endswith("\n") else text + "\n"


def _placed(folder: Path, name: str, record: type[Row]) -> Iterator[tuple[str, Row]]:
    """The rows of a folder's table under their places; none where the folder has none yet."""
    if (folder / name).exists():
        yield from ((f"{folder}/{place}", row) for place, row in rows(folder, name, record))


def _line(*cells: str) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
