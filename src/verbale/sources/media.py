"""What kind of file it is: by unmistakable first bytes, else by its ending, else by its looks."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePath

from verbale.errors import SourceError

PLAIN = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

ENDINGS = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
}
JSONL_ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
READABLE = "text, HTML, PDF, DOCX and JSONL"

_SNIFFED = 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # text in UTF-16 is full of NUL bytes and opens with one of these
_OTHERS = {  # formats without a NUL byte among their first ones, which would else pass for text
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}


def is_jsonl(name: str) -> bool:
    """Whether a file's name says that it holds one JSON object a line."""
    return name.lower().endswith(JSONL_ENDINGS)


def is_known(name: str) -> bool:
    """Whether a folder's file is taken for a document."""
    return is_jsonl(name) or PurePath(name).suffix.lower() in ENDINGS


def media_type(subject: str, data: bytes, said: str | None = None) -> str:
    """The media type of a file's bytes.

    Args:
        subject: the source as the user named it.
        data: all of its bytes.
        said: the type that its ending or its server gives it, if any.

    Raises:
        SourceError: it is binary, and neither PDF nor DOCX.
    """
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04") and (said == DOCX or _holds_docx(data)):
        return DOCX
    if said in (PDF, DOCX):  # and does not look it: the stage that opens it says what is wrong
        return said
    kind = next((kind for magic, kind in _OTHERS.items() if data.startswith(magic)), "")
    if kind or (b"\0" in data and not data.startswith(_UTF_16)):
        what = f"is a binary file ({kind})" if kind else "is a binary file"
        raise SourceError("binary", subject, what, f"{READABLE} can be read")
    return said or (HTML if _looks_like_html(data) else PLAIN)


def _holds_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return "word/document.xml" in parts.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def _looks_like_html(data: bytes) -> bool:
    head = data[:_SNIFFED].lower().removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and (b"<html" in head or b"<!doctype html" in head)
