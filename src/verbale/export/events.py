"""Acts as flat rows: the columns that users of POLECAT and ICEWS know, then the words and their offsets."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from verbale.export.telling import name_of, party
from verbale.export.wording import words
from verbale.registry import default_registry
from verbale.types import Act, Attribution, Document, Party, Reading, Span, Statement, digest

# POLECAT's names as far as they go ("Actor", "Recipient"), ICEWS's where it has none ("CAMEO Code").
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Quad Code", "CAMEO Code", "Event Text",
    "Actor Name", "Actor Country", "Recipient Name", "Recipient Country", "Story ID", "Headline",
    "Language", "Publication Date", "Publisher", "Act", "Negated", "Tense", "Modality", "Condition",
    "Told By", "Speaker", "Cue", "Strength", "Issues", "Words", "Start", "End", "Actor Start", "Actor End",
    "Recipient Start", "Recipient End", "Probability", "Rule", "Codebook",
)  # fmt: skip
QUADS: Mapping[str, str] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VERBAL COOPERATION"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MATERIAL COOPERATION"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VERBAL CONFLICT"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "MATERIAL CONFLICT"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def header() -> str:
    """The line of column names, with its newline."""
    return _line(COLUMNS)


def events(reading: Reading) -> Iterator[str]:
    """A reading's acts as CSV lines with their newlines: those of statements, then the article's own."""
    attributions = {attribution.id: attribution for attribution in reading.attributions}
    for statement in reading.statements:
        attribution = attributions[statement.attribution]
        for n, act in enumerate(statement.acts):
            yield _line(
                _row(
                    reading.document,
                    act,
                    digest(statement.id, n),
                    attribution.content,
                    statement,
                    attribution,
                )
            )
    for narrated in reading.narrated:
        for n, act in enumerate(narrated.acts):
            key = digest(reading.document.id, narrated.span.start, n)
            yield _line(_row(reading.document, act, key, (narrated.span,), None, None))


def _row(
    document: Document,
    act: Act,
    key: str,
    spans: tuple[Span, ...],
    statement: Statement | None,
    attribution: Attribution | None,
) -> tuple[object, ...]:
    text = document.text
    said = statement.circumstances.said if statement else None
    issues = statement.issues if statement else ()
    day = said.first if said and said.precision == "day" else document.published
    return (
        f"e-{key[:12]}", day or "", act.plover, act.mode, QUADS.get(act.plover, ""), act.cameo, act.name,
        *_who(act.actor), *_who(act.target), document.id, document.title, document.language,
        document.published or "", document.outlet, act.kind.value, int(act.negated), act.tense.value,
        act.modality.value, act.condition.of(text) if act.condition else "",
        party(act.by) if act.by else "article",
        statement.speaker.name if statement else "", words(text, attribution.cue) if attribution else "",
        act.strength, "|".join(dict.fromkeys(link.issue for link in issues)), words(text, spans),
        spans[0].start, spans[-1].end, *_where(act.actor), *_where(act.target),
        round(act.probability, 4), act.rule, act.codebook,
    )  # fmt: skip


def _who(party: Party | None) -> tuple[str, str]:
    """Name and state of a party; a state is its own."""
    if party is None:
        return "", ""
    known = default_registry().get(party.id)
    state = "" if known is None else known.id if known.kind == "state" else known.state
    return (name_of(party.id) if known else party.name), state


def _where(party: Party | None) -> tuple[object, object]:
    return (party.span.start, party.span.end) if party and party.span else ("", "")


def _line(cells: tuple[object, ...]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow([_cell(str(cell)) for cell in cells])
    return out.getvalue()


def _cell(cell: str) -> str:
    """A cell on one line, and none that a spreadsheet takes for a formula."""
    cell = " ".join(cell.split())
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
