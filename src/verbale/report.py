"""A reading as Python likes it: words, not offsets, with frames and a notebook view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from typing import Any, Literal, NamedTuple

from verbale.errors import VerbaleError
from verbale.export import html, json, telling
from verbale.export.wording import certainty, number, one_line, words
from verbale.types import Attribution, Document, Kind, Reading, Spans, Statement

Library = Literal["pandas", "polars"]
_WHO = (
    "voice", "speaker", "actor", "office", "body", "state", "relays", "addressee", "venue", "medium",
    "said_from", "said_to",
)  # fmt: skip


class Roles(NamedTuple):
    """Where the words of an attribution stand in its document's text; a role may have no span."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True, repr=False)
class Attributed:
    """One attribution, in words: who said what, and how.

    Attributes:
        record: the attribution with its offsets and reasons.
        report: the report that it stands in.
    """

    record: Attribution
    report: Report = field(compare=False)

    @property
    def id(self) -> str:
        """The attribution's id."""
        return self.record.id

    @property
    def source(self) -> str:
        """Who said it, in the text's exact words, pieces joined by " … "; "" when nobody is named."""
        return words(self.report.text, self.record.source)

    @property
    def cue(self) -> str:
        """How it was said, in the text's exact words; "" when the attribution is inferred."""
        return words(self.report.text, self.record.cue)

    @property
    def content(self) -> str:
        """What was said, in the text's exact words, pieces joined by " … "."""
        return words(self.report.text, self.record.content)

    @property
    def spans(self) -> Roles:
        """Where the words stand: `spans.content[0].of(report.text)` is the content's first piece."""
        return Roles(self.record.source, self.record.cue, self.record.content)

    @property
    def kind(self) -> Kind:
        """How much of the content stands between quotation marks."""
        return self.record.kind

    @property
    def probability(self) -> float:
        """That it would count as right, calibrated on articles held back from training."""
        return self.record.probability

    @property
    def inferred(self) -> bool:
        """Whether it has no cue of its own."""
        return self.record.inferred

    @property
    def statement(self) -> Statement | None:
        """Who speaks, for whom, through whom, to whom, where and when."""
        return next((s for s in self.report.statements if s.attribution == self.id), None)

    @property
    def speaker(self) -> str:
        """The speaker's name, "?" and the likeliest candidates where it is not resolved."""
        return telling.speaker(self.statement) if self.statement else ""

    def why(self) -> tuple[str, ...]:
        """The reasons of each choice, a line each: field, rule and its version, score, detail."""
        reasons = (*self.record.reasons, *(self.statement.reasons if self.statement else ()))
        return tuple(
            f"{r.field}: {r.rule} {r.version}"
            + (f" {r.score:.2f}" if r.score is not None else "")
            + (f": {r.detail}" if r.detail else "")
            for r in reasons
        )

    @property
    def parent(self) -> Attributed | None:
        """The attribution in whose content this one lies, or None when it lies in none."""
        parent = self.record.parent
        return next((a for a in self.report.attributions if a.id == parent), None)

    @property
    def nested(self) -> tuple[Attributed, ...]:
        """The attributions that lie in this one's content, without those that lie deeper."""
        return tuple(a for a in self.report.attributions if a.record.parent == self.id)

    def __repr__(self) -> str:
        said = one_line(f"{self.source or '—'} | {self.cue or '—'} | {self.content}")
        return f"<{said} ({self.kind}, {certainty(self.probability)} {self.probability:.2f})>"


class Report:
    """A document and the attributions found in it; a sequence of these.

    Attributes:
        reading: the frozen records behind it.
        attributions: what was found, in the order of the reading.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.attributions = tuple(Attributed(record, self) for record in reading.attributions)

    @property
    def document(self) -> Document:
        """The document's record."""
        return self.reading.document

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, one for each attribution, in their order."""
        return self.reading.statements

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    @property
    def text(self) -> str:
        """The clean text that all offsets count in, by code points."""
        return self.document.text

    @property
    def title(self) -> str:
        """The document's title, "" when it is not known."""
        return self.document.title

    @property
    def outlet(self) -> str:
        """Where it was published, "" when it is not known."""
        return self.document.outlet

    @property
    def published(self) -> date | None:
        """The day it was published, None when it is not known."""
        return self.document.published

    @property
    def language(self) -> str:
        """Its ISO 639-1 code, "" when the text is too short to tell."""
        return self.document.language

    def to_dicts(self) -> list[dict[str, object]]:
        """The attributions as `verbale read --json` prints them, each with its `words` by role."""
        return [
            json.attribution_shape(a.record)
            | {"words": {"source": a.source, "cue": a.cue, "content": a.content}}
            for a in self.attributions
        ]

    def to_json(self) -> str:
        """The line that `verbale read --json` prints for this document."""
        return json.line(self.reading)

    def to_frame(self, library: Library | None = None) -> Any:
        """The attributions as a data frame, one row each.

        Args:
            library: which kind of frame; without it pandas when that is installed, else polars.

        Returns:
            A `pandas.DataFrame` or `polars.DataFrame` with the columns document, title, outlet, published,
            id, parent, source, cue, content (the words), kind, inferred, probability, source_spans,
            cue_spans, content_spans (lists of [start, end] in code points), and who says it: voice, speaker,
            actor, office, body, state, relays (names, from the outlet down), addressee, venue, medium,
            said_from, said_to (days). None where something is not known.

        Raises:
            VerbaleError: the library, or either when none was asked for, is not installed.
            ValueError: it is neither of the two.
        """
        columns = self._columns()
        if _installed(library) == "pandas":
            import pandas as pd

            frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
            for name in ("published", "said_from", "said_to"):
                frame[name] = pd.to_datetime(frame[name])
            return frame.astype({"inferred": bool, "probability": float})
        import polars as pl

        pairs = pl.List(pl.List(pl.Int64))
        special = {
            "published": pl.Date(), "inferred": pl.Boolean(), "probability": pl.Float64(),
            "source_spans": pairs, "cue_spans": pairs, "content_spans": pairs,
            "relays": pl.List(pl.String()), "said_from": pl.Date(), "said_to": pl.Date(),
        }  # fmt: skip
        return pl.DataFrame(columns, schema={name: special.get(name, pl.String()) for name in columns})

    def _columns(self) -> dict[str, list[Any]]:
        rows = self.to_dicts()
        count, document = len(rows), self.document
        about: dict[str, list[Any]] = {
            "document": [document.id] * count,
            "title": [document.title or None] * count,
            "outlet": [document.outlet or None] * count,
            "published": [document.published] * count,
        }
        said = {name: [getattr(a, name) for a in self.attributions] for name in ("source", "cue", "content")}
        return (
            about
            | {name: [row[name] for row in rows] for name in ("id", "parent")}
            | said
            | {name: [row[name] for row in rows] for name in ("kind", "inferred", "probability")}
            | {f"{name}_spans": [row[name] for row in rows] for name in said}
            | _who([a.statement for a in self.attributions])
        )

    def _repr_html_(self) -> str:
        return html.fragment(self.reading)

    def __repr__(self) -> str:
        name = self.title or self.document.name
        return f"<Report {name!r}: {number(len(self), 'attribution')}>"

    def __len__(self) -> int:
        return len(self.attributions)

    def __iter__(self) -> Iterator[Attributed]:
        return iter(self.attributions)


def _who(told: Sequence[Statement | None]) -> dict[str, list[Any]]:
    """The columns of the statements."""
    rows = [_who_of(statement) if statement else dict.fromkeys(_WHO) for statement in told]
    return {name: [row[name] for row in rows] for name in _WHO}


def _who_of(statement: Statement) -> dict[str, Any]:
    how = statement.circumstances
    values = (
        statement.voice.value,
        statement.speaker.name or None,
        statement.speaker.actor,
        statement.office or None,
        statement.body or None,
        statement.state or None,
        [relay.name for relay in statement.relays],
        how.addressee.name if how.addressee else None,
        how.venue.name if how.venue else None,
        how.medium.kind if how.medium else None,
        how.said.first if how.said else None,
        how.said.last if how.said else None,
    )
    return dict(zip(_WHO, values, strict=True))


def _installed(library: Library | None) -> Library:
    """The library to make frames with."""
    known: tuple[Library, ...] = ("pandas", "polars")
    if library is not None and library not in known:
        raise ValueError(f"no frames by {library!r}: pandas or polars")
    wanted = known if library is None else (library,)
    for name in wanted:
        if find_spec(name):
            return name
    raise VerbaleError(
        "not-installed", " or ".join(wanted), "a data frame needs it", f"pip install {wanted[0]}"
    )
