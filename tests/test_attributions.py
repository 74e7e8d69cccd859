"""The whole stage with the model that the package brings: what must hold whichever model that is."""

from __future__ import annotations

import hashlib
import itertools
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verbale.attributions import AttributionOptions, attributions
from verbale.attributions.inferred import PROBABILITY
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel
from verbale.quotes import quotations
from verbale.types import Attribution, Document, Kind, Span, Spans

KEZA = "Foreign Minister Tolu Keza said on Friday that Vardia would not come to the talks."
PALACE = "“We are not ready,” she told reporters at the palace. “Nobody in the region is.”"
TRAP = "Orlay said that Strelsau believes the inspections were a trap."
HARBOUR = "The sun rose over the harbour at six. The boats went out, and the market opened at eight."
REPORT = f"{KEZA}\n{PALACE}\n{TRAP}\n"
EVERYTHING = AttributionOptions(nested=True, inferred=True)


def made(text: str) -> Document:
    return Document("d", "d", text, hashlib.sha256(text.encode()).hexdigest(), language="en")


def found_in(text: str, options: AttributionOptions | None = None) -> tuple[Attribution, ...]:
    found = attributions(made(text), default_tagger().tag(text), options)
    check(text, found)
    return found


def words(text: str, spans: Spans) -> list[str]:
    return [span.of(text) for span in spans]


def inside(inner: Span, outer: Spans) -> bool:
    return any(span.start <= inner.start and inner.end <= span.end for span in outer)


def roles(found: Attribution) -> tuple[Spans, Spans, Spans]:
    return found.source, found.cue, found.content


def first(found: Attribution) -> int:
    return min(span.start for role in roles(found) for span in role)


def check(text: str, found: Sequence[Attribution]) -> None:
    """What holds of every result."""
    by_id = {each.id: each for each in found}
    assert len(by_id) == len(found), "ids are unique"
    assert [first(each) for each in found] == sorted(first(each) for each in found)
    quoted = quotations(text)
    for number, each in enumerate(found):
        for role in roles(each):
            assert all(0 <= span.start < span.end <= len(text) for span in role)
            assert all(one.end <= two.start for one, two in itertools.pairwise(role))
            assert all(span.of(text).strip() == span.of(text) for span in role), "no white space at the ends"
        assert all("\n" not in span.of(text) for role in roles(each) for span in role)
        assert 0 < each.probability < 1
        assert each.inferred == (not each.cue)
        assert each.content
        assert [reason.field for reason in each.reasons] == ["attribution"]
        assert each.reasons[0].score == each.probability
        assert each.reasons[0].rule
        if each.kind is not Kind.INDIRECT:
            assert any(a < span.end and span.start < b for a, b in quoted for span in each.content)
        if each.parent is None:
            assert not each.inferred or each.probability == PROBABILITY
            continue
        parent = by_id[each.parent]
        assert found.index(parent) < number, "a nested one stands behind the one it lies in"
        assert all(inside(span, parent.content) for role in roles(each) for span in role)
        size = [sum(span.end - span.start for span in one.content) for one in (each, parent)]
        assert size[0] < size[1]


def top(found: Sequence[Attribution]) -> list[Attribution]:
    return [each for each in found if each.parent is None]


def said(text: str, found: Sequence[Attribution]) -> list[tuple[list[str], list[str]]]:
    """Sources and contents of those that are not nested, in words."""
    return [(words(text, each.source), words(text, each.content)) for each in top(found)]


# --- what is found


def test_an_indirect_statement() -> None:
    (found,) = top(found_in(KEZA))
    assert words(KEZA, found.source) == ["Foreign Minister Tolu Keza"]
    assert words(KEZA, found.cue)[0].startswith("said")
    assert words(KEZA, found.content) == ["that Vardia would not come to the talks"]
    assert found.kind is Kind.INDIRECT
    assert found.reasons[0].rule == "tagger"
    assert found.reasons[0].version == default_tagger().manifest.name


def test_an_interrupted_quotation() -> None:
    (found,) = top(found_in(PALACE))
    assert words(PALACE, found.source) == ["she"]
    assert words(PALACE, found.content) == ["“We are not ready,”", "“Nobody in the region is.”"]
    assert found.kind is Kind.DIRECT


def test_a_nested_one_lies_in_its_parents_content() -> None:
    outer, inner = found_in(TRAP)
    assert inner.parent == outer.id
    assert words(TRAP, outer.source) == ["Orlay"]
    assert words(TRAP, inner.source) == ["Strelsau"]
    assert words(TRAP, inner.content) == ["the inspections were a trap"]


def test_nested_ones_can_be_left_out() -> None:
    (outer,) = found_in(TRAP, AttributionOptions(nested=False))
    assert outer == found_in(TRAP)[0]


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "„“"])
@pytest.mark.parametrize("ends", ["\n", "\n\n", "\r\n\r\n"])
def test_a_quotation_over_paragraphs_is_one_content(marks: str, ends: str) -> None:
    begin, end = tuple(marks)
    pieces = [
        f"{begin}We have waited for a year, and nothing came.",
        f"{begin}We will not wait for another one.{end}",
    ]
    text = f"The envoy said: {pieces[0]}{ends}{pieces[1]}{ends}The hall was cold.{ends}"
    assert (["The envoy"], pieces) in said(text, found_in(text))


def test_lone_quotations_are_offered_only_when_asked_for() -> None:
    lone = "“Nobody in the whole of the region is ready for them either.”"
    text = f"{KEZA}\n\n{lone}\n\n{HARBOUR}"
    assert [each for each in found_in(text) if each.inferred] == []
    (found,) = [each for each in found_in(text, EVERYTHING) if each.inferred]
    assert words(text, found.source) == ["Foreign Minister Tolu Keza"]
    assert (found.cue, words(text, found.content), found.parent) == ((), [lone], None)
    assert found.reasons[0].rule == "speech runs on"
    assert [each for each in found_in(text, EVERYTHING) if not each.inferred] == list(found_in(text))


NARRATION = [
    "", " ", "\n\n", "\x00\x07", HARBOUR, "Rain.", "2022\t17\t3\n2023\t18\t4", "…", "“",
    "The talks ended at noon.",
]  # fmt: skip


@pytest.mark.parametrize("text", NARRATION)
def test_nothing_is_found_where_nobody_speaks(text: str) -> None:
    assert found_in(text, EVERYTHING) == ()


# --- the same input, the same output


def test_twice_the_same() -> None:
    assert found_in(REPORT, EVERYTHING) == found_in(REPORT, EVERYTHING)


def test_neighbours_change_nothing(model: TaggerModel) -> None:
    alone = attributions(made(REPORT), model.tag(REPORT))
    for neighbour in (KEZA * 50, HARBOUR, "각 " * 300, "“" * 40):
        attributions(made(neighbour), model.tag(neighbour))
        assert attributions(made(REPORT), model.tag(REPORT)) == alone


def test_another_process_and_another_session_give_the_same() -> None:
    alone = attributions(made(REPORT), TaggerModel(default_tagger().folder).tag(REPORT))
    assert alone == found_in(REPORT)
    code = (
        "import sys, hashlib\n"
        "from verbale.attributions import attributions\n"
        "from verbale.models import default_tagger\n"
        "from verbale.types import Document\n"
        "text = sys.argv[1]\n"
        "document = Document('d', 'd', text, hashlib.sha256(text.encode()).hexdigest(), language='en')\n"
        "print(ascii(attributions(document, default_tagger().tag(text))))"
    )
    ran = subprocess.run([sys.executable, "-c", code, REPORT], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ascii(alone)


def test_ids_hang_on_the_text_and_the_spans_alone(model: TaggerModel) -> None:
    """Not on the document's name, title or day; another text gives others."""
    ids = [each.id for each in attributions(made(REPORT), model.tag(REPORT))]
    other = replace(made(REPORT), id="e", name="e", title="T", outlet="O", url="https://e.example")
    assert [each.id for each in attributions(other, model.tag(REPORT))] == ids
    assert not {each.id for each in attributions(made(REPORT + "."), model.tag(REPORT + "."))} & set(ids)
    assert all(each.startswith("a-") and len(each) == 14 for each in ids)


# --- long texts


@pytest.mark.parametrize("pad", [0, 1, 90, 180, 215, 222, 230, 240, 246, 250, 253, 254, 255, 300])
def test_a_statement_is_found_wherever_it_falls(pad: int) -> None:
    """A run of the model ends after 254 pieces: before, within and behind a statement."""
    text = " ".join(["rain"] * pad) + ("\n" if pad else "") + f"{KEZA}\n{PALACE}"
    assert said(text, found_in(text)) == said(f"{KEZA}\n{PALACE}", found_in(f"{KEZA}\n{PALACE}"))


def test_no_statement_is_lost_in_a_long_report() -> None:
    text = "\n\n".join([KEZA, PALACE, HARBOUR] * 60)
    found = said(text, found_in(text))
    assert found == said(f"{KEZA}\n\n{PALACE}", found_in(f"{KEZA}\n\n{PALACE}")) * 60


def test_few_words_are_lost_on_one_long_line() -> None:
    """The harder case: such a line is cut within its sentences, and links have dozens of cues."""
    text = " ".join([KEZA, PALACE, HARBOUR] * 40)
    found = found_in(text)
    contents = [span for each in found for span in each.content]
    for said_words in ("Vardia would not come to the talks", "We are not ready", "Nobody in the region is"):
        places = [Span(m.start(), m.end()) for m in re.finditer(said_words, text)]
        assert sum(inside(place, tuple(contents)) for place in places) >= 36, said_words
    narrated = [Span(m.start(), m.end()) for m in re.finditer("The boats went out", text)]
    assert sum(inside(place, tuple(contents)) for place in narrated) <= 1


def test_a_long_line_without_any_end() -> None:
    text = "and the ministers said that the states said that they would " * 400
    for each in found_in(text):
        assert sum(span.end - span.start for span in each.content) < 10_000


# --- any text


PARTS = [
    "Halm", "she", "The 김정은", "각", "said", "told", "believes", "according to", "that", "we will go",
    "I think",
    "the talks failed", "it was reported", "Russia says the U.S. is not ready", "“", "”", '"', "'",
    "‘", "’", "«", "»",
    ",", ".", ":", "\n", "\n\n", "\r\n", "\t", "  ", "\x00", "\u200b", "é",
    "e\u0301", "😀", "👩\u200d👧", "İ", "ﬀ",
    "\u2028", "\ufeff",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join))
@example("“ Halm said that she said “ we will go \n\n “ we will go ”")
@example("김정은 said “각” 각 said 각")
def test_any_sentence_gives_valid_spans(text: str) -> None:
    found_in(text, EVERYTHING)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
@example("\ufeffHalm said so.")
@example("\x00Halm\x00 said\x00 that\x00 we go")
@example("a" * 3000)
@example("“" * 300)
@example("said " * 300)
def test_any_text_gives_valid_spans(text: str) -> None:
    found_in(text, EVERYTHING)


def test_half_a_character_is_a_clear_error(model: TaggerModel) -> None:
    """No stage before makes such a document; who makes one by hand is told what is wrong."""
    with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
        model.tag("Halm \ud800 said so.")
