"""What statements are about and what they do: links to issues, acts, positions, meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verbale.types.documents import Span


class Stance(StrEnum):
    """What a holder wants of a matter."""

    SUPPORTS = "supports"
    OPEN = "open"
    RESERVED = "reserved"
    OPPOSES = "opposes"


class ActKind(StrEnum):
    """What an actor does: the codebook's kinds."""

    STATE = "state"
    DENY = "deny"
    APPEAL = "appeal"
    AGREE = "agree"
    CONSULT = "consult"
    SUPPORT = "support"
    COOPERATE = "cooperate"
    AID = "aid"
    CONCEDE = "concede"
    RETREAT = "retreat"
    INVESTIGATE = "investigate"
    DEMAND = "demand"
    ACCUSE = "accuse"
    REJECT = "reject"
    THREATEN = "threaten"
    PROTEST = "protest"
    MOBILIZE = "mobilize"
    REDUCE = "reduce"
    COERCE = "coerce"
    ASSAULT = "assault"


class Tense(StrEnum):
    """When an act takes place, seen from the saying."""

    PAST = "past"
    NOW = "now"
    PLANNED = "planned"


class Modality(StrEnum):
    """How far an act is said to be real."""

    ASSERTED = "asserted"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Link:
    """An issue, and the matter within it, that some words are about.

    Attributes:
        issue, matter: ids in the tables of issues.
        span: the words; None where nothing but what was said before tells it.
        probability: that issue and words belong together, as counted on labelled mentions by rule.
        how: the rule: "alias", "short", "context", "meaning" or "carried".
    """

    issue: str
    matter: str
    span: Span | None
    probability: float
    how: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, is acted on, or holds a position.

    Attributes:
        id: of a state, body or person; the name where the registry lacks it.
        span: the words that name it; None where only the statement's speaker tells it.
    """

    id: str
    name: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Act:
    """What an actor does to a target, by saying it or as it is told.

    Attributes:
        target: None where there is none, or none that is known.
        name: the rule's name for the finer act, such as "criticise"; the kind where there is none finer.
        cameo: the code, as fine as the rule tells; plover and mode are "" where PLOVER has none.
        negated: said not to take place.
        condition: the words under which it would.
        strength: of the cue: "plain", "claimed", "insisted", "warned" or "hinted".
        by: whose word it is; None for the article's.
        probability: that kind and actor are right, calibrated on the tuning half of our labelled statements.
        rule: what gave the code, with the codebook's version.
    """

    kind: ActKind
    name: str
    actor: Party
    target: Party | None
    cameo: str
    plover: str
    mode: str
    negated: bool
    tense: Tense
    modality: Modality
    condition: Span | None
    strength: str
    by: Party | None
    probability: float
    rule: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Position:
    """What a holder wants of a matter.

    Attributes:
        condition: the words under which the stance holds or would change; None for none.
        ascribed: whether somebody else says so; `by` is that side, None for the article.
        words: where the matter is named; None where only what was said before tells it.
        probability: that holder, stance and own or ascribed are right, calibrated on the tuning half of our
            labelled statements.
    """

    holder: Party
    issue: str
    matter: str
    stance: Stance
    condition: Span | None
    ascribed: bool
    by: Party | None
    words: Span | None
    probability: float


class Status(StrEnum):
    """What has become of a meeting."""

    PROPOSED = "proposed"
    SET = "set"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a sentence tells of a round of talks, a session, a summit.

    Attributes:
        issue: None where it is not known.
        place: as printed; "" where none is told.
        first, last: the days that it can be on; None where none is told.
        parties: ids of the sides that the sentence names as meeting.
        span: the words that name the meeting; told: those that tell its status.
        statement: id of the statement whose content tells it; "" for the article.
    """

    issue: str | None
    status: Status
    place: str
    first: date | None
    last: date | None
    parties: tuple[str, ...]
    span: Span
    told: Span
    statement: str
    rule: str
