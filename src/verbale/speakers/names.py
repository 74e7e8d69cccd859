"""Scores of a text's pieces → the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from verbale.models.manifest import NAMES, Manifest
from verbale.models.tagger import Floats, Mentions
from verbale.models.tokens import Ints, Pieces
from verbale.registry.names import normal
from verbale.speakers.circumstances.phrases import is_stop
from verbale.speakers.titles.gender import courtesy
from verbale.speakers.titles.words import nouns
from verbale.types import Name, Span

_LETTER = re.compile(r"\b[OD]['’]$")  # "O’Malley", "D'Arvel"
_PEOPLE = re.compile(r"[A-Z][\w-]*(?:ian|ean|an|ese|ish|ic|i|ch|ans|is)")  # how adjectives of peoples end
_HYPHEN = re.compile(
    r"-(?=[a-z]{2,6}\b)(?!(?:led|based|backed|born|run|style|era|like|wide)\b)"
)  # "Wai-ching"
_INITIALS = re.compile(r"((?:[A-Z]\.){2,})\s+(?=[A-Z][\w-]+\s+[A-Z])")
_MARKS = "\"“”‘’'«»„() ,"  # quotation marks and what else stands around a name
_CAPITALS = re.compile(r"(?:@\w+|[A-Z][\w’'.-]*)(?: [A-Z][\w’'.-]*){0,3}")
_MIDST = re.compile(r"(?<=[a-z,] )([A-Z][\w’'-]*)")
_COURTESY = frozenset(("mr", "mrs", "ms", "dr", "sen", "rep", "gov"))


def names(
    text: str, pieces: Pieces, mentions: Mentions, manifest: Manifest, sources: Iterable[Span] = ()
) -> tuple[Name, ...]:
    """Read the names off the tags: runs of pieces likelier in a name than outside, by their best kind.

    A name begins where the tags say so, never runs over a line or a piece of a word, and has no "'s" at its
    end. A source in capitals is one even where the tags doubt it; what has no capital, or is no more than a
    noun of the tables, is none.
    """
    if not len(pieces):
        return ()
    columns = np.array([[manifest.name_tags.index(f"{p}-{kind}") for p in "BIES"] for kind in NAMES])
    by_kind = np.logaddexp.reduce(mentions.names[:, columns], axis=2)
    within = np.logaddexp.reduce(by_kind, axis=1) > mentions.names[:, manifest.name_tags.index("O")]
    midst: set[str] = set()
    for span in sources:
        if like_a_name(text, span, midst):
            start = span.start + (4 if text.startswith(("The ", "the "), span.start) else 0)
            inside = slice(
                np.searchsorted(pieces.ends, start, "right"), np.searchsorted(pieces.starts, span.end, "left")
            )
            within[inside] |= not within[inside].any()
    found: list[Name] = []
    for run in _runs(text, pieces, within, _fresh(pieces, mentions.names, columns)):
        for name in _name(text, pieces, by_kind, run):
            while found and found[-1].span.end > name.span.start:  # "O", when it is a part of "O’Malley"
                found.pop()
            found.append(name)
    return tuple(found)


def like_a_name(text: str, source: Span, midst: set[str]) -> bool:
    """Whether a source is printed like a name: no noun, with capitals that do not just begin its sentence.

    Args:
        text: the document's.
        source: one of its sources.
        midst: the words that bear a capital in the midst of a sentence, filled when first needed.
    """
    words = re.sub(r"^[Tt]he ", "", source.of(text))
    if text[source.end : source.end + 1] == ":" and words.isupper():  # a turn's label
        return False
    if not _CAPITALS.fullmatch(words) or normal(words) in nouns() or any(is_stop(w) for w in words.split()):
        return False
    if any(c.isupper() for c in words[1:]) or words != source.of(text):
        return True
    if not midst:
        midst.update(match.group(1) for match in _MIDST.finditer(text))
        midst.add("")
    return words in midst


def _fresh(pieces: Pieces, tags: Floats, columns: Ints) -> NDArray[np.bool_]:
    """Where a name begins, if a piece belongs to one."""
    begins = np.logaddexp.reduce(tags[:, columns[:, [0, 3]].ravel()], axis=1)
    goes_on = np.logaddexp.reduce(tags[:, columns[:, [1, 2]].ravel()], axis=1)
    new_line = np.concatenate(([True], np.diff(pieces.lines) > 0))
    return np.asarray((begins > goes_on) | new_line)


def _runs(text: str, pieces: Pieces, within: NDArray[np.bool_], fresh: NDArray[np.bool_]) -> list[list[int]]:
    """The pieces of each name, no word parted."""
    same_word = np.concatenate(([False], pieces.starts[1:] < pieces.ends[:-1] + 1)) & (pieces.gaps == 0)
    found, run = list[list[int]](), list[int]()
    for n in range(len(pieces)):
        joined = bool(run) and same_word[n] and text[pieces.starts[n]].isalnum()
        if within[n] or joined:
            if run and not joined and fresh[n]:
                found.append(run)
                run = []
            run.append(n)
        elif run:
            found.append(run)
            run = []
    return found + ([run] if run else [])


def _name(text: str, pieces: Pieces, by_kind: Floats, run: list[int]) -> list[Name]:
    start, end = int(pieces.starts[run[0]]), int(pieces.ends[run[-1]])
    while end < len(text) and _goes_on(text, end):  # no name ends or begins in a word
        end += 1
    while start and text[int(pieces.starts[run[0]])].isalnum() and _goes_back(text, start):
        start -= 1
    words = text[start:end].rstrip(_MARKS)
    words = words.removesuffix("'s").removesuffix("’s")
    lead = len(words) - len(words.lstrip(_MARKS))
    words = words.strip(_MARKS)
    if not any(c.isalnum() for c in words) or words.casefold().strip(".") in _COURTESY:
        return []
    if words.islower() or _plain_noun(text, start + lead, words):
        return []
    kind = NAMES[int(by_kind[run].sum(axis=0).argmax())]
    if courtesy(text, start):
        kind = "person"
    initials = _INITIALS.match(words)
    if initials and text[:start].lower().endswith("the "):  # "to the U.S. Pal Orlay" is two names
        first, rest = initials.group(1), initials.end()
        return [
            Name(Span(start + lead, start + lead + len(first)), "place"),
            Name(Span(start + lead + rest, start + lead + len(words)), kind),
        ]
    if kind != "people" and _PEOPLE.fullmatch(words) and _before_title(text[start + lead + len(words) :]):
        kind = "people"
    return [Name(Span(start + lead, start + lead + len(words)), kind)]


def _plain_noun(text: str, start: int, words: str) -> bool:
    """Whether a word is a noun of the tables that has its capital from the sentence it begins."""
    noun = nouns().get(normal(words))
    if noun is None or not (noun.many or noun.sort in ("document", "group")):
        return False
    return not re.search(r"[\w,;] $", text[max(0, start - 2) : start])


def _goes_on(text: str, end: int) -> bool:
    """Whether what stands at the end belongs to the same word, or to the same name."""
    return bool((text[end].isalnum() and text[end - 1].isalnum()) or _HYPHEN.match(text, end))


def _goes_back(text: str, start: int) -> bool:
    """Whether the letter before the start belongs to the same name."""
    return text[start - 1].isalnum() or bool(_LETTER.search(text, max(0, start - 3), start))


def _before_title(after: str) -> bool:
    """Whether a title or word for people follows: "Moravian deputy foreign minister", "Moravian envoys"."""
    words = re.match(r"\s+((?:[\w-]+\s+){0,2}[\w-]+)", after)
    following = normal(words.group(1)).split() if words else []
    return any(" ".join(following[:count]) in nouns() for count in range(1, len(following) + 1))
