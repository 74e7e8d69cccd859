"""Issues of one's own: added to a folder, looked for in a report."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from verbale.cli import app
from verbale.errors import RegistryError
from verbale.issues import with_own
from verbale.registry.issues import Issue, IssueKind, Matter
from verbale.registry.own_issues import ISSUES, MATTERS, add
from verbale.speakers.context import sentences

TREATY = Issue(
    "harbour-treaty", "Treaty on Port Hall", IssueKind.TREATY, "", (), ("Harbour Treaty",), (), None, None, ""
)
ITSELF = Matter("harbour-treaty", "treaty", "the treaty itself", ())


def test_what_is_added_is_found(tmp_path: Path) -> None:
    add(tmp_path, TREATY, (ITSELF,))
    text = "Brelk will leave the Harbour Treaty. The treaty, it says, serves nobody."
    found = with_own(tmp_path).links(text, sentences(text))
    assert [link.issue for link in found if link.how == "alias"] == ["harbour-treaty"]
    assert {link.matter for link in found} == {"treaty"}


def test_what_contradicts_the_tables_is_not_added(tmp_path: Path) -> None:
    add(tmp_path, TREATY, (ITSELF,))
    before = [(tmp_path / name).read_text(encoding="utf-8") for name in (ISSUES, MATTERS)]
    for id_, alias, parent, party in (
        ("harbour-treaty", "Other", "", ()),  # an id twice
        ("other", "harbour treaty", "", ()),  # a name twice
        ("other", "New START", "", ()),  # a name of the package's
        ("other", "Other", "nowhere", ()),
        ("other", "Other", "other", ()),  # a part of itself
        ("other", "Other", "", ("ZZZ",)),
    ):
        new = Issue(id_, "A name", IssueKind.DISPUTE, parent, tuple(party), (alias,), (), None, None, "")
        with pytest.raises(RegistryError, match="nothing was added"):
            add(tmp_path, new, (Matter(id_, "itself", "the thing itself", ()),))
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in (ISSUES, MATTERS)] == before


def test_the_command_adds_and_reading_finds(tmp_path: Path) -> None:
    runner = CliRunner()
    arguments = [
        "issues",
        "add",
        "harbour-treaty",
        "Treaty on Port Hall",
        "--folder",
        str(tmp_path),
        "--alias",
        "Harbour Treaty",
    ]
    assert runner.invoke(app, arguments).exit_code == 0
    report = tmp_path / "report.txt"
    report.write_text("France will leave the Harbour Treaty, Foreign Minister Una Orvask said on Monday.\n")
    read = runner.invoke(app, ["read", str(report), "--issues", str(tmp_path), "--json"])
    assert '"issue":"harbour-treaty"' in read.stdout


def test_a_matter_without_a_name_is_refused(tmp_path: Path) -> None:
    arguments = ["issues", "add", "x", "A thing", "--folder", str(tmp_path), "--matter", "x"]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 2
    assert not (tmp_path / "issues").exists()


def test_a_wrong_row_of_ones_own_is_named_and_nothing_read(tmp_path: Path) -> None:
    add(tmp_path, TREATY, (ITSELF,))
    path = tmp_path / ISSUES
    path.write_text(path.read_text() + "loop,Loop,dispute,loop,,,,,,\n")
    report = tmp_path / "report.txt"
    report.write_text("Nothing.\n")
    told = CliRunner().invoke(app, ["read", str(report), "--issues", str(tmp_path)])
    assert told.exit_code != 0
    with pytest.raises(RegistryError, match=r"issues\.csv:3.*part of itself"):
        with_own(tmp_path)
