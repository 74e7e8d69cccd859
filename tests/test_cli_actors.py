"""`verbale actors`: the command itself, on the package's own tables and on others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_registry import AS_CSV, FILES, written
from typer.testing import CliRunner

from verbale.cli import app
from verbale.errors import RegistryError


def ran(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["actors", *map(str, arguments)])
    if isinstance(result.exception, RegistryError):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_packages_own_tables_are_in_order() -> None:
    code, out, err = ran("check")
    assert (code, err) == (0, "")
    assert "210 states" in out


def test_what_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    bodies = FILES["actors/bodies.csv"].replace(",RUR,", ",RUT,")
    code, _, err = ran("check", written(tmp_path, bodies=bodies))
    assert code == 1
    assert err.splitlines() == ["actors/bodies.csv:2: there is no state 'RUT'"]


def test_a_row_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    offices = FILES["actors/offices.csv"].replace("2030-05-04", "soon")
    with pytest.raises(RegistryError, match=r"offices\.csv:2: 'soon' is no year"):
        ran("check", written(tmp_path, offices=offices))


def test_a_name_is_looked_up_with_its_reason_and_offices() -> None:
    code, out, _ = ran("find", "Лавров", "--day", "2022-12-09")
    assert code == 0
    assert "Sergei Lavrov (person, RUS)" in out
    assert "Minister of Foreign Affairs on 2022-12-09" in out


def test_nobody_is_said_to_be_nobody() -> None:
    code, out, err = ran("find", "Xyzzy")
    assert (code, out) == (0, "")
    assert "nobody is known under 'Xyzzy'" in err


def test_imported_actors_are_looked_up_beside_the_others(tmp_path: Path) -> None:
    table, kept = tmp_path / "found.csv", tmp_path / "actors.db"
    table.write_text(AS_CSV + "Q900000002,Bo Rook,Beekeeper,NOR,,\n", encoding="utf-8")
    code, _, err = ran("import", table, "--to", kept)
    assert code == 3
    assert err.splitlines() == [
        f"skipped {table}:3: 'Beekeeper' is no office that is known here", "2 persons, 1 offices"
    ]  # fmt: skip
    code, out, _ = ran("find", "Ada Rook", "--actors", kept, "--json")
    assert code == 0
    (row,) = map(json.loads, out.splitlines())
    assert (row["id"], row["offices"][0]["since"]) == ("Q900000001", "2031-02-03")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="is not there"):
        ran("find", "Rook", "--actors", tmp_path / "none.db")
