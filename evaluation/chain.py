"""The real report's statements, as it is and under swaps.

Speakers, states, offices, relays, addressee, venue, medium and days.

python -m evaluation.chain [--model FOLDER] [--misses]
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.score import Row, gold_report
from evaluation.swaps import Swapped, swap, table
from verbale.attributions import attributions
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel
from verbale.registry import default_registry
from verbale.speakers import statements
from verbale.types import Attribution, Document, Span, Statement, digest

Told = list[tuple[Attribution, Statement]]
# What the report's labels name and the package calls otherwise.
_OFFICES = {"Ambassador to the United States": ("Ambassador to the U.S.", "Ambassador to the United States")}


def read(text: str, published: date | None, outlet: str, model: TaggerModel) -> Told:
    """A text's attributions with their statements."""
    document = Document("d", "d", text, digest(text), outlet=outlet, published=published, language="en")
    tagged = model.tag(text)
    found = attributions(document, tagged)
    return list(zip(found, statements(document, found, tagged, default_registry()), strict=True))


def paired(row: Row, told: Told) -> tuple[Attribution, Statement] | None:
    """What was found of a labelled attribution: of its depth the content that agrees most (Dice ≥ 0.6)."""
    gold = _characters([Span(*s) for s in row["content"]])
    best, most = None, 0.6
    for attribution, statement in told:
        own = _characters(attribution.content)
        dice = 2 * len(gold & own) / (len(gold) + len(own))
        if dice >= most and (attribution.parent is None) == (row["parent"] is None):
            best, most = (attribution, statement), dice
    return best


def _characters(spans: Any) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def checks(report: Row, told: Told) -> list[tuple[str, str, bool, str]]:
    """Each labelled field of each attribution: its number, the field, whether right, and what was told."""
    rows = []
    for row in report["attributions"]:
        pair = paired(row, told)
        statement = pair[1] if pair else None

        def check(field: str, right: bool, tells: object, number: str = row["id"]) -> None:
            rows.append((number, field, right, str(tells)))

        if statement is None:
            for field in ("speaker", "state"):
                check(field, False, "not found")
            continue
        speaker, how = statement.speaker, statement.circumstances
        check("speaker", _means(row["speaker"], statement), speaker.name)
        check("state", statement.state == row["state"], statement.state)
        if row["office"]:
            check(
                "office", statement.office in _OFFICES.get(row["office"], (row["office"],)), statement.office
            )
        spans = {(r.span.start, r.span.end) for r in statement.relays if r.span and not r.inferred}
        wanted = {tuple(r["span"]) for r in row["relays"]}
        if wanted or spans:
            check("relays", spans == wanted, [r.name for r in statement.relays])
        for field in ("addressee", "venue", "medium"):
            found = getattr(how, field)
            tells = (
                (found.kind if field == "medium" else found.name) if found and not found.inferred else None
            )
            if row.get(field) or tells:
                check(field, _same(row.get(field), tells), tells)
        said = how.said.first.isoformat() if how.said and how.said.first == how.said.last else None
        if row["said_on"] or said:
            check("said", said == row["said_on"], said)
    return rows


def _means(name: str, statement: Statement) -> bool:
    told = statement.speaker.name
    if name == told:
        return True
    return name.casefold() in told.casefold() or (
        statement.voice.value == "state"
        and default_registry().find(name)[:1] != []
        and default_registry().find(name)[0].id == statement.speaker.actor
    )


def _same(wanted: str | None, told: str | None) -> bool:
    return bool(wanted) and bool(told) and str(wanted).casefold() in str(told).casefold()


def figures(report: Row, told: Told) -> dict[str, str]:
    """Right of asked, by field."""
    rows = checks(report, told)
    fields = dict.fromkeys(field for _, field, _, _ in rows)
    return {f: f"{sum(r[2] for r in rows if r[1] == f)} of {sum(r[1] == f for r in rows)}" for f in fields}


def outline(told: Told, names: dict[str, str], swapped: Swapped | None = None) -> list[tuple[object, ...]]:
    """What must stay when names are exchanged.

    Who speaks, by his last name, and where relays and circumstances stand.

    Args:
        told: the attributions with their statements.
        names: the invented ones with what they stand for.
        swapped: the text in which they were exchanged; None for the report as it is.
    """
    back = {new: old for old, new in names.items()} if swapped else {}

    def at(span: Span | None) -> int:
        return -1 if span is None else swapped.old(span.start) if swapped else span.start

    return [
        (
            statement.voice,
            _last(back.get(statement.speaker.name, statement.speaker.name)),
            tuple(at(r.span) for r in statement.relays if r.span and not r.inferred),
            *(getattr(statement.circumstances, f) is not None for f in ("addressee", "venue", "medium")),
            at(statement.circumstances.said.span) if statement.circumstances.said else -1,
        )
        for attribution, statement in told
        if attribution.parent is None
    ]  # fmt: skip


def _last(name: str) -> str:
    return name.split()[-1] if name else ""


def steady(report: Row, model: TaggerModel, seeds: range) -> list[float]:
    """For each swap the share of the report's top-level statements that stay as they were."""
    text, published = report["text"], date.fromisoformat(report["published"])
    before = outline(read(text, published, report["outlet"], model), {})
    shares = []
    for seed in seeds:
        swapped = swap(text, table(seed))
        after = outline(read(swapped.text, published, "", model), table(seed), swapped)
        shares.append(sum(row in after for row in before) / len(before))
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    model = TaggerModel(options.model) if options.model else default_tagger()
    report = gold_report()
    told = read(report["text"], date.fromisoformat(report["published"]), report["outlet"], model)
    print(json.dumps(figures(report, told), indent=1))
    if options.misses:
        for number, field, right, tells in checks(report, told):
            if not right:
                print(number, field, tells)
    shares = steady(report, model, range(20))
    print(
        json.dumps(
            {
                "statements kept in swaps": round(100 * sum(shares) / 20, 1),
                "all kept": sum(s == 1 for s in shares),
            }
        )
    )


if __name__ == "__main__":
    main()
