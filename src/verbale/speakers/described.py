"""Those whom a text describes and does not name where it does: what a pronoun can stand for beside names.

There is no parser: a description is a source that is one, or a noun of the tables (`data/titles`) with what
stands before it, or what stands right before a relative pronoun that is a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verbale.registry.names import normal
from verbale.speakers.circumstances.phrases import is_stop
from verbale.speakers.context import Context
from verbale.speakers.sources import Form, Reference, reference
from verbale.speakers.titles.words import nouns, uses
from verbale.types import Name, Span

LEFT = 6  # words before a noun that can belong to it
_WORD = re.compile(r"[\w$%][\w'’%-]*(?:\.[\w'’%-]+)*")
_BEFORE = ("definite", "indefinite", "counted", "many", "former")
_DETERMINERS = frozenset(
    ("the", "a", "an", "this", "these", "those", "some", "many", "most", "several", "few", "all", "both",
     "other", "another", "every", "each", "any", "no", "his", "her", "their", "its", "our", "my", "your",
     "more", "than", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "dozen", "dozens")
)  # fmt: skip
_ADJECTIVE = re.compile(r"(?:an|ish|al|ic|ive|ous|ese|less|ful|ary|est|ior|y)$")
# Nouns that without an article are mostly other words: "left", "state".
_ALSO_OTHERS = frozenset(
    ("left", "right", "side", "state", "press", "base", "poor", "public", "labor", "record")
)
_THOSE = ("those", "others", "many", "some", "all")
_PEOPLES = re.compile(r"[a-z](?:ans|ats|ers|ists|ese|ish|ives|als|ens)$")
_NO_SPEAKER = ("courtesy", "pronoun")
PAIR = "pair"  # the sort of two or more who are named side by side


@dataclass(frozen=True, slots=True)
class Described:
    """A description, or names side by side.

    Attributes:
        head: key of its noun; sort: of the tables, "thing" for what they lack, PAIR for names side by side.
        many: whether it is a plural.
        speaks: whether it is a source.
        names: of a PAIR.
    """

    span: Span
    head: str
    sort: str
    many: bool
    speaks: bool
    names: tuple[Name, ...] = ()


def described(context: Context) -> tuple[Described, ...]:
    """All of a document's, in order of their first character."""
    text = context.document.text
    references = [
        reference(text, a.source, context.names_in(Span(a.source[0].start, a.source[-1].end)))
        for a in context.attributions
        if a.source
    ]
    found: dict[Span, Described] = {}
    for ref in references:
        if ref.form is Form.DESCRIPTION and ref.span is not None:
            found.setdefault(ref.span, _source(ref))
    spoken = sorted(found)
    for each in (*_peoples(context), *_phrases(context), *_before_who(context, references), *_pairs(context)):
        if not _overlaps(each.span, spoken):
            found.setdefault(each.span, each)
    return tuple(found[span] for span in sorted(found))


def _source(ref: Reference) -> Described:
    assert ref.span is not None
    key, sort, many = head_of(ref.words)
    return Described(ref.span, key, sort, many, True)


def head_of(words: str) -> tuple[str, str, bool]:
    """A description's noun, its sort, and whether it is a plural: the last word before what adds to it."""
    short = re.split(
        r"[,(]|\s(?:of|for|to|with|in|at|on|from|who|which|that|whose|by|near|inside|familiar|close|like)\b",
        words,
    )[0]
    found = _WORD.findall(short) or _WORD.findall(words)
    return _noun(found[-1]) if found else ("", "thing", False)


@lru_cache(maxsize=8192)
def _noun(word: str) -> tuple[str, str, bool]:
    key = normal(re.sub(r"['’]s?$", "", word))
    known = nouns().get(key)
    if known is not None:
        return key, known.sort, known.many or known.sort == "group"
    return key, "thing", len(key) > 3 and key.endswith("s") and not key.endswith("ss")


def _phrases(context: Context) -> Iterator[Described]:
    """The nouns of the tables that stand before no name, with what stands before them."""
    text = context.document.text
    taken = [name.span for name in context.names]
    starts = {name.span.start for name in context.names}
    persons = {name.span.end for name in context.names if name.kind == "person"}
    words = list(_WORD.finditer(text))
    for n, match in enumerate(words):
        word = match.group()
        if len(word) < 3 or word.isupper() or not word[0].isalpha():
            continue
        key, sort, many = _noun(word)
        if sort == "thing" or sort in _NO_SPEAKER or _overlaps(Span(match.start(), match.end()), taken):
            continue
        if match.end() + 1 in starts:
            continue
        start, determined = _left(text, words, n, persons if sort not in ("body", "document") else ())
        if determined or key not in _ALSO_OTHERS:
            yield Described(Span(start, _bare_end(match)), key, sort, many, False)


def _peoples(context: Context) -> Iterator[Described]:
    """Names of peoples and parties in the plural: "Republicans"."""
    for name in context.names:
        words = name.span.of(context.document.text)
        if name.kind in ("people", "other", "organisation") and _PEOPLES.search(words):
            yield Described(name.span, normal(words.split()[-1]), "group", True, False)


def _before_who(context: Context, references: Sequence[Reference]) -> Iterator[Described]:
    """What a relative pronoun among the sources stands right behind, if that is no name."""
    text = context.document.text
    taken = [name.span for name in context.names]
    for ref in references:
        if ref.pronoun != "who" or ref.span is None:
            continue
        line = text.rfind("\n", 0, ref.span.start) + 1
        words = list(_WORD.finditer(text, max(line, ref.span.start - 120), ref.span.start))
        if not words or not re.fullmatch(r",?\s*", text[words[-1].end() : ref.span.start]):
            continue
        last = words[-1]
        if (is_stop(last.group()) and last.group().casefold() not in _THOSE) or _overlaps(
            Span(last.start(), last.end()), taken
        ):
            continue
        span = Span(_left(text, words, len(words) - 1)[0], _bare_end(last))
        yield Described(span, *_noun(last.group()), False)


def _pairs(context: Context) -> Iterator[Described]:
    """Persons who are named side by side."""
    text, run = context.document.text, list[Name]()
    for name in (*context.names, None):
        if name and run and _side_by_side(text[run[-1].span.end : name.span.start]):
            run.append(name)
            continue
        if len(run) > 1 and all(n.kind == "person" for n in run):
            yield Described(Span(run[0].span.start, run[-1].span.end), "", PAIR, True, False, tuple(run))
        run = [name] if name else []


def _side_by_side(between: str) -> bool:
    """Whether what stands between two names joins them: "and", a comma, and titles of the second."""
    match = re.fullmatch(r"(?:,\s*(?:and\s+)?|\s+(?:and|&)\s+)((?:[\w.-]+\s+){0,4})", between)
    return match is not None and all(w[0].isupper() or normal(w) in nouns() for w in match[1].split())


def _left(text: str, words: Sequence[re.Match[str]], n: int, ends: Container[int] = ()) -> tuple[int, bool]:
    """Where the phrase begins whose noun is the n-th word, and whether an article or the like begins it.

    It goes over no word that ends at one of `ends`.
    """
    start, plain, determined = words[n].start(), words[n].start(), False
    loose = True
    for k in range(n - 1, max(-1, n - 1 - LEFT), -1):
        word, between = words[k].group(), text[words[k].end() : words[k + 1].start()]
        if (between != " " and between != "-") or words[k].end() in ends:
            break
        known = word.casefold() in _DETERMINERS or uses().get(normal(word), "") in _BEFORE
        if known or word[0].isdigit():
            start, determined = words[k].start(), True
        elif determined or is_stop(word):
            break
        else:
            start = words[k].start()
            loose = loose and bool(word[0].isupper() or "-" in word or _ADJECTIVE.search(word))
            plain = start if loose else plain
    return (start, True) if determined else (plain, False)


def _bare_end(match: re.Match[str]) -> int:
    word = match.group()
    return match.start() + len(re.sub(r"['’]s?$", "", word))


def _overlaps(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span touches one of some that are in order."""
    n = bisect_left(spans, span.end, key=lambda s: s.start)
    return any(s.end > span.start for s in spans[max(0, n - 2) : n])
