from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verbale.attributions.found import Found
from verbale.attributions.inferred import FEWEST, PROBABILITY, inferred
from verbale.quotes import quotations
from verbale.types import Kind, Span

LONE = "“And nobody in the region is ready for it.”"
NEXT = "“So we will come another time, and gladly.”"


def said(text: str, source: str, content: str) -> Found:
    """An attribution by the words of its source and content; the cue stands right behind the source."""
    at, start = text.index(source), text.index(content)
    cue = Span(at + len(source) + 1, at + len(source) + 5)
    return Found(
        (Span(at, at + len(source)),), (cue,), (Span(start, start + len(content)),), Kind.INDIRECT, 0.9, "t"
    )


def offered(text: str, *outer: Found) -> list[tuple[str, str]]:
    found = inferred(text, outer, quotations(text))
    for each in found:
        assert (each.cue, each.kind, each.probability, each.rule) == (
            (),
            Kind.DIRECT,
            PROBABILITY,
            "speech runs on",
        )
    return [(each.source[0].of(text), each.content[0].of(text)) for each in found]


def test_a_lone_quotation_is_his_who_spoke_in_the_paragraph_before() -> None:
    text = f"Halm said that they came.\n\n{LONE}\n\nThe end."
    assert offered(text, said(text, "Halm", "that they came")) == [("Halm", LONE)]


def test_the_last_speaker_of_that_paragraph_counts() -> None:
    text = f"Halm said that they came. Keza said that they left.\n{LONE}"
    outer = (said(text, "Halm", "that they came"), said(text, "Keza", "that they left"))
    assert offered(text, *outer) == offered(text, *reversed(outer)) == [("Keza", LONE)]


def test_speech_runs_on_over_several_paragraphs() -> None:
    text = f"Halm said that they came.\n\n{LONE}\n\n{NEXT}"
    assert offered(text, said(text, "Halm", "that they came")) == [("Halm", LONE), ("Halm", NEXT)]


def test_narration_between_stops_it() -> None:
    text = f"Halm said that they came.\n\nThe sun set.\n\n{LONE}"
    assert offered(text, said(text, "Halm", "that they came")) == []


def test_the_first_paragraph_has_nobody_before_it() -> None:
    text = f"{LONE}\n\nHalm said that they came."
    assert offered(text, said(text, "Halm", "that they came")) == []


def test_a_quotation_that_is_not_alone_is_left() -> None:
    for line in (f"Then: {LONE}", f"{LONE} So much for that.", f"{LONE} {NEXT}"):
        text = f"Halm said that they came.\n\n{line}"
        assert offered(text, said(text, "Halm", "that they came")) == []


def test_one_that_has_a_speaker_is_left() -> None:
    text = f"Halm said that they came.\n\n{LONE}"
    outer = said(text, "Halm", "that they came")
    own = Found(outer.source, outer.cue, (Span(text.index("nobody"), len(text) - 1),), Kind.DIRECT, 0.9, "t")
    assert offered(text, outer, own) == []


def test_a_cross_heading_is_left() -> None:
    text = "Halm said that they came.\n\n“No way back”\n\nThe end."
    assert FEWEST > 3
    assert offered(text, said(text, "Halm", "that they came")) == []


def test_a_speaker_without_a_name_gives_nobody() -> None:
    text = f"Halm said that they came.\n\n{LONE}"
    outer = said(text, "Halm", "that they came")
    assert offered(text, Found((), outer.cue, outer.content, Kind.INDIRECT, 0.9, "t")) == []


@given(st.text(alphabet='“”" \nab.', max_size=120), st.data())
def test_any_text(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    outer = [
        Found((Span(a, b),), (Span(a, b),), (Span(a, b),), Kind.DIRECT, 0.5, "t")
        for a, b in data.draw(st.lists(st.tuples(places, places), max_size=3))
        if a < b
    ]
    quoted = quotations(text)
    for each in inferred(text, outer, quoted):
        (content,) = each.content
        assert (content.start, content.end) in quoted
        assert each.source in [other.source for other in outer]
        assert each.source[0].start < content.start
        assert not any(
            span.start < content.end and content.start < span.end for o in outer for span in o.content
        )
