from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from verbale import version
from verbale.attributions import AttributionOptions
from verbale.models import default_acts
from verbale.models.runtime import processor, runtime
from verbale.models.tagger import TaggerModel
from verbale.pipeline import ReadOptions, read, read_source
from verbale.sources import SourceOptions
from verbale.types import Known, Reading, Skipped, Source

REPORT = "Foreign Minister Tolu Keza said on Friday that Vardia would not come to the talks in the capital.\n"
RUSSIAN = "Министр иностранных дел заявил в пятницу, что страна не приедет на переговоры в столицу.\n"


def results(
    model: TaggerModel, *named: str | Path, stdin: bytes = b"", **limits: int
) -> list[Reading | Skipped]:
    options = ReadOptions(sources=SourceOptions(**limits))  # type: ignore[arg-type]
    return list(read([str(name) for name in named], model, options, io.BytesIO(stdin)))


def test_a_reading_holds_document_attributions_and_reader(model: TaggerModel, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    (reading,) = results(model, path)
    assert isinstance(reading, Reading)
    assert (reading.document.name, reading.document.text) == (str(path), REPORT)
    (found,) = reading.attributions
    assert found.source[0].of(REPORT) == "Foreign Minister Tolu Keza"
    reader = reading.reader
    assert (reader.version, reader.model) == (version(), f"{model.manifest.name}+{default_acts().name}")
    assert (reader.runtime, reader.processor) == (runtime(), processor())
    assert reader.runtime.startswith("onnxruntime ")
    assert reader.processor
    assert reading.skipped == ()


def test_bad_inputs_are_skipped_each_with_its_stage_and_the_rest_goes_on(
    model: TaggerModel, tmp_path: Path
) -> None:
    bad: dict[str, tuple[bytes, str, str]] = {
        "a-empty.txt": (b"", "document", "empty"),
        "b-blank.txt": (b" \n\t\n", "document", "empty"),
        "c-binary.txt": (b"\x7fELF\0\0\0", "source", "binary"),
        "d-latin.txt": ("Caf\xe9 ".encode("latin-1") * 20, "document", "encoding"),
        "e-russian.txt": (RUSSIAN.encode(), "document", "language"),
        "f-large.txt": (b"x" * 5001, "source", "too-large"),
        "g.pdf": (b"%PDF-1.4 nothing", "document", "damaged"),
        "h.docx": (b"no zip", "document", "damaged"),
    }
    for name, (data, _, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    for name in ("0-good.txt", "d-good.txt", "z-good.txt"):
        (tmp_path / name).write_text(REPORT)
    found = results(model, tmp_path, tmp_path / "missing.txt", max_bytes=5000)
    got = {Path(r.document).name: (r.stage, r.code) for r in found if isinstance(r, Skipped)}
    assert got == {name: (stage, code) for name, (_, stage, code) in bad.items()} | {
        "missing.txt": ("source", "not-found")
    }
    assert all("\n" not in str(r) and r.detail for r in found if isinstance(r, Skipped))
    good = [Path(r.document.name).name for r in found if isinstance(r, Reading)]
    assert good == ["0-good.txt", "d-good.txt", "z-good.txt"]


def test_bad_lines_among_good_ones(model: TaggerModel, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    lines = [
        json.dumps({"id": "one", "text": REPORT}), "{", json.dumps({"text": 7}), "[]",
        json.dumps({"text": "\ud800"}),
        json.dumps({"id": "two", "text": RUSSIAN}), json.dumps({"id": "three", "text": REPORT, "title": "T"}),
    ]  # fmt: skip
    path.write_text("\n".join(lines))
    found = results(model, path)
    assert [r.document if isinstance(r, Skipped) else r.document.id for r in found] == [
        "one", f"{path}:2", f"{path}:3", f"{path}:4", f"{path}:5", f"{path}:6", "three",
    ]  # fmt: skip
    first, last = found[0], found[-1]
    assert isinstance(first, Reading)
    assert isinstance(last, Reading)
    assert first.attributions == last.attributions, "the same text, the same attributions"


def test_documents_come_one_at_a_time(model: TaggerModel) -> None:
    """Nothing is read ahead: whoever stops early has paid for what he has seen."""
    asked: list[str] = []

    def named() -> Iterator[str]:
        for name in ("-", "nowhere-1", "nowhere-2"):
            asked.append(name)
            yield name

    reading = read(named(), model, ReadOptions(), io.BytesIO(REPORT.encode()))
    assert asked == []
    assert isinstance(next(reading), Reading)
    assert asked == ["-"]
    assert isinstance(next(reading), Skipped)
    assert asked == ["-", "nowhere-1"]


def test_neighbours_change_nothing(model: TaggerModel, tmp_path: Path) -> None:
    others = [REPORT * 60, "“" * 99, "Rain fell.", RUSSIAN]
    for number, text in enumerate([*others, REPORT, *others]):
        (tmp_path / f"{number}.txt").write_text(text)
    (alone,) = results(model, tmp_path / "4.txt")
    assert [r for r in results(model, tmp_path) if isinstance(r, Reading) and r.document.text == REPORT] == [
        alone
    ]


def test_standard_input(model: TaggerModel) -> None:
    (reading,) = results(model, "-", stdin=REPORT.encode())
    assert isinstance(reading, Reading)
    assert reading.document.name == "-"
    assert len(reading.attributions) == 1


def test_options_reach_the_stage(model: TaggerModel) -> None:
    text = "Orlay said that Strelsau believes the inspections were a trap."
    source = Source("t", "text/plain", text.encode(), Known())
    deep = read_source(source, model, ReadOptions())
    flat = read_source(source, model, ReadOptions(attributions=AttributionOptions(nested=False)))
    assert isinstance(deep, Reading)
    assert isinstance(flat, Reading)
    assert (len(deep.attributions), len(flat.attributions)) == (2, 1)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_offsets_fit_the_text_as_it_is(model: TaggerModel, ends: str) -> None:
    text = f"{ends}{ends}A headline 😀{ends}{ends}{REPORT}".replace("\n", ends)
    (reading,) = results(model, "-", stdin=text.encode())
    assert isinstance(reading, Reading)
    assert reading.document.text == text
    assert [span.of(text) for a in reading.attributions for span in a.source] == [
        "Foreign Minister Tolu Keza"
    ]
