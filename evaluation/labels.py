"""What a labeller writes down → attributions with offsets; and how far two labellers agree.

    python -m evaluation.labels TEXTS.jsonl ROWS_FOLDER OUT.jsonl [--without-text]

A labeller works from the text with numbered lines and writes one JSON object an attribution into
`ROWS_FOLDER/<id>.jsonl`:

    {"line": 3, "source": ["she"], "cue": ["said"], "content": ["“No,”", "“not ~~~ yet.”"], "parent": null}

Each entry is copied from that line. ` ~~~ ` stands for all between its two ends; `#2` at the end
takes the second occurrence in the line; `5:` in front takes line 5. `parent` is the number of the
row (from 0) in whose content a nested attribution lies.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

ROLES = ("source", "cue", "content")


def numbered(text: str) -> str:
    """The text as a labeller sees it: each line with its number, counted from 1."""
    return "\n".join(f"{number}: {line}" for number, line in enumerate(text.split("\n"), 1) if line.strip())


def offsets(text: str, line: int, words: str) -> list[int]:
    """Resolve what a labeller copied to `[start, end]` in the text.

    Raises:
        ValueError: the words do not stand in that line, or stand in it more than once, or there is no
            such line.
    """
    if elsewhere := re.match(r"(\d+):(?=.)", words):
        line, words = int(elsewhere[1]), words[elsewhere.end() :].lstrip()
    words, _, nth = words.rpartition("#") if re.search(r"#\d+$", words) else (words, "", "")
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        raise ValueError(f"there is no line {line}")
    base = sum(len(earlier) + 1 for earlier in lines[: line - 1])
    head, *tail = words.split(" ~~~ ")
    if not head or len(tail) > 1 or (nth and int(nth) < 1):
        raise ValueError(f"line {line}: {words!r} cannot be looked up")
    found = [m.start() for m in re.finditer(f"(?=(?<!\\w){re.escape(head)}(?!\\w))", lines[line - 1])]
    found = found or [m.start() for m in re.finditer(f"(?={re.escape(head)})", lines[line - 1])]
    if not found or (len(found) > 1 and not nth and not tail) or int(nth or 1) > len(found):
        raise ValueError(f"line {line}: {words!r} stands there {len(found)} times")
    start = found[int(nth or 1) - 1]
    end = start + len(head)
    if tail:
        last = lines[line - 1].find(tail[0], end)
        if last < 0:
            raise ValueError(f"line {line}: no {tail[0]!r} after {head!r}")
        end = last + len(tail[0])
    return [base + start, base + end]


def resolve(document: dict[str, Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turn a labeller's rows into attributions.

    Raises:
        ValueError: naming the document, the row and what is wrong with it.
    """
    attributions = []
    for number, row in enumerate(rows):
        try:
            spans = {
                role: [offsets(document["text"], row["line"], words) for words in row[role]] for role in ROLES
            }
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{document['id']}, row {number}: {error}") from error
        parent = row.get("parent")
        if parent is not None and (parent == number or parent not in range(len(rows))):
            raise ValueError(f"{document['id']}, row {number}: there is no other row {parent!r}")
        attributions.append({"id": str(number), "parent": None if parent is None else str(parent), **spans})
    return attributions


def main() -> None:
    texts, folder, out = (Path(a) for a in sys.argv[1:4])
    without_text = "--without-text" in sys.argv
    failed = 0
    with texts.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as written:
        for document in map(json.loads, lines):
            path = folder / f"{document['id']}.jsonl"
            rows = [
                json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
            ]
            try:
                attributions = resolve(document, rows)
            except ValueError as error:
                failed += 1
                print(error, file=sys.stderr)
                continue
            digest = hashlib.sha256(document["text"].encode()).hexdigest()
            text = {"sha256": digest} if without_text else {"text": document["text"]}
            written.write(
                json.dumps({"id": document["id"], **text, "attributions": attributions}, ensure_ascii=False)
                + "\n"
            )
    if failed:
        sys.exit(f"{failed} documents were not resolved")


if __name__ == "__main__":
    main()
