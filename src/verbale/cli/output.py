"""Writing to standard output and error, whatever becomes of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from verbale.errors import OutputError


@contextmanager
def writing() -> Iterator[None]:
    """Stop in good order when standard output takes no more."""
    if sys.stdout is None:
        raise OutputError("stdout", "standard output", "is closed", "name a file with --html")
    try:
        yield
    except (BrokenPipeError, SystemExit):  # the reader went away, as `head` does: rich then leaves with 1
        _drop_output()
        raise typer.Exit(0) from None
    except OSError as error:
        _drop_output()
        what = f"cannot be written ({error.strerror})"
        raise OutputError("stdout", "standard output", what, "make room, or name another file") from error


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that Python does not fail on it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def one_line(message: object) -> str:
    """A message with its line ends and control characters spelt out: a file's name may hold any."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(message))
