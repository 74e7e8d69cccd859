"""`verbale read`: parses, calls the pipeline, renders."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verbale.cli.output import one_line, writing
from verbale.errors import OutputError
from verbale.types import Voice

if TYPE_CHECKING:
    from verbale.types import Reading, Skipped


class EventsAs(StrEnum):
    """How events are written."""

    CSV = "csv"


SKIPPED = 3  # exit code: something could not be read, the rest was


def read(
    sources: Annotated[
        list[str],
        typer.Argument(help="Files (text, HTML, PDF, DOCX, JSONL), folders, one address, or - for stdin."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a document.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write one self-contained page.", dir_okay=False)] = None,
    nested: Annotated[bool, typer.Option(help="Look inside contents for further attributions.")] = True,
    inferred: Annotated[
        bool,
        typer.Option("--inferred", help="Offer lone quotations as speech of whoever spoke last, marked."),
    ] = False,
    voice: Annotated[
        Voice | None, typer.Option(help="What kind of document it is; told by its shape when left out.")
    ] = None,
    speaker: Annotated[
        str, typer.Option(help='Whose a statement, speech or post is, such as "Foreign Minister Pal Orlay".')
    ] = "",
    issues: Annotated[
        list[Path] | None,
        typer.Option(help="A folder with issues of your own, beside the package's; repeatable."),
    ] = None,
    events: Annotated[
        EventsAs | None, typer.Option(help="Print one row for each act, as CSV with a header.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private networks and this machine.")
    ] = False,
    max_mb: Annotated[
        float, typer.Option(help="Refuse files and pages larger than this.", min=0.001, max=1e6)
    ] = 20.0,
) -> None:
    """Read reports: who says what, to whom, through whom, about what, and where each side stands.

    Exit code 0: all was read; 3: something was skipped (a line on standard error says what and why).
    """
    from verbale.attributions import AttributionOptions
    from verbale.issues import with_own
    from verbale.models import default_tagger
    from verbale.pipeline import ReadOptions
    from verbale.pipeline import read as read_sources
    from verbale.sources import SourceOptions
    from verbale.speakers import SpeakerOptions
    from verbale.types import Skipped

    options = ReadOptions(
        SourceOptions(allow_private=allow_private, max_bytes=int(max_mb * 1_000_000)),
        AttributionOptions(nested=nested, inferred=inferred),
        SpeakerOptions(speaker),
        voice,
        with_own(*issues) if issues else None,
    )
    skipped = 0

    def readings() -> Iterator[Reading]:
        nonlocal skipped
        stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()  # none where it was closed
        for result in _with_progress(read_sources(sources, default_tagger(), options, stdin)):
            if isinstance(result, Skipped):
                skipped += 1
                typer.echo(f"skipped {one_line(result)}", err=True)
            else:
                yield result

    _render(readings(), "events" if events else "json" if as_json else "", html)
    if skipped:
        raise typer.Exit(SKIPPED)


def _render(readings: Iterator[Reading], form: str, html: Path | None) -> None:
    """Write each reading as it comes, so that memory stays flat over many documents."""
    shown = _shown(readings, form, quiet=html is not None)
    if html is None:
        for _ in shown:
            pass
        return
    try:
        _write_page(shown, html)
    except OSError as error:
        raise OutputError(
            "html", str(html), f"cannot be written ({error.strerror})", "name another file"
        ) from error
    typer.echo(f"wrote {one_line(html)}", err=True)


def _write_page(shown: Iterator[Reading], html: Path) -> None:
    """Write the page beside its place and move it there when it is whole."""
    from verbale.export.html import page

    whole = html.resolve()  # a link stays a link
    special = whole.exists() and not whole.is_file()  # a device or a pipe is written to, never replaced
    partial = whole if special else whole.with_name(whole.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as out:
            out.writelines(page(shown))
        if not special:
            partial.replace(whole)
    except BaseException:
        if not special:
            partial.unlink(missing_ok=True)
        raise


def _shown(readings: Iterator[Reading], form: str, quiet: bool) -> Iterator[Reading]:
    """Print each reading on its way: as "json", as "events", as a table, or not at all."""
    from rich.console import Console

    from verbale.export.events import events, header
    from verbale.export.json import line
    from verbale.export.table import print_table

    if isinstance(sys.stdout, io.TextIOWrapper):  # data is UTF-8; a terminal shows what it can
        sys.stdout.reconfigure(encoding="utf-8" if form else None, errors=None if form else "replace")
    console = Console(highlight=False)
    if form == "events":
        with writing():
            sys.stdout.write(header())
    for reading in readings:
        if form:
            with writing():
                sys.stdout.writelines(events(reading) if form == "events" else (line(reading) + "\n",))
                sys.stdout.flush()
        elif not quiet:
            with writing():
                print_table(reading, console)
        yield reading


def _with_progress(results: Iterator[Reading | Skipped]) -> Iterator[Reading | Skipped]:
    """Count on standard error once there is a second document; a line at the end where nobody watches."""
    from rich.console import Console
    from rich.status import Status

    from verbale.types import Skipped

    console = Console(stderr=True, highlight=False)
    count = skipped = 0
    status: Status | None = None
    try:
        for result in results:
            if count == 1 and console.is_terminal:
                status = console.status("reading …")
                status.start()
            count += 1
            skipped += isinstance(result, Skipped)
            if status:
                status.update(f"reading … {count} documents, {skipped} skipped")
            yield result
    finally:
        if status:
            status.stop()
    if count > 1:
        typer.echo(f"read {count - skipped} documents, skipped {skipped}", err=True)
