"""Paths, folders, standard input, JSONL and addresses → Sources: bytes and where they came from."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from verbale.errors import SourceError
from verbale.sources.files import in_path, in_stream
from verbale.sources.options import SourceOptions
from verbale.types import Skipped, Source

__all__ = ["SourceOptions", "find"]

_WEB = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def find(named: str, options: SourceOptions, stdin: BinaryIO | None = None) -> Iterator[Source | Skipped]:
    """Find what a user named; bad input never raises.

    Args:
        named: a path, a folder (with all that is in it, in the order of names, known endings only,
            hidden files left out), "-" for standard input, or an http or https address.
        options: limits and manners.
        stdin: what "-" stands for; None for the process's own.

    Returns:
        Sources one at a time, and a Skipped for each input that could not be read.
    """
    try:
        yield from _found(named, options, stdin)
    except SourceError as error:
        yield Skipped(error.subject, "source", error.code, error.detail)


def _found(named: str, options: SourceOptions, stdin: BinaryIO | None) -> Iterator[Source | Skipped]:
    if named == "-":
        yield from in_stream(stdin or sys.stdin.buffer, options)
    elif _WEB.match(named):
        from verbale.sources.fetch import fetch  # the network's libraries take a tenth of a second to load

        yield fetch(named, options)
    elif _OTHER_SCHEME.match(named):
        what = "is not an http or https address"
        raise SourceError("scheme", named, what, "save it as a file and name that")
    else:
        yield from in_path(Path(named), options)
