"""Acts as CSV rows."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verbale
from verbale.export.events import COLUMNS, QUADS, _line, events, header
from verbale.positions.codes import PLOVER

TEXT = (
    "Germany rejected the French proposal on New START, Foreign Minister Pal Orlay of Germany said "
    "on 3 March 2031. He accused France of violating the treaty."
)


def rows(text: str) -> list[dict[str, str]]:
    reading = verbale.read(text).reading
    return list(csv.DictReader(StringIO(header() + "".join(events(reading)))))


def test_each_act_is_a_row_with_its_words() -> None:
    found = rows(TEXT)
    assert found
    for row in found:
        assert list(row) == list(COLUMNS)
        assert row["Event ID"].startswith("e-")
        start, end = int(row["Start"]), int(row["End"])
        assert row["Words"] in " ".join(TEXT[start:end].split()) or " … " in row["Words"]
        assert row["Codebook"] == "1"
        assert bool(row["Event Type"]) == bool(row["Quad Code"])
    assert len({row["Event ID"] for row in found}) == len(found)
    assert {row["Actor Country"] for row in found} <= {"DEU", "FRA", ""}
    assert "2031-03-03" in {row["Event Date"] for row in found}


def test_every_type_has_a_quad_class() -> None:
    assert {plover for plover in PLOVER.values() if plover} == set(QUADS)


def test_a_text_without_acts_has_a_header_alone() -> None:
    assert rows("Nothing is said here by anybody at all.") == []


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_a_line_is_one_row_and_no_formula(cells: list[str]) -> None:
    (row,) = csv.reader(StringIO(_line(tuple(cells))))
    assert len(row) == len(cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize("cell", ["=1+1", "@x", "-1", "+a"])
def test_a_formula_is_defused(cell: str) -> None:
    assert _line((cell,)) == f"'{cell}\n"
