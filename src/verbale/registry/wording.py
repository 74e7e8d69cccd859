"""Wordings in tables, such as `postpon* .. talks|called off`, looked for in texts.

`|` parts alternatives, `*` ends a stem, `..` stands for up to five words between, and `<name>` for words that
the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

BETWEEN = r"(?:\W+[\w’'-]+){0,5}?\W+"


@lru_cache(maxsize=4096)
def wording(words: str, slots: tuple[tuple[str, str], ...] = ()) -> re.Pattern[str]:
    """A pattern for a cell of wordings.

    Args:
        words: the cell.
        slots: patterns for `<name>`, by name.
    """
    given = dict(slots)
    return re.compile("|".join(_alternative(each, given) for each in words.split("|")), re.IGNORECASE)


def _alternative(words: str, slots: Mapping[str, str]) -> str:
    pattern = ""
    for n, word in enumerate(words.split()):
        if word == "..":
            pattern += BETWEEN
            continue
        if n and not pattern.endswith(BETWEEN):
            pattern += r"[\s’'-]+"
        pattern += _word(word, slots)
    return pattern


def _word(word: str, slots: Mapping[str, str]) -> str:
    if word.startswith("<") and word.endswith(">"):
        return slots[word[1:-1]]
    if word.endswith("*"):
        return rf"\b{re.escape(word[:-1])}[\w’'-]*"
    return rf"\b{re.escape(word)}\b"
