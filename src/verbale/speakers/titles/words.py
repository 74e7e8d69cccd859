"""The tables of words that titles and descriptions consist of: read once, ready for looking up by key."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from verbale.registry.names import normal
from verbale.registry.tables import Role

_IRREGULAR = {"man": "men", "child": "children", "person": "persons", "wife": "wives"}


@dataclass(frozen=True, slots=True)
class Noun:
    """A word that says what somebody is.

    Attributes:
        sort: "office" (one at a time holds it), "person" (a kind of person), "courtesy" (Mr., Dr.), "body",
            "document" (a body's words), "group", "nameless", "state" or "pronoun".
        gender: "m", "f" or "" for either.
        takes: "to" when a place behind it is where one is sent, "for" or "of" when it is whose one is.
        many: whether the word is the plural.
        others: what kind of voice its bare plural is: "group" or "nameless".
        state, body: what it belongs to where nothing else is said.
    """

    word: str
    sort: str
    role: Role | None = None
    gender: str = ""
    takes: str = "of"
    many: bool = False
    others: str = "group"
    state: str = ""
    body: str = ""


@cache
def rows(table: str) -> tuple[Mapping[str, str], ...]:
    """All rows of a table in `data/titles`, in order."""
    text = files("verbale").joinpath(f"data/titles/{table}.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(text.splitlines(), strict=True))


@cache
def nouns() -> Mapping[str, Noun]:
    """Titles, bodies' nouns and words for groups, by key, singular and plural."""
    found: dict[str, Noun] = {}
    for row in rows("groups"):
        found.setdefault(normal(row["word"]), Noun(row["word"], row["kind"], many=row["kind"] == "group"))
    for many in (False, True):  # a plural never hides another word: "Mrs." is not several of "Mr."
        for row in rows("titles"):
            key = normal(row["word"])
            found.setdefault(plural(key) if many else key, _title(row, many))
        for row in rows("bodies"):
            key = normal(row["word"])
            sort = "document" if row["use"] == "document" else "body"
            role = Role(row["use"]) if row["use"] not in ("", "document") else None
            found.setdefault(plural(key) if many else key, Noun(row["word"], sort, role, many=many))
    return found


@cache
def uses() -> Mapping[str, str]:
    """What a small word does: former, deputy, definite, indefinite, counted, many, individual …"""
    return {normal(row["word"]): row["use"] for row in rows("words")}


@cache
def given_names() -> Mapping[str, str]:
    """The gender that a given name tells, "" for either, by key."""
    return {normal(row["name"]): row["gender"] for row in rows("given_names")}


def plural(key: str) -> str:
    """The plural of a noun, whose first word changes before "of" and before "general"."""
    words = key.split()
    at = 0 if len(words) > 1 and (words[1] in ("of", "in", "for") or words[-1] == "general") else -1
    words[at] = _plural(words[at])
    return " ".join(words)


def _plural(word: str) -> str:
    for end, ends in _IRREGULAR.items():
        if word.endswith(end) and word != "human":
            return word[: -len(end)] + ends
    if word.endswith(("s", "x", "ch", "sh")):
        return word if word.endswith("men") else word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word if word.endswith(("men", "people")) else word + "s"


def _title(row: Mapping[str, str], many: bool) -> Noun:
    role = Role(row["role"]) if row["role"] else None
    many = many or normal(row["word"]).endswith(("men", "people"))
    return Noun(
        row["word"],
        row["sort"],
        role,
        row["gender"],
        row["takes"],
        many,
        row["plural"],
        row["state"],
        row["body"],
    )
