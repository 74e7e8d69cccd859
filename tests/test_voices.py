"""Which voice documents of many shapes have."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.documents import document
from verbale.documents.voices import voice_of
from verbale.layout import cut, is_a, layout, lines, rows
from verbale.types import Source, Span, Voice

CALM = "We came to the table, and I shall stay there until it is done."
SOBER = "The inspectors left Zenda on Monday with all their instruments."
TOLD = "“We came,” Foreign Minister Pal Orlay said on Monday in Strelsau."

DOCUMENTS = [
    # --- transcripts
    (Voice.TRANSCRIPT, f"Press Briefing\n\nMR. HALM: {CALM}\n\nQUESTION: Why?\n\nMR. HALM: {CALM}\n"),
    (Voice.TRANSCRIPT, f"Orlay: “no talks”\n\n{TOLD} It went on:\n\n" + f"Q. Why?\n\nA. {CALM}\n\n" * 4),
    # --- statements
    (Voice.STATEMENT, f"MINISTRY OF FOREIGN AFFAIRS OF RURITANIA\nStatement No. 3\n\n{SOBER}\n\n{SOBER}"),
    (Voice.STATEMENT, f"Joint Communiqué of Ruritania and Graustark\nZenda, 4 May\n\n{SOBER}\n\n{SOBER}"),
    (Voice.STATEMENT, f"PRESS RELEASE\n\nZenda Relief Fund opens office\n\n{SOBER}\n\n{TOLD}\n\n{SOBER}\n"),
    (Voice.STATEMENT, f"Foreign Ministry statement on the Merrowin Treaty\n\n{SOBER}\n\n{SOBER}\n"),
    (Voice.STATEMENT, f"Narrow Sea Council: Statement by the Spokesperson on Zenda\n\n{SOBER}\n\n{SOBER}\n"),
    (Voice.STATEMENT, f"The Ministry of Defence of Ruritania condemns the attack.\n\n{SOBER}\n\n{SOBER}\n"),
    (Voice.STATEMENT, f"We, the ministers of Ruritania and Graustark, have agreed:\n\n{SOBER}\n\n{SOBER}\n"),
    (Voice.STATEMENT, f"Open Letter to the Assembly\n\nDear members,\n\n{CALM}\n\nPal Orlay\nMinister\n"),
    (Voice.STATEMENT, f"Readout of President Orlay’s Call with King Halm\n\n{SOBER}\n\n{SOBER}\n"),
    # --- speeches
    (Voice.SPEECH, f"Remarks by Minister Orlay at the Harbour Club\n\n{CALM}\n\n{CALM}\n\n{CALM}\n"),
    (Voice.SPEECH, f"Opening statement by Minister Orlay at the Round\nZenda, 4 May\n\n{CALM}\n\n{CALM}\n"),
    (Voice.SPEECH, f"Sixty years of the League\nPal Orlay\nCheck against delivery\n\n{CALM}\n\n{CALM}\n"),
    (Voice.SPEECH, f"Mr. President, distinguished delegates,\n\n{CALM}\n\n{SOBER}\n\n{CALM}\n"),
    (Voice.SPEECH, f"Mr. Speaker, I rise today. {CALM} {CALM}\n\n{SOBER}\n"),
    (Voice.SPEECH, f"Friends,\n\n{CALM}\n\n{CALM}\n"),
    (Voice.SPEECH, f"So here it is. {CALM} (Applause.)\n\n{CALM} (Laughter.)\n"),
    # --- posts
    (Voice.POST, "Pal Orlay @palorlay · 3h\nThe road is open. Read the text. 😂\n7:03 AM · May 30, 2031\n"),
    (Voice.POST, "@palorlay\nNobody crossed the ridge.\nWhoever says so lies. #Ridge\n1.2K views\n"),
    (Voice.POST, "The road is open! #Zenda @halm\n"),
    (Voice.POST, "Pal Orlay | Dockers\nChannel · 4 208 subscribers\n\nWe go on. 💪\n👁 19.4K   12:40\n"),
    # --- reports that look like something else
    (Voice.REPORT, ""),
    (Voice.REPORT, " \n"),
    (Voice.REPORT, f"Statement by minister draws fire\n\n{TOLD}\n\n{TOLD}\n\n{SOBER}\n"),
    (Voice.REPORT, f"OK Gov Ola Brandt: no cuts\n\n{TOLD}\n\n{SOBER}\n\n{TOLD}\n"),
    (Voice.REPORT, f"Address by Orlay ends in uproar\n\n{TOLD}\n\n{TOLD}\n\n{SOBER}\n"),
    (Voice.REPORT, f"A walk\n\n{TOLD}\n\n@palorlay\nNo. #Ridge\n\n{SOBER}\n\n{TOLD}\n\n{TOLD}"),
    (Voice.REPORT, f"“We came”: tales of the tunnel\n\n“{CALM}” says Ola Brandt.\n\n“{CALM}” says Halm.\n"),
    (Voice.REPORT, f"STRELSAU, May 4 (TASS) - Statement by Orlay.\n\n{SOBER}\n"),
    (Voice.REPORT, f"Zenda explained\n\nWhy is it closed?\n{SOBER}\nWho can open it?\n{SOBER}\n{TOLD}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("voice", "text"), DOCUMENTS)
def test_documents(voice: Voice, text: str) -> None:
    assert voice_of(text) is voice


def test_a_document_has_its_voice() -> None:
    text = f"Remarks by Minister Orlay at the Harbour Club\n\n{CALM}\n\n{CALM}\n\n{CALM}\n"
    assert document(Source("a", "text/plain", text.encode())).voice is Voice.SPEECH


def test_a_title_and_an_address_count_as_the_text_does() -> None:
    assert voice_of(f"{CALM}\n{CALM}") is Voice.REPORT
    assert voice_of(f"{CALM}\n{CALM}", title="Remarks by Pal Orlay") is Voice.SPEECH
    assert voice_of(CALM, url="https://x.com/palorlay/status/1") is Voice.POST
    assert voice_of(CALM, url="https://box.com.example.org/x.com") is Voice.REPORT


@given(st.text(), st.text(max_size=40))
def test_any_text_has_a_voice(text: str, title: str) -> None:
    assert voice_of(text, title) in Voice


@pytest.mark.parametrize(
    "words", ["A", "I said. ", "a ", "Mr. ", "@a ", "1. ", "The Ministry of ", ": ", "(", "A\n", "A: a\n"]
)
def test_a_long_text_takes_no_time(words: str) -> None:
    start = time.monotonic()
    assert voice_of(words * 20_000) in Voice
    assert time.monotonic() - start < 5


# --- the lines


@given(st.lists(st.sampled_from(["Remarks", "Pal Orlay", CALM, "", " ", "Zenda, 4 May", "###"]) | st.text()))
def test_every_line_is_of_one_part(parts_of: list[str]) -> None:
    text = "\n".join(parts_of)
    parts = layout(text)
    assert (*parts.head, *parts.body, *parts.foot) == lines(text)
    assert bool(parts.body) == bool(text.strip())
    assert "".join("".join(span.of(text).split()) for span in lines(text)) == "".join(text.split())


def test_head_and_foot() -> None:
    text = (
        f"Remarks by Pal Orlay\nZenda, 4 May\n(As delivered)\n\nFriends,\n\n{CALM}\n\nPal Orlay\nMinister\n"
    )
    parts = layout(text)
    assert [len(part) for part in (parts.head, parts.body, parts.foot)] == [3, 2, 2]
    assert not layout(f"Remarks by Pal Orlay\n\n{CALM}\n\nGod Bless Ruritania\n").foot


@pytest.mark.parametrize(
    ("spans", "out", "left"),
    [
        ([(0, 9)], [(3, 5)], [(0, 3), (5, 9)]),
        ([(0, 3), (5, 9)], [(2, 6)], [(0, 2), (6, 9)]),
        ([(0, 3)], [(0, 3)], []),
        ([(0, 3)], [(5, 9)], [(0, 3)]),
        ([(5, 9)], [(0, 3)], [(5, 9)]),
        ([(0, 3)], [], [(0, 3)]),
    ],
)
def test_cut(spans: list[tuple[int, int]], out: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    found = cut([Span(*span) for span in spans], [Span(*span) for span in out])
    assert [(span.start, span.end) for span in found] == left


# --- the tables


@pytest.mark.parametrize("name", ["voices.csv", "lines.csv", "posts.csv"])
def test_each_row_has_an_example_that_it_reads(name: str) -> None:
    for row in rows(name):
        assert None not in row, row
        labels = row.get("use") in ("asked", "nobody")
        example = row["example"].partition(":")[0] if labels else row["example"]
        find = re.fullmatch if name == "lines.csv" else re.search
        assert find(row["pattern"], example, 0 if name == "posts.csv" else re.IGNORECASE), row


def test_kinds_of_lines() -> None:
    assert is_a("salutation", "Mr. President, I need to catch my breath.")
    assert not is_a("salutation", "Mr. Halm said so.")
    assert is_a("stage", "[Laughter]")
    assert not is_a("stage", "We came [laughter] and stayed.")
