"""Readings as one self-contained page, and a single one as a fragment for a notebook.

Nothing outside the page is asked for, and it works without its script: marks and cards link to each
other, and style rules join those that belong together. In a document's text every code point is kept, so
that the text content of its `article` is `document.text`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import chain, islice, pairwise
from urllib.parse import urlsplit

from verbale.export import telling
from verbale.export.segments import Role, Segment, paragraphs, segments
from verbale.export.wording import certainty, counts, nesting, number, origin, words
from verbale.types import Attribution, Document, Reading, Reason, Statement, digest

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
# HTML cannot hold NUL or halves of pairs; it would read a bare carriage return as a newline.
_UNHELD = {0: "\ufffd", 13: "&#13;"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
# An attribution's words and card light up together while one of them is pointed at, in focus, or aimed at.
_JOIN = ".verbale:has(.t{0}:is(:hover,:focus-within,:target)) .n{0}{{--lit:var(--glow)}}"
_ODDS = "probability {:.4f} that it is right, calibrated on articles held back from training"


def page(readings: Iterable[Reading]) -> Iterator[str]:
    """Write readings as one HTML page.

    The page comes in pieces and no reading is kept, so that any number of documents can be written to
    a file as they are read. With several, an index stands at the top; it is written last.

    Args:
        readings: documents and what was found in them, in the order in which to show them.

    Yields:
        Pieces of the page, to be joined without anything between them and encoded as UTF-8.
    """
    coming = iter(readings)
    first = tuple(islice(coming, 2))
    several = len(first) > 1
    title = "Who said what" if several or not first else _name(first[0].document)
    yield _head(title, several)
    entries: list[str] = []
    keys: set[str] = set()
    joined = 0
    for reading in chain(first, coming):
        key = _key(reading.document)
        while key in keys:  # the same document again
            key += "x"
        keys.add(key)
        count = len(reading.attributions)
        yield _style("\n".join(_JOIN.format(n) for n in range(joined, count)))
        joined = max(joined, count)
        yield _section(reading, key, "h2" if several else "h1")
        entries.append(_entry(reading, key))
    if not first:
        yield "<p>No document was read.</p>"
    yield "</main>\n"
    if several:
        yield f'<nav id="index" aria-label="Documents"><ol>{"".join(entries)}</ol></nav>\n'
    yield '<p class="facts" id="keys" hidden><kbd>j</kbd> next attribution, <kbd>k</kbd> previous</p>\n'
    yield f"<script>\n{_beside('page.js')}</script>\n</body>\n</html>\n"


def fragment(reading: Reading) -> str:
    """Write a reading as HTML that stands in another page, such as a notebook, and needs no script."""
    joins = "\n".join(_JOIN.format(n) for n in range(len(reading.attributions)))
    return _style(_beside("page.css") + joins) + _section(reading, _key(reading.document), "h2")


@dataclass(frozen=True, slots=True)
class _Placed:
    """An attribution with its statement, that of the one it is nested in, and its place on the page.

    Its place is its number and depth in the walk, and its anchor.
    """

    attribution: Attribution
    statement: Statement | None
    outer: Statement | None
    number: int
    depth: int
    anchor: str


def _head(title: str, several: bool) -> str:
    skip = '<a class="skip" href="#index">To the index of documents</a>\n' if several else ""
    heading = f"<h1>{escape(title)}</h1>\n" if several else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f'<title>{_safe(title)}</title>\n{_style(_beside("page.css"))}</head>\n<body class="verbale-page">\n'
        f"{skip}{heading}<main>\n"
    )


def _section(reading: Reading, key: str, heading: str) -> str:
    document = reading.document
    told = {statement.attribution: statement for statement in reading.statements}
    placed = tuple(
        _Placed(
            attribution,
            told.get(attribution.id),
            told.get(attribution.parent or ""),
            n,
            depth,
            f"{key}-{digest(attribution.id)[:8]}",
        )
        for n, (depth, attribution) in enumerate(nesting(reading.attributions))
    )
    blocks = tuple(paragraphs(document.text))
    return (
        f'<section class="verbale" id="{key}" aria-labelledby="{key}-title">\n'
        f"{_header(reading, key, heading)}"
        f'<div class="sheet">\n<article lang="{_safe(document.language)}" aria-labelledby="{key}-title">'
        f"{''.join(_text(document.text, placed, blocks))}</article>\n"
        f'<aside aria-label="Attributions">\n{"".join(_margin(document, placed, blocks))}</aside>\n</div>\n'
        f"{_footer(reading)}</section>\n"
    )


def _header(reading: Reading, key: str, heading: str) -> str:
    document = reading.document
    shown = [f"<bdi>{_safe(fact)}</bdi>" for fact in (*origin(document), counts(reading.attributions))]
    if document.url:
        shown.append(_link(document.url))
    legend = (
        '<p class="legend">In the text: <span class="source">source</span>, <span class="cue">cue</span>, '
        '<span class="in1">content</span>, <span class="in2">content within a content</span>.</p>\n'
    )
    return (
        f'<header>\n<{heading} id="{key}-title" lang="{_safe(document.language)}" dir="auto">'
        f"{_safe(_name(document))}</{heading}>\n"
        f'<p class="facts">{" · ".join(shown)}</p>\n{legend if reading.attributions else ""}</header>\n'
    )


def _link(url: str) -> str:
    try:
        web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        web = False
    if not web:
        return f"<bdi>{_safe(url)}</bdi>"
    return f'<a href="{_safe(url)}" rel="noreferrer noopener">where it was published</a>'


def _footer(reading: Reading) -> str:
    reader = reading.reader
    by = ", ".join(part for part in (reader.model, reader.runtime, reader.processor) if part)
    skipped = "".join(f"<p>Not read: {_safe(str(skipped))}</p>\n" for skipped in reading.skipped)
    return f"<footer>\n{skipped}<p>Read by Verbale {_safe(reader.version)} ({_safe(by)}).</p>\n</footer>\n"


def _entry(reading: Reading, key: str) -> str:
    document = reading.document
    about = " · ".join((*origin(document), number(len(reading.attributions), "attribution")))
    title = f'<a href="#{key}" lang="{_safe(document.language)}"><bdi>{_safe(_name(document))}</bdi></a>'
    return f'<li>{title} <span class="facts">{_safe(about)}</span></li>\n'


# The text


def _text(text: str, placed: tuple[_Placed, ...], blocks: tuple[tuple[int, int], ...]) -> Iterator[str]:
    """The paragraphs of a text with its marks, all code points kept."""
    rows = {start: row for row, (start, _) in enumerate(blocks, 1)}
    ends = {end for _, end in blocks}
    reached: set[int] = set()  # attributions whose first word has been passed
    offered: set[int] = set()  # those of which a mark has been in the order of keys
    within = False
    for segment in segments(text, tuple(p.attribution for p in placed), (*rows, *ends)):
        if segment.start in ends:
            within = False
            yield "</p>"
        if segment.start in rows:
            within = True
            yield f'<p dir="auto" style="--r:{rows[segment.start]}">'
        if not within:
            yield _safe(text[segment.start : segment.end])
            continue
        for n in sorted({part.attribution for part in segment.parts} - reached):
            reached.add(n)
            yield f'<i class="at t{n} n{n}" id="w-{placed[n].anchor}"></i>'
        yield _mark(text, segment, placed, offered)
    if within:
        yield "</p>"


def _mark(text: str, segment: Segment, placed: tuple[_Placed, ...], offered: set[int]) -> str:
    inner = _safe(text[segment.start : segment.end])
    if not segment.parts:
        return inner
    # A word leads to the innermost of its attributions; of two as deep, to the one whose source or cue it is.
    lead = max(segment.parts, key=lambda p: (placed[p.attribution].depth, p.role != Role.CONTENT, p))
    target = placed[lead.attribution]
    numbers = sorted({part.attribution for part in segment.parts})
    deep = sum(part.role == Role.CONTENT for part in segment.parts)
    roles = sorted({part.role.value for part in segment.parts if part.role != Role.CONTENT})
    classes = ["m", *roles, *([f"in{min(deep, 3)}"] if deep else []), f"t{target.number}"]
    classes += [f"n{n}" for n in numbers]
    ids = " ".join(placed[n].anchor for n in numbers)
    order = ' tabindex="-1"' if target.number in offered else ""
    offered.add(target.number)
    return f'<a class="{" ".join(classes)}" href="#{target.anchor}" data-ids="{ids}"{order}>{inner}</a>'


# The margin


def _margin(
    document: Document, placed: tuple[_Placed, ...], blocks: tuple[tuple[int, int], ...]
) -> Iterator[str]:
    """The cards, in one list for each paragraph in which a content begins that is not nested."""
    groups: dict[int, list[_Placed]] = {}
    begins = [begin for begin, _ in blocks]
    row = 1
    for place in placed:
        if place.depth == 0:
            start = place.attribution.content[0].start
            row = max(1, bisect_right(begins, start))
        groups.setdefault(row, []).append(place)
    rows = [*groups, len(blocks) + 1]
    for row, following in pairwise(rows):
        depth = -1
        for place in groups[row]:
            if depth < 0:
                yield f'<ol style="--r:{row};--s:{max(1, following - row)}">\n'
            else:
                yield "<ol>\n" if place.depth > depth else "</li>" + "</ol></li>" * (depth - place.depth)
            depth = place.depth
            yield f"<li>{_card(document, place)}\n"
        yield "</li>" + "</ol></li>" * depth + "</ol>\n"


def _card(document: Document, place: _Placed) -> str:
    attribution, anchor, n = place.attribution, place.anchor, place.number
    text, lang = document.text, f'lang="{_safe(document.language)}"'
    who, how = words(text, attribution.source), words(text, attribution.cue)
    what = words(text, attribution.content)
    odds = certainty(attribution.probability)
    label = _safe(f"{who or 'nobody named'} {how}: to the words")
    source = f'<bdi class="source" {lang}>{_safe(who)}</bdi>' if who else "<em>nobody named</em>"
    cue = f'<bdi class="cue" {lang}>{_safe(how)}</bdi>' if how else "<em>no cue of its own</em>"
    reasons = (*attribution.reasons, *(place.statement.reasons if place.statement else ()))
    kind = attribution.kind.value + (", inferred" if attribution.inferred else "")
    return (
        f'<div class="card t{n} n{n} {odds}" id="{anchor}" data-attribution="{_safe(attribution.id)}">\n'
        f'<p><a href="#w-{anchor}" aria-label="{label}">{source} {cue}</a> '
        f'<span class="odds" title="{_ODDS.format(attribution.probability)}">{odds} '
        f"<small>{attribution.probability:.2f}</small></span></p>\n"
        f"{_told(place.statement, place.outer, lang)}{_held(text, place.statement)}"
        f'<details><summary title="the words in full, and why"><span class="what">'
        f'<bdi class="in{min(place.depth + 1, 3)}" {lang}>{_safe(what)}</bdi></span> '
        f'<span class="kind">{kind}</span></summary>\n{_reasons(reasons)}</details>\n</div>'
    )


def _told(statement: Statement | None, outer: Statement | None, lang: str) -> str:
    """Who that is, in which office, to whom and where it was said, and the way that the words came.

    What is nested came through the speaker of the outer one.
    """
    if statement is None:
        return ""
    name, standing = telling.speaker(statement), telling.standing(statement)
    named = f'<bdi class="speaker" {lang}>{_safe(name)}</bdi>'
    if name.startswith("? "):
        named = f'<span class="unresolved">not resolved: {_safe(name[2:])}</span>'
    elif statement.speaker.mention is None and not statement.speaker.name:
        named = ""
    lines = [named, f'<span class="standing">{_safe(standing)}</span>' if standing else ""]
    lines += [
        f'<span class="occasion">{_safe(occasion)}</span>'
        if (occasion := telling.occasion(statement))
        else ""
    ]
    through = [telling.link(relay) for relay in (outer or statement).relays]
    through += [telling.speaker(outer)] if outer else []
    links = "".join(f"<li>{_safe(link)}</li>" for link in through)
    chain = (
        f'<ol class="chain" aria-label="The way the words came">{links}<li>{_safe(name)}</li></ol>'
        if links
        else ""
    )
    shown = "<br>".join(line for line in lines if line)
    return f'<div class="told"><p>{shown}</p>{chain}</div>\n' if shown or chain else ""


def _held(text: str, statement: Statement | None) -> str:
    """Where each side stands by a statement, and what is done by it."""
    if statement is None:
        return ""
    items = []
    for held in statement.positions:
        who, stance, what = map(_safe, telling.position_parts(held, text))
        items.append(f'<li class="{stance}">{who} <b>{stance}</b> {what}</li>')
    items += [f'<li class="act">{_safe(telling.act(act))}</li>' for act in telling.notable(statement)]
    return f'<ul class="held" aria-label="Positions and acts">{"".join(items)}</ul>\n' if items else ""


def _reasons(reasons: tuple[Reason, ...]) -> str:
    items = []
    for reason in reasons:
        rule = " ".join(part for part in (reason.rule, reason.version) if part)
        score = f" {reason.score:.4g}" if reason.score is not None else ""
        detail = f": {reason.detail}" if reason.detail else ""
        items.append(f"<li><b>{_safe(reason.field)}</b> {_safe(rule + score + detail)}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else "<p>No reasons were kept.</p>"


# Words


def _safe(text: str) -> str:
    """A text that no browser takes for markup, each code point kept."""
    return escape(text).translate(_UNHELD)


def _name(document: Document) -> str:
    return document.title or document.name or document.id


def _key(document: Document) -> str:
    """What a document's anchors begin with: the same whenever it is written, no two alike in a notebook."""
    return "d" + digest(document.id)[:8]


def _style(rules: str) -> str:
    return f"<style>\n{rules}\n</style>\n" if rules else ""


@cache
def _beside(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
