"""What the words of a source are: a name, a pronoun or a description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from verbale.types import Name, Span

PRONOUNS = {
    "he": "he him his himself",
    "she": "she her hers herself",
    "it": "it its itself",
    "they": "they them their themselves",
    "i": "i me my myself mine",
    "we": "we us our ourselves",
    "you": "you your yourself",
    "who": "who whom whose that which",
}
_CLASS = {word: name for name, words in PRONOUNS.items() for word in words.split()}
# Behind these a name belongs to another noun: "the lawyer for N", "supporters of N".
_PREPOSITION = re.compile(
    r"\b(?:of|for|to|with|by|from|against|at|in|on|like|under|around|about|behind|near|between)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(r"(?:(?:[A-Z][\w'’-]*\.?|then-\w+|former|late)[\s-]+)*$")
_POSSESSIVE = re.compile(r"['’]s?\b")
_LOWER = re.compile(r"\s+(?:[\w'’-]+\s+)*?([a-z][a-z'’-]+)\b")
_NO_NOUN = frozenset(
    "and or who which that whose whom the a an of in at for from on to with as is was also".split()  # noqa: SIM905
)


class Form(StrEnum):
    """How a source stands for its speaker."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reference:
    """A source's words read: what they are, and the names that they consist of.

    Attributes:
        span: from the first to the last word of the source; None when there is none.
        pronoun: its class, a key of PRONOUNS; "" for none.
        names: of a name the names that speak, several in "N and M".
        within: of a description the names that stand in it, as "N" in "N's office".
    """

    form: Form
    span: Span | None
    words: str
    pronoun: str = ""
    names: tuple[Name, ...] = ()
    within: tuple[Name, ...] = ()


def reference(text: str, source: Sequence[Span], names: Sequence[Name]) -> Reference:
    """Tell what a source is.

    Args:
        text: the document's text.
        source: its spans; empty when nobody is named.
        names: the document's, in order.
    """
    if not source:
        return Reference(Form.NONE, None, "")
    span = Span(source[0].start, source[-1].end)
    words = span.of(text).strip(" ,\N{NO-BREAK SPACE}")
    bare = re.sub(r"['’](?:s|d|re|ve|ll|m)?$", "", words.casefold())
    if pronoun := _CLASS.get(bare) or _CLASS.get(bare.split(" ", 1)[0] if bare.endswith(" himself") else ""):
        return Reference(Form.PRONOUN, span, words, pronoun)
    inside = [n for n in names if span.start <= n.span.start and n.span.end <= span.end]
    speaking = _speaking(text, span, inside)
    if speaking:
        return Reference(Form.NAME, span, words, "", speaking)
    return Reference(Form.DESCRIPTION, span, words, within=tuple(inside))


def _speaking(text: str, span: Span, inside: Sequence[Name]) -> tuple[Name, ...]:
    """The names that are the source itself, and not a part of another noun in it.

    Of several in one phrase the last is meant ("Moravian Minister Halm"), of several phrases the first with a
    person's full name, else the first with a person.
    """
    clause = re.search(r",?\s(?:who|which|whose|that)\b", span.of(text))
    end = span.start + clause.start() if clause else span.end
    heads = [n for n in inside if n.span.start < end and _is_head(text, span, n, inside)]
    persons = [n for n in heads if n.kind == "person"]
    chosen = persons or heads
    followed = zip(chosen, (*chosen[1:], None), strict=False)
    lasts = [name for name, after in followed if after is None or _apart(text, name, after)]
    whole = next((k for k, name in enumerate(lasts) if " " in name.span.of(text)), 0)
    lasts = lasts[whole:] if persons and not _joined(text, lasts[0], lasts[whole]) else lasts
    return tuple(n for k, n in enumerate(lasts) if k == 0 or _joined(text, lasts[k - 1], n))


def _apart(text: str, name: Name, after: Name) -> bool:
    """Whether two names stand in phrases of their own."""
    between = text[name.span.end : after.span.start]
    return bool(re.search(r"[,;:()]|\b(?:and|or)\b|&", between))


def _joined(text: str, before: Name, name: Name) -> bool:
    """Whether two names stand side by side: "N and M", "N, M and O"."""
    between = text[before.span.end : name.span.start]
    return bool(re.fullmatch(r"(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+)(?:[\w.-]+\s+){0,4}", between))


def _is_head(text: str, span: Span, name: Name, inside: Sequence[Name]) -> bool:
    after = text[name.span.end : span.end]
    possessive = _POSSESSIVE.match(after)
    if possessive and after[possessive.end() :].strip(" ,"):
        return False
    if name.kind != "person" and (noun := _LOWER.match(after)) and noun.group(1) not in _NO_NOUN:
        return False
    before = text[span.start : name.span.start]
    beside = any(name.span.start - 2 <= n.span.end < name.span.start for n in inside)
    if beside and name.kind == "person":  # "Ambassador to Moravia Pal Orlay"
        return True
    lead = _TITLE_BEFORE.search(before)
    return not _PREPOSITION.search(before[: lead.start()] if lead else before)
