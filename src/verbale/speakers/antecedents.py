"""Whom a pronoun or a description stands for: candidates, what speaks for each, and a log-linear choice.

A choice among the entities of the text and *nobody who is named* (Durrett and Klein 2013 in small): the
tagger's link from the source's pieces to each name is one feature, distance, agreement, and who spoke last
are others.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from verbale.models.tagger import Mentions
from verbale.models.tokens import Pieces
from verbale.registry.tables import Role
from verbale.speakers.candidates import FULL, Candidates, plain, roles_in, work
from verbale.speakers.described import PAIR, Described, head_of
from verbale.speakers.sources import Form, Reference
from verbale.speakers.titles.words import nouns
from verbale.types import Span

Features = dict[str, float]
REACH = 24  # sentences back; farther names are no candidates, unless they are the text's commonest
MOST = 24  # candidates
LATEST = 24  # of an entity's earlier names that are looked at
DESCRIBED_REACH, MOST_DESCRIBED = 6, 12  # sentences back, and how many of those whom the text does not name
_GENDERS = {"he": "m", "she": "f"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source stands.

    Attributes:
        start: its first character.
        sentence: number of its sentence; paragraph: of its line.
        own: the contents of its attribution; a name that stands only there is seldom its speaker.
        outer: number of the entity or description that speaks the outer attribution, -1 for none.
        quoted: whether the source stands within quotation marks.
    """

    start: int
    sentence: int
    paragraph: int
    own: tuple[Span, ...]
    outer: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Who spoke an earlier source, by number, -1 for nobody known, where it stands, and if he has a name."""

    entity: int
    sentence: int
    paragraph: int
    named: bool


class History:
    """Who has spoken so far."""

    def __init__(self) -> None:
        self.last: Told | None = None
        self._by_entity: dict[int, list[Told]] = {}

    def add(self, told: Told) -> None:
        """Note a source."""
        self.last = told
        self._by_entity.setdefault(told.entity, []).append(told)

    def of(self, entity: int) -> Sequence[Told]:
        """The sources that meant an entity, in order."""
        return self._by_entity.get(entity, ())


def features(
    ref: Reference, place: Place, number: int, among: Candidates, told: History, link: float
) -> Features:
    """What speaks for and against one entity as the speaker.

    Args:
        ref: the source's words.
        place: where it stands.
        number: which entity.
        among: all of them.
        told: the earlier sources, in order.
        link: the tagger's score of its names for the source, less that of nobody.
    """
    kind = among.entities[number].kind
    count = bisect_left(among.starts[number], place.start)
    before = range(max(0, count - LATEST), count)
    outside = [k for k in before if not any(s.start <= among.starts[number][k] < s.end for s in place.own)]
    unquoted = [k for k in outside if not among.quoted[number][k]]
    away = place.sentence - among.sentences[number][unquoted[-1]] if unquoted else REACH
    spoke = told.of(number)
    last = told.last
    group = _group(ref)
    found: Features = {
        "link": link,
        f"link {group}": link,
        "away": math.log1p(max(0, min(away, REACH))),
        f"away {group}": math.log1p(max(0, min(away, REACH))),
        "never before": float(not before),
        "only in own content": float(bool(before) and not outside),
        "only quoted": float(bool(outside) and not unquoted),
        "times": math.log1p(len(among.starts[number])),
        "spoke": float(bool(spoke)),
        "spoke often": math.log1p(len(spoke)),
        f"{kind} for {group}": 1.0,
    }
    if unquoted and unquoted[-1] in among.leading[number]:
        found[f"leads its sentence {group} {min(max(away, 0), 2)}"] = 1.0
        found[f"leads its sentence {min(max(away, 0), 2)}"] = 1.0
    if last and last.entity == number:
        near = place.paragraph - last.paragraph
        found[f"spoke last {group} {min(near, 2)}"] = 1.0
        found[f"spoke last {min(near, 2)}"] = 1.0
        if group in ("i", "we"):
            found[f"spoke last, first person {min(near, 1)}"] = 1.0
    elif spoke:
        found["spoke since"] = 1 / (1 + max(0, place.sentence - spoke[-1].sentence))
    if place.outer == number:
        found[f"speaks the outer {group} {'quoted' if place.quoted else 'told'}"] = 1.0
    if ref.form is Form.DESCRIPTION:
        found[f"{kind} for a {_sort(ref.words)}"] = 1.0
    elif ref.pronoun == "who":
        ended = bisect_right(among.ends[number], place.start)
        behind = place.start - (among.ends[number][ended - 1] if ended else -99)
        found["stands before who"] = float(behind <= 3)
        found["stands near who"] = float(3 < behind <= 40)
    if ref.pronoun in _GENDERS and among.genders[number]:
        found["gender fits"] = 1.0
    if ref.form is Form.DESCRIPTION:
        found |= _likeness(ref, number, among)
    return {name: value for name, value in found.items() if value}


def _likeness(ref: Reference, number: int, among: Candidates) -> Features:
    """What a description shares with what the text calls an entity."""
    found: Features = {}
    found["stands in the source"] = float(any(n in among.entities[number].names for n in ref.within))
    own_roles = roles_in(ref.words)
    if own_roles and among.roles[number]:
        found["shares the role" if own_roles & among.roles[number] else "has another role"] = 1.0
    own = plain(ref.words.lower())
    shared = own & among.titles[number]
    found["shares a title"] = float(bool(shared))
    found["shares the head"] = float(bool(own) and _head(ref.words) in among.titles[number])
    found[f"has a {_sort(ref.words)} so called"] = float(work(_head(ref.words)) in among.works[number])
    found["title shares"] = len(shared) / max(1, len(own))
    return found


def described_features(
    ref: Reference, place: Place, mention: Described, sentence: int, nearest: bool, told: History, number: int
) -> Features:
    """What speaks for one whom the text describes as what a pronoun stands for.

    Args:
        ref: the pronoun.
        place: where it stands.
        mention: the description.
        sentence: the number of its sentence.
        nearest: whether no other that agrees stands nearer.
        told: the earlier sources.
        number: of the description.
    """
    group = _group(ref)
    away = math.log1p(max(0, place.sentence - sentence))
    behind = place.start - mention.span.end
    last = told.last
    found = {
        "described": 1.0,
        f"described {group}": 1.0,
        f"described {group} {mention.sort}": 1.0,
        f"described {'many' if mention.many else 'one'} {group}": 1.0,
        "described away": away,
        f"described away {group}": away,
        "described speaks": float(mention.speaks),
        f"described speaks {group}": float(mention.speaks),
        f"described nearest {group}": float(nearest),
        "described spoke": float(bool(told.of(number))),
        "described in own content": float(any(s.start <= mention.span.start < s.end for s in place.own)),
    }
    if last and last.entity == number:
        found[f"described spoke last {min(place.paragraph - last.paragraph, 2)}"] = 1.0
        found[f"described spoke last {group}"] = 1.0
    if ref.pronoun == "who":
        found["described before who"] = float(behind <= 3)
        found["described near who"] = float(3 < behind <= 40)
    return {name: value for name, value in found.items() if value}


def nobody(ref: Reference, place: Place, told: History, best_link: float) -> Features:
    """What speaks for nobody who is named."""
    group, first = _group(ref), ref.words.split(" ", 1)[0].lower()
    last = told.last
    found = {
        f"nobody {group}": 1.0,
        "nobody link": -best_link,
        f"nobody first {first}": float(
            first in ("the", "a", "an", "one", "some", "many", "most", "his", "her", "their", "this")
        ),
        "nobody spoke last": float(last is not None and not last.named),
        "nobody spoke last here": float(
            last is not None and not last.named and last.paragraph == place.paragraph
        ),
        "nobody named yet": float(last is None),
        f"nobody quoted {group}": float(place.quoted),
    }
    if ref.form is Form.DESCRIPTION:
        found["nobody holds a name"] = float(bool(ref.within))
        found["nobody capitals"] = float(bool(re.search(r"\b[A-Z]", ref.words[1:])))
        found["nobody plural"] = float(_head(ref.words).endswith("s") and not _head(ref.words).endswith("ss"))
        found[f"nobody for a {_sort(ref.words)}"] = 1.0
        found["nobody words"] = math.log1p(len(ref.words.split()))
    return {name: value for name, value in found.items() if value}


def _group(ref: Reference) -> str:
    if ref.form is Form.PRONOUN:
        return {"she": "he", "you": "i"}.get(ref.pronoun, ref.pronoun)
    return "the" if ref.words.lower().startswith(("the ", "this ", "that ")) else "noun"


def agrees(pronoun: str, mention: Described) -> bool:
    """Whether a pronoun can stand for one whom the text describes."""
    if pronoun in ("he", "she"):
        return not mention.many and mention.sort in ("office", "person", "human", "nameless", "thing")
    if pronoun == "it":
        return not mention.many and mention.sort in ("body", "document", "state", "thing")
    if pronoun == "they":
        return mention.many or mention.sort in ("body", "group", "document", "nameless", PAIR)
    return pronoun == "who" and mention.sort != PAIR


def _sort(words: str) -> str:
    """What a description's noun is in the tables, "… many" for a plural; "thing" for what they lack."""
    key, sort, _ = head_of(words)
    known = nouns().get(key)
    return f"{sort} many" if known and known.many else sort


def _head(words: str) -> str:
    """A description's noun, one word for several that mean the same."""
    key, _, _ = head_of(words)
    return FULL.get(key, key)


def chosen_from(ref: Reference, place: Place, among: Candidates) -> list[int]:
    """The entities that the word can mean: near ones, and the text's commonest persons."""
    first = bisect_left(among.order, (place.sentence - REACH, 0))
    last = bisect_left(among.order, (place.sentence + REACH + 1, 0))
    away: dict[int, int] = {}
    for sentence, number in among.order[first:last]:
        own = abs(place.sentence - sentence) + (3 if sentence > place.sentence else 0)
        away[number] = min(own, away.get(number, own))
    near = sorted((distance, n) for n, distance in away.items() if _can_mean(ref, n, among))
    salient = (n for n in among.salient if _can_mean(ref, n, among))
    found = sorted({*[n for distance, n in near if distance <= REACH][:MOST], *salient})
    office = roles_in(ref.words) - {Role.MINISTER} if ref.form is Form.DESCRIPTION else frozenset()
    return [n for n in found if office & among.roles[n]] or found  # "the head of state" is the president


def _can_mean(ref: Reference, number: int, among: Candidates) -> bool:
    """Whether a word can stand for a name of this kind and gender at all."""
    kind = among.entities[number].kind
    if ref.pronoun in _GENDERS:
        return kind == "person" and among.genders[number] in ("", _GENDERS[ref.pronoun])
    if ref.pronoun in ("it", "i"):
        return (kind == "person") == (ref.pronoun == "i")
    return kind != "other"


def links(
    pieces: Pieces, mentions: Mentions, span: Span, among: Candidates, numbers: Sequence[int]
) -> list[float]:
    """The tagger's score of each entity's best name for a source, less that of nobody."""
    inside = np.flatnonzero((pieces.starts < span.end) & (pieces.ends > span.start))
    if not len(inside):
        return [0.0] * len(numbers)
    query = mentions.queries[inside].mean(axis=0)
    none = float(mentions.nobody[inside].mean())
    scale = math.sqrt(len(query))
    found = []
    for number in numbers:
        at = np.searchsorted(pieces.ends, among.starts[number], "right")
        best = float((mentions.keys[at[at < len(pieces)]] @ query).max(initial=-1e9))
        found.append(max(-10.0, min(10.0, (best - none) / scale)))
    return found


def shares(rows: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """The probability of each candidate: a softmax of its weighted features."""
    scores = np.array([sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows])
    shifted = np.exp(scores - scores.max())
    return [float(p) for p in shifted / shifted.sum()]
