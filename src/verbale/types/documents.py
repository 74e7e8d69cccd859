"""Texts: where they come from, what is known of them, spans in them, and why a field holds what it holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


def digest(*fields: Any) -> str:
    """SHA-256 of a JSON array of fields, in hexadecimal: what every id is cut from."""
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


class Voice(StrEnum):
    """What kind of document it is.

    In a report others are quoted, a transcript has turns with speakers' labels, a statement, speech or post
    is an utterance itself.
    """

    REPORT = "report"
    TRANSCRIPT = "transcript"
    STATEMENT = "statement"
    SPEECH = "speech"
    POST = "post"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open offsets in Unicode code points of a document's text, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document beside its bytes; None or "" where it is not."""

    id: str = ""
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: date | None = None
    language: str = ""
    retrieved: datetime | None = None  # aware, UTC


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes and where they came from.

    Attributes:
        name: the source as the user named it: a path, an address, "-", or "file.jsonl:3".
        media_type: "text/plain", "text/html", "application/pdf" or that of DOCX.
        data: the bytes as they were found.
        known: what its finder knows of it, such as the fields of a JSONL line.
    """

    name: str
    media_type: str
    data: bytes
    known: Known = Known()


@dataclass(frozen=True, slots=True)
class Document:
    """A clean text, never changed after, and what is known of it.

    Attributes:
        id: given by the source, else cut from the digest of address and text.
        name: the source's name, for messages.
        text: as extracted; all offsets count its code points.
        language: ISO 639-1 code, "" when the text is too short to tell.
        digest: SHA-256 of the text's UTF-8 bytes.
    """

    id: str
    name: str
    text: str
    digest: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: date | None = None
    retrieved: datetime | None = None
    language: str = ""
    voice: Voice = Voice.REPORT


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field holds what it holds: the rule or model, its version, a score and a detail."""

    field: str
    rule: str
    version: str
    score: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: a span without titles, and its kind: person, organisation, place, people or other."""

    span: Span
    kind: str
