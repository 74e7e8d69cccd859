"""An invented report, its attributions, and readings of any text, for the tests of what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from verbale.types import (
    Attribution,
    Candidate,
    Circumstance,
    Circumstances,
    Days,
    Document,
    Kind,
    Reader,
    Reading,
    Reason,
    Relay,
    Span,
    Spans,
    Speaker,
    Speaking,
    Statement,
    digest,
)

TEXT = """\
STRELSAU — Ruritania will not come “while the agenda is written in one capital,” Ambassador Pal Orlay told \
reporters 🕊️ on Monday.

Orlay said Strelsau believes the inspections were a trap.

“We came,” he said, “and we stay.”

“Nobody wrote anything.” It was reported that the two sides agreed.
"""
HOSTILE = (
    "<script>alert(1)</script> & [bold red]Halm[/] \x1b[31msaid\x1b[0m \x07\x9b\u202eesrever\u2066 "
    "</article><p>\r\n“&amp;”"
)


def at(words: str, after: str = "") -> Span:
    """Where words stand in the report, the first time after others."""
    start = TEXT.index(words, TEXT.index(after) + len(after))
    return Span(start, start + len(words))


def attributions() -> tuple[Attribution, ...]:
    """Mixed with reasons; nested; in pieces; inferred; without a source."""
    tagger = Reason("attribution", "tagger", "0.1", 0.93, "weakest at “agenda”")
    return (
        Attribution(
            id="a1",
            source=(at("Ambassador Pal Orlay"),),
            cue=(at("told"),),
            content=(at("Ruritania will not come “while the agenda is written in one capital,”"),),
            kind=Kind.MIXED,
            probability=0.961239,
            reasons=(tagger, Reason("content", "snap to marks", "1")),
        ),
        Attribution(
            id="a2",
            source=(at("Orlay", "Monday"),),
            cue=(at("said"),),
            content=(at("Strelsau believes the inspections were a trap"),),
            kind=Kind.INDIRECT,
            probability=0.75,
        ),
        Attribution(
            id="a3",
            source=(at("Strelsau", "said "),),
            cue=(at("believes"),),
            content=(at("the inspections were a trap"),),
            kind=Kind.INDIRECT,
            probability=0.5,
            parent="a2",
        ),
        Attribution(
            id="a4",
            source=(at("he", "came,”"),),
            cue=(at("said", "came,”"),),
            content=(at("“We came,”"), at("“and we stay.”")),
            kind=Kind.DIRECT,
            probability=0.9,
        ),
        Attribution(
            id="a5",
            source=(at("he", "came,”"),),
            cue=(),
            content=(at("“Nobody wrote anything.”"),),
            kind=Kind.DIRECT,
            probability=0.7,
            inferred=True,
        ),
        Attribution(
            id="a6",
            source=(),
            cue=(at("was reported"),),
            content=(at("that the two sides agreed"),),
            kind=Kind.INDIRECT,
            probability=0.2,
        ),
    )


def statements() -> tuple[Statement, ...]:
    """Of a person with all that can be told; carried over; of a state; unresolved; of several; of nobody."""
    orlay = Speaker("p-0123456789ab", "Pal Orlay", at("Pal Orlay"), 1.0)
    state = Speaker("RUS", "Strelsau", at("Strelsau", "said "), 1.0)
    courier = Relay(None, "The Courier", "outlet", None)
    kanal = Relay(None, "reporters", "broadcaster", at("reporters"))
    days = Days(date(2031, 3, 3), date(2031, 3, 3), "day", at("Monday"))
    addressee = Circumstance("reporters", at("reporters"))
    venue = Circumstance("STRELSAU", at("STRELSAU"))
    medium = Circumstance("told", at("told"), "briefing")
    how = Circumstances(addressee, venue, medium, days)
    why = (
        Reason("speaker", "antecedent", "1", 0.8765, "'he' means 'Pal Orlay'"),
        Reason("office", "title", "1"),
    )
    rivals = (Candidate("p-0123456789ab", "Pal Orlay", 0.41), Candidate("RUS", "Russia", 0.25))
    return (
        Statement("s1", "a1", Speaking.PERSON, orlay, "Ambassador", "", "RUS", (courier, kanal), how, why),
        Statement(
            "s2", "a2", Speaking.PERSON, orlay, "Ambassador", "iaea", "",
            (courier, replace(kanal, inferred=True)),
            Circumstances(replace(addressee, inferred=True), said=replace(days, inferred=True)),
        ),
        Statement("s3", "a3", Speaking.STATE, state, state="RUS"),
        Statement("s4", "a4", Speaking.PERSON, Speaker(None, "he", None, 0.41, rivals)),
        Statement("s5", "a5", Speaking.GROUP, Speaker(None, "he", at("he", "came,”"), 0.9)),
        Statement("s6", "a6", Speaking.NAMELESS, Speaker(None, "", None, 1.0)),
    )  # fmt: skip


def stated() -> Reading:
    """The invented report with its statements."""
    return replace(reading(), statements=statements())


def hostile() -> Reading:
    """A report all of whose words and fields are hostile."""
    everything = (Span(0, len(HOSTILE)),)
    found = replace(attributions()[0], source=everything, cue=(), content=everything)
    circumstance = Circumstance(HOSTILE, everything[0], HOSTILE)
    statement = Statement(
        HOSTILE, "a1", Speaking.PERSON,
        Speaker(HOSTILE, HOSTILE, everything[0], 1.0, (Candidate(HOSTILE, HOSTILE, 0.5),)),
        HOSTILE, HOSTILE, HOSTILE, (Relay(HOSTILE, HOSTILE, HOSTILE, None), Relay(None, HOSTILE, "", None)),
        Circumstances(circumstance, circumstance, circumstance),
        (Reason(HOSTILE, HOSTILE, HOSTILE, 0.5, HOSTILE),),
    )  # fmt: skip
    unresolved = replace(
        statement, attribution="a2", speaker=Speaker(None, HOSTILE, None, 0.1, statement.speaker.candidates)
    )
    other = replace(found, id="a2", content=(Span(1, len(HOSTILE)),))
    made = reading(HOSTILE, (found, other), title=HOSTILE, outlet=HOSTILE)
    return replace(made, statements=(statement, unresolved))


def reading(text: str = TEXT, found: tuple[Attribution, ...] | None = None, **known: str) -> Reading:
    """The invented report as read, or another text."""
    document = Document(
        id=known.get("id", "zenda-1"),
        name="zenda.html",
        text=text,
        digest=digest(text),
        title=known.get("title", "No session"),
        url=known.get("url", ""),
        outlet=known.get("outlet", "The Courier"),
        published=date(2031, 3, 9),
        retrieved=datetime(2031, 3, 10, 8, tzinfo=UTC),
        language=known.get("language", "en"),
    )
    reader = Reader("0.1.0", "minilm-1", "onnxruntime 1.22", "x86-64")
    return Reading(document, attributions() if found is None else found, reader)


def unknown() -> Reading:
    """A document of which nothing is known, and in which nothing was found."""
    document = Document(id="u", name="-", text="Rain.", digest=digest("Rain."))
    return Reading(document, (), Reader("0.1.0", "minilm-1", "onnxruntime 1.22", "x86-64"))


_LETTERS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ab <>&\"'“”\n\r\t\x00\x1b\x85\xa0\u2028\u202e😀é[]", max_size=60),
    st.just(HOSTILE),
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any spans over any text: overlapping, nested, touching, beyond its end."""
    text = draw(_LETTERS)
    ids = ["a", "b", "c", '"><b>', "a"]
    found = tuple(
        Attribution(
            id=name,
            source=draw(_spans(len(text))),
            cue=draw(_spans(len(text))),
            content=draw(_spans(len(text), least=1)),
            kind=draw(st.sampled_from(Kind)),
            probability=draw(st.floats(0, 1)),
            parent=draw(st.sampled_from([None, *ids])),
        )
        for name in draw(st.lists(st.sampled_from(ids), max_size=5))
    )
    return reading(text, found, title=draw(_LETTERS), url=draw(st.sampled_from(["", "https://[", "x:y"])))


def _spans(length: int, least: int = 0) -> st.SearchStrategy[Spans]:
    # An even number of offsets in order, each a little later than the last, makes spans that may touch.
    steps = st.lists(
        st.tuples(st.integers(0, length), st.integers(1, length + 1)), min_size=least, max_size=3
    )
    return steps.map(_laid)


def _laid(steps: list[tuple[int, int]]) -> Spans:
    spans: list[Span] = []
    end = 0
    for gap, size in steps:
        spans.append(Span(end + gap, end + gap + size))
        end += gap + size
    return tuple(spans)
