"""`verbale actors`: who there is, whether the tables are consistent, and tables of one's own."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from verbale.cli.output import one_line, writing
from verbale.errors import OutputError

WRONG = 1  # exit code: the tables contradict themselves
NOT_ALL = 3  # exit code: some rows were not understood, the rest was

app = typer.Typer(
    help="Look up and check states, bodies, persons with their offices, and outlets.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Own = Annotated[Path | None, typer.Option("--actors", help="Actors that `verbale actors import` wrote.")]


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A name as printed, in any spelling or script.")],
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="When it was printed: who held an office then?"),
    ] = None,
    own: Own = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a candidate.")] = False,
) -> None:
    """Show whom a name may mean, the likeliest first, with the reason."""
    from verbale.registry import Registry, default_registry

    registries = [default_registry(), *([Registry.open(own)] if own else [])]
    found = [
        (c, registry) for registry in registries for c in registry.find(name, day.date() if day else None)
    ]
    found.sort(key=lambda pair: -pair[0].score)
    with writing():
        for candidate, registry in found:
            offices = registry.offices(candidate.id)
            if as_json:
                row = asdict(candidate) | {"offices": [_office(asdict(held)) for held in offices]}
                typer.echo(json.dumps(row, ensure_ascii=False))
            else:
                home = f", {candidate.state}" if candidate.state else ""
                typer.echo(
                    f"{candidate.score:.2f}  {candidate.id}  {candidate.name} ({candidate.kind}{home})"
                )
                typer.echo(f"      {candidate.detail}")
                for held in offices:
                    days = f"{held.since or '…'} to {held.until or '…'}"
                    typer.echo(f"      {days}  {held.title}")
    if not found:
        typer.echo(f"nobody is known under {one_line(repr(name))}", err=True)


def _office(held: dict[str, object]) -> dict[str, object]:
    return {key: value if value is None else str(value) for key, value in held.items()}


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Holds actors/ and outlets/; the package's own if none is named.")
    ] = None,
) -> None:
    """Tell what is wrong in the tables: each with its file and row. Exit code 1 if anything is."""
    from verbale.registry import OWN, contradictions, load

    tables = load(folder or OWN)
    wrong = list(contradictions(tables))
    for place, what in wrong:
        typer.echo(f"{one_line(place)}: {one_line(what)}", err=True)
    counts = {
        "states": tables.states, "bodies": tables.bodies, "persons": tables.persons,
        "offices": tables.offices, "outlets": tables.outlets,
    }  # fmt: skip
    with writing():
        typer.echo(", ".join(f"{len(rows)} {name}" for name, rows in counts.items()))
    if wrong:
        raise typer.Exit(WRONG)


@app.command("import")
def import_(
    table: Annotated[
        Path, typer.Argument(help="CSV or JSON: the result of a Wikidata query, or a table of one's own.")
    ],
    to: Annotated[Path, typer.Option(help="The file that keeps them, made if it is not there.")],
) -> None:
    """Add persons and their offices from a table. Exit code 3 if some rows were not understood."""
    from verbale.registry import Registry, default_registry, imported

    found = imported(table, default_registry())
    for place, why in found.skipped:
        typer.echo(f"skipped {one_line(place)}: {one_line(why)}", err=True)
    try:
        Registry.open(to, make=True).fill(found.tables)
    except OSError as error:
        raise OutputError("actors", str(to), f"cannot be written ({error})", "name another file") from error
    typer.echo(f"{len(found.persons)} persons, {len(found.offices)} offices", err=True)
    if found.skipped:
        raise typer.Exit(NOT_ALL)
