"""The tables of words that tell how something was said: read once, by use."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

Row = Mapping[str, str]


@cache
def rows(table: str) -> tuple[Row, ...]:
    """All rows of a table in `data/cues`, in order.

    Args:
        table: its name without ending, such as "days".
    """
    text = files("verbale").joinpath(f"data/cues/{table}.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(text.splitlines(), strict=True))


@cache
def words(table: str, use: str) -> tuple[str, ...]:
    """The words of one use in a table, in order."""
    return tuple(row["word"] for row in rows(table) if row["use"] == use)


@cache
def values(table: str, use: str, column: str) -> Mapping[str, str]:
    """What a column says of each word of one use, by the word in lower case."""
    return {row["word"].casefold(): row[column] for row in rows(table) if row["use"] == use}


def either(choices: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first; blanks in them match any run of blanks."""
    return _either(tuple(choices))


@lru_cache(maxsize=512)
def _either(choices: tuple[str, ...]) -> str:
    longest = sorted(choices, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest) + ")"


def plain(words: str) -> str:
    """Words in lower case with single blanks, as `values` has them."""
    return " ".join(words.casefold().split())
