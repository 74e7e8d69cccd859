"""Source → Document: the clean text, never changed after, and what is known of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any

from verbale.documents.dateline import dateline
from verbale.documents.docx import from_docx
from verbale.documents.extracted import Extracted
from verbale.documents.html import from_html
from verbale.documents.language import language
from verbale.documents.pdf import from_pdf
from verbale.documents.plain import from_plain
from verbale.documents.voices import voice_of
from verbale.errors import DocumentError
from verbale.types import Document, Source, digest

__all__ = ["document"]

_TITLE = 200  # characters that a headline has at most
_STOPPED = re.compile(r"\.[”’\"')\]]*$")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, which no file can hold
_FORMATS = {"application/pdf": "PDF", "text/html": "HTML"}


def document(source: Source) -> Document:
    """Make a source's document.

    What the source's finder knows goes before what a page says of itself, and that before the dateline.

    Args:
        source: its `data` are UTF-8 where it is plain text.

    Raises:
        DocumentError: it is empty, damaged, cannot be decoded, or is not in English.
    """
    extracted = _extracted(source)
    text = extracted.text
    if not text.strip():
        raise DocumentError("empty", source.name, "is empty")
    known = source.known
    spoken = language(text, source.name, known.language, extracted.language)
    line = dateline(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    url = known.url or extracted.url
    title = known.title or extracted.title or _headline(text)
    return Document(
        id=known.id or digest("document", url, sha256)[:16],
        name=source.name,
        text=text,
        digest=sha256,
        title=title,
        url=url,
        outlet=known.outlet or extracted.outlet or line.outlet or extracted.host,
        published=known.published or extracted.published or line.published,
        retrieved=known.retrieved,
        language=spoken,
        voice=voice_of(text, title, url),
    )


def _extracted(source: Source) -> Extracted:
    if not source.data:
        raise DocumentError("empty", source.name, "is empty")
    kind, _, charset = source.media_type.partition("; charset=")
    if kind == "text/plain":
        return from_plain(source.data, source.name, charset)
    try:
        found = _parsed(source, kind, charset)
    except DocumentError:
        raise
    except Exception as error:  # parsers of other people's formats fail on damaged files in countless ways
        what = f"is damaged, or no {_FORMATS.get(kind, 'DOCX')} ({type(error).__name__})"
        raise DocumentError("damaged", source.name, what, "open it elsewhere and save it as text") from error
    cleaned: dict[str, Any] = {
        name: _SURROGATE.sub("\ufffd", getattr(found, name))
        for name in ("text", "title", "url", "outlet", "host")
    }
    return replace(found, **cleaned)


def _parsed(source: Source, kind: str, charset: str) -> Extracted:
    if kind == "text/html":
        return from_html(source.data, source.name, charset, source.known.url)
    if kind == "application/pdf":
        return from_pdf(source.data, source.name)
    return from_docx(source.data, source.name)


def _headline(text: str) -> str:
    """The first line, where it is short, is followed by more, and does not end as a sentence does."""
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    return first if rest.strip() and len(first) <= _TITLE and not _STOPPED.search(first) else ""
