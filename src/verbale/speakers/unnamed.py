"""What kind of voice somebody is whom the text describes and does not name: group, nameless, body or state.

The tables of titles tell it from the noun; a multinomial logit weighs that against the rest of the words,
since "those surveyed" and "half of them" are groups by no noun. Weights: `data/titles/unnamed.json`, fitted
by `training/unnamed.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from verbale.speakers.described import head_of
from verbale.speakers.titles import Title
from verbale.types import Speaking

KINDS = (Speaking.GROUP, Speaking.NAMELESS, Speaking.BODY, Speaking.STATE)
_FIRST = {
    "the": "the", "this": "the", "these": "the", "that": "the", "those": "those", "a": "a", "an": "a",
    "another": "a", "one": "one", "two": "number", "three": "number", "four": "number", "five": "number",
    "six": "number", "seven": "number", "eight": "number", "nine": "number", "ten": "number", "some": "some",
    "several": "some", "few": "some", "many": "many", "most": "many", "all": "many", "every": "many",
    "both": "both", "each": "many", "more": "many", "half": "half", "other": "other", "others": "other",
    "his": "own", "her": "own", "their": "own", "its": "own", "our": "own", "my": "own", "whose": "own",
}  # fmt: skip
_SHARE = re.compile(
    r"%|\bper ?cent\b|\b(?:half|majority|minority|plurality|third|quarter)\b"
    r"|\bin (?:ten|five|four|three|\d+)\b"
)
_AMOUNT = re.compile(r"\b(?:lots?|number|array|variety|collection|range|majority|generation|mix) of\b")
_SOME = re.compile(r"\b(?:dozens|hundreds|thousands|scores|handful|couple|group|pair) of\b|\bmore than \d")
_SEVERAL = re.compile(r"\band\b|\b(?:one in|those|others?|many|most|some|all|each)\b")
_INSIDER = re.compile(
    r"\b(?:familiar|close|briefed|present|involved|knowledge|condition|anonymity|attended|attendance|spoke|asked)\b"
)
_ENDINGS = ("ists", "ians", "ers", "ors", "ants", "ees", "men", "ist", "er", "or", "ing", "ion", "ment", "s")
_ABSTRACT = re.compile(r"(?:tion|ment|ness|ing|ity|ance|ence|ure)s?$")


@cache
def _weights() -> Mapping[str, list[float]]:
    path = files("verbale").joinpath("data/titles/unnamed.json")
    found: Mapping[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def voice_of(words: str, title: Title) -> tuple[Speaking, float]:
    """The likeliest kind of voice, one of KINDS, with its probability."""
    weights = _weights()
    scores = sum((np.array(weights[f]) for f in features(words, title) if f in weights), np.zeros(len(KINDS)))
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    if not _can_be_several(words, title):
        shares[KINDS.index(Speaking.GROUP)] = 0
        shares /= shares.sum()
    best = int(shares.argmax())
    return KINDS[best], float(shares[best])


def _can_be_several(words: str, title: Title) -> bool:
    """Whether words can mean many: a plural, a noun of the tables that does, a share or an amount."""
    _, sort, many = head_of(words)
    lower = words.casefold()
    told = many or title.plural or sort in ("group", "pronoun") or title.kind is Speaking.GROUP
    return told or any(each.search(lower) for each in (_SHARE, _AMOUNT, _SOME, _SEVERAL))


def features(words: str, title: Title) -> list[str]:
    """What the words show, each feature being there or not."""
    lower = " ".join(words.casefold().split())
    first = re.split(r"\W", lower, maxsplit=1)[0]
    start = "number" if first[:1].isdigit() else _FIRST.get(first, "bare")
    head, sort, many = head_of(words)
    kind = title.kind.value if title.kind else "none"
    number = "many" if many or title.plural else "one"
    found = [
        "always",
        f"kind {kind}",
        f"kind {kind} {start}",
        f"head {sort} {number}",
        f"first {start} {number}",
        f"first {start} {sort}",
        *(f"ends -{end}" for end in _ENDINGS if head.endswith(end)),
        f"word {head}",
    ]
    tests = {
        "share": _SHARE.search(lower),
        "amount": _AMOUNT.search(lower),
        "some of": _SOME.search(lower),
        "insider": _INSIDER.search(lower),
        "who": re.search(r"\bwho\b", lower),
        "abstract": _ABSTRACT.search(head),
        "capitals": re.search(r"\s[A-Z]", words),
        "owner": re.search(r"['’]s?\s\w", words),
        "long": len(lower.split()) > 4,
        "single": len(lower.split()) == 1,
        "of": " of " in lower,
    }
    return found + [name for name, holds in tests.items() if holds]
