"""Cases of who a source is: drawn by seed, labelled twice, joined.

    python -m evaluation.speakers draw FOLDER           sheets for a labeller, one an article
    python -m evaluation.speakers join A.tsv B.tsv [THIRD.tsv]

`join` prints the agreement, keeps both passes under cases/passes/ and writes cases/speakers.jsonl: the
cases where both agree, with the names of both, and the third reading of the others.

A labeller follows docs/guidelines/speakers.md and writes one line a source: its number, the voice, the
names parted by ` | `, and whom it speaks for, if that is said; parted by tabs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evaluation.score import CASES, Row, polnear_dev

SEED = 31
DRAWN = {"pronoun": 170, "description": 140, "name": 140}
VOICES = ("person", "persons", "body", "state", "group", "nameless", "unclear")
_PRONOUN = re.compile(
    r"(?:i|me|my|we|us|our|you|he|him|his|she|her|it|its|they|them|their|who|which|that)(?:['’]s)?",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<!^)\b[A-Z]\w+|^(?!(?:The|A|An|One|Some|Many|Most|His|Her|Their|Its|Our|My|Two)\b)[A-Z]\w+"
)


def stratum(source: str) -> str:
    """Pronoun, description or name, by the source's words alone."""
    if _PRONOUN.fullmatch(source):
        return "pronoun"
    return "name" if _NAME.search(source) else "description"


def drawn() -> list[Row]:
    """The cases in the order of the text; half of each stratum to tune on, half to test."""
    by_stratum: dict[str, list[Row]] = {name: [] for name in DRAWN}
    for document in polnear_dev():
        for row in document["attributions"]:
            if row["source"]:
                words = " ".join(document["text"][a:b] for a, b in row["source"])
                case = {"id": document["id"], "source": row["source"], "stratum": stratum(words)}
                by_stratum[case["stratum"]].append(case)
    rng = random.Random(SEED)
    cases = []
    for name, count in DRAWN.items():
        chosen = rng.sample(by_stratum[name], count)
        cases += [{**case, "part": "tune" if n < count // 2 else "test"} for n, case in enumerate(chosen)]
    cases.sort(key=lambda case: (case["id"], case["source"]))
    return [{"number": number, **case} for number, case in enumerate(cases, 1)]


def sheets(cases: Sequence[Row], documents: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Each article that has cases, with ⟦number: before and ⟧ behind each source."""
    for document in documents:
        marks = [
            (place, order, mark)
            for case in cases
            if case["id"] == document["id"]
            for n, (a, b) in enumerate(case["source"])
            for place, order, mark in ((a, 1, f"⟦{case['number'] if not n else '…'}:"), (b, 0, "⟧"))
        ]
        text, at = "", 0
        for place, _, mark in sorted(marks):
            text += document["text"][at:place] + mark
            at = place
        if marks:
            yield document["id"], text + document["text"][at:]


def labels(path: Path, texts: dict[int, str]) -> dict[int, Row]:
    """One labeller's lines by number.

    Raises:
        ValueError: a line is not to be understood, or names what the article does not say.
    """
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        number, voice, names, *rest = line.split("\t")
        listed = [name.strip() for name in names.split(" | ") if name.strip()]
        if voice not in VOICES:
            raise ValueError(f"{path}: {number}: no voice {voice!r}")
        for name in (*listed, *(r.strip() for r in rest if r.strip())):
            if name not in texts[int(number)]:
                raise ValueError(f"{path}: {number}: {name!r} does not stand in the article")
        found[int(number)] = {"voice": voice, "names": listed, "for": rest[0].strip() if rest else ""}
    return found


def same(one: Row, other: Row) -> bool:
    """The same voice under a name that both give."""
    return one["voice"] == other["voice"] and (
        one["voice"] == "unclear"
        or bool(set(map(str.casefold, one["names"])) & set(map(str.casefold, other["names"])))
    )


def spans(text: str, names: list[str]) -> list[list[int]]:
    """Where each name stands first."""
    return [[text.index(name), text.index(name) + len(name)] for name in names]


def kept(case: Row, row: Row, text: str) -> Row:
    """A label as offsets."""
    return {
        "number": case["number"],
        "voice": row["voice"],
        "names": spans(text, row["names"]),
        "for": spans(text, [row["for"]] if row["for"] else []),
    }


def join(first: Path, second: Path, third: Path | None = None) -> None:
    documents = {d["id"]: d["text"] for d in polnear_dev()}
    cases = {case["number"]: case for case in drawn()}
    texts = {number: documents[case["id"]] for number, case in cases.items()}
    one, other = labels(first, texts), labels(second, texts)
    decided = labels(third, texts) if third else {}
    rows, differing = [], []
    for number, case in cases.items():
        text, row = texts[number], one[number]
        if same(row, other[number]):
            names = sorted({*row["names"], *other[number]["names"]}, key=text.index)
            decided[number] = {**row, "names": names}
        else:
            differing.append(number)
        if number in decided:
            digest = hashlib.sha256(text.encode()).hexdigest()
            rows.append({**case, **kept(case, decided[number], text), "sha256": digest})
    write(CASES / "speakers.jsonl", rows)
    for name, labelled in (("a", one), ("b", other)):
        write(
            CASES / f"passes/speakers_{name}.jsonl",
            [kept(c, labelled[n], texts[n]) for n, c in cases.items()],
        )
    print(json.dumps({"cases": len(cases), "agreed": len(cases) - len(differing), "differing": differing}))


def write(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("draw", "join"))
    parser.add_argument("paths", type=Path, nargs="+")
    options = parser.parse_args()
    if options.what == "draw":
        options.paths[0].mkdir(parents=True, exist_ok=True)
        for name, text in sheets(drawn(), polnear_dev()):
            (options.paths[0] / f"{name}.txt").write_text(text, encoding="utf-8")
    else:
        join(*options.paths)


if __name__ == "__main__":
    main()
