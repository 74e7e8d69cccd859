"""PDF → text, through pypdf."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from verbale.documents.extracted import Extracted
from verbale.errors import DocumentError

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # else its warnings go to standard error

_SENTENCE_END = re.compile(r"[.!?…:][”’\"')\]]*$")
_CUT_WORD = re.compile(r"[^\W\d_]-$")
# A line that is not as wide as the widest ends a paragraph: surely if it is short, else if a sentence ends.
_SHORT, _NEARLY_FULL = 0.6, 0.9


def from_pdf(data: bytes, subject: str) -> Extracted:
    """Extract a PDF's text, its printed lines joined to a line a paragraph.

    Raises:
        DocumentError: the extra is missing, or it is encrypted or holds no text.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError
    except ImportError:
        what = "is a PDF, and the library for it is missing"
        raise DocumentError("extra-missing", subject, what, "pip install 'verbale[files]'") from None
    lines: list[str] = []
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")  # many are encrypted, and open to all
        if not locked:
            lines = [line.strip() for page in reader.pages for line in page.extract_text().splitlines()]
    except DependencyError:  # encrypted with AES, for which pypdf would need a further library
        locked = True
    if locked:
        raise DocumentError("encrypted", subject, "is an encrypted PDF", "save it without a password")
    if not any(lines):
        what = "is a PDF without text, perhaps scanned"
        raise DocumentError("empty", subject, what, "run it through OCR first")
    return Extracted("\n".join(_paragraphs(lines)))


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    lines = tuple(lines)
    widest = max(map(len, lines))
    paragraph = ""
    for line in lines:
        if line:
            # A hyphen at a line's end may belong to the word: it stays, and the word is joined.
            paragraph += line if _CUT_WORD.search(paragraph) or not paragraph else f" {line}"
        if paragraph and _ends(line, widest):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _ends(line: str, widest: int) -> bool:
    width = len(line) / widest
    return width < _SHORT or (width < _NEARLY_FULL and bool(_SENTENCE_END.search(line)))
