"""The Python face of reading one report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from verbale.errors import DocumentError, SourceError
from verbale.models import default_tagger
from verbale.pipeline import ReadOptions, read_source
from verbale.pipeline import read as read_sources
from verbale.report import Report
from verbale.types import Known, Reading, Skipped, Source

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read(text_or_source: str | Path, options: ReadOptions | None = None) -> Report:
    """Read one report.

    Args:
        text_or_source: a path or an address, or the text itself. A string counts as a source when it is
            an address or names an existing file; a `Path` always does.
        options: what to look for.

    Returns:
        The report with its attributions.

    Raises:
        VerbaleError: it cannot be read, or is a folder or file of several documents (use `read_all`).
    """
    options = options or ReadOptions()
    if isinstance(text_or_source, str) and not _names_source(text_or_source):
        source = Source("text", "text/plain", text_or_source.encode("utf-8", "surrogatepass"), Known())
        return _report(read_source(source, default_tagger(), options))
    results = iter(read_sources([str(text_or_source)], default_tagger(), options))
    first = next(results, None)
    if first is None:
        raise SourceError("empty", str(text_or_source), "holds no document", "name a file")
    if next(results, None) is not None:
        raise SourceError("several", str(text_or_source), "holds several documents", "use verbale.read_all")
    return _report(first)


def read_all(*sources: str | Path, options: ReadOptions | None = None) -> Iterator[Report | Skipped]:
    """Read files, folders, JSONL or addresses one by one; what cannot be read comes as `Skipped`."""
    for result in read_sources([str(s) for s in sources], default_tagger(), options or ReadOptions()):
        yield result if isinstance(result, Skipped) else Report(result)


def _names_source(words: str) -> bool:
    if _ADDRESS.fullmatch(words.strip()):
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
