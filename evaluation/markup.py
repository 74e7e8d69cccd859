"""Reports that we write with their labels in the text → documents with offsets.

A span stands between tags that name its role and its attribution:

    <s1>Pal Orlay</s1> <q1>said</q1> <c1>that <s2>Strelsau</s2> <q2>wants</q2> <c2>out</c2></c1>.

`s` is source, `q` cue, `c` content; the same tag may be used again for a further piece. An
attribution whose cue lies within another's content is nested in it.
"""

from __future__ import annotations

import re
from typing import Any

ROLES = {"s": "source", "q": "cue", "c": "content"}
_TAG = re.compile(r"<(/?)([sqc])([0-9]+[a-z]?)>")


def parse(marked: str) -> dict[str, Any]:
    """Take the tags out of a report.

    Returns:
        `{"text", "attributions"}`, attributions in order of their first cue, offsets in code points.

    Raises:
        ValueError: a tag is opened twice, never closed or holds nothing, or an attribution has no cue or
            content.
    """
    text, at = "", 0
    opened: dict[tuple[str, str], int] = {}
    rows: dict[str, dict[str, list[list[int]]]] = {}
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        closing, role, number = tag.groups()
        if closing:
            if (role, number) not in opened:
                raise ValueError(f"</{role}{number}> closes nothing, after {text[-40:]!r}")
            row = rows.setdefault(number, {name: [] for name in ROLES.values()})
            start = opened.pop((role, number))
            if start == len(text):
                raise ValueError(f"<{role}{number}> holds nothing, after {text[-40:]!r}")
            row[ROLES[role]].append([start, len(text)])
        elif (role, number) in opened:
            raise ValueError(f"<{role}{number}> is open already, after {text[-40:]!r}")
        else:
            opened[role, number] = len(text)
    if opened:
        raise ValueError(f"never closed: {sorted(opened)}")
    text += marked[at:]
    for number, row in rows.items():
        if not (row["cue"] and row["content"]):
            raise ValueError(f"attribution {number} lacks a cue or a content")
    ordered = sorted(rows.items(), key=lambda item: item[1]["cue"][0])
    return {"text": text, "attributions": [{"id": n, "parent": _parent(n, r, rows), **r} for n, r in ordered]}


def _parent(
    number: str, row: dict[str, list[list[int]]], rows: dict[str, dict[str, list[list[int]]]]
) -> str | None:
    start, end = row["cue"][0]
    around = [
        (b - a, other)
        for other, candidate in rows.items()
        if other != number
        for a, b in candidate["content"]
        if a <= start and end <= b
    ]
    return min(around)[1] if around else None
