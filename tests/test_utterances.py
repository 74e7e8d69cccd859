"""Documents that are utterances themselves: whose, what is said, and whom they quote."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from verbale.attributions import AttributionOptions, attributions
from verbale.attributions.utterances import utterances
from verbale.cli import app
from verbale.models.tagger import TaggerModel
from verbale.types import Attribution, Document, Kind, Voice, digest

CALM = "We came to the table, and I shall stay there until it is done."
SOBER = "The inspectors left Zenda on Monday with all their instruments."


def document(text: str, voice: Voice) -> Document:
    return Document("d", "d", text, digest(text), voice=voice)


def whose(text: str, voice: Voice) -> str:
    (found,) = utterances(document(text, voice))
    return " … ".join(span.of(text) for span in found.source)


# A text and the words that name whose it is.
STATEMENTS = [
    (f"MINISTRY OF DEFENCE OF RURITANIA\nStatement No. 3\n\n{SOBER}", "MINISTRY OF DEFENCE OF RURITANIA"),
    (f"Statement by Foreign Minister Pal Orlay on the treaty\n\n{SOBER}", "Foreign Minister Pal Orlay"),
    (f"Statement of the Embassy of Graustark\n\n{SOBER}", "the Embassy of Graustark"),
    (f"Joint Communiqué of Ruritania and Graustark\n\n{SOBER}", "Ruritania and Graustark"),
    (f"Foreign Ministry statement on the treaty\n\n{SOBER}", "Foreign Ministry"),
    (f"Sea Council: Statement by the Spokesperson on Zenda\n\n{SOBER}", "Sea Council … the Spokesperson"),
    (f"Statement on Zenda\n\n{SOBER}\n\nPal Orlay\nMinister of Defence", "Pal Orlay"),
    (f"Statement by the Minister\n\n{SOBER}\n\n– Pal Orlay, Minister", "the Minister … Pal Orlay, Minister"),
    (f"Open letter\n\n{SOBER}\n\nSigned: Pal Orlay", "Pal Orlay"),
    (f"Open letter\n\n{SOBER}\n\nPal Orlay\nOla Brandt", "Pal Orlay … Ola Brandt"),
    ("PRESS RELEASE\n\nZenda Fund opens\n\nZENDA, 4 May – The Zenda Fund announced it.", "Zenda Fund"),
    (f"Statement on Zenda\n\nThe Ministry of Defence condemns it.\n{SOBER}", "The Ministry of Defence"),
    (f"We, the ministers of Vardia and Zenda, agree:\n{SOBER}", "the ministers of Vardia and Zenda"),
    (f"DECLARATION ON THE PASSAGE OF GRAIN\n\n{SOBER}\n\nAdopted at Zenda, 4 May", ""),
    (SOBER, ""),
]  # fmt: skip
SPEECHES = [
    (f"Remarks by Minister Pal Orlay at the Harbour Club\n\n{CALM}", "Minister Pal Orlay"),
    (f"Address of President Irma Halm to the Assembly\nZenda, 4 May\n\n{CALM}", "President Irma Halm"),
    (f"Sixty years of the League\nPal Orlay\nCheck against delivery\n\n{CALM}", "Pal Orlay"),
    (f"Sixty years of the League\nMinister Pal Orlay\nGreat Hall, Zenda\n\n{CALM}", "Minister Pal Orlay"),
    (f"Sixty years of the League\nGreat Hall, Zenda\nBy Pal Orlay\n\n{CALM}", "Pal Orlay"),
    (f"University of Zenda\nSpeech: Pal Orlay, director\n\n{CALM}", "Pal Orlay, director"),
    (f"Prime Minister Irma Halm’s Inaugural Address\n\n{CALM}", "Prime Minister Irma Halm"),
    (f"Opening remarks\n\nFriends,\n\n{CALM}", ""),
    (f"Friends,\n\n{CALM}\n\nGod Bless Ruritania", ""),
]
POSTS = [
    ("Pal Orlay\n@palorlay\nThe road is open. #Zenda\n7:03 AM · May 30", "Pal Orlay"),
    ("Pal Orlay ✓ @palorlay · 3h\nThe road is open. #Zenda", "Pal Orlay"),
    ("@palorlay\nThe road is open. #Zenda", "@palorlay"),
    ("Pal Orlay | Dockers\nChannel · 4 208 subscribers\nThe road is open.", "Pal Orlay"),
    ("Embassy of Ruritania (@rurizenda)\nThe road is open.", "Embassy of Ruritania"),
    ("The road is open. Thank you all!\n#Zenda #Road", ""),
]


@pytest.mark.parametrize(("text", "who"), STATEMENTS)
def test_whose_a_statement_is(text: str, who: str) -> None:
    assert whose(text, Voice.STATEMENT) == who


@pytest.mark.parametrize(("text", "who"), SPEECHES)
def test_whose_a_speech_is(text: str, who: str) -> None:
    assert whose(text, Voice.SPEECH) == who


@pytest.mark.parametrize(("text", "who"), POSTS)
def test_whose_a_post_is(text: str, who: str) -> None:
    assert whose(text, Voice.POST) == who


def test_what_is_said() -> None:
    text = f"Remarks by Pal Orlay\nZenda, 4 May\n\nFriends,\n\n{CALM}\n"
    (found,) = utterances(document(text, Voice.SPEECH))
    assert [span.of(text) for span in found.content] == ["Friends,", CALM]
    assert (found.cue, found.kind) == ((), Kind.DIRECT)
    text = "Pal Orlay\n@palorlay\nThe road is open.\n7:03 AM · May 30\n1.2K views"
    (found,) = utterances(document(text, Voice.POST))
    assert [span.of(text) for span in found.content] == ["The road is open."]


def test_a_report_makes_none() -> None:
    assert utterances(document(f"Statement by Pal Orlay\n\n{SOBER}", Voice.REPORT)) == []


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize(
    "text", ["", " \n", "A", "Remarks by Pal Orlay", "@a", "PRESS RELEASE", "By:", "###", "\r\n:"]
)
def test_odd_texts(voice: Voice, text: str) -> None:
    for found in utterances(document(text, voice)):
        assert found.content


@given(
    st.lists(
        st.sampled_from(
            ["Remarks by Pal Orlay", "Pal Orlay", "@palorlay", CALM, "Friends,", "The Fund condemns it.", "",
             "Signed: Ola Brandt", "PRESS RELEASE", "7:03 AM · May 30", "\r", "ORLAY:", "Q. Why?"]
        )
        | st.text(max_size=30),
        max_size=10,
    ),
    st.sampled_from(Voice),
)  # fmt: skip
def test_spans_lie_in_the_text_apart(rows: list[str], voice: Voice) -> None:
    text = "\n".join(rows)
    for found in utterances(document(text, voice)):
        spans = sorted((*found.source, *found.cue, *found.content))
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(0 <= span.start < span.end <= len(text) and span.of(text).strip() for span in spans)
        for role in (found.source, found.content):
            assert list(role) == sorted(role)


# --- with what the tagger finds


def read(text: str, voice: Voice, model: TaggerModel, **options: bool) -> tuple[Attribution, ...]:
    return attributions(document(text, voice), model.tag(text), AttributionOptions(**options))


QUOTING = (
    "MR. HALM: Good morning. Foreign Minister Pal Orlay said on Monday that the envoys would not come.\n\n"
    "QUESTION: Does that mean the talks are over?\n\n"
    "MR. HALM: It means what I say. We shall see.\n"
)


def test_a_transcript_s_turns_and_who_is_quoted_in_them(model: TaggerModel) -> None:
    rows = read(QUOTING, Voice.TRANSCRIPT, model)
    turns = [row for row in rows if row.parent is None]
    assert [row.source[0].of(QUOTING) for row in turns] == ["MR. HALM", "QUESTION", "MR. HALM"]
    assert [row.cue[0].of(QUOTING) for row in turns] == [":"] * 3
    within = [row for row in rows if row.parent == turns[0].id]
    assert [row.source[0].of(QUOTING) for row in within] == ["Foreign Minister Pal Orlay"]
    assert len({row.id for row in rows}) == len(rows)
    assert not any(row.inferred for row in rows)
    assert all(row.parent is None for row in read(QUOTING, Voice.TRANSCRIPT, model, nested=False))


def test_labels_without_marks_are_not_inferred(model: TaggerModel) -> None:
    text = f"Ola Brandt\nWhy is the road still closed?\n\nPal Orlay\n{CALM}\n\n" * 2
    turns = [row for row in read(text, Voice.TRANSCRIPT, model) if row.parent is None]
    assert [(row.source[0].of(text), row.cue, row.inferred) for row in turns] == [
        ("Ola Brandt", (), False),
        ("Pal Orlay", (), False),
    ] * 2


def test_a_speech_is_one_attribution(model: TaggerModel) -> None:
    title, quoting = (
        "Remarks by Minister Pal Orlay at the Club",
        "Graustark said on Monday that the road was closed.",
    )
    text = f"{title}\n\n{CALM}\n\n{quoting}\n"
    first, *within = read(text, Voice.SPEECH, model)
    assert (first.source[0].of(text), first.parent, first.inferred) == ("Minister Pal Orlay", None, False)
    assert [(row.parent, row.source[0].of(text)) for row in within] == [(first.id, "Graustark")]


# --- through the command line


def run(*arguments: str | Path) -> tuple[int, str, str]:
    ran = CliRunner().invoke(app, list(map(str, arguments)))
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.stdout, ran.stderr


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    path = tmp_path / "speech.txt"
    path.write_text(
        f"Friends,\n\n{CALM}\n\n{CALM} Let us now be quiet for a minute, and then eat together.\n"
    )
    return path


def test_the_voice_can_be_given(speech: Path) -> None:
    told, given = (
        json.loads(run("read", "--json", speech, *more)[1]) for more in ([], ["--voice", "statement"])
    )
    assert (told["voice"], given["voice"]) == ("speech", "statement")
    assert json.loads(run("read", "--json", speech, "--voice", "report")[1])["voice"] == "report"


def test_a_voice_that_there_is_not(speech: Path) -> None:
    code, out, err = run("read", "--json", speech, "--voice", "sermon")
    assert (code, out) == (2, "")
    assert "'sermon'" in err
    for voice in Voice:
        assert voice in err


def test_the_speaker_can_be_given(speech: Path) -> None:
    code, out, _ = run("read", "--json", speech, "--speaker", "Foreign Minister Pal Orlay")
    (row,) = [row for row in json.loads(out)["attributions"] if row["parent"] is None]
    (statement,) = [each for each in json.loads(out)["statements"] if each["attribution"] == row["id"]]
    assert (code, row["source"]) == (0, [])
    assert "Pal Orlay" in statement["speaker"]["name"]
    without = json.loads(run("read", "--json", speech)[1])["statements"][0]
    assert "Orlay" not in without["speaker"]["name"]
