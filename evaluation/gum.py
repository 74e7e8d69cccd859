"""GUM's documents as plain text with their mentions: a paragraph a line, sentences parted by a space.

python -m evaluation.gum DATA OUT.jsonl
"""

from __future__ import annotations

import io
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# An opening, "(12-person-giv:act-nssss-cf1-2,3-coref-Some_Name", or a closing, "12)".
_BRACKET = re.compile(r"\((\d+)(?:\[\d+/\d+\])?-([a-z]+)-([^()]*)|(\d+)(?:\[\d+/\d+\])?\)|\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that means somebody or something.

    Attributes:
        start, end: offsets in the document's text.
        kind: GUM's entity type: person, organization, place, …
        chain: number of whom or what it means, within the document.
        tags: universal part-of-speech tags of its words.
        words: offsets of its words.
        head: which of its words, from 0, are the least that names it (GUM's "minspan").
        identity: title of a Wikipedia article, "" where there is none.
    """

    start: int
    end: int
    kind: str
    chain: int
    tags: tuple[str, ...]
    words: tuple[tuple[int, int], ...]
    head: tuple[int, ...]
    identity: str


@dataclass
class _Document:
    """One document while it is being read."""

    text: str = ""
    at: int = 0  # behind the last word
    words: list[tuple[int, int]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    open: list[tuple[int, str, str, int]] = field(default_factory=list)  # chain, kind, rest, first word
    mentions: list[Mention] = field(default_factory=list)

    def sentence(self, words: str, opens_paragraph: bool) -> None:
        self.text += ("\n" if opens_paragraph else " ") * bool(self.text) + words
        self.at = len(self.text) - len(words)

    def word(self, form: str, tag: str, notes: str) -> None:
        start = self.text.index(form, self.at)
        self.at = start + len(form)
        self.words.append((start, self.at))
        self.tags.append(tag)
        for note in notes.split("|"):
            if note.startswith("Entity="):
                for bracket in _BRACKET.finditer(note.removeprefix("Entity=")):
                    self.bracket(*bracket.groups())

    def bracket(self, chain: str | None, kind: str | None, rest: str | None, closed: str | None) -> None:
        if chain is not None:
            assert kind is not None and rest is not None
            self.open.append((int(chain), kind, rest, len(self.words) - 1))
            return
        n = len(self.open) - 1
        if closed is not None:
            n = next(i for i in range(n, -1, -1) if self.open[i][0] == int(closed))
        number, kind, rest, first = self.open.pop(n)
        _, _, _, minimal, _, *identity = [*rest.split("-", 5), ""]
        words = tuple(self.words[first:])
        head = tuple(int(part) - 1 for part in minimal.split(",") if part.isdigit())
        self.mentions.append(
            Mention(
                words[0][0], words[-1][1], kind, number, tuple(self.tags[first:]), words,
                tuple(h for h in head if h < len(words)), identity[0],
            )
        )  # fmt: skip


def documents(data: Path, genres: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield GUM's documents as `{"id", "text", "mentions"}`, in order of their ids.

    Args:
        data: the data folder, which holds `gum/gum_conllu.tar.xz`.
        genres: such as "news", "interview", "speech".
    """
    with tarfile.open(data / "gum/gum_conllu.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if Path(member.name).suffix != ".conllu" or Path(member.name).stem.split("_")[1] not in genres:
                continue
            stream = archive.extractfile(member)
            assert stream is not None
            found = _read(io.TextIOWrapper(stream, encoding="utf-8"))
            mentions = tuple(sorted(found.mentions, key=lambda m: (m.start, -m.end)))
            yield {"id": Path(member.name).stem, "text": found.text + "\n", "mentions": mentions}


def news(data: Path) -> Iterator[dict[str, Any]]:
    """Yield GUM's news documents; see `documents`."""
    return documents(data, ("news",))


def _read(lines: io.TextIOWrapper) -> _Document:
    found, opens_paragraph = _Document(), False
    for line in lines:
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            opens_paragraph = True
        elif line.startswith("# text = "):
            found.sentence(line.removeprefix("# text = ").strip(), opens_paragraph)
            opens_paragraph = False
        elif line[:1].isdigit():
            number, form, _, tag, _, _, _, _, _, notes = line.rstrip("\n").split("\t")
            if "." in number:  # a word that is not there
                continue
            found.word(form, tag, notes) if "-" not in number else None
    return found


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
        for document in news(Path(sys.argv[1])):
            row = {"id": document["id"], "text": document["text"]}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
