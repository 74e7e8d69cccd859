"""Who a source is, answered by the package and scored on our labels.

    python -m evaluation.answers [--part tune|test] [--model FOLDER] [--misses]

Beside it what CoreNLP's coreference answers on the same sources (`corenlp_silver_dev`).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.intervals import wilson
from evaluation.score import CASES, Row, document_of, place, polnear_dev, read_jsonl
from verbale.attributions import attributions
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel
from verbale.registry import default_registry
from verbale.speakers import statements
from verbale.types import Attribution, Kind, Span, Speaker, Speaking, Statement

# What we call what the guidelines call: an office that nobody is named for is nameless there.
VOICES = {
    Speaking.PERSON: "person", Speaking.OFFICE: "nameless", Speaking.BODY: "body", Speaking.STATE: "state",
    Speaking.GROUP: "group", Speaking.NAMELESS: "nameless",
}  # fmt: skip
ASKED = ("pronoun", "description")
FEWEST = 10  # percent answered; with fewer the curve is chance
SUREST = 66.7  # percent, of which the share right is given too


class Answer(NamedTuple):
    """One source: its stratum, whether and how sure it was answered, and whether that is right."""

    case: Row
    answered: bool
    probability: float
    right: bool
    told: str


def labelled_attributions(row: Row) -> tuple[Attribution, ...]:
    """An article's labelled attributions, as the package's own."""
    found = []
    for n, each in enumerate(row["attributions"]):
        source, cue, content = (tuple(Span(*s) for s in each[role]) for role in ("source", "cue", "content"))
        if content:
            found.append(Attribution(str(n), source, cue, content, Kind.INDIRECT, 1.0))
    return tuple(sorted(found, key=lambda a: min(s.start for s in (*a.source, *a.cue, *a.content))))


def answers(part: str, model: TaggerModel, gold_spans: bool) -> Iterator[Answer]:
    """Answer the cases of a part, with the labelled attributions or with those that the model finds."""
    cases = [c for c in read_jsonl(CASES / "speakers.jsonl") if c["part"] == part and c["voice"] != "unclear"]
    for row in polnear_dev():
        own = [case for case in cases if case["id"] == row["id"]]
        if not own:
            continue
        document, tagged = document_of(row), model.tag(row["text"])
        found = labelled_attributions(row) if gold_spans else attributions(document, tagged)
        told = dict(zip(found, statements(document, found, tagged, default_registry()), strict=True))
        for case in own:
            yield answer(case, row["text"], told)


def answer(case: Row, text: str, told: Mapping[Attribution, Statement]) -> Answer:
    """What is told of the attributions whose source touches a case's."""
    spans = [Span(*s) for s in case["source"]]
    fitting = [
        statement
        for attribution, statement in told.items()
        if any(a.start < b.end and b.start < a.end for a in attribution.source for b in spans)
    ]
    if not fitting:
        return Answer(case, False, 0.0, False, "not found")
    best = max(fitting, key=lambda s: s.speaker.probability)
    answered = best.speaker.mention is not None
    tells = f"{best.voice.value} {best.speaker.name!r}"
    return Answer(
        case,
        answered,
        best.speaker.probability,
        answered and is_right(case, text, best.voice, best.speaker),
        tells,
    )


def is_right(case: Row, text: str, speaking: Speaking, speaker: Speaker) -> bool:
    """The same voice, and a name that the label gives; of several persons all the names."""
    several = speaker.name.count(" and ") and case["voice"] == "persons"
    voice = "persons" if several else VOICES[speaking]
    if voice != case["voice"]:
        return False
    names = [text[a:b] for a, b in case["names"]]
    told = speaker.name
    if voice in ("nameless", "group") and speaker.mention:
        told = speaker.mention.of(text)
    return any(_alike(told, name) for name in names)


def _alike(one: str, other: str) -> bool:
    first, second = (set(re.findall(r"\w+", name.casefold())) for name in (one, other))
    return bool(first) and bool(second) and (first <= second or second <= first)


def silver(part: str) -> Iterator[Answer]:
    """What CoreNLP's chains answer: the longest name in the chain that the source is in."""
    chains = {d["id"]: d for d in read_jsonl(place("VERBALE_DATA") / "polnear/corenlp_silver_dev.jsonl.gz")}
    texts = {d["id"]: d["text"] for d in polnear_dev()}
    for case in read_jsonl(CASES / "speakers.jsonl"):
        if case["part"] != part or case["voice"] == "unclear":
            continue
        text, known = texts[case["id"]], chains.get(case["id"], {"chains": (), "entities": ()})
        start, end = case["source"][0][0], case["source"][-1][1]
        names: list[str] = []
        for chain in known.get("chains", ()):
            if any(abs(a - start) <= 1 and abs(b - end) <= 2 for a, b in chain):
                names += [
                    text[x:y]
                    for a, b in chain
                    for x, y, kind in known["entities"]
                    if a <= x
                    and y <= b + 1
                    and y - x > 0.5 * (b - a)
                    and kind in ("PERSON", "ORGANIZATION", "LOCATION")
                ]
        told = max(names, key=len, default="")
        right = any(_alike(told, text[a:b]) for a, b in case["names"]) and case["voice"] in (
            "person",
            "body",
            "state",
        )
        yield Answer(case, bool(told), 1.0, bool(told) and right, told)


def summary(rows: Sequence[Answer], keep: Callable[[Answer], bool]) -> dict[str, Any]:
    """Shares of answered and of right among the answered, with intervals."""
    kept = [row for row in rows if keep(row)]
    answered = [row for row in kept if row.answered]
    right = sum(row.right for row in answered)
    low, high = wilson(right, len(answered))
    return {
        "cases": len(kept),
        "answered": round(100 * len(answered) / max(1, len(kept)), 1),
        "right": round(100 * right / max(1, len(answered)), 1),
        "interval": [round(100 * low, 1), round(100 * high, 1)],
    }


def figures(rows: Sequence[Answer]) -> dict[str, Any]:
    """By stratum, and for pronouns and descriptions together."""
    found = {s: summary(rows, lambda row, s=s: row.case["stratum"] == s) for s in (*ASKED, "name")}  # type: ignore[misc]
    points = curve(rows)
    surest = [right for answered, right in points if answered <= SUREST <= points[-1][0]]
    return {
        "pronouns and titles": summary(rows, lambda row: row.case["stratum"] in ASKED),
        "right of the surest two thirds": surest[-1] if surest else None,
        **found,
    }


def curve(rows: Sequence[Answer]) -> list[tuple[float, float]]:
    """Answered against right, in percent, as the least probability rises; pronouns and descriptions."""
    asked = sorted(
        (r for r in rows if r.case["stratum"] in ASKED), key=lambda r: (not r.answered, -r.probability)
    )
    points, right = [], 0
    for n, row in enumerate(asked, 1):
        if not row.answered:
            break
        right += row.right
        points.append((round(100 * n / len(asked), 1), round(100 * right / n, 1)))
    return points


def draw(sets: Mapping[str, Sequence[Answer]], other: Sequence[Answer], path: Path) -> None:
    """Draw answered against right, a line a set; what answers without a probability is a point."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "verbale"  # the same picture, the same bytes
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(5, 4), layout="constrained")
    for (name, rows), style in zip(sets.items(), ("-", "--"), strict=False):
        points = [point for point in curve(rows) if point[0] >= FEWEST]
        axes.plot(*zip(*points, strict=True), color="black", linestyle=style, linewidth=1, label=name)
    told = summary(other, lambda row: row.case["stratum"] in ASKED)
    axes.plot(told["answered"], told["right"], "s", color="black", label="CoreNLP's coreference")
    axes.set(xlim=(0, 100), ylim=(50, 100), xlabel="answered, %", ylabel="right of these, %")
    axes.legend(loc="lower left")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("tune", "test"), default="tune")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what is wrong; of the tuning half alone")
    options = parser.parse_args()
    model = TaggerModel(options.model) if options.model else default_tagger()
    texts = {d["id"]: d["text"] for d in polnear_dev()}
    for name, gold_spans in (("gold spans", True), ("end to end", False)):
        rows = list(answers(options.part, model, gold_spans))
        print(json.dumps({name: figures(rows)}, indent=1))
        if options.misses and options.part == "tune" and gold_spans:
            for row in rows:
                if not row.right:
                    text = texts[row.case["id"]]
                    words = " … ".join(text[a:b] for a, b in row.case["source"])
                    gold = f"{row.case['voice']} {[text[a:b] for a, b in row.case['names']][:3]}"
                    print(f"{row.case['number']} {words!r}: {row.told} ({row.probability:.2f}), not {gold}")
    print(json.dumps({"CoreNLP's coreference": figures(list(silver(options.part)))}, indent=1))


if __name__ == "__main__":
    main()
