"""The command line: parses, calls, renders. Data on stdout, progress and skips on stderr."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from verbale.cli import actors, issues
from verbale.cli.output import one_line
from verbale.cli.read import SKIPPED, read
from verbale.errors import VerbaleError

__all__ = ["SKIPPED", "app", "main"]

app = typer.Typer(
    name="verbale",
    help="Read the news and keep the diplomatic record: who said what, in which words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from verbale import version

        typer.echo(f"verbale {version()}")
        raise typer.Exit


@app.callback()
def root(
    shown: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Read the news and keep the diplomatic record: who said what, in which words."""


app.command()(read)
app.add_typer(actors.app, name="actors")
app.add_typer(issues.app, name="issues")


def main() -> None:
    """Run the command line; an error that a user can mend is one line, not a traceback."""
    try:
        app()
    except VerbaleError as error:
        typer.echo(f"verbale: {one_line(error)}", err=True)
        sys.exit(1)
