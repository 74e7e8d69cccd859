"""The whole way from a text to its statements, with the model that the package brings.

All persons and their words are invented, and so are most states; of real states only the names stand here.
"""

from __future__ import annotations

import re
from datetime import date
from inspect import cleandoc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import verbale
from verbale.attributions import AttributionOptions
from verbale.models import default_tagger
from verbale.pipeline import ReadOptions, read_source
from verbale.registry import default_registry
from verbale.report import Attributed, Report
from verbale.speakers import SpeakerOptions, statements
from verbale.speakers.context import sentences
from verbale.types import Known, Reading, Source, Span, Speaking, Statement, Voice

WEDNESDAY = date(2031, 3, 12)


def read(text: str, known: Known | None = None, options: ReadOptions | None = None) -> Report:
    """A text read, and what holds of every reading."""
    plain = re.sub(r"(?<=\S) {2,}", " ", cleandoc(text))  # what a backslash leaves before the next line
    source = Source("text", "text/plain", plain.encode(), known or Known())
    result = read_source(source, default_tagger(), options or ReadOptions())
    assert isinstance(result, Reading)
    report = Report(result)
    check(report)
    return report


def told(report: Report, words: str) -> Statement:
    """The statement whose content holds some words, the innermost."""
    found = [a for a in report if words in a.content]
    assert found, f"nothing found that says {words!r}"
    statement = min(found, key=lambda a: len(a.content)).statement
    assert statement is not None
    return statement


def spans(statement: Statement) -> list[Span]:
    how = statement.circumstances
    parts = (how.addressee, how.venue, how.medium, how.said, *statement.relays)
    return [s for s in (statement.speaker.mention, *(p.span for p in parts if p)) if s]


def check(report: Report) -> None:
    """One statement for each attribution in order, spans within the text, choices with reasons."""
    assert [s.attribution for s in report.statements] == [a.id for a in report]
    assert len({s.id for s in report.statements}) == len(report)
    for statement in report.statements:
        assert statement.id.startswith("s-")
        assert all(0 <= span.start < span.end <= len(report.text) for span in spans(statement))
        speaker = statement.speaker
        assert 0 <= speaker.probability <= 1
        assert all(0 <= c.score <= 1 and c.actor for c in speaker.candidates)
        assert any(r.field == "speaker" for r in statement.reasons)
        assert all(r.rule and r.version for r in statement.reasons)
        if statement.office or statement.body or statement.state:
            assert len(statement.reasons) > 0
        for relay in statement.relays:
            assert relay.span is None or relay.inferred or relay.span.of(report.text) == relay.name


# --- persons


def test_pronouns_mean_whoever_was_named() -> None:
    report = read("""
        Deputy Foreign Minister Tolu Keza said on Monday that Vardia would return to the talks. She told \
        reporters in Pelm that the inspections could begin in spring.

        “We have waited long enough,” she said.
    """)
    for words in ("would return", "could begin", "waited long"):
        one = told(report, words)
        assert (one.voice, one.speaker.name) == (Speaking.PERSON, "Tolu Keza"), words
        assert one.office == "Deputy Foreign Minister"
    actors = {s.speaker.actor for s in report.statements}
    assert len(actors) == 1
    assert (actors.pop() or "").startswith("p-")


def test_a_bare_surname_is_the_person_named_in_full() -> None:
    report = read("""
        Foreign Minister Pal Orlay said on Tuesday that the treaty would be kept. Orlay told reporters that \
        the talks had been useful.

        “We want no new race,” Orlay said.
    """)
    for words in ("be kept", "been useful", "no new race"):
        one = told(report, words)
        assert (one.speaker.name, one.office) == ("Pal Orlay", "Foreign Minister"), words
    mention = told(report, "no new race").speaker.mention
    assert mention is not None
    assert mention.of(report.text) == "Orlay"


def test_two_of_one_surname_stay_two() -> None:
    report = read("""
        Senator Mira Halm said on Monday that she would vote for the treaty. Her brother, Governor Jan Halm, \
        said that he was against it.

        “It is a bad deal,” Jan Halm said.

        Mira Halm said that her brother was wrong.
    """)
    mira, jan = told(report, "she would vote").speaker, told(report, "he was against").speaker
    assert (mira.name, jan.name) == ("Mira Halm", "Jan Halm")
    assert mira.actor != jan.actor
    assert told(report, "bad deal").speaker.actor == jan.actor
    assert told(report, "brother was wrong").speaker.actor == mira.actor


def test_an_office_is_the_person_named_earlier() -> None:
    report = read("""
        Foreign Minister Pal Orlay arrived in Pelm on Monday for two days of talks.

        “We came to listen,” the foreign minister said.
    """)
    one = told(report, "came to listen")
    assert (one.voice, one.speaker.name, one.office) == (Speaking.PERSON, "Pal Orlay", "Foreign Minister")
    assert any(r.rule == "antecedent" and "'the foreign minister'" in r.detail for r in one.reasons)


def test_an_aside_does_not_speak() -> None:
    report = read("""
        Edda Varn, who replaced Milo Tesk as party leader last year, said that the vote had been lost by a \
        few hundred ballots.

        Varn, who replaced Tesk, said the party would try again.
    """)
    assert [s.speaker.name for s in report.statements] == ["Edda Varn", "Edda Varn"]


def test_several_who_speak_together_are_a_group() -> None:
    report = read("Pal Orlay and Tolu Keza said in a joint statement that the talks would go on in May.")
    one = told(report, "go on in May")
    assert (one.voice, one.speaker.actor, one.speaker.name) == (
        Speaking.GROUP, None, "Pal Orlay and Tolu Keza",
    )  # fmt: skip
    assert [c.name for c in one.speaker.candidates] == ["Pal Orlay", "Tolu Keza"]


def test_a_title_ends_with_its_sentence_and_with_the_person_before() -> None:
    report = read("""
        Foreign Minister Pal Orlay and Defence Minister Tolu Keza came to the Assembly. Edda Varn said that \
        nobody had called them. Keza said that the army was ready.
    """)
    assert told(report, "nobody had called").body == ""
    assert told(report, "army was ready").office == "Defence Minister"


# --- who is not named, and who is no person


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("A spokesman", Speaking.NAMELESS),
        ("Officials familiar with the talks", Speaking.NAMELESS),
        ("Two senior diplomats", Speaking.NAMELESS),
        ("The foreign minister", Speaking.OFFICE),
        ("The ministry", Speaking.BODY),
        ("Voters", Speaking.GROUP),
    ],
)
def test_who_is_not_named(source: str, voice: Speaking) -> None:
    report = read(f"{source} said that the two sides were close to a deal.")
    one = told(report, "close to a deal")
    assert (one.voice, one.speaker.name) == (voice, source)
    if voice is not Speaking.BODY:
        assert one.speaker.actor is None
    assert one.speaker.mention is not None
    assert one.speaker.mention.of(report.text) == source


def test_a_pronoun_stands_for_somebody_described() -> None:
    report = read("Two diplomats said that the talks had failed. They said that no envoy would come.")
    assert [s.speaker.name for s in report.statements if s.voice is Speaking.NAMELESS] == [
        "Two diplomats"
    ] * 2


def test_a_state_speaks_by_its_name_or_its_capital() -> None:
    report = read("Russia said on Friday that it would wait. Moscow said that the treaty was still alive.")
    for words in ("it would wait", "still alive"):
        one = told(report, words)
        assert (one.voice, one.speaker.actor, one.state) == (Speaking.STATE, "RUS", "RUS"), words
    assert told(report, "still alive").speaker.name in ("Moscow", "Russia")


def test_an_office_of_a_state_is_not_the_state() -> None:
    """Without a day nobody can be looked up."""
    report = read("The Russian foreign minister said that it was late.")
    one = told(report, "it was late")
    assert (one.voice, one.speaker.actor, one.state, one.office) == (
        Speaking.OFFICE, None, "RUS", "foreign minister",
    )  # fmt: skip


def test_nobody_is_an_actor_when_it_was_reported() -> None:
    for one in read("It was reported that the two sides had agreed.").statements:
        assert one.speaker.actor is None
        assert (one.office, one.body, one.state) == ("", "", "")


def test_nested_speakers_are_told_from_those_who_quote_them() -> None:
    report = read(
        "Foreign Minister Pal Orlay said that President Edda Varn believes the inspections were a trap."
    )
    outer, inner = report
    assert inner.parent == outer
    assert (outer.speaker, inner.speaker) == ("Pal Orlay", "Edda Varn")
    assert inner.statement is not None
    assert (inner.statement.office, inner.statement.relays) == ("President", ())


def test_who_cannot_be_told_stays_unresolved_with_the_candidates() -> None:
    report = read("""
        The Harbour League, the Vardian Union, the Pelm Club and the Osk Society met.

        It said that the treaty was dead.
    """)
    one = told(report, "treaty was dead")
    assert one.speaker.probability < default_tagger().manifest.decoding["speaker_least"]
    assert (one.voice, one.speaker.actor, one.speaker.name, one.speaker.mention) == (
        Speaking.BODY, None, "It", None,
    )  # fmt: skip
    names = [c.name for c in one.speaker.candidates]
    assert len(names) >= 2
    assert {"Harbour League", "Vardian Union", "Pelm Club", "Osk Society"} >= {names[0], names[1]}
    assert [r.rule for r in one.reasons if r.field == "speaker"] == ["not sure enough"]


# --- chain and circumstances


CARRIED = """
    Deputy Minister Tolu Keza told reporters in Pelm on Monday that Vardia would wait. She said that the \
    talks were over.

    Pal Orlay said that it was late.
"""


def test_what_holds_for_the_next_saying_is_carried_over_and_marked() -> None:
    report = read(CARRIED, Known(published=WEDNESDAY))
    own, later, other = (
        told(report, words).circumstances for words in ("would wait", "talks were over", "it was late")
    )
    assert own.addressee and own.said and later.addressee and later.said
    assert (own.addressee.name, own.addressee.inferred) == ("reporters", False)
    assert (own.said.first, own.said.last, own.said.inferred) == (date(2031, 3, 10), date(2031, 3, 10), False)
    assert (later.addressee.name, later.addressee.inferred) == ("reporters", True)
    assert (later.said.first, later.said.inferred) == (date(2031, 3, 10), True)
    assert {r.field for r in told(report, "talks were over").reasons if r.rule == "carried over"} >= {
        "addressee", "said",
    }  # fmt: skip
    assert (other.addressee, other.said) == (None, None)


def test_without_the_documents_day_no_weekday_is_a_day() -> None:
    assert told(read(CARRIED), "would wait").circumstances.said is None


def test_the_chain_begins_with_the_documents_outlet() -> None:
    text = "Minister Tolu Keza told TASS on Monday that Vardia would wait. Pal Orlay said that it was late."
    report = read(text, Known(outlet="The Courier", published=WEDNESDAY))
    chain = told(report, "would wait").relays
    assert [(r.name, r.actor, r.role) for r in chain] == [
        ("The Courier", None, "outlet"), ("TASS", "tass", "agency"),
    ]  # fmt: skip
    assert (chain[0].span, chain[1].span is not None) == (None, True)
    assert [r.name for r in told(report, "it was late").relays] == ["The Courier"]


def test_an_outlet_that_relays_itself_stands_once() -> None:
    text = "Minister Tolu Keza told TASS on Monday that Vardia would wait."
    chain = told(read(text, Known(outlet="TASS", published=WEDNESDAY)), "would wait").relays
    assert [(r.actor, r.span is not None) for r in chain] == [("tass", True)]


SPEECH = "Ladies and gentlemen, we came to Pelm in the spring. We will stay until the treaty is signed."


def test_the_user_says_whose_a_speech_is() -> None:
    options = ReadOptions(speakers=SpeakerOptions("Foreign Minister Pal Orlay"), voice=Voice.SPEECH)
    one = told(read(SPEECH, options=options), "Ladies and gentlemen")
    assert (one.voice, one.speaker.name, one.office) == (
        Speaking.PERSON, "Foreign Minister Pal Orlay", "Foreign Minister",
    )  # fmt: skip
    assert one.speaker.mention is None
    assert one.reasons[0].rule == "given"


def test_the_given_speaker_is_nobody_in_a_report() -> None:
    options = ReadOptions(speakers=SpeakerOptions("Pal Orlay"))
    report = read("It was reported that the two sides had agreed. A spokesman said no.", options=options)
    assert all(s.speaker.name != "Pal Orlay" for s in report.statements)


# --- what always holds


ARTICLE = """
    STRELSAU — Foreign Minister Pal Orlay of Vardia met Edda Varn on Monday. “We came to listen,” Orlay told \
    TASS in Pelm. He said that Moscow believes the inspections were a trap.

    Officials familiar with the talks said that she had left early. “I am tired,” Varn said. The ministry \
    declined to say who had called her, and it was reported that the Russian side would wait.
"""
KNOWN = Known(id="zenda-1", outlet="The Courier", published=WEDNESDAY)


def test_twice_the_same_bytes() -> None:
    one, two = read(ARTICLE, KNOWN).to_json(), read(ARTICLE, KNOWN).to_json()
    assert one == two
    read(CARRIED, KNOWN)
    assert read(ARTICLE, KNOWN).to_json() == one


def test_ids_hang_on_the_text_alone() -> None:
    one, other = read(ARTICLE, KNOWN), read(ARTICLE)
    assert [s.id for s in one.statements] == [s.id for s in other.statements]
    assert not {s.id for s in read(ARTICLE + " It rained.").statements} & {s.id for s in one.statements}


def test_without_attributions_there_are_no_statements() -> None:
    report = verbale.read("The sun rose over the harbour at six.")
    assert (report.statements, len(report)) == ((), 0)


def test_what_is_left_out_of_the_attributions_is_left_out_here() -> None:
    options = ReadOptions(attributions=AttributionOptions(nested=False))
    assert all(a.parent is None for a in read(ARTICLE, options=options))


def test_a_nested_one_alone_is_told_too() -> None:
    """The stage takes any attributions of the document, also one whose parent was left out."""
    report = read("Pal Orlay said that Edda Varn believes the inspections were a trap.")
    inner = [a.record for a in report if a.parent]
    tagged = default_tagger().tag(report.text)
    found = statements(report.document, inner, tagged, default_registry())
    assert [s.speaker.name for s in found] == ["Edda Varn"]


def test_attributed_and_statement_belong_together() -> None:
    report = read(ARTICLE, KNOWN)
    each: Attributed
    for each in report:
        assert each.statement is not None
        assert each.statement.attribution == each.id


PARTS = [
    "Pal Orlay", "Orlay", "Tolu Keza", "Minister", "she", "He", "I", "who", "it", "they", "the minister",
    "a spokesman", "Russia", "Moscow", "TASS", "The ministry", "said", "told", "believes", "according to",
    "that", "we will go", "on Monday", "reporters", "in Pelm", "the talks failed", "it was reported", "’s",
    "and", "“", "”", '"', ",", ".", ":", "—", "\n", "\n\n", "\r\n", "\t", "\x00", "\u200b", "e\u0301", "😀",
    "각", "İ", "\u2028", "O’",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join), st.sampled_from(list(Voice)))
@example("Orlay, who said that he said that Keza said “ we will go ”", Voice.REPORT)
@example("he said that he believes that he said that we will go", Voice.REPORT)
def test_any_words_become_statements(text: str, voice: Voice) -> None:
    odd(text, ReadOptions(voice=voice))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
@example("said " * 300)
@example("Orlay said. " * 100)
@example("\ufeffOrlay said so.")
def test_any_text_becomes_statements(text: str) -> None:
    odd(text, ReadOptions(attributions=AttributionOptions(inferred=True)))


def odd(text: str, options: ReadOptions) -> None:
    source = Source("t", "text/plain", text.encode(), KNOWN)
    once, twice = (read_source(source, default_tagger(), options) for _ in range(2))
    assert once == twice
    if isinstance(once, Reading):
        check(Report(once))
        assert Report(once).to_json()


@given(st.text("aB. \n\t?“”'é", max_size=60))
def test_sentences_cover_all_but_blanks(text: str) -> None:
    found = sentences(text)
    assert all(s.of(text) == s.of(text).strip() and "\n" not in s.of(text) for s in found)
    assert "".join("".join(s.of(text).split()) for s in found) == "".join(text.split())


def test_mr_and_ms_tell_who_bears_the_surname() -> None:
    report = read("Karl Berr met Ida Berr in Pelm. Mr. Berr said he was tired. Ms. Berr said she was not.")
    assert [s.speaker.name for s in report.statements] == ["Karl Berr", "Ida Berr"]


def test_she_and_he_are_two() -> None:
    report = read("Ilka Sarn met Joren Vael in Pelm. She said the talks were useful. He said they were not.")
    assert [s.speaker.name for s in report.statements] == ["Ilka Sarn", "Joren Vael"]


def test_a_minister_of_one_state_is_nobody_of_another() -> None:
    report = read("""
        Norwegian Foreign Minister Pal Orlay met Swedish Foreign Minister Mira Halm. Halm said the talks \
        were good. The Norwegian minister said they were not.
    """)
    said = report.statements[-1]
    assert (said.state, said.speaker.name != "Mira Halm") == ("NOR", True)


def test_a_states_ministry_is_not_the_state() -> None:
    said = read("China’s foreign ministry said on Wednesday it opposed the sale.").statements[0]
    assert (said.voice, said.body, said.state) == (Speaking.BODY, "china-foreign-ministry", "CHN")


def test_a_day_in_a_name_is_no_day() -> None:
    said = read("Pal Orlay told the Sunday Courier he was ready.").statements[0]
    assert said.circumstances.said is None
    assert [r.name for r in said.relays] or said.circumstances.addressee is not None
