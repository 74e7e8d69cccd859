"""Marked sentences as contexts, for the tests of relays and circumstances."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from evaluation.markup import parse
from evaluation.score import document_of
from verbale.registry import default_registry
from verbale.speakers.context import Context, sentences
from verbale.types import Attribution, Kind, Name, Span

WEDNESDAY = date(2031, 3, 12)


def context(marked: str, names: dict[str, str] | None = None, published: date | None = WEDNESDAY) -> Context:
    """A text with `<s1>`, `<q1>` and `<c1>` around sources, cues and contents.

    Args:
        marked: the text.
        names: what the tagger may have found, with its kind.
        published: the document's date.
    """
    row = parse(marked)
    text = row["text"]
    found = []
    numbers = {each["id"]: str(number) for number, each in enumerate(row["attributions"])}
    for number, each in enumerate(row["attributions"]):
        source, cue, content = (
            tuple(Span(*s) for s in sorted(each[r])) for r in ("source", "cue", "content")
        )
        parent = numbers.get(each["parent"])
        found.append(Attribution(str(number), source, cue, content, Kind.INDIRECT, 1.0, parent))
    document = replace(document_of({"id": "d", "text": text}), published=published)
    tagged = tuple(
        Name(Span(text.index(name), text.index(name) + len(name)), kind)
        for name, kind in (names or {}).items()
    )
    return Context(document, tuple(found), tagged, sentences(text), default_registry())


def mentions(text: str, names: dict[str, str]) -> tuple[Name, ...]:
    """Every place where one of these names stands, as a word of its own and in no longer one."""
    found: list[Name] = []
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(n.span.start < match.end() and match.start() < n.span.end for n in found):
                found.append(Name(Span(*match.span()), names[name]))
    return tuple(sorted(found, key=lambda n: n.span))


def saying(marked: str, names: dict[str, str], published: date | None = WEDNESDAY) -> Context:
    """A marked text in which every place of every name is tagged."""
    plain = context(marked, None, published)
    return replace(plain, names=mentions(plain.document.text, names))
