from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import verbale
from verbale.attributions import AttributionOptions
from verbale.errors import DocumentError, SourceError
from verbale.pipeline import ReadOptions
from verbale.report import Report
from verbale.types import Skipped

REPORT = "Foreign Minister Tolu Keza said on Friday that Vardia would not come to the talks in the capital."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "report.txt"
    found.write_text(REPORT)
    return found


def refused(named: str | Path) -> verbale.VerbaleError:
    with pytest.raises(verbale.VerbaleError) as caught:
        verbale.read(named)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_text_a_path_and_a_name_give_the_same(path: Path) -> None:
    reports = [verbale.read(REPORT), verbale.read(path), verbale.read(str(path))]
    assert [report.text for report in reports] == [REPORT] * 3
    assert [a.source for report in reports for a in report] == ["Foreign Minister Tolu Keza"] * 3
    assert len({report.attributions[0].id for report in reports}) == 1


def test_the_example_of_the_package() -> None:
    report = verbale.read("“We will come,” Minister Pal Orlay said.")
    assert report.attributions[0].content == "“We will come,”"


def test_options(tmp_path: Path) -> None:
    text = "Orlay said that Strelsau believes the inspections were a trap."
    assert len(verbale.read(text)) == 2
    assert len(verbale.read(text, ReadOptions(attributions=AttributionOptions(nested=False)))) == 1


@pytest.mark.parametrize(
    "text", ["\ufeff" + REPORT, "\ufeff\ufeff" + REPORT, REPORT + "\r\n", "\r\n\t" + REPORT + "\n\n"]
)
def test_a_text_is_kept_to_the_letter(text: str) -> None:
    report = verbale.read(text)
    assert report.text == text
    assert [span.of(text) for a in report for span in a.spans.source] == ["Foreign Minister Tolu Keza"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=100))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    text = f"{text}\n"  # so that it names no file
    try:
        assert verbale.read(text).text == text
    except verbale.VerbaleError as error:
        assert error.code in ("empty", "encoding", "language")


def test_half_a_character_is_named_with_its_place() -> None:
    error = refused("Halm \ud83d said so.")
    assert (error.code, error.subject) == ("encoding", "text")
    assert "\\ud83d" in error.what
    assert "offset 5" in error.what


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t"])
def test_nothing_is_refused(text: str) -> None:
    assert refused(text).code == "empty"


def test_another_language_is_refused() -> None:
    error = refused("Министр иностранных дел заявил в пятницу, что страна не приедет на переговоры.")
    assert isinstance(error, DocumentError)
    assert error.code == "language"


def test_a_path_is_never_taken_for_a_text(tmp_path: Path) -> None:
    error = refused(tmp_path / "Halm said so.txt")
    assert isinstance(error, SourceError)
    assert error.code == "not-found"


@pytest.mark.parametrize("name", ["raport.txt", "reports/march.HTML", "feed.jsonl"])
def test_a_mistyped_name_is_no_text(name: str) -> None:
    assert (refused(name).code, refused(name).subject) == ("not-found", name)


def test_a_string_that_names_no_file_is_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert verbale.read("a report").text == "a report"
    (tmp_path / "a report").write_text(REPORT)
    assert verbale.read("a report").text == REPORT
    assert verbale.read("x" * 5000).text == "x" * 5000  # longer than any path
    assert verbale.read("a\0b").text == "a\0b"  # no path can hold that


def test_several_documents_are_for_read_all(tmp_path: Path, path: Path) -> None:
    (tmp_path / "more.txt").write_text(REPORT)
    error = refused(tmp_path)
    assert error.code == "several"
    assert "read_all" in error.remedy
    (tmp_path / "lines.jsonl").write_text(f"{json.dumps({'text': REPORT})}\n" * 2)
    assert refused(tmp_path / "lines.jsonl").code == "several"


def test_a_folder_or_file_of_one_document_is_that_document(tmp_path: Path, path: Path) -> None:
    assert verbale.read(tmp_path).text == REPORT
    (tmp_path / "lines.jsonl").write_text(json.dumps({"text": REPORT, "title": "Talks"}))
    assert verbale.read(tmp_path / "lines.jsonl").title == "Talks"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "empty"


def test_a_file_named_like_standard_input_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `Path` names a file, always: reading "-" from a terminal would wait for ever."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Keza said that it was over.")))
    assert refused(Path("-")).code == "not-found"
    assert [r for r in verbale.read_all(Path("-")) if isinstance(r, Report)] == []
    (tmp_path / "-").write_text(REPORT)
    assert verbale.read(Path("-")).text == verbale.read("-").text == REPORT
    assert [r.text for r in verbale.read_all(Path("-")) if isinstance(r, Report)] == [REPORT]


def test_read_all_yields_what_cannot_be_read(tmp_path: Path, path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    found = list(verbale.read_all(tmp_path, str(path), tmp_path / "nowhere.txt"))
    assert [type(each) for each in found] == [Skipped, Report, Report, Skipped]
    assert [each.code for each in found if isinstance(each, Skipped)] == ["empty", "not-found"]
    assert list(verbale.read_all()) == []


def test_read_all_takes_options(path: Path) -> None:
    path.write_text("Orlay said that Strelsau believes the inspections were a trap.")
    (found,) = verbale.read_all(path, options=ReadOptions(attributions=AttributionOptions(nested=False)))
    assert isinstance(found, Report)
    assert len(found) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(path: Path) -> None:
    path.chmod(0)
    assert refused(path).code == "unreadable"
