from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given
from invented import HOSTILE, TEXT, attributions, hostile, reading, readings, stated, unknown

from verbale.export.html import fragment, page
from verbale.export.segments import paragraphs, segments
from verbale.types import Kind, Reading, Skipped, Span

_VOID = {"meta", "link", "br", "img"}


class Parsed(HTMLParser):
    """The elements of a page and the text of each article; fails on tags that do not match."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.articles: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.articles += [""] if tag == "article" else []
        self.open += [] if tag in _VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.articles[-1] += data

    def all(self, tag: str, kind: str = "") -> list[dict[str, str]]:
        return [a for t, a in self.elements if t == tag and (not kind or kind in a.get("class", "").split())]


def whole(*shown: Reading) -> Parsed:
    return Parsed("".join(page(shown)))


def held(text: str) -> str:
    """What HTML can hold of a text."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


@given(readings())
def test_the_article_holds_the_text_exactly(any_reading: Reading) -> None:
    assert whole(any_reading).articles == [held(any_reading.document.text)]
    assert Parsed(fragment(any_reading)).articles == [held(any_reading.document.text)]


@given(readings())
def test_every_link_within_the_page_leads_to_one_place(any_reading: Reading) -> None:
    parsed = whole(any_reading, any_reading, reading())
    ids = [attrs["id"] for _, attrs in parsed.elements if "id" in attrs]
    assert len(ids) == len(set(ids)) or len({a.id for a in any_reading.attributions}) < len(
        any_reading.attributions
    )
    aims = {attrs["href"][1:] for tag, attrs in parsed.elements if attrs.get("href", "").startswith("#")}
    beyond = {f"w-{card['id']}" for card in parsed.all("div", "card")}  # words beyond the text's end
    assert aims <= set(ids) | beyond


@given(readings())
def test_the_text_is_cut_without_a_gap(any_reading: Reading) -> None:
    text = any_reading.document.text
    cut = tuple(segments(text, any_reading.attributions))
    assert "".join(text[s.start : s.end] for s in cut) == text
    for segment in cut:
        for index, found in enumerate(any_reading.attributions):
            for role in ("source", "cue", "content"):
                spans: tuple[Span, ...] = getattr(found, role)
                covered = any(
                    s.start <= segment.start and segment.end <= min(s.end, len(text)) for s in spans
                )
                assert covered == ((index, role) in segment.parts)


@given(readings())
def test_what_no_paragraph_holds_is_white_space(any_reading: Reading) -> None:
    text = any_reading.document.text
    kept = "".join(text[start:end] for start, end in paragraphs(text))
    assert re.sub(r"[ \t\r\n]", "", kept) == re.sub(r"[ \t\r\n]", "", text)


def test_blank_lines_part_paragraphs_and_without_any_every_line_does() -> None:
    def split(text: str) -> list[str]:
        return [text[start:end] for start, end in paragraphs(text)]

    assert split("\n a b\nc\n \n\nd \n") == ["a b\nc", "d"]
    assert split("a\n  b\n") == ["a", "b"]
    assert split(" \n") == split("") == []


def test_hostile_text_never_becomes_markup() -> None:
    everywhere = replace(
        attributions()[0],
        id='"><img src=x>',
        source=(Span(0, 20),),
        cue=(Span(21, 40),),
        content=(Span(10, len(HOSTILE)),),
        reasons=(replace(attributions()[0].reasons[0], rule=HOSTILE, detail=HOSTILE),),
    )
    hostile = reading(HOSTILE, (everywhere,), title=HOSTILE, outlet=HOSTILE, language='"><b>', id=HOSTILE)
    hostile = replace(hostile, skipped=(Skipped(HOSTILE, "document", "x", HOSTILE),))
    parsed = whole(hostile, hostile)
    tags = {tag for tag, _ in parsed.elements}
    assert len(parsed.all("script")) == 1
    assert not tags & {"img", "iframe", "form", "object", "link", "base"}
    assert {"b"} == {tag for tag in tags if tag == "b"}  # the reasons' fields alone
    assert len(parsed.all("b")) == 2
    assert not any(name.startswith("on") for _, attrs in parsed.elements for name in attrs)
    assert parsed.articles == [HOSTILE, HOSTILE]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.example",
        "https://[",
        " JavaScript:x",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    links = [a["href"] for a in whole(reading(url=url)).all("a")]
    assert all(link.startswith("#") for link in links)


def test_a_web_address_becomes_a_link() -> None:
    url = "https://courier.example/zenda?a=1&b=2"
    assert url in [a["href"] for a in whole(reading(url=url)).all("a")]


def test_the_page_asks_for_nothing() -> None:
    markup = "".join(page([reading()]))
    parsed = Parsed(markup)
    policy = next(m for m in parsed.all("meta") if m.get("http-equiv"))
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    assert not any("src" in attrs for _, attrs in parsed.elements)
    assert "url(" not in markup
    assert "@import" not in markup


def test_marks_and_cards_lead_to_each_other() -> None:
    parsed = whole(reading())
    cards = {card["data-attribution"]: card["id"] for card in parsed.all("div", "card")}
    assert list(cards) == ["a1", "a2", "a3", "a4", "a5", "a6"]
    marks = parsed.all("a", "m")
    assert {mark["href"] for mark in marks} == {f"#{anchor}" for anchor in cards.values()}
    words = {place["id"] for place in parsed.all("i", "at")}
    assert words == {f"w-{anchor}" for anchor in cards.values()}


def test_overlapping_roles_share_a_mark_that_leads_to_the_innermost() -> None:
    parsed = whole(reading())
    cards = {card["data-attribution"]: card["id"] for card in parsed.all("div", "card")}
    shared = [mark for mark in parsed.all("a", "m") if cards["a3"] in mark["data-ids"].split()]
    assert [mark["data-ids"] for mark in shared] == [f"{cards['a2']} {cards['a3']}"] * 3
    assert {mark["href"] for mark in shared} == {f"#{cards['a3']}"}
    source, cue, content = (set(mark["class"].split()) for mark in shared)
    assert {"source", "in1"} <= source
    assert {"cue", "in1"} <= cue
    assert "in2" in content


def test_each_attribution_is_one_stop_in_the_text_and_its_card_two() -> None:
    """Tab comes to one mark an attribution, then to each card's link and its fold; j and k to the cards."""
    parsed = whole(reading())
    stops = [mark["href"] for mark in parsed.all("a", "m") if "tabindex" not in mark]
    assert len(stops) == len(set(stops)) == 6
    assert len(parsed.all("summary")) == 6


def test_a_reader_of_screens_finds_its_way() -> None:
    parsed = whole(reading(), reading(id="zenda-2", language="de"))
    assert parsed.all("html") == [{"lang": "en"}]
    assert [article["lang"] for article in parsed.all("article")] == ["en", "de"]
    assert len(parsed.all("h1")) == len(parsed.all("main")) == len(parsed.all("nav")) == 1
    ids = {attrs["id"] for _, attrs in parsed.elements if "id" in attrs}
    assert all(section["aria-labelledby"] in ids for section in parsed.all("section"))
    assert all(aside["aria-label"] for aside in parsed.all("aside"))
    assert "nobody named was reported: to the words" in {a.get("aria-label") for a in parsed.all("a")}


def test_an_index_stands_on_pages_of_several_documents_alone() -> None:
    assert not whole(reading()).all("nav")
    assert "No document was read." in "".join(page([]))
    several = whole(reading(), unknown())
    sections = {section["id"] for section in several.all("section")}
    assert sections <= {a["href"][1:] for a in several.all("a")}


def test_a_page_is_written_while_documents_are_still_being_read() -> None:
    read: list[int] = []

    def reader() -> Iterator[Reading]:
        for n in range(4):
            read.append(n)
            yield reading(id=f"zenda-{n}")

    pieces = page(reader())
    for piece in pieces:
        if "<section" in piece:
            break
    assert read == [0, 1]


def test_the_rules_that_join_cover_the_longest_document_once() -> None:
    markup = "".join(page([reading(TEXT, attributions()[:2]), reading(id="z2"), reading(id="z3")]))
    for n in range(6):
        assert markup.count(f".t{n}:is(") == 1


def test_a_probability_is_a_word_with_its_number_beside_it() -> None:
    markup = fragment(reading())
    assert "certain <small>0.96</small>" in markup
    assert 'title="probability 0.9612 that it is right' in markup


def test_a_card_unfolds_the_reasons() -> None:
    markup = fragment(reading())
    assert "<li><b>attribution</b> tagger 0.1 0.93: weakest at “agenda”</li>" in markup
    assert "<li><b>content</b> snap to marks 1</li>" in markup


def test_a_fragment_has_no_script_and_touches_nothing_around_it() -> None:
    parsed = Parsed(fragment(reading()))
    assert not parsed.all("script")
    rules = re.sub(
        r"/\*.*?\*/", "", files("verbale.export").joinpath("page.css").read_text("utf-8"), flags=re.S
    )
    selectors = re.findall(r"(?:^|[{}])\s*([^@{}]+)\{", rules)
    assert selectors
    assert all(".verbale" in selector for selector in selectors)


def test_nested_cards_lie_in_their_parents_item() -> None:
    deep = tuple(
        replace(attributions()[1], id=str(n), parent=str(n - 1) if n else None, kind=Kind.DIRECT)
        for n in range(5)
    )
    parsed = whole(reading(TEXT, (*deep, replace(deep[0], id="last"))))
    assert [card["data-attribution"] for card in parsed.all("div", "card")] == [
        "0",
        "1",
        "2",
        "3",
        "4",
        "last",
    ]


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def over(top: str, ground: str) -> str:
    """A colour with alpha laid over an opaque one."""
    alpha = int(top[7:9], 16) / 255
    mixed = (alpha * int(top[n : n + 2], 16) + (1 - alpha) * int(ground[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(part):02x}" for part in mixed)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast_is_at_least_that_of_wcag_aa(theme: int) -> None:
    rules = files("verbale.export").joinpath("page.css").read_text("utf-8")
    pairs = re.findall(r"--(\w+): light-dark\((#\w+), (#\w+)\)", rules)
    colour = {name: values[theme] for name, *values in pairs}

    def contrast(front: str, back: str) -> float:
        dark, light = sorted((luminance(front), luminance(back)))
        return (light + 0.05) / (dark + 0.05)

    for ground in (colour["paper"], colour["ground"], colour["glow"]):
        for shade in ("#00000000", colour["deeper"], colour["deepest"]):
            assert contrast(colour["ink"], over(shade, ground)) >= 4.5
    lit_card = over(colour["glow"] + "33", colour["paper"])
    assert contrast(colour["quiet"], lit_card) >= 4.5
    assert contrast(colour["quiet"], colour["paper"]) >= 4.5
    for line in ("source", "cue"):
        assert contrast(colour[line], colour["ground"]) >= 3


def test_a_card_tells_who_speaks_for_whom_and_how() -> None:
    markup = fragment(stated())
    assert '<bdi class="speaker" lang="en">Pal Orlay</bdi>' in markup
    assert '<span class="standing">Ambassador · Russia</span>' in markup
    assert '<span class="occasion">to reporters, at STRELSAU, briefing, 3 March 2031</span>' in markup
    assert "3 March 2031 (carried over)" in markup


def test_the_chain_runs_from_the_outlet_to_the_speaker() -> None:
    markup = fragment(stated())
    chain = (
        '<ol class="chain" aria-label="The way the words came"><li>The Courier</li><li>reporters</li>'
        "<li>Pal Orlay</li></ol>"
    )
    assert chain in markup
    assert "<li>reporters (carried over)</li>" in markup
    assert "<li>Pal Orlay</li><li>Strelsau</li></ol>" in markup, "a nested one came through the outer speaker"
    assert len(Parsed(markup).all("ol", "chain")) == 3


def test_an_unresolved_speaker_is_told_with_the_candidates() -> None:
    markup = fragment(stated())
    assert '<span class="unresolved">not resolved: Pal Orlay 0.41, Russia 0.25</span>' in markup


def test_the_reasons_of_a_statement_unfold_with_those_of_the_attribution() -> None:
    markup = fragment(stated())
    assert "<li><b>speaker</b> antecedent 1 0.8765: &#x27;he&#x27; means &#x27;Pal Orlay&#x27;</li>" in markup
    assert "<li><b>attribution</b> tagger 0.1 0.93" in markup


def test_hostile_statements_never_become_markup() -> None:
    plain, parsed = whole(reading(HOSTILE, hostile().attributions)), whole(hostile())
    added = {tag for tag, _ in parsed.elements} - {tag for tag, _ in plain.elements}
    assert added <= {"b", "br", "li", "ol", "ul", "bdi", "span", "div"}
    assert len(parsed.all("script")) == 1
    assert len(parsed.all("p")) - len(plain.all("p")) <= 2
    assert parsed.articles == [held(HOSTILE)] == plain.articles
    assert not any(name.startswith("on") for _, attrs in parsed.elements for name in attrs)


def test_a_page_with_statements_keeps_its_text_and_its_links() -> None:
    parsed = whole(stated(), stated())
    assert parsed.articles == [TEXT, TEXT]
    assert len(parsed.all("div", "told")) == 12
