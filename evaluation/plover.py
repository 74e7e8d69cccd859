"""Score a file of PLOVER sentences with the model that the package brings.

    python -m evaluation.plover FILE.tsv [--answers OUT.tsv]

The file has the columns sentence, source, target and gold_root, parted by tabs; only the first three are
read before answering. Printed are accuracy and macro-F1 over the 15 roots; YIELD stands for CONCEDE and
RETREAT.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from verbale.models import default_acts, default_tagger
from verbale.models.acts import ActsModel
from verbale.models.framed import Pair, Passage
from verbale.models.tagger import TaggerModel
from verbale.positions.passages import part_of
from verbale.types import Span

# Kinds that each root stands for; REQUEST was given to appeals too.
ROOTS: Mapping[str, tuple[str, ...]] = {
    "AGREE": ("agree",), "CONSULT": ("consult",), "SUPPORT": ("support",), "COOPERATE": ("cooperate",),
    "AID": ("aid",), "YIELD": ("concede", "retreat"), "REQUEST": ("demand", "appeal"),
    "ACCUSE": ("accuse", "investigate"), "REJECT": ("reject",), "THREATEN": ("threaten",),
    "PROTEST": ("protest",), "MOBILIZE": ("mobilize",), "SANCTION": ("reduce",), "COERCE": ("coerce",),
    "ASSAULT": ("assault",),
}  # fmt: skip


def root(sentence: str, source: str, target: str, model: ActsModel, tagger: TaggerModel) -> str:
    """The likeliest root of what the source does to the target."""
    pieces = tagger.cut(sentence)
    part = slice(0, min(len(pieces), model.longest))
    if not len(pieces):
        return "ACCUSE"  # the commonest
    places = [_place(sentence, words) for words in (source, target)]
    at = [-1 if p is None else min(part_of(pieces, p).start, part.stop - 1) for p in places]
    passage = Passage(part, np.zeros(part.stop, dtype=np.int64), (Pair(*at),))
    kinds = model.answers(pieces, passage)[0].heads["kind"]
    return max(ROOTS, key=lambda each: sum(kinds[kind] for kind in ROOTS[each]))


def _place(sentence: str, words: str) -> Span | None:
    """Where words stand, in whatever case; None where they do not."""
    at = sentence.find(words)
    at = sentence.casefold().find(words.casefold()) if at < 0 else at
    return Span(at, at + len(words)) if words and at >= 0 else None


def scores(wanted: Sequence[str], given: Sequence[str]) -> tuple[float, float]:
    """Accuracy, and the mean of the labels' F1."""
    pairs = list(zip(wanted, given, strict=True))
    each = [
        2 * sum(w == g == label for w, g in pairs) / (wanted.count(label) + given.count(label))
        for label in sorted(set(wanted))
    ]
    return sum(w == g for w, g in pairs) / len(pairs), sum(each) / len(each)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--answers", type=Path, help="write each sentence's root here")
    options = parser.parse_args()
    with options.file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    model, tagger = default_acts(), default_tagger()
    given = [root(r["sentence"], r["source"] or "", r["target"] or "", model, tagger) for r in rows]
    if options.answers:
        options.answers.write_text("".join(f"{each}\n" for each in given), encoding="utf-8")
    if rows and all(row.get("gold_root") for row in rows):
        accuracy, macro = scores([row["gold_root"] for row in rows], given)
        print(
            json.dumps(
                {"sentences": len(rows), "accuracy": round(100 * accuracy, 1), "macro_f1": round(macro, 3)}
            )
        )


if __name__ == "__main__":
    main()
