"""One JSON object a line → Sources, one at a time."""

from __future__ import annotations

import codecs
import json
import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Protocol

from verbale.errors import SourceError
from verbale.sources.limits import too_large
from verbale.sources.media import PLAIN
from verbale.types import Known, Skipped, Source

_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])")  # the first part of "en", "en-GB", "en_US"


class Lines(Protocol):
    """What can be read line by line, with a limit: a file, a gzip file, standard input."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line, or its first `size` bytes; empty at the end."""
        ...


def read_lines(stream: Lines, name: str, limit: int) -> Iterator[Source | Skipped]:
    """Read documents from lines, each with a `text` and whatever else is known.

    That is `id`, `title`, `url`, `outlet`, `published` (an ISO 8601 day or time) and `language`.
    Only one line is held at a time. Other keys are left alone, blank lines passed over.

    Args:
        stream: where the lines come from.
        name: of the file, for messages; a line's own name is "file.jsonl:3".
        limit: the most bytes of a line.

    Returns:
        A source a line, or why it could not be read; the lines after a bad one are still read.
    """
    found = False
    number = 0
    try:
        for number, line in _numbered(stream, limit):
            if line is not None and not line.strip():
                continue
            found = True
            place = f"{name}:{number}"
            try:
                if line is None:
                    raise too_large(place, limit)
                yield source(line, place)
            except SourceError as error:
                yield Skipped(place, "source", error.code, error.detail)
    except (OSError, EOFError, zlib.error) as error:
        yield Skipped(name, "source", "damaged", f"breaks off after line {number} ({error})")
        return
    if not found:
        yield Skipped(name, "source", "empty", "is empty")


def _numbered(stream: Lines, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Count lines from 1; None stands for one that is over the limit."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        whole = len(line) <= limit or line.endswith(b"\n")
        while len(line) > limit and not line.endswith(b"\n"):  # pass over the rest of it
            line = stream.readline(limit + 1)
        yield number, (line.removeprefix(codecs.BOM_UTF8) if number == 1 else line) if whole else None


def source(line: bytes, place: str) -> Source:
    """Read one line.

    Args:
        line: a JSON object in UTF-8.
        place: the line's name, "file.jsonl:3".

    Raises:
        SourceError: it does not parse, has no text, or a field of the wrong type.
    """
    fields = _object(line, place)
    text = _string(fields, "text", place)
    if not text.strip():
        raise SourceError("empty", place, 'has no text in "text"')
    data = text.encode()
    if text.startswith("\ufeff"):  # a document loses one byte order mark; this text's own one must stay
        data = codecs.BOM_UTF8 + data
    known = Known(
        id=_string(fields, "id", place),
        title=_string(fields, "title", place),
        url=_string(fields, "url", place),
        outlet=_string(fields, "outlet", place),
        published=_day(fields, place),
        language=_language(fields, place),
    )
    return Source(place, PLAIN, data, known)


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        what = f"is not UTF-8: byte 0x{line[error.start]:02X} at offset {error.start} of the line"
        raise SourceError("encoding", place, what, "convert the file to UTF-8") from None
    except json.JSONDecodeError as error:
        raise SourceError("json", place, f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets nested without end
        raise SourceError("json", place, "is not JSON that can be read") from None
    if not isinstance(found, dict):
        raise SourceError("json", place, "is not a JSON object", 'write {"id": …, "text": …} on each line')
    return found


def _string(fields: dict[str, Any], key: str, place: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SourceError("field", place, f'has a "{key}" that is not a string')
    try:
        value.encode()
    except UnicodeEncodeError as error:
        what = f'has half a character (\\u{ord(value[error.start]):04x}) in "{key}"'
        raise SourceError("encoding", place, what, "write both halves of the pair, or neither") from None
    return value


def _day(fields: dict[str, Any], place: str) -> date | None:
    written = _string(fields, "published", place)
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).date()  # the day as printed, whatever its time zone
    except ValueError:
        what = f'has a "published" that is no day: {written[:40]!r}'
        raise SourceError("field", place, what, "write it as 2022-12-10") from None


def _language(fields: dict[str, Any], place: str) -> str:
    written = _string(fields, "language", place).strip().lower()
    if not written:
        return ""
    match = _LANGUAGE.match(written)
    if not match:
        what = f'has a "language" that is no code: {written[:40]!r}'
        raise SourceError("field", place, what, "write it as en")
    return match[0]
