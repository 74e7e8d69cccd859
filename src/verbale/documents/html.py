"""Pages → text and metadata, through trafilatura."""

from __future__ import annotations

import logging
import re
from datetime import date

from verbale.documents.encoding import decoded
from verbale.documents.extracted import Extracted
from verbale.errors import DocumentError

# Skips are told once, by us: without a handler of its own its warnings would go to standard error.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:\S+\s+){5}.*?[.!?…][”’\"')\]]*(?:\s|$)")  # six words or more, and an end
_HEAD = 4096  # characters or bytes in which a page says what it is
_OPENING = 1500  # characters in which an extraction that holds its headline shows it

# Only what the page says of itself, and no clock: the same page gives the same date on every day.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-12-31"}


def from_html(data: bytes, subject: str, charset: str, url: str) -> Extracted:
    """Extract a page's article, a line a paragraph, with its headline before it.

    Args:
        data: the page.
        subject: the source as the user named it.
        charset: that its server declares, or "".
        url: where it was fetched, or "".

    Raises:
        DocumentError: it cannot be decoded, or holds no article.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    page = decoded(data, subject, charset or _charset(data))
    if not page.strip():
        raise DocumentError("empty", subject, "is empty")
    found = bare_extraction(
        page, url=url or None, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
    )
    body = (found.text or "").strip() if isinstance(found, Page) else ""
    if not isinstance(found, Page) or not any(map(_SENTENCE.match, body.split("\n"))):
        what = "is a page without an article"
        raise DocumentError("no-article", subject, what, "name the address of one article")
    title = _on_one_line(found.title)
    host = _on_one_line(found.hostname)
    outlet = _on_one_line(found.sitename)
    return Extracted(
        text=body if not title or _holds(body, title) else f"{title}\n{body}",
        title=title,
        url=found.url or "",
        outlet="" if outlet.lower() == host.lower() else outlet,  # trafilatura's last resort, and ours
        host=host,
        published=date.fromisoformat(found.date) if found.date else None,
        language=match[1].lower() if (match := _LANGUAGE.search(page[:_HEAD])) else "",
    )


def _charset(data: bytes) -> str:
    match = _META_CHARSET.search(data[:_HEAD]) or _XML_CHARSET.match(data)
    return match[1].decode("ascii", "replace").lower() if match else ""


def _holds(body: str, title: str) -> bool:
    """Whether a headline stands in the opening of its article; headlines carry attributions, so it must."""
    return title.casefold() in _on_one_line(body[:_OPENING]).casefold()


def _on_one_line(text: str | None) -> str:
    return " ".join((text or "").split())
