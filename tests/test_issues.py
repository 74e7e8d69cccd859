"""The tables of issues: the package's own, and what is wrong with others."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from verbale.cli import app
from verbale.errors import RegistryError
from verbale.registry.issues import Issues, default_issues, load_issues

ACTORS = frozenset(("RUR", "KEL", "rur-ministry"))
HEAD = "id,name,kind,parent,parties,aliases,short,from,until,source\n"
ISSUES = HEAD + (
    "merrowin,Merrowin Treaty,treaty,,RUR|KEL,Treaty of Merrowin,the treaty,2022-05-01,2032,https://example.org/m\n"
    "merrowin-commission,Merrowin Commission,format,merrowin,RUR|KEL,,the commission,,,\n"
)
MATTERS = "issue,id,name,aliases\nmerrowin,inspections,Inspections,on-site visits|inspection\n"


def loaded(folder: Path, issues: str = ISSUES, matters: str = MATTERS) -> Issues:
    (folder / "issues").mkdir(exist_ok=True)
    (folder / "issues/issues.csv").write_text(issues, encoding="utf-8")
    (folder / "issues/matters.csv").write_text(matters, encoding="utf-8")
    return load_issues(folder, ACTORS)


def test_a_name_leads_to_its_issue(tmp_path: Path) -> None:
    issues = loaded(tmp_path)
    for name, how in (
        ("Merrowin Treaty", "name"),
        ("the merrowin treaty", "name"),
        ("Treaty of Merrowin", "alias"),
        ("The treaty", "short"),
    ):
        found = issues.find(name)
        assert found is not None
        assert (found[0].id, found[1]) == ("merrowin", how)
    assert issues.find("the weather") is None
    assert issues.above("merrowin-commission") == ("merrowin",)
    assert [m.id for m in issues.matters["merrowin"]] == ["inspections"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "treaty,,RUR|KEL",
            "treaty,merrowin-commission,RUR|KEL",
            r"issues\.csv:2: 'merrowin' is a part of itself",
        ),
        ("format,merrowin,", "format,merowin,", r"issues\.csv:3: there is no parent 'merowin'"),
        ("the commission", "the Treaty", r"issues\.csv:3: 'treaty' is a name at .*issues/issues\.csv:2 too"),
        ("merrowin-commission,", "merrowin,", r"issues\.csv:3: id 'merrowin' stands at"),
        ("treaty,,RUR", "treaty,,RUX", r"issues\.csv:2: there is no state or body 'RUX'"),
        ("2022-05-01", "2042-05-01", r"issues\.csv:2: it ends before it begins"),
        ("2022-05-01", "May 2022", r"issues\.csv:2: 'May 2022' is no year"),
        ("https://example.org/m", "", r"issues\.csv:2: it has days and no source"),
        ("treaty,,RUR", "contract,,RUR", r"issues\.csv:2: 'contract' is none of treaty"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in ISSUES
    with pytest.raises(RegistryError, match=complaint):
        loaded(tmp_path, ISSUES.replace(old, new, 1))


def test_a_matter_of_no_issue(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"matters\.csv:2: there is no issue 'merowin'"):
        loaded(tmp_path, matters=MATTERS.replace("merrowin", "merowin"))


def test_a_doubled_matter(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"matters\.csv:3: matter 'merrowin inspections' stands at"):
        loaded(tmp_path, matters=MATTERS + "merrowin,inspections,More inspections,\n")


@pytest.mark.parametrize(
    ("name", "issue"),
    [
        ("New START", "new-start"),
        ("the INF Treaty", "inf"),
        ("Iran nuclear deal", "jcpoa"),
        ("strategic stability talks", "strategic-stability-dialogue"),
        ("Open Skies Treaty", "open-skies"),
        ("Black Sea Grain Initiative", "black-sea-grain-initiative"),
    ],
)
def test_the_packages_own(name: str, issue: str) -> None:
    found = default_issues().find(name)
    assert found is not None
    assert found[0].id == issue


def test_there_are_enough() -> None:
    assert len(default_issues().by_id) >= 100


def test_the_command() -> None:
    run = CliRunner().invoke(app, ["issues", "find", "the Bilateral Consultative Commission"])
    assert run.exit_code == 0
    assert "new-start-bcc" in run.stdout
    assert "part of new-start" in run.stdout
    nothing = CliRunner().invoke(app, ["issues", "find", "the weather"])
    assert (nothing.stdout, nothing.stderr) == ("", "no issue is known under 'the weather'\n")
    check = CliRunner().invoke(app, ["issues", "check"])
    assert (check.exit_code, check.stderr) == (0, "")
