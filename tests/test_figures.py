"""The promised figures, with the real model on real data, and that the docs say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.figures import all_figures
from evaluation.score import MARKS
from verbale.models.tagger import TaggerModel

ROOT = Path(__file__).parent.parent
WRITTEN: dict[str, Any] = json.loads((ROOT / "docs" / "figures.json").read_text(encoding="utf-8"))
SLACK = 0.3  # points below the figure at landing; other processors round otherwise


@pytest.fixture(scope="module")
def figures(model: TaggerModel, data: None) -> dict[str, Any]:
    return all_figures(model, folder=None)


@pytest.mark.parametrize("part", ["PolNeAR dev", "GUM news"])
def test_attributions_stay_at_their_floor(figures: dict[str, Any], part: str) -> None:
    floors = {name: value - SLACK for name, value in WRITTEN[part].items()}
    below = {name: figures[part][name] for name, floor in floors.items() if figures[part][name] < floor}
    assert not below


def test_the_real_report(figures: dict[str, Any]) -> None:
    found = figures["real report"]
    assert found["attributed"] >= WRITTEN["real report"]["attributed"]
    assert found["strict"] >= WRITTEN["real report"]["strict"]
    assert found["nested"] >= WRITTEN["real report"]["nested"]


def test_the_real_reports_statements(figures: dict[str, Any]) -> None:
    found, written = figures["real report, statements"], WRITTEN["real report, statements"]
    for field, told in written.items():
        assert int(found[field].split()[0]) >= int(told.split()[0]), field


def test_speakers_and_circumstances_stay_near_what_was_written(figures: dict[str, Any]) -> None:
    """They are under their marks (README); a case or two may fall the other way on other processors."""
    for spans in ("gold spans", "end to end"):
        found, written = (f["speakers"][spans]["pronouns and titles"] for f in (figures, WRITTEN))
        assert found["right"] >= written["right"] - 2, spans
    found, written = (f["relays and circumstances"]["all"] for f in (figures, WRITTEN))
    assert found["precision"] >= written["precision"] - 3
    assert found["recall"] >= written["recall"] - 3


def test_structure_stays_under_swaps(figures: dict[str, Any]) -> None:
    assert figures["swaps kept of 20"] >= WRITTEN["swaps kept of 20"]


def test_nested_ones_are_found_and_not_made_up(figures: dict[str, Any]) -> None:
    for part, written in WRITTEN["nested"].items():
        assert figures["nested"][part]["found"] >= written["found"] - 1, part
    assert figures["nested"]["without"]["false"] <= WRITTEN["nested"]["without"]["false"]


def test_probabilities_are_calibrated(figures: dict[str, Any]) -> None:
    for part, most in (("PolNeAR dev", 0.05), ("GUM news", 0.08)):
        assert figures["calibration error"][part] <= max(most, WRITTEN["calibration error"][part]), part


def test_int8_costs_at_most_half_a_point() -> None:
    fp32, int8 = WRITTEN["PolNeAR dev, fp32"], WRITTEN["PolNeAR dev"]
    assert all(int8[name] >= value - 0.5 for name, value in fp32.items())


def test_docs_name_the_model_that_is_there(model: TaggerModel) -> None:
    assert WRITTEN["model"] == model.manifest.name


def test_readme_shows_the_written_figures() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for part in ("PolNeAR dev", "GUM news"):
        row = " | ".join(f"{WRITTEN[part][name]:.1f}" for name in MARKS)
        assert row in readme, f"{part}: {row}"
