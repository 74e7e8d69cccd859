"""Files, folders and standard input → Sources."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from verbale.errors import SourceError
from verbale.sources.jsonl import read_lines
from verbale.sources.limits import too_large
from verbale.sources.media import ENDINGS, JSONL_ENDINGS, is_jsonl, is_known, media_type
from verbale.sources.options import SourceOptions
from verbale.types import Skipped, Source


def in_path(path: Path, options: SourceOptions) -> Iterator[Source | Skipped]:
    """Read a file, or all files of a folder.

    Raises:
        SourceError: nothing is there, or it cannot be opened.
    """
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:  # a name that no file can have
        raise _unopened(path, error) from None
    return _in_folder(path, options) if is_folder else _in_file(path, options)


def in_stream(stream: BinaryIO, options: SourceOptions) -> Iterator[Source | Skipped]:
    """Read what stands in for "-": a document, or JSONL when its first line is a JSON object.

    Raises:
        SourceError: it is too large, or binary.
    """
    first = stream.readline(options.max_bytes + 1)
    if _is_object(first):
        yield from read_lines(_Resumed(first, stream), "-", options.max_bytes)
        return
    data = first + stream.read(max(0, options.max_bytes + 1 - len(first)))
    if len(data) > options.max_bytes:
        raise too_large("-", options.max_bytes)
    yield Source("-", media_type("-", data), data)


def _in_folder(folder: Path, options: SourceOptions) -> Iterator[Source | Skipped]:
    """Read a folder's files in the order of their names, then its folders; hidden ones are left out."""
    found = False

    def unreadable(error: OSError) -> None:
        failed.append(error)

    failed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            # A pipe or a device in a folder would hang; one that is named outright is read.
            if name.startswith(".") or not is_known(name) or (path.exists() and not path.is_file()):
                continue
            found = True
            yield from _or_skipped(path, options)
        yield from _unread_folders(failed)
    yield from _unread_folders(failed)
    if not found:
        endings = ", ".join([*ENDINGS, *JSONL_ENDINGS])
        what = f"holds no file that can be read; known endings are {endings}"
        yield Skipped(str(folder), "source", "empty", what)


def _unread_folders(failed: list[OSError]) -> Iterator[Skipped]:
    while failed:
        error = _unopened(Path(failed[0].filename), failed.pop(0))
        yield Skipped(error.subject, "source", error.code, error.detail)


def _or_skipped(path: Path, options: SourceOptions) -> Iterator[Source | Skipped]:
    try:
        yield from _in_file(path, options)
    except SourceError as error:
        yield Skipped(error.subject, "source", error.code, error.detail)


def _in_file(path: Path, options: SourceOptions) -> Iterator[Source | Skipped]:
    try:
        with path.open("rb") as opened:
            if not is_jsonl(path.name):
                yield _source(path, opened, options)
            elif path.name.lower().endswith(".gz"):
                with gzip.open(opened) as lines:
                    yield from read_lines(lines, str(path), options.max_bytes)
            else:
                yield from read_lines(opened, str(path), options.max_bytes)
    except (OSError, ValueError) as error:
        raise _unopened(path, error) from None


def _source(path: Path, opened: BinaryIO, options: SourceOptions) -> Source:
    size = os.fstat(opened.fileno()).st_size
    if size > options.max_bytes:
        raise too_large(str(path), options.max_bytes, size)
    data = opened.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:  # a pipe, or a file that grows
        raise too_large(str(path), options.max_bytes)
    return Source(str(path), media_type(str(path), data, ENDINGS.get(path.suffix.lower())), data)


def _unopened(path: Path, error: OSError | ValueError) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError("not-found", str(path), "there is no such file or folder")
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return SourceError("unreadable", str(path), f"cannot be opened: {reason.lower()}")


def _is_object(line: bytes) -> bool:
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


class _Resumed:
    """A stream whose first line was read already."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = BytesIO(first)
        self._rest = rest

    def readline(self, size: int = -1, /) -> bytes:
        return self._first.readline(size) or self._rest.readline(size)
