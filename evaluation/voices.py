"""Voices of documents, turns of transcripts, and whose a statement, speech or post is.

    python -m evaluation.voices [--part tune|test]

Cases: the invented documents of `cases/voices/`; those with odd numbers are to tune on, the others to test.
With VERBALE_DATA, also wild ones: PolNeAR's articles of the held-back list, every other one to tune on, which
are taken for reports (any that is not called so is named and left out, as it may be no report),
and GUM's speeches that have a title, or a salutation for an opening, all to tune on. Left out of GUM are its
interviews, which mark neither speakers nor questions, and speeches of which it holds a part from the middle.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.gum import documents
from evaluation.intervals import wilson
from evaluation.score import CASES, MissingError, held_back_ids, place, read_jsonl
from verbale.attributions.utterances import utterances
from verbale.documents import document
from verbale.types import Document, Source, Span, Voice

FOLDER = CASES / "voices"
_NAME = re.compile(r"(?P<number>\d+)-(?P<voice>[a-z]+)-[\w-]+\.txt")
GUM_LEFT_OUT = frozenset(
    f"GUM_speech_{name}"
    for name in (
        *("albania", "austria", "data", "humanitarian", "newzealand", "remarks", "trump"),  # from the middle
        *("floyd", "telescope"),  # introduced by a report; a transcript's first turn
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    """A document and its voice.

    Attributes:
        turns: label and first words of each, of a transcript.
        speakers: whose it is; None where that is not labelled.
    """

    document: Document
    voice: Voice
    turns: tuple[tuple[str, str], ...] = ()
    speakers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many."""

    right: int
    count: int

    def __str__(self) -> str:
        low, high = wilson(self.right, self.count)
        share = f"{self.right / self.count:.2f}" if self.count else "none"
        return f"{share} ({self.right}/{self.count}; {low:.2f} to {high:.2f})"


def cases(part: str, folder: Path = FOLDER) -> list[Case]:
    """The invented documents of a part."""
    return [
        _case(path, Voice(match["voice"]))
        for path in sorted(folder.glob("*.txt"))
        if (match := _NAME.fullmatch(path.name)) and (int(match["number"]) % 2 == 1) == (part == "tune")
    ]


def _case(path: Path, voice: Voice) -> Case:
    told, whose = path.with_suffix(".turns.tsv"), path.with_suffix(".speaker.txt")
    rows = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    labelled = tuple((label, words) for label, words, *_ in (row.split("\t") for row in rows if row.strip()))
    names = (
        tuple(filter(None, map(str.strip, whose.read_text(encoding="utf-8").splitlines())))
        if whose.exists()
        else None
    )
    return Case(_read(path.stem, path.read_bytes()), voice, labelled, names)


def articles(part: str) -> list[Document]:
    """Every other held-back article of PolNeAR."""
    rows = {row["id"]: row["text"] for row in read_jsonl(place("VERBALE_DATA") / "polnear/train.jsonl.gz")}
    chosen = sorted(held_back_ids())[0 if part == "tune" else 1 :: 2]
    return [_read(name, rows[name].encode()) for name in chosen]


def speeches() -> list[Document]:
    """GUM's speeches that have their beginning."""
    return [
        _read(row["id"], row["text"].encode())
        for row in documents(place("VERBALE_DATA"), ("speech",))
        if row["id"] not in GUM_LEFT_OUT
    ]


def _read(name: str, data: bytes) -> Document:
    return document(Source(name, "text/plain", data))


def by_voice(pairs: Iterable[tuple[Voice, Voice]]) -> Iterator[tuple[Voice, Share, Share]]:
    """Precision and recall of each voice.

    Args:
        pairs: the true one, the one told.
    """
    counts = Counter(pairs)
    for voice in Voice:
        right = counts[voice, voice]
        told = sum(count for (_, other), count in counts.items() if other is voice)
        true = sum(count for (other, _), count in counts.items() if other is voice)
        yield voice, Share(right, told), Share(right, true)


def turns_right(case: Case) -> Share:
    """How many of a case's turns are found with their label and first words; one too many counts as wrong."""
    gold = [(_bare(label), words.split()) for label, words in case.turns]
    found = [
        (_bare(_printed(case.document.text, f.source[0].start, f.cue, f.content)), f.content)
        for f in utterances(case.document)
    ]
    told = [(label, " ".join(s.of(case.document.text) for s in words).split()) for label, words in found]
    right, at = 0, 0
    for label, words in gold:
        for n in range(at, len(told)):
            if told[n][0] == label and told[n][1][: len(words)] == words:
                right, at = right + 1, n + 1
                break
    return Share(right, max(len(gold), len(told)))


def _printed(text: str, start: int, cue: Sequence[Span], content: Sequence[Span]) -> str:
    """A label as it is printed, with its aside."""
    return text[start : (cue or content)[0].start]


def _bare(label: str) -> str:
    return label.strip().rstrip(".:").strip()


def speaker_right(case: Case) -> bool:
    """Whether the document's attribution has all names in its source, or none where none is."""
    text = case.document.text
    found = [f for f in utterances(case.document) if case.document.voice is not Voice.TRANSCRIPT]
    source = " … ".join(span.of(text) for f in found for span in f.source).casefold()
    if not case.speakers:
        return bool(found) and not source
    return all(name.casefold() in source for name in case.speakers)


def report(part: str, wild: bool) -> Iterator[str]:
    """The figures of a part, a line each."""
    every = cases(part)
    pairs = [(case.voice, case.document.voice) for case in every]
    for case in every:
        if case.voice is not case.document.voice:
            yield f"  {case.document.name}: taken for a {case.document.voice}"
    yield from _voices(f"{part}: {len(every)} invented documents", pairs)
    if wild:
        negatives = articles(part)
        others = [d for d in negatives if d.voice is not Voice.REPORT]
        yield from (f"  {d.name}: taken for a {d.voice}; {d.text[:80]!r}" for d in others)
        yield from _voices(
            f"with {len(negatives) - len(others)} articles",
            pairs + [(Voice.REPORT, Voice.REPORT)] * (len(negatives) - len(others)),
        )
        if part == "tune":
            spoken = speeches()
            yield from (f"  {d.name}: taken for a {d.voice}" for d in spoken if d.voice is not Voice.SPEECH)
            yield f"GUM's speeches: {Share(sum(d.voice is Voice.SPEECH for d in spoken), len(spoken))}"
    yield from _utterances(every)


def figures(part: str) -> dict[str, str]:
    """Right of asked: voices by document, turns, speakers of documents that are utterances."""
    every = cases(part)
    told = [turns_right(case) for case in every if case.turns]
    whose = [speaker_right(case) for case in every if case.speakers is not None]
    return {
        "voices": f"{sum(c.voice is c.document.voice for c in every)} of {len(every)}",
        "turns": f"{sum(s.right for s in told)} of {sum(s.count for s in told)}",
        "speakers": f"{sum(whose)} of {len(whose)}",
    }


def _voices(title: str, pairs: Sequence[tuple[Voice, Voice]]) -> Iterator[str]:
    yield title
    for voice, precision, recall in by_voice(pairs):
        yield f"  {voice:<10} precision {precision}, recall {recall}"
    other = [(a, b) for a, b in pairs if b is not Voice.REPORT]
    true = [(a, b) for a, b in pairs if a is not Voice.REPORT]
    yield f"  {'no report':<10} precision {_same(other)}, recall {_same(true)}"


def _same(pairs: Sequence[tuple[Voice, Voice]]) -> Share:
    return Share(sum(a is b for a, b in pairs), len(pairs))


def _utterances(every: Sequence[Case]) -> Iterator[str]:
    """The figures of turns and speakers; a document with the wrong voice has them wrong."""
    found = [(case, turns_right(case)) for case in every if case.turns]
    yield from (f"  {c.document.name}: turns {share}" for c, share in found if share.right < share.count)
    yield f"turns: {Share(sum(s.right for _, s in found), sum(s.count for _, s in found))}"
    whose = [(case, speaker_right(case)) for case in every if case.speakers is not None]
    yield from (f"  {c.document.name}: not {c.speakers or 'nobody'}" for c, right in whose if not right)
    yield f"speakers: {Share(sum(right for _, right in whose), len(whose))}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("tune", "test"), default="tune")
    part = parser.parse_args().part
    try:
        place("VERBALE_DATA")
        wild = True
    except MissingError as error:
        print(f"no wild documents: {error}")
        wild = False
    for line in report(part, wild):
        print(line)


if __name__ == "__main__":
    main()
