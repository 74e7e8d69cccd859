"""Attributions, and the statements made of them: who says what, for whom, through whom, where and when."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verbale.types.documents import Document, Reason, Span, Spans
from verbale.types.positions import Act, Link, Meeting, Position


class Kind(StrEnum):
    """How much of a content stands between quotation marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Speaking(StrEnum):
    """What kind of voice a statement has."""

    PERSON = "person"
    OFFICE = "office"
    BODY = "body"
    STATE = "state"
    GROUP = "group"
    NAMELESS = "nameless"


class Medium(StrEnum):
    """What kind of saying it was."""

    INTERVIEW = "interview"
    BRIEFING = "briefing"
    SPEECH = "speech"
    DEBATE = "debate"
    HEARING = "hearing"
    STATEMENT = "statement"
    POST = "post"
    LETTER = "letter"
    REPORT = "report"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content that belong together.

    Attributes:
        parent: id of the attribution in whose content a nested one lies.
        source: empty when nobody is named ("It was reported that …").
        inferred: whether there is no cue of its own.
        probability: that it would count as right (the content agrees with Dice ≥ 0.8, the source shares a
            word), calibrated on the held-back articles of the training data.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    probability: float
    parent: str | None = None
    inferred: bool = False
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("an attribution has a content")
        for role in (self.source, self.cue, self.content):
            if any(before.end > after.start for before, after in itertools.pairwise(role)):
                raise ValueError(f"spans out of order: {role}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who a speaker may be.

    Attributes:
        actor: an id of the registry, or a provisional one.
        score: 0 to 1, comparable among the candidates of one speaker.
    """

    actor: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a statement is.

    Attributes:
        actor: None when it is not resolved.
        name: as the text has it in full, else the source's own words.
        mention: the words of the text that name the speaker; None when no words do.
        probability: that mention and source mean the same, calibrated on labelled sources.
        candidates: who else it may be, the likeliest first.
    """

    actor: str | None
    name: str
    mention: Span | None
    probability: float
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Relay:
    """Through whom the words came.

    Attributes:
        actor: an outlet's id, None when the registry lacks it.
        name: as printed.
        role: "agency", "broadcaster", "paper", "magazine", "site", "platform", or "outlet" where it is not
            known.
        span: None for the document's own outlet.
        inferred: whether it holds for another sentence and was carried over.
    """

    actor: str | None
    name: str
    role: str
    span: Span | None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Circumstance:
    """To whom, where, or by what medium something was said.

    Attributes:
        span: the words that tell it.
        kind: of a medium its kind, else "".
        actor: of an addressee the actor's id, where it is known.
        inferred: whether it was said of an earlier sentence of the same speaker and carried over.
    """

    name: str
    span: Span
    kind: str = ""
    actor: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """When something was said: the first and the last day that it can have been.

    Attributes:
        precision: "day", "week", "month" or "year".
        span: the words that tell it, None when it follows from the document's date alone.
        inferred: whether it was said of an earlier sentence of the same speaker and carried over.
    """

    first: date
    last: date
    precision: str
    span: Span | None = None
    inferred: bool = False

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a text tells of how something was said."""

    addressee: Circumstance | None = None
    venue: Circumstance | None = None
    medium: Circumstance | None = None
    said: Days | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker, the chain that it came through, and its circumstances.

    Attributes:
        attribution: id of the attribution.
        office: the title as printed, with "to the U.S." or "of Bern" where that belongs to it; "" if none.
        body, state: ids in the registry or, for a body that it lacks, its name; "" if not known.
        relays: from the document's outlet down to the speaker.
        issues: what the content is about.
    """

    id: str
    attribution: str
    voice: Speaking
    speaker: Speaker
    office: str = ""
    body: str = ""
    state: str = ""
    relays: tuple[Relay, ...] = ()
    circumstances: Circumstances = Circumstances()
    reasons: tuple[Reason, ...] = ()
    issues: tuple[Link, ...] = ()
    acts: tuple[Act, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrated:
    """A sentence that the article itself tells, outside any attribution, with what it tells of issues.

    Attributes:
        span: the sentence.
    """

    span: Span
    issues: tuple[Link, ...] = ()
    acts: tuple[Act, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What read a document: results are the same for the same reader."""

    version: str
    model: str
    runtime: str
    processor: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document, or a part of one, that could not be read, and why.

    Attributes:
        document: the source as the user named it.
        stage: "source", "document", "attributions".
        code: a short name that scripts can match.
        detail: what happened and what to try.
    """

    document: str
    stage: str
    code: str
    detail: str

    def __str__(self) -> str:
        return f"{self.document}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and all that was found in it."""

    document: Document
    attributions: tuple[Attribution, ...]
    reader: Reader
    skipped: tuple[Skipped, ...] = ()
    statements: tuple[Statement, ...] = ()
    narrated: tuple[Narrated, ...] = ()
    meetings: tuple[Meeting, ...] = ()
