from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.attributions.found import Found
from verbale.attributions.paragraphs import join_paragraphs
from verbale.quotes import quotations
from verbale.types import Kind, Span


def contents(text: str, *said: str, cues: tuple[str, ...] = ("said",)) -> list[list[str]]:
    """What the contents become, each given by its words; the first cue is the first one's, and so on."""
    found = []
    for content, cue in zip(said, cues, strict=True):
        spans = [Span(text.index(words), text.index(words) + len(words)) for words in (content, cue)]
        found.append(Found((), (spans[1],), (spans[0],), Kind.DIRECT, 0.9, "tagger"))
    return [
        [span.of(text) for span in each.content] for each in join_paragraphs(text, found, quotations(text))
    ]


# A text in which he "said" “One.…, and the pieces that his content gets.
CASES = [
    ("He said: “One.\n“Two.”", ["“One.", "“Two.”"]),
    ("He said: “One.\n\n“Two.\n\n“Three.”\n\nEnd.", ["“One.", "“Two.", "“Three.”"]),
    ("He said: “One.\r\n\r\n“Two.”\r\n", ["“One.", "“Two.”"]),
    ("He said: “One.  \n   \n  “Two.”", ["“One.", "“Two.”"]),  # white space around
    ('He said: "One.\n"Two."', ['"One.', '"Two."']),
    ("He said: «One.\n«Two.»", ["«One.", "«Two.»"]),
    ("He said: »One.\n»Two.«", ["»One.", "»Two.«"]),
    ("He said: „One.\n„Two.“", ["„One.", "„Two.“"]),
    ("He said: “One.\n“Two.” And left.", ["“One.", "“Two.”"]),  # what stands behind is not his
    # --- closed: nothing is added
    ("He said: “One.”\n“Two.”", ["“One.”"]),
    ('He said: "One."\n"Two."', ['"One."']),
    ('He said: “One."\n“Two.”', ['“One."']),  # closed by a straight mark
    ('He said: "One.”\n"Two."', ['"One.”']),  # and the other way round
    ("He said: „One.“\n„Two.“", ["„One.“"]),
    # --- the next paragraph is not his
    ("He said: “One.\nTwo.", ["“One."]),  # opens without a mark
    ("He said: “One.\n«Two.»", ["“One."]),  # with another one
    ("He said: “One.\n\nTwo.\n\n“Three.”", ["“One."]),  # one stands between
    ("He said: “One.", ["“One."]),  # there is none
]  # fmt: skip


@pytest.mark.parametrize(("text", "pieces"), CASES)
def test_join_paragraphs(text: str, pieces: list[str]) -> None:
    assert contents(text, pieces[0]) == [pieces]


def test_a_paragraph_with_a_cue_of_its_own_stops_it() -> None:
    text = "He said: “One.\n“Two.\n“Three,” she added."
    assert contents(text, "“One.", "“Three,”", cues=("said", "added")) == [["“One.", "“Two."], ["“Three,”"]]


def test_an_indirect_content_is_left_alone() -> None:
    assert contents("He said that one.\n“Two.”", "that one") == [["that one"]]
    assert contents("“Zero,” he said that one.\n“Two.”", "that one") == [["that one"]]


def test_only_the_content_that_runs_on_gets_the_paragraph() -> None:
    text = "He added that zero. He said: “One.\n“Two.”"
    assert contents(text, "that zero", "“One.", cues=("added", "said")) == [
        ["that zero"],
        ["“One.", "“Two.”"],
    ]


def test_what_else_is_known_stays() -> None:
    text = "He said: “One.\n“Two.”"
    found = Found((Span(0, 2),), (Span(3, 7),), (Span(9, 14),), Kind.DIRECT, 0.7, "tagger", {"cue": 1.0})
    (joined,) = join_paragraphs(text, [found], quotations(text))
    assert (joined.source, joined.cue, joined.probability, joined.rule) == (
        found.source,
        found.cue,
        0.7,
        "tagger",
    )
    assert joined.features == found.features


@given(st.text(alphabet="“”\"'‘’«»„` \n\rax.", max_size=60), st.data())
def test_any_text_keeps_its_contents_and_their_order(text: str, data: st.DataObject) -> None:
    quoted = quotations(text)
    places = st.integers(0, len(text))
    found = []
    for a, b in data.draw(st.lists(st.tuples(places, places), max_size=4)):
        if a < b:
            found.append(Found((), (Span(a, b),), (Span(a, b),), Kind.DIRECT, 0.5, "tagger"))
    joined = join_paragraphs(text, found, quoted)
    assert len(joined) == len(found)
    for before, after in zip(found, joined, strict=True):
        assert after.content[: len(before.content)] == before.content
        assert list(after.content) == sorted(after.content)
        assert all(one.end <= two.start for one, two in zip(after.content, after.content[1:], strict=False))
        assert all((span.start, span.end) in quoted for span in after.content[1:])
