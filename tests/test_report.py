from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from importlib.util import find_spec

import pandas as pd
import polars as pl
import pytest
from invented import TEXT, reading, stated, statements, unknown

from verbale import report as module
from verbale.errors import VerbaleError
from verbale.report import Report
from verbale.types import Attribution, Kind, Span

COLUMNS = [
    "document", "title", "outlet", "published", "id", "parent", "source", "cue", "content",
    "kind", "inferred", "probability", "source_spans", "cue_spans", "content_spans", "voice",
    "speaker", "actor", "office", "body", "state", "relays", "addressee", "venue", "medium", "said_from",
    "said_to",
]  # fmt: skip


def test_a_report_tells_what_is_known_of_its_document() -> None:
    report = Report(reading())
    assert (report.id, report.title, report.outlet) == ("zenda-1", "No session", "The Courier")
    assert (report.published, report.language, report.text) == (date(2031, 3, 9), "en", TEXT)
    assert report.document is report.reading.document
    assert repr(report) == "<Report 'No session': 6 attributions>"
    assert repr(Report(unknown())) == "<Report '-': 0 attributions>"


def test_it_is_a_sequence_of_attributions() -> None:
    report = Report(reading())
    assert len(report) == 6
    assert tuple(report) == report.attributions
    assert not Report(unknown())


def test_words_are_exact_slices() -> None:
    mixed, _, _, pieces, inferred, sourceless = Report(reading())
    assert (mixed.source, mixed.cue) == ("Ambassador Pal Orlay", "told")
    assert (pieces.content, pieces.kind, pieces.probability) == (
        "“We came,” … “and we stay.”",
        Kind.DIRECT,
        0.9,
    )
    assert [span.of(TEXT) for span in pieces.spans.content] == ["“We came,”", "“and we stay.”"]
    assert (inferred.cue, inferred.inferred) == ("", True)
    assert (sourceless.source, sourceless.spans.source) == ("", ())
    assert repr(sourceless) == "<— | was reported | that the two sides agreed (indirect, doubtful 0.20)>"


def test_in_a_terminal_words_are_shown_and_not_obeyed() -> None:
    found = Attribution("a", (), (), (Span(0, 9),), Kind.DIRECT, 0.5)
    assert repr(Report(reading("\x1b[31m\nno\u202e", (found,))).attributions[0]) == (
        "<— | — | [31m no (direct, possible 0.50)>"
    )


def test_nested_attributions_know_their_parent_and_the_other_way_round() -> None:
    _, outer, inner, *_ = Report(reading())
    assert inner.parent == outer
    assert outer.parent is None
    assert outer.nested == (inner,)
    assert inner.nested == ()


def test_dictionaries_are_the_published_shape_with_the_words() -> None:
    report = Report(reading())
    published = json.loads(report.to_json())["attributions"]
    for mine, theirs, attributed in zip(report.to_dicts(), published, report, strict=True):
        words = mine.pop("words")
        assert mine == theirs
        assert words == {"source": attributed.source, "cue": attributed.cue, "content": attributed.content}


def test_a_pandas_frame_has_a_row_an_attribution() -> None:
    frame = Report(reading()).to_frame("pandas")
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == COLUMNS
    assert frame.loc[3, "content"] == "“We came,” … “and we stay.”"
    assert frame["published"].dt.year.tolist() == [2031] * 6
    assert frame.loc[frame["probability"] >= 0.9, "id"].tolist() == ["a1", "a4"]
    assert frame["inferred"].sum() == 1


def test_a_polars_frame_has_a_row_an_attribution() -> None:
    frame = Report(reading()).to_frame("polars")
    assert isinstance(frame, pl.DataFrame)
    assert frame.columns == COLUMNS
    assert frame["parent"].to_list() == [None, None, "a2", None, None, None]
    assert frame.row(3, named=True)["content_spans"] == [
        [span.start, span.end] for span in Report(reading()).attributions[3].spans.content
    ]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_keep_their_columns_when_nothing_was_found(library: module.Library) -> None:
    empty, full = Report(unknown()).to_frame(library), Report(reading()).to_frame(library)
    assert list(empty.columns) == COLUMNS
    assert list(empty.dtypes) == list(full.dtypes)
    assert len(empty) == 0


def test_without_a_wish_the_library_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(Report(reading()).to_frame(), pd.DataFrame)
    monkeypatch.setattr(module, "find_spec", lambda name: find_spec(name) if name == "polars" else None)
    assert isinstance(Report(reading()).to_frame(), pl.DataFrame)
    with pytest.raises(VerbaleError, match="pip install pandas"):
        Report(reading()).to_frame("pandas")


def test_without_a_library_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(VerbaleError, match="pandas or polars") as caught:
        Report(reading()).to_frame()
    assert caught.value.code == "not-installed"


def test_an_unknown_library_is_refused() -> None:
    with pytest.raises(ValueError, match="arrow"):
        Report(reading()).to_frame("arrow")  # type: ignore[arg-type]


def test_no_frame_library_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, verbale.report; print({'pandas', 'polars', 'rich', 'numpy'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_a_notebook_shows_the_text_with_its_marks() -> None:
    shown = Report(reading())._repr_html_()
    assert '<section class="verbale"' in shown
    assert "“We came,”" in shown


def test_an_attribution_knows_its_statement() -> None:
    report = Report(stated())
    assert report.statements == statements()
    assert [a.statement for a in report] == list(statements())
    assert [a.statement for a in Report(reading())] == [None] * 6


def test_the_speaker_in_words() -> None:
    assert [a.speaker for a in Report(stated())] == [
        "Pal Orlay", "Pal Orlay", "Strelsau", "? Pal Orlay 0.41, Russia 0.25", "he", "nobody named",
    ]  # fmt: skip
    assert [a.speaker for a in Report(reading())] == [""] * 6


def test_why_tells_every_reason_on_a_line() -> None:
    assert Report(stated()).attributions[0].why() == (
        "attribution: tagger 0.1 0.93: weakest at “agenda”",
        "content: snap to marks 1",
        "speaker: antecedent 1 0.88: 'he' means 'Pal Orlay'",
        "office: title 1",
    )
    assert Report(reading()).attributions[5].why() == ()


def test_a_pandas_frame_tells_who() -> None:
    frame = Report(stated()).to_frame("pandas")
    assert list(frame.columns) == COLUMNS
    first, _, _, unresolved, _, nobody = (frame.loc[n] for n in range(6))
    assert (first["voice"], first["speaker"], first["actor"]) == ("person", "Pal Orlay", "p-0123456789ab")
    assert (first["office"], first["body"], first["state"]) == ("Ambassador", None, "RUS")
    assert first["relays"] == ["The Courier", "reporters"]
    assert (first["addressee"], first["venue"], first["medium"]) == ("reporters", "STRELSAU", "briefing")
    assert first["said_from"] == first["said_to"] == pd.Timestamp(2031, 3, 3)
    assert (unresolved["speaker"], unresolved["actor"]) == ("he", None)
    assert (nobody["voice"], nobody["speaker"], nobody["relays"]) == ("nameless", None, [])
    assert frame["said_from"].isna().tolist() == [False, False, True, True, True, True]


def test_a_polars_frame_tells_who() -> None:
    frame = Report(stated()).to_frame("polars")
    first = frame.row(0, named=True)
    assert first["relays"] == ["The Courier", "reporters"]
    assert (first["said_from"], first["said_to"]) == (date(2031, 3, 3), date(2031, 3, 3))
    assert frame["state"].to_list() == ["RUS", None, "RUS", None, None, None]
    assert frame.dtypes == Report(reading()).to_frame("polars").dtypes
