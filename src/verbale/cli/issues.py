"""`verbale issues`: what can be talked about, and whether the tables are consistent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from verbale.cli.output import one_line, writing
from verbale.registry.issues import IssueKind

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
def add(
    issue: Annotated[str, typer.Argument(help="Its id, a slug: “harbour-treaty”.")],
    name: Annotated[str, typer.Argument(help="Its name in full.")],
    folder: Annotated[Path, typer.Option(help="Your own folder of issues; made if it is not there.")],
    kind: Annotated[IssueKind, typer.Option(help="What it is.")] = IssueKind.DISPUTE,
    alias: Annotated[
        list[str] | None, typer.Option(help="Another name, wherever it stands; repeatable.")
    ] = None,
    short: Annotated[
        list[str] | None, typer.Option(help="A name only where the text is about it; repeatable.")
    ] = None,
    part_of: Annotated[str, typer.Option(help="Id of the issue that it is a part of.")] = "",
    party: Annotated[list[str] | None, typer.Option(help="Id of a state or body; repeatable.")] = None,
    matter: Annotated[
        list[str] | None,
        typer.Option(help="“id: name|alias|…” of what is followed within it, the thing itself first."),
    ] = None,
) -> None:
    """Add an issue to a folder of your own, which `verbale read --issues FOLDER` then looks for."""
    from verbale.registry.issues import Issue, Matter
    from verbale.registry.own_issues import add as add_to

    new = Issue(
        issue, name, kind, part_of, tuple(party or ()), tuple(alias or ()), tuple(short or ()), None, None, ""
    )
    matters = []
    for each in matter or ("itself: the thing itself",):
        key, _, names = each.partition(":")
        first, *others = (part.strip() for part in names.split("|"))
        if not key.strip() or not first:
            raise typer.BadParameter(f"{each!r} is no “id: name”", param_hint="--matter")
        matters.append(Matter(issue, key.strip(), first, tuple(others)))
    add_to(folder, new, matters)
    with writing():
        typer.echo(f"added {one_line(issue)} to {one_line(folder)}")


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
