"""For each source of a document whom it means: a name of its own, or the likeliest antecedent."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from verbale.models.tagger import Mentions
from verbale.models.tokens import Pieces
from verbale.speakers.antecedents import (
    DESCRIBED_REACH,
    MOST_DESCRIBED,
    Features,
    History,
    Place,
    Told,
    agrees,
    chosen_from,
    described_features,
    features,
    links,
    nobody,
    shares,
)
from verbale.speakers.candidates import Candidates, quoted, ready
from verbale.speakers.context import Context
from verbale.speakers.described import Described, described
from verbale.speakers.entities import Entity, entities
from verbale.speakers.sources import Form, Reference, reference
from verbale.types import Attribution, Name, Span

NOBODY = -1
LOOKED_BACK = 50  # descriptions of one noun that are looked at for a fuller one
_SEXES = ("he", "she")
_DEFINITE = re.compile(r"(?:the|this|that|these|those)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A source that is no name, with what can be chosen for it.

    Attributes:
        numbers: of the candidates: entities, then, from their count on, descriptions; NOBODY last.
        rows: the features of each.
    """

    ref: Reference
    place: Place
    numbers: tuple[int, ...]
    rows: tuple[Features, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a source means.

    Attributes:
        entities: who it is, several in "N and M"; empty when nobody is named.
        mention: the words that name or describe him best.
        probability: of this answer; 1 for a name.
        rivals: the others with their probability, the likeliest first.
        features: how much each feature spoke for the answer; None where nothing was to be chosen.
    """

    ref: Reference
    entities: tuple[Entity, ...]
    mention: Span | None
    probability: float
    rivals: tuple[tuple[Entity, float], ...] = ()
    features: Mapping[str, float] | None = None


class Document:
    """One document's sources, resolved from the first to the last, since each shifts what the next means."""

    def __init__(self, context: Context, pieces: Pieces, mentions: Mentions) -> None:
        self.context, self.pieces, self.mentions = context, pieces, mentions
        self.text = context.document.text
        found = entities(self.text, context.names, context.registry)
        self.among: Candidates = ready(self.text, found, context.sentences, pieces.quotations)
        self.number_of = {name.span: n for n, e in enumerate(found) for name in e.names}
        self.told = History()
        self.described = described(context)
        self.number_of_described = {d.span: len(found) + k for k, d in enumerate(self.described)}
        self.alike: dict[tuple[str, bool], list[Described]] = {}
        for each in self.described:
            self.alike.setdefault((each.head, each.many), []).append(each)
        self.called: dict[int, str] = {}  # "he" or "she", by number
        self.named: set[Span] = set()  # sources that mean somebody named
        self.speaks: dict[str, int] = {}  # who speaks each attribution
        self.edges = [s.start for s in context.sentences]
        self.lines = [n for n, c in enumerate(self.text) if c == "\n"]

    def names_of(self, source: Sequence[Span]) -> tuple[Name, ...]:
        """The names that stand in a source."""
        return self.context.names_in(Span(source[0].start, source[-1].end)) if source else ()

    def place(self, attribution: Attribution, span: Span) -> Place:
        """Where a source stands, and among what."""
        within = attribution.parent or self.around(attribution, span)
        outer = self.speaks.get(within, NOBODY)
        return Place(
            span.start,
            bisect.bisect_right(self.edges, span.start) - 1,
            bisect.bisect_left(self.lines, span.start),
            attribution.content,
            outer,
            quoted(span.start, self.pieces.quotations),
        )

    def around(self, attribution: Attribution, span: Span) -> str:
        """The id of the attribution in whose content a source stands, "" for none; the innermost known."""
        found = [
            (content.end - content.start, other.id)
            for other in self.context.touching(span)
            if other.id != attribution.id
            for content in other.content
            if content.start <= span.start and span.end <= content.end
        ]
        return min(found, default=(0, ""))[1]

    def choice(self, ref: Reference, place: Place) -> Choice:
        """What a pronoun or description can mean here, after all that was told."""
        assert ref.span is not None
        numbers = [
            n
            for n in chosen_from(ref, place, self.among)
            if (n != place.outer or _of_oneself(ref, place)) and not self.is_the_other(n, ref.pronoun)
        ]
        scores = links(self.pieces, self.mentions, ref.span, self.among, numbers)
        rows = [
            features(ref, place, n, self.among, self.told, link)
            for n, link in zip(numbers, scores, strict=True)
        ]
        if ref.form is Form.PRONOUN:
            near = self.near(ref, place)
            numbers += near
            rows += [self.described_row(ref, place, n, first=k == 0) for k, n in enumerate(near)]
        rows.append(nobody(ref, place, self.told, max(scores, default=-10.0)))
        return Choice(ref, place, (*numbers, NOBODY), tuple(rows))

    def near(self, ref: Reference, place: Place) -> list[int]:
        """The descriptions that a pronoun can stand for, the nearest first."""
        end = bisect.bisect_left(self.described, place.start, key=lambda d: d.span.start)
        first = self.edges[max(0, place.sentence - DESCRIBED_REACH)]
        found: list[int] = []
        for k in range(end - 1, -1, -1):
            each = self.described[k]
            if each.span.start < first or len(found) == MOST_DESCRIBED:
                break
            number = len(self.among.entities) + k
            own = number == place.outer and not _of_oneself(ref, place)
            fits = each.span.end <= place.start and each.span not in self.named and not own
            if fits and agrees(ref.pronoun, each):
                found.append(number)
        return found

    def is_the_other(self, number: int, pronoun: str) -> bool:
        """Whether who was "she" before would now be "he", or the other way round."""
        return pronoun in _SEXES and self.called.get(number, pronoun) != pronoun

    def described_row(self, ref: Reference, place: Place, number: int, *, first: bool) -> Features:
        """What speaks for a description, the first of those that are near or another."""
        mention = self.at(number)
        sentence = bisect.bisect_right(self.edges, mention.span.start) - 1
        return described_features(ref, place, mention, sentence, first, self.told, number)

    def at(self, number: int) -> Described:
        """The description of a number."""
        return self.described[number - len(self.among.entities)]

    def fuller(self, number: int) -> Described:
        """The first description of the one who is described: "the campaign" was "N's campaign" before."""
        mention = self.at(number)
        if mention.names or not _DEFINITE.match(mention.span.of(self.text)):
            return mention
        alike = self.alike[mention.head, mention.many]
        at = bisect.bisect_left(alike, mention.span.start, key=lambda d: d.span.start)
        for each in reversed(alike[max(0, at - LOOKED_BACK) : at]):
            if not _DEFINITE.match(each.span.of(self.text)) or self.names_of((each.span,)):
                return each
        return mention

    def is_named(self, number: int) -> bool:
        """Whether a number is that of an entity, who has a name."""
        return 0 <= number < len(self.among.entities)

    def tell(self, attribution: Attribution, place: Place, number: int, span: Span) -> None:
        """Note who spoke by a source."""
        if self.is_named(number):
            self.named.add(span)
        elif number == NOBODY:
            number = self.number_of_described.get(span, NOBODY)
        self.speaks[attribution.id] = number
        if not attribution.parent:
            self.told.add(Told(number, place.sentence, place.paragraph, self.is_named(number)))


def resolve(
    context: Context, pieces: Pieces, mentions: Mentions, weights: Mapping[str, float]
) -> dict[str, Meant]:
    """Find whom each attribution's source means.

    Args:
        context: the document with its attributions and names.
        pieces: the text as the tagger cut it.
        mentions: and as it scored it.
        weights: of the features; see `training/antecedents.py`.

    Returns:
        By the attribution's id; one without a source means nobody.
    """
    document, found = Document(context, pieces, mentions), {}
    for attribution in _outer_first(context.attributions):
        found[attribution.id] = _meant(document, attribution, weights)
    return found


def _of_oneself(ref: Reference, place: Place) -> bool:
    """Whether the outer saying's speaker can call himself so: by "I", or by "he" where he is not quoted."""
    first_person = ref.pronoun in ("i", "we", "you")
    return first_person or (ref.form is Form.PRONOUN and not place.quoted)


def _outer_first(rows: Sequence[Attribution]) -> Iterator[Attribution]:
    """In order, but what is nested right behind what it lies in, if that is there."""
    inner: dict[str | None, list[Attribution]] = {}
    known = {row.id for row in rows}
    for row in rows:
        inner.setdefault(row.parent if row.parent in known else None, []).append(row)

    def under(parent: str | None) -> Iterator[Attribution]:
        for row in inner.get(parent, ()):
            yield row
            yield from under(row.id)

    return under(None)


def _meant(document: Document, attribution: Attribution, weights: Mapping[str, float]) -> Meant:
    ref = reference(document.text, attribution.source, document.names_of(attribution.source))
    if ref.span is None:
        document.speaks[attribution.id] = NOBODY
        return Meant(ref, (), None, 1.0)
    place = document.place(attribution, ref.span)
    if ref.form is Form.NAME:
        numbers = [document.number_of[name.span] for name in ref.names]
        document.tell(attribution, place, numbers[0], ref.span)
        who = tuple(document.among.entities[n] for n in dict.fromkeys(numbers))
        return Meant(ref, who, ref.names[0].span, 1.0)
    if ref.pronoun == "i" and place.outer != NOBODY and place.quoted:  # whoever is quoted is "I"
        document.tell(attribution, place, place.outer, ref.span)
        return Meant(ref, *_chosen(document, ref, place.outer), 1.0)
    choice = document.choice(ref, place)
    probabilities = shares(choice.rows, weights)
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    number = choice.numbers[best]
    rivals = sorted(
        (
            (document.among.entities[n], p)
            for n, p in zip(choice.numbers, probabilities, strict=True)
            if n != number and document.is_named(n) and p >= 0.01
        ),
        key=lambda pair: -pair[1],
    )
    document.tell(attribution, place, number, ref.span)
    if ref.pronoun in _SEXES and document.is_named(number):
        document.called.setdefault(number, ref.pronoun)
    who, mention = _chosen(document, ref, number)
    spoke = {name: weights.get(name, 0.0) * value for name, value in choice.rows[best].items()}
    return Meant(ref, who, mention, probabilities[best], tuple(rivals), spoke)


def _chosen(document: Document, ref: Reference, number: int) -> tuple[tuple[Entity, ...], Span]:
    """Who is meant, and the words that name him in full, or describe him."""
    assert ref.span is not None
    entities_ = document.among.entities
    if document.is_named(number):
        return (entities_[number],), entities_[number].fullest(document.text).span
    if number == NOBODY:
        number = document.number_of_described.get(ref.span, NOBODY)
        if number == NOBODY or ref.form is not Form.DESCRIPTION:
            return (), ref.span
    mention = document.fuller(number)
    who = dict.fromkeys(document.number_of[name.span] for name in mention.names)
    return tuple(entities_[n] for n in who), mention.span
