"""Whose turns there are in transcripts of every style, and that reports have none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verbale.turns import turns

CALM = "We came to the table and we shall stay there until it is done."
ASKED = "Will the inspectors be let in before the summer?"

# A text, and label, mark and first words of each turn.
STYLES = {
    "colons": (
        f"MR. HALM: {CALM}\n\nQUESTION: {ASKED}\n\nMR. HALM: {CALM}\n",
        [("MR. HALM", ":", CALM), ("QUESTION", ":", ASKED), ("MR. HALM", ":", CALM)],
    ),
    "names with offices": (
        f"Foreign Minister Pal Orlay: {CALM}\nZofia van der Halm, his colleague: {CALM}\nOrlay: {CALM}",
        [
            ("Foreign Minister Pal Orlay", ":", CALM),
            ("Zofia van der Halm, his colleague", ":", CALM),
            ("Orlay", ":", CALM),
        ],
    ),
    "asides": (
        f"PRESIDENT ŁUK (through interpreter): {CALM}\nQUESTION [off mic]: {ASKED}\nPRESIDENT ŁUK: {CALM}",
        [("PRESIDENT ŁUK", ":", CALM), ("QUESTION", ":", ASKED), ("PRESIDENT ŁUK", ":", CALM)],
    ),
    "labels alone with colons": (
        f"ORLAY:\n{CALM}\n\nREPORTER:\n{ASKED}\n\nORLAY:\n{CALM}\n{CALM}",
        [("ORLAY", ":", CALM), ("REPORTER", ":", ASKED), ("ORLAY", ":", CALM)],
    ),
    "labels alone without": (
        f"Ola Brandt\n{ASKED}\n\nPal Orlay\n{CALM}\n\nOla Brandt\n{ASKED}\n\nPal Orlay\n{CALM}\n",
        [("Ola Brandt", "", ASKED), ("Pal Orlay", "", CALM)] * 2,
    ),
    "letters": (
        f"Q. {ASKED}\n\nA. {CALM}\n\nQ. {ASKED}\n\nA. {CALM}",
        [("Q", ".", ASKED), ("A", ".", CALM)] * 2,
    ),
    "letters with colons": (
        f"Q: {ASKED}\nA: {CALM}\nQ: {ASKED}\nA: {CALM}\n",
        [("Q", ":", ASKED), ("A", ":", CALM)] * 2,
    ),
    "letters and room": (
        f"Q   {ASKED}\n\nMR. HALM:  {CALM}\n\nQ   {ASKED}\n\nMR. HALM:  {CALM}\n",
        [("Q", "", ASKED), ("MR. HALM", ":", CALM)] * 2,
    ),
    "bold": (
        f"**Q:** {ASKED}\n\n**Orlay:** {CALM}\n\n**Q:** {ASKED}\n\n**Orlay:** {CALM}",
        [("Q", ":", ASKED), ("Orlay", ":", CALM)] * 2,
    ),
    "the record": (
        f"The CHAIR. {CALM}\n\nMr. ORLAY. {CALM}\n\nThe CHAIR. {CALM}\n\nMr. ORLAY. {CALM}",
        [("The CHAIR", ".", CALM), ("Mr. ORLAY", ".", CALM)] * 2,
    ),
    "dashes": (
        f"ORLAY -- {CALM}\nBRANDT -- {ASKED}\nORLAY -- {CALM}\nBRANDT -- {ASKED}\n",
        [("ORLAY", "--", CALM), ("BRANDT", "--", ASKED)] * 2,
    ),
    "a headline and an introduction": (
        f"Orlay: no talks before summer\n\nPal Orlay met reporters. Here is all he said.\n\n"
        f"Orlay: {CALM}\nStrelsau Post: {ASKED}\nOrlay: {CALM}",
        [("Orlay", ":", CALM), ("Strelsau Post", ":", ASKED), ("Orlay", ":", CALM)],
    ),
    "stage directions": (
        f"ORLAY: {CALM}\n[Laughter]\nBRANDT: {ASKED}\n(Crosstalk.)\nORLAY: {CALM}\n###\n",
        [("ORLAY", ":", CALM), ("BRANDT", ":", ASKED), ("ORLAY", ":", CALM)],
    ),
    "line ends of Windows": (
        f"ORLAY: {CALM}\r\n\r\nBRANDT: {ASKED}\r\n\r\nORLAY: {CALM}\r\n",
        [("ORLAY", ":", CALM), ("BRANDT", ":", ASKED), ("ORLAY", ":", CALM)],
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    text, expected = STYLES[style]
    found = [
        (turn.label.of(text), turn.mark.of(text) if turn.mark else "", turn.words[0].of(text))
        for turn in turns(text)
    ]
    assert found == expected


def test_who_asks() -> None:
    text = f"Moderator: {CALM}\nStrelsau Post: {ASKED}\nOrlay: {CALM}\nStrelsau Post: {ASKED}\nOrlay: {CALM}"
    assert [turn.asked for turn in turns(text)] == [True, True, False, True, False]


def test_a_line_without_a_label_goes_on_with_the_turn_before() -> None:
    text = f"HALM: {CALM}\n\nThe second thing: we are late.\n\nBRANDT: {ASKED}\n\nHALM: {CALM}"
    assert [len(turn.words) for turn in turns(text)] == [2, 1, 1]


REPORTS = {
    "nothing": "",
    "blank": " \n\n\t\n",
    "one colon": ":",
    "a headline": f"OK Gov Ola Brandt: no cuts\n\nThe governor said so.\n\n{CALM}",
    "an exchange in a report": (
        f"{CALM}\n\n{CALM * 6}\n\nQ: How long is it?\nA: Longer than that.\nQ: And then?\n"
        f"A: You will see it.\n\n{CALM * 6}"
    ),
    "facts": "Capital: Strelsau\nLanguage: Ruritanian\nCapital: Zenda\nLanguage: German\nCapital: Bern",
    "what they said": f"Ruritania: {CALM}\nGraustark: {CALM}\nVardia: {CALM}\nMerrowin: {CALM}",
    "times": f"10:15 {CALM}\n10:30 {CALM}\n11:00 {CALM}",
    "quoted": f"Stated Orlay:\n“{CALM}”\n\nContinued Orlay:\n“{CALM}”\n\nAdded Orlay:\n“{CALM}”",
    "datelines": f"STRELSAU -- {CALM}\n{CALM}\nZENDA -- {CALM}\n{CALM}",
    "one speaker": f"Orlay: {CALM}\nOrlay: {CALM}\nOrlay: {CALM}",
}


@pytest.mark.parametrize("name", REPORTS)
def test_reports_have_none(name: str) -> None:
    assert turns(REPORTS[name]) == ()


@given(
    st.lists(
        st.sampled_from(
            ["ORLAY: ", "Q. ", "Pal Orlay", "A. ", "[Laughter]", CALM, ASKED, "", "ORLAY:", "\r", "“", "🕊️:"]
        )
        | st.text(max_size=30),
        max_size=12,
    )
)
@example(["ORLAY:", "", "Q:", "", "ORLAY:"])
def test_spans_lie_in_the_text_in_order(parts: list[str]) -> None:
    text = "\n".join(parts)
    at = 0
    for turn in turns(text):
        for span in (turn.label, *((turn.mark,) if turn.mark else ()), *turn.words):
            assert at <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip() != ""
            at = span.end


def test_a_long_text_takes_no_time() -> None:
    assert turns("A" * 100_000) == ()
    assert turns("Orlay Halm " * 20_000) == ()
    assert turns("(" * 50_000 + ":") == ()
