from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sayings import context

import verbale
from verbale.cues import rows
from verbale.speakers.circumstances.reading import circumstances
from verbale.speakers.circumstances.relays import relays
from verbale.speakers.context import Context, sentences
from verbale.types import Attribution, Circumstances, Document, Kind, Medium, Span, digest

CUES = Path(verbale.__file__).parent / "data/cues"
WORDS = (
    "On Monday Orlay told reporters in Pelm , after a rally that it was late on X ; TASS reported “ ” . \n"
)
CASES = [
    ("<s1>Orlay</s1> <q1>told</q1> reporters in Pelm <c1>that it was late</c1>.", "reporters", "Pelm", ""),
    ("<s1>Halm</s1> <q1>asked</q1> Orlay <c1>whether it was late</c1>.", "Orlay", "", ""),
    ("<s1>Halm</s1> <q1>warned</q1> the council <c1>that it was late</c1>.", "the council", "", ""),
    ("<s1>Halm</s1> <q1>said</q1> in a letter to the council <c1>that it was late</c1>.",
     "the council", "", "letter"),
    ("<s1>Halm</s1> <q1>testified</q1> before the committee <c1>that it was late</c1>.",
     "the committee", "", "hearing"),
    ("Speaking to reporters outside the court, <s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.",
     "reporters", "the court", ""),
    ("I was <q1>told</q1> <c1>that it was late</c1>.", "I", "", ""),
    ("<q1>Asked</q1> <c1>which map was meant</c1>, Orlay replied: “The old one.”", "Orlay", "", ""),
    ("<c1>“It is late,”</c1> <s1>Orlay</s1> <q1>wrote</q1> Halm.", "Halm", "", ""),
    ("<s1>Halm</s1> had <q1>a question</q1> for the crowd: <c1>was it late?</c1>", "the crowd", "", ""),
    ("<s1>Halm</s1> <q1>told</q1> CNN's Tolu Keza <c1>that it was late</c1>.", "Tolu Keza", "", ""),
    ("<s1>Halm</s1> <q1>told</q1> Kanal Pelm host Tolu Keza <c1>that it was late</c1>.",
     "host Tolu Keza", "", ""),
    ("At a rally in Brenn, <s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.",
     "", "a rally in Brenn", "speech"),
    ("At an event in Port Ardoise on Monday, <s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.",
     "", "an event in Port Ardoise", ""),
    ("<s1>Halm</s1> grumbled to the crowd, <q1>saying</q1> <c1>it was late</c1>.", "the crowd", "", ""),
    ("In a letter, <s1>Halm</s1> <q1>asked</q1> Orlay <c1>to leave</c1>.", "", "", "letter"),
    ("<s1>Halm</s1> <q1>said</q1> at a news conference in Pelm <c1>that it was late</c1>.",
     "", "Pelm", "briefing"),
    ("<s1>Halm</s1> <q1>said</q1> during a visit to Pelm <c1>that it was late</c1>.",
     "", "a visit to Pelm", ""),
    ("<s1>Halm</s1> <q1>said</q1> at the second debate <c1>that it was late</c1>.", "", "", "debate"),
    ("<s1>Halm</s1> <q1>said in a statement</q1> <c1>that it was late</c1>.", "", "", "statement"),
    ("<s1>Halm</s1> <q1>issued a statement saying</q1> <c1>it was late</c1>.", "", "", "statement"),
    ("<s1>Halm</s1> <q1>tweeted</q1> <c1>that it was late</c1>.", "", "", "post"),
    ("<s1>Halm</s1> <q1>wrote on Telegram</q1> <c1>that it was late</c1>.", "", "", "post"),
    ("Orlay resigned over a lecture in which <s1>he</s1> <q1>called</q1> <c1>the dam old</c1>.",
     "", "", "speech"),
    ("<q1>According to</q1> <s1>a poll of farmers</s1>, <c1>it is late</c1>.", "", "", "report"),
    ("<s1>Halm</s1> <q1>told</q1> the council <c1>it was late</c1>, <q2>adding</q2> <c2>it was dark</c2>.",

     "the council", "", ""),
]  # fmt: skip
NOTHING = [
    "<s1>Halm</s1> <q1>said</q1> <c1>that she told reporters in Pelm at a rally</c1>.",
    "<s1>Halm, who told the council in Pelm,</s1> <q1>said</q1> <c1>it was late</c1>.",
    "<s1>Halm</s1> <q1>urged</q1> <c1>Orlay to write a letter</c1>.",
    "<s1>Halm</s1> <q1>asked</q1> <c1>for a statement</c1>.",
    "<s1>Halm</s1> <q1>warned</q1> <c1>of floods</c1>.",
    "<s1>Halm</s1> <q1>said</q1> in English <c1>that it was late</c1>.",
    "<s1>The Washington Post</s1> <q1>wrote</q1> <c1>that it was late</c1>.",
    "<s1>Halm</s1> <q1>told us</q1> <c1>that it was late</c1>.",
    "While the hall in Pelm burned, <s1>Halm</s1> <q1>said</q1> <c1>it was late</c1>.",
    "Halm told reporters in Pelm that it was dark, and <s1>Orlay</s1> <q1>said</q1> <c1>it was late</c1>.",
]


def found(marked: str, number: int = 0) -> Circumstances:
    told = context(marked)
    return circumstances(told, told.attributions[number])[0]


@pytest.mark.parametrize(("marked", "addressee", "venue", "medium"), CASES)
def test_how_something_was_said(marked: str, addressee: str, venue: str, medium: str) -> None:
    told = found(marked)
    assert (told.addressee.name if told.addressee else "") == addressee
    assert (told.venue.name if told.venue else "") == venue
    assert (told.medium.kind if told.medium else "") == medium


@pytest.mark.parametrize("marked", NOTHING)
def test_what_tells_nothing_of_the_saying(marked: str) -> None:
    assert found(marked) == Circumstances()


def test_what_belongs_to_the_outer_saying_is_not_repeated() -> None:
    marked = (
        "<s1>Orlay</s1> <q1>told</q1> reporters in Pelm on Monday "
        "<c1>that <s1a>Strelsau</s1a> <q1a>had promised</q1a> <c1a>to wait</c1a></c1>."
    )
    outer, nested = sorted((found(marked, 0), found(marked, 1)), key=lambda told: told.venue is None)
    assert outer.addressee and outer.addressee.name == "reporters"
    assert nested == Circumstances()


def test_two_sayings_keep_apart() -> None:
    marked = (
        "<s1>Halm</s1> <q1>told</q1> miners in Brenn <c1>that it was late</c1>, and "
        "<s2>Orlay</s2> <q2>said</q2> in Pelm <c2>that it was dark</c2>."
    )
    assert [told.venue.name for n in (0, 1) if (told := found(marked, n)).venue] == ["Brenn", "Pelm"]
    assert found(marked, 1).addressee is None


def test_a_tagged_person_is_no_place_and_a_tagged_place_is() -> None:
    marked = "<s1>Halm</s1> <q1>saw</q1> in Orlay <c1>a friend of hers</c1>."
    told = context(marked, {"Orlay": "person"})
    assert circumstances(told, told.attributions[0])[0].venue is None
    told = context(marked, {"Orlay": "place"})
    assert circumstances(told, told.attributions[0])[0].venue


def test_each_field_has_its_reason() -> None:
    told = context(
        "<s1>Orlay</s1> <q1>told</q1> miners in Pelm in a speech on Monday <c1>that it was late</c1>."
    )
    _, reasons = circumstances(told, told.attributions[0])
    assert [reason.field for reason in reasons] == ["addressee", "venue", "medium", "said"]
    assert all(reason.score and 0 < reason.score <= 1 and reason.version == "1" for reason in reasons)


@pytest.mark.parametrize("table", sorted(path.stem for path in CUES.glob("*.csv")))
def test_every_row_of_a_table_is_whole(table: str) -> None:
    lines = list(csv.reader((CUES / f"{table}.csv").read_text(encoding="utf-8").splitlines(), strict=True))
    assert all(len(line) == len(lines[0]) for line in lines)
    assert all(row["example"].strip() for row in rows(table))
    keys = [(next(iter(row.values())), row.get("use", "")) for row in rows(table)]
    assert len(set(keys)) == len(keys)


def test_kinds_of_media_are_those_of_the_type() -> None:
    assert {row["kind"] for row in rows("media")} <= set(Medium)
    assert {row["kind"] for row in rows("venues")} - {""} <= set(Medium)


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    text = " ".join(draw(st.lists(st.sampled_from(WORDS.split(" ")), min_size=3, max_size=30)))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6, unique=True)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    roles = draw(st.permutations(spans))
    bare = draw(st.booleans())
    attribution = Attribution(
        "0",
        () if bare else (roles[0],),
        () if draw(st.booleans()) else (roles[1],),
        (roles[2],),
        Kind.INDIRECT,
        1.0,
    )
    other = Attribution("1", (roles[2],), (roles[0],), (roles[1],), Kind.INDIRECT, 1.0)
    base = context("<s1>N</s1> <q1>said</q1> <c1>no</c1>.")
    document = Document("d", "d", text, digest(text), published=base.document.published)
    return Context(document, (attribution, other), (), sentences(text), base.registry)


@settings(max_examples=150, deadline=None)
@given(contexts())
def test_spans_lie_in_the_text(told: Context) -> None:
    text = told.document.text
    for attribution in told.attributions:
        how, _ = circumstances(told, attribution)
        chain, reasons = relays(told, attribution)
        assert len(chain) == len(reasons)
        for each in (how.addressee, how.venue, how.medium, *chain):
            if each and each.span:
                assert each.span.end <= len(text)
                assert each.name == each.span.of(text)
        assert how.said is None or (how.said.span and how.said.span.end <= len(text))
