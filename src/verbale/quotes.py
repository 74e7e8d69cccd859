"""Where quotation marks open and close in a text: the one place that knows their styles."""

from __future__ import annotations

import re

# Marks whose direction their shape tells. ’ closes, but is also the apostrophe: see `_closes`.
OPENING = "“«„‹‘‚"
CLOSING = "”»›’"
_DOUBLE = "“”«»„\"‟"
_MARK = re.compile("''|``|[“”«»„‟\"'‘’‚‹›]")
_BEFORE_OPENING = set(" \t\u00a0\u2009\u202f([{—–-―/:,“«„‘\"'…")


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Find the quoted stretches of a text, marks included, outermost only.

    A mark that is never closed quotes to the end of its line, the way a quotation that runs
    over several paragraphs opens each and closes the last; a closing mark with no opening one
    quotes from the start of its line. Single marks count only in pairs, so that apostrophes
    ("the diplomats' talks", "’tis") open nothing.

    Args:
        text: any text; lines are separated by newlines.

    Returns:
        Half-open spans in code points, in order, never overlapping, never over a line's end.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        found.extend((start + a, start + b) for a, b in _of_line(line))
        start += len(line) + 1
    return tuple(found)


def _of_line(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    double: int | None = None
    single: int | None = None
    for match in _MARK.finditer(line):
        mark, at, end = match.group(), match.start(), match.end()
        if mark in ("''", "``") or mark in _DOUBLE:
            if double is None:
                if _opens(line, mark, at, end):
                    double = at
                elif not spans:  # closes what an earlier line opened
                    spans.append((len(line) - len(line.lstrip()), end))
                elif mark == '"':  # badly spaced: parity decides
                    double = at
            elif not (mark in OPENING and mark != "„"):
                spans.append((double, end))
                double = single = None
        elif double is None:
            if single is None:
                if mark in "‘'‚‹" and _opens(line, mark, at, end):
                    single = at
            elif _closes(line, mark, at, end):
                spans.append((single, end))
                single = None
    if double is not None:
        spans.append((double, len(line.rstrip())))
    return [(a, b) for a, b in spans if b > a]


def _opens(line: str, mark: str, at: int, end: int) -> bool:
    """Whether a mark stands where a quotation can begin."""
    if mark in "“«„‟‹‚``":
        return True
    if mark in "”»":
        return False
    follows = line[end : end + 1]
    return (at == 0 or line[at - 1] in _BEFORE_OPENING) and bool(follows) and not follows.isspace()


def _closes(line: str, mark: str, at: int, end: int) -> bool:
    """Whether a single mark ends a quotation rather than standing inside or after a word."""
    if mark not in "’'›" or line[at - 1].isspace():
        return False
    return not line[end : end + 1].isalnum()
