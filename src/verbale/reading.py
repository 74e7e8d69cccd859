"""The Python face of reading one report."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from verbale.errors import DocumentError, SourceError
from verbale.models import default_tagger
from verbale.pipeline import ReadOptions, read_source
from verbale.pipeline import read as read_sources
from verbale.report import Report
from verbale.types import Reading, Skipped, Source

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# One word that ends as a file's name does is a file, mistyped if it does not exist, rather than a text.
_FILE_NAME = re.compile(r"\S+\.(?:txt|md|html?|xhtml|pdf|docx|jsonl|json)", re.IGNORECASE)


def read(text_or_source: str | Path, options: ReadOptions | None = None) -> Report:
    """Read one report.

    Args:
        text_or_source: a path or an address, or the text itself. A string counts as a source when it is
            an address, names an existing file, or is one word that ends like the name of one; a `Path`
            always does.
        options: what to look for.

    Returns:
        The report with its attributions.

    Raises:
        VerbaleError: it cannot be read, or is a folder or file of several documents (use `read_all`).
    """
    options = options or ReadOptions()
    if isinstance(text_or_source, str) and not _names_source(text_or_source):
        return _report(read_source(_of_text(text_or_source), default_tagger(), options))
    named = "./-" if str(text_or_source) == "-" else str(text_or_source)  # a file, not standard input
    results = iter(read_sources([named], default_tagger(), options))
    first = next(results, None)
    if first is None:
        raise SourceError("empty", str(text_or_source), "holds no document", "name a file")
    if next(results, None) is not None:
        raise SourceError("several", str(text_or_source), "holds several documents", "use verbale.read_all")
    return _report(first)


def read_all(*sources: str | Path, options: ReadOptions | None = None) -> Iterator[Report | Skipped]:
    """Read files, folders, JSONL or addresses one by one; what cannot be read comes as `Skipped`."""
    named = ["./-" if source == Path("-") else str(source) for source in sources]
    for result in read_sources(named, default_tagger(), options or ReadOptions()):
        yield result if isinstance(result, Skipped) else Report(result)


def _of_text(text: str) -> Source:
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        what = f"has half a character (\\u{ord(text[error.start]):04x}) at offset {error.start}"
        raise DocumentError("encoding", "text", what, "write both halves of the pair, or neither") from None
    # A document loses one byte order mark; a text's own one must stay, so that its offsets hold.
    return Source("text", "text/plain", codecs.BOM_UTF8 + data if text.startswith("\ufeff") else data)


def _names_source(words: str) -> bool:
    if _ADDRESS.fullmatch(words.strip()) or _FILE_NAME.fullmatch(words):
        return True
    try:
        return "\n" not in words and 0 < len(words) < 4096 and Path(words).exists()
    except (OSError, ValueError):  # too long or not a path at all: it is a text
        return False


def _report(result: Reading | Skipped) -> Report:
    if isinstance(result, Skipped):
        kind = SourceError if result.stage == "source" else DocumentError
        raise kind(result.code, result.document, result.detail)
    return Report(result)
