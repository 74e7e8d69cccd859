"""`verbale issues`: what can be talked about, and whether the tables are consistent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verbale.cli.output import one_line, writing

_HOW = {"name": "name", "alias": "alias", "short": "short name"}
WRONG = 1  # exit code: the tables contradict themselves

app = typer.Typer(
    help="Look up and check treaties, negotiations, formats, demands and disputes.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A name as printed: “New START”, “the grain deal”.")],
) -> None:
    """Show which issue a name means, with its parties, days and matters."""
    from verbale.registry.issues import default_issues

    issues = default_issues()
    found = issues.find(name)
    if found is None:
        typer.echo(f"no issue is known under {one_line(repr(name))}", err=True)
        return
    issue, how = found
    with writing():
        typer.echo(f"{issue.id}  {issue.name} ({issue.kind}); {one_line(repr(name))} is its {_HOW[how]}")
        for above in issues.above(issue.id):
            typer.echo(f"      part of {above}")
        if issue.parties:
            typer.echo(f"      parties: {', '.join(issue.parties)}")
        if issue.since or issue.until:
            since, until = (day.first if day else "…" for day in (issue.since, issue.until))
            typer.echo(f"      {since} to {until}; read: {issue.source}")
        for matter in issues.matters.get(issue.id, ()):
            typer.echo(f"      {matter.id}: {matter.name}")


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Holds actors/ and issues/; the package's own if none is named.")
    ] = None,
) -> None:
    """Tell what is wrong in the tables: each with its file and row. Exit code 1 if anything is."""
    from verbale.registry import OWN
    from verbale.registry.issues import Issue, Matter, actors_of, faults
    from verbale.registry.tables import rows

    place = folder or OWN
    issues = dict(rows(place, "issues/issues.csv", Issue))
    matters = dict(rows(place, "issues/matters.csv", Matter))
    wrong = list(faults(issues, matters, actors_of(place)))
    for where, what in wrong:
        typer.echo(f"{one_line(where)}: {one_line(what)}", err=True)
    with writing():
        typer.echo(f"{len(issues)} issues, {len(matters)} matters")
    if wrong:
        raise typer.Exit(WRONG)
