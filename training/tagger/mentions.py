"""Names and antecedents to train on: gold from GUM, silver from what CoreNLP made of PolNeAR.

A name is `[start, end, kind]`. An antecedent is `[start, end, name]`: a pronoun or description and where the
nearest name of whom it means starts; -1 when the text names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from evaluation.gum import Mention

Row = dict[str, Any]
PRONOUN = re.compile(
    r"(?:he|him|his|himself|she|her|hers|herself|it|its|itself|they|them|their|who|whom|whose|which)",
    re.IGNORECASE,
)
LONGEST = 10  # words of a description
_KINDS = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place"}
_GUM_KINDS = {"person": "person", "organization": "organisation", "place": "place"}
_TITLE = re.compile(
    r"(?:(?:vice|prime|deputy|former|first|foreign|attorney|acting|lord|chief)\W*)*"
    r"(?:mrs?|ms|dr|prof(?:essor)?|president|premier|senator|sen|representative|rep|congressman|congresswoman|"
    r"governor|gov|minister|secretary|general|gen|judge|justice|king|queen|prince(?:ss)?|pope|sir|lady|captain|"
    r"capt|colonel|col|lieutenant|lt|major|sergeant|sgt|admiral|chairman|chair|director|ambassador|chancellor|"
    r"mayor|bishop|cardinal|rabbi|imam|sheikh|ayatollah)\.?",
    re.IGNORECASE,
)


def of_silver(article: Row, silver: Row, peoples: frozenset[str]) -> Row:
    """An article with its names and antecedents as CoreNLP has them.

    Args:
        article: id, text, attributions.
        silver: its entities and chains.
        peoples: adjectives and names of peoples, to tell them from other names.
    """
    text = article["text"]
    names = []
    for start, end, kind in silver["entities"]:
        if kind in _KINDS or kind == "MISC":
            people = text[start:end] in peoples
            names.append([start, end, "people" if people else _KINDS.get(kind, "other")])
    links = [link for chain in silver.get("chains", ()) for link in _links(text, chain, names)]
    return {**article, "names": names, "antecedents": links}


def _links(text: str, chain: Sequence[Sequence[int]], names: Sequence[Sequence[Any]]) -> list[list[int]]:
    """Pronouns and descriptions of a chain with the nearest name in it, those before first."""
    named = sorted(
        start
        for start, end, kind in names
        if kind in ("person", "organisation", "place")
        and any(a <= start and end <= b <= end + 2 and b - a <= end - start + 40 for a, b in chain)
    )
    if not named:
        return []
    found = []
    for start, end in chain:
        words = text[start:end].split()
        has_name = any(a < end and b > start for a, b, _ in names)
        if has_name or len(words) > LONGEST or not (len(words) > 1 or PRONOUN.fullmatch(words[0])):
            continue
        before = [name for name in named if name < start]
        found.append([start, end, before[-1] if before else named[0]])
    return found


def of_gum(document: Row) -> Row:
    """A document of GUM with its names and antecedents."""
    text, mentions = document["text"], document["mentions"]
    names: list[list[Any]] = []
    starts: dict[int, list[int]] = {}
    for mention in mentions:
        span = name_of(text, mention)
        if span:
            names.append([*span, _GUM_KINDS[mention.kind]])
            starts.setdefault(mention.chain, []).append(span[0])
    links = []
    for mention in mentions:
        if mention.kind not in ("person", "organization") or name_of(text, mention):
            continue
        words = text[mention.start : mention.end].split()
        if len(words) > LONGEST or (len(words) == 1 and not PRONOUN.fullmatch(words[0])):
            continue
        named = sorted(starts.get(mention.chain, ()))
        before = [start for start in named if start < mention.start]
        links.append([mention.start, mention.end, before[-1] if before else named[0] if named else -1])
    return {"id": document["id"], "text": text, "attributions": None, "names": names, "antecedents": links}


def name_of(text: str, mention: Mention) -> tuple[int, int] | None:
    """The name that a mention consists of or ends in, without titles; None for one without."""
    if mention.kind not in _GUM_KINDS or not mention.head or mention.tags[mention.head[0]] != "PROPN":
        return None
    first = last = mention.head[0]
    while last + 1 < len(mention.tags) and _goes_on(mention, last + 1):
        last += 1
    while first and mention.tags[first - 1] == "PROPN":
        first -= 1
    while mention.tags[last] != "PROPN":
        last -= 1
    start, end = mention.words[first][0], mention.words[last][1]
    if mention.kind == "person":
        while (title := _TITLE.match(text, start, end)) and re.match(r"\s+\w", text[title.end() : end]):
            start = title.end() + len(text[title.end() : end]) - len(text[title.end() : end].lstrip())
    return start, end


def _goes_on(mention: Mention, n: int) -> bool:
    """Whether a name goes on with a word: another name, a hyphen, or "of" before one."""
    if mention.tags[n] == "PROPN":
        return True
    follows = n + 1 < len(mention.tags) and mention.tags[n + 1] == "PROPN"
    joins = mention.tags[n] == "PUNCT" and mention.words[n][0] == mention.words[n - 1][1]
    return follows and (joins or (mention.kind == "organization" and mention.tags[n] in ("ADP", "CCONJ")))
