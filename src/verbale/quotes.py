"""Where quotation marks open and close in a text: the one place that knows their styles."""

from __future__ import annotations

import re

_DOUBLE = ("“", "”", "«", "»", "„", "‟", '"', "''", "``")
_SINGLE = ("'", "‘", "’", "‚", "‹", "›")
# What ends a quotation, by its first character; the same mark where nothing is said.
_CLOSED_BY = {"“": "”\"''", "„": '“”"', "«": "»", "»": "«", "‟": "”", "`": "''", "'": "''”", '"': '"”'}
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
    for start, end in sorted([*_doubles(line), *_singles(line)], key=lambda span: (span[0], -span[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _doubles(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in _MARK.finditer(line):
        mark, at, end = match.group(), match.start(), match.end()
        if mark not in _DOUBLE:
            continue
        if opened is None:
            if _opens(line, mark, at, end):
                opened = at
            elif not spans:  # closes what an earlier line opened
                spans.append((len(line) - len(line.lstrip()), end))
            elif mark == '"':  # badly spaced: parity decides
                opened = at
        elif mark in _CLOSED_BY.get(line[opened], mark):
            spans.append((opened, end))
            opened = None
    if opened is not None:
        spans.append((opened, len(line.rstrip())))
    return [(a, b) for a, b in spans if b > a]


def _singles(line: str) -> list[tuple[int, int]]:
    """Pairs of single marks; where several could close one, an apostrophe after s is the last choice."""
    spans: list[tuple[int, int]] = []
    marks = [m for m in _MARK.finditer(line) if m.group() in _SINGLE]
    for match, end in zip(marks, _ends_behind(line, marks), strict=True):
        at = match.start()
        if (
            not end
            or (spans and at < spans[-1][1])
            or match.group() not in "‘'‚‹"
            or not _opens(line, match.group(), at, at + 1)
        ):
            continue
        spans.append((at, end))
    return spans


def _ends_behind(line: str, marks: list[re.Match[str]]) -> list[int]:
    """For each single mark, where a quotation that it opens would end; 0 for nowhere.

    Found from behind in one walk, so that a line of very many apostrophes takes no longer than any other.
    """
    ends: list[int] = []
    closing = sure = 0
    for match in reversed(marks):
        ends.append(sure or closing)
        end = match.end()
        if _closes(line, match.group(), match.start(), end):
            closing = end
            if line[end - 2] != "s" or not line[end : end + 1].isspace():
                sure = end
    return ends[::-1]


def _opens(line: str, mark: str, at: int, end: int) -> bool:
    """Whether a mark stands where a quotation can begin."""
    if mark in "“«„‟‹‚``":
        return True
    if mark == "”":
        return False
    follows = line[end : end + 1]
    if mark == "»":  # as in »so«, against « so »
        return follows.isalnum() and (at == 0 or not line[at - 1].isalnum())
    return (at == 0 or line[at - 1] in _BEFORE_OPENING) and bool(follows) and not follows.isspace()


def _closes(line: str, mark: str, at: int, end: int) -> bool:
    """Whether a single mark ends a quotation rather than standing inside or after a word."""
    if mark not in "’'›" or line[at - 1].isspace():
        return False
    return not line[end : end + 1].isalnum()
