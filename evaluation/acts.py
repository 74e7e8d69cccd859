"""Acts and positions against our labelled cases, invented and real.

    python -m evaluation.acts [--part tune|test] [--model FOLDER] [--misses]

Invented cases come with their sides and issues, as a user's own tables would give them, and so do the real
ones ("real, given"). "real" are the same read as they stand in their documents, with the attributions given:
who speaks, which issues and which sides is then the program's to find.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.answers import labelled_attributions
from evaluation.score import CASES, Row, document_of, read_jsonl
from evaluation.statements import US, texts
from evaluation.strings import places
from verbale.issues import Linker, about, with_own
from verbale.models import default_acts, default_tagger
from verbale.models.acts import ActsModel
from verbale.positions import Scene, held, read_told
from verbale.positions.questions import Told
from verbale.positions.sides import Side, own_side
from verbale.registry import default_registry
from verbale.registry.lexicon import Lexicon
from verbale.registry.parties import own_lexicon
from verbale.speakers import SpeakerOptions, spoken
from verbale.types import Document, Link, Party, Position, Reason, Span, Statement, Voice

ACTS = CASES / "acts"
OWN_SIDE = "own"
_NO_ACTORS = Lexicon({})


@dataclass(frozen=True, slots=True)
class Held:
    """A position as it is compared."""

    holder: str
    issue: str
    stance: str
    ascribed: bool
    condition: str = field(default="", compare=False)
    probability: float = field(default=1.0, compare=False)


@dataclass(slots=True)
class Counts:
    """What was wanted, given, and right; and the same of ascribed ones and of conditions."""

    wanted: int = 0
    given: int = 0
    right: int = 0
    ascribed: list[int] = field(default_factory=lambda: [0, 0, 0])
    conditions: list[int] = field(default_factory=lambda: [0, 0, 0])
    own_acts: list[int] = field(default_factory=lambda: [0, 0])
    sure: list[tuple[float, bool]] = field(default_factory=list)  # of each its probability, and if right

    def add(self, wanted: Iterable[Held], given: Iterable[Held]) -> list[str]:
        """Count one case; returns what is wrong, in words."""
        gold, found = {_key(h): h for h in wanted}, {_key(h): h for h in given}
        self.wanted += len(gold)
        self.given += len(found)
        self.right += len(gold.keys() & found.keys())
        self.sure += [(h.probability, k in gold) for k, h in found.items()]
        asc = [{k for k, h in each.items() if h.ascribed} for each in (gold, found)]
        # whether "ascribed" is told right, where a holder and an issue are right
        for n, keys in enumerate(
            (asc[0], asc[1], {k for k in asc[0] if any(k[:2] == o[:2] for o in asc[1])})
        ):
            self.ascribed[n] += len({k[:2] for k in keys})
        both = gold.keys() & found.keys()
        self.conditions[0] += sum(bool(gold[k].condition) for k in both)
        self.conditions[1] += sum(bool(found[k].condition) for k in both)
        self.conditions[2] += sum(
            bool(gold[k].condition) and alike(gold[k].condition, found[k].condition) for k in both
        )
        return [f"- {h}" for k, h in gold.items() if k not in found] + [
            f"+ {h}" for k, h in found.items() if k not in gold
        ]

    def figures(self) -> dict[str, float]:
        """Percentages."""
        asc, con = self.ascribed, self.conditions
        return {
            "wanted": self.wanted,
            "given": self.given,
            "precision": _share(self.right, self.given),
            "recall": _share(self.right, self.wanted),
            "ascribed f1": _share(2 * asc[2], asc[0] + asc[1]),
            "conditions precision": _share(con[2], con[1]),
            "conditions recall": _share(con[2], con[0]),
            "own act right": _share(self.own_acts[0], self.own_acts[1]),
        }


def _key(held: Held) -> tuple[str, str, str, bool]:
    return held.holder, held.issue, held.stance, held.ascribed


def alike(one: str, other: str) -> bool:
    """Whether two spans of words share most of them: Dice of their words at least 0.8."""
    first, second = Counter(one.lower().split()), Counter(other.lower().split())
    return 2 * sum((first & second).values()) >= 0.8 * (sum(first.values()) + sum(second.values()))


def _share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def invented(model: ActsModel, part: str) -> tuple[Counts, list[str]]:
    """Figures of the invented cases of one half, and the misses."""
    counts, misses = Counts(), list[str]()
    for row in read_jsonl(ACTS / "invented.jsonl"):
        if part and row["part"] != part:
            continue
        given = list(_given(row, model, counts))
        wanted = [
            Held(p["holder"], p["issue"], p["stance"], p["ascribed"], p["condition"] or "")
            for p in row["positions"]
        ]
        wrong = counts.add(wanted, given)
        if wrong:
            misses.append(f"{row['id']} {row['text']}\n    " + "\n    ".join(wrong))
    return counts, misses


def _given(row: Row, model: ActsModel, counts: Counts) -> Iterator[Held]:
    text = row["text"]
    scene = _scene(text, model)
    sides = {side: _spans(text, mentions) for side, mentions in row["sides"].items()}
    issues = {issue: _spans(text, mentions) for issue, mentions in row["issues"].items()}
    told = [
        *((n, _told(text, s, sides, issues)) for n, s in enumerate(row["statements"])),
        (None, _article(text, sides, issues)),
    ]
    best: dict[tuple[str, str], Position] = {}
    for number, each in told:
        if number is None and row["statements"]:
            continue  # the article's own sentence, where it has no other
        acts, positions = read_told(scene, [each])
        if number is not None:
            kinds = {
                a["act"]
                for a in row["acts"]
                if a["statement"] == number and a["actor"] == row["statements"][number]["side"]
            }
            counts.own_acts[0] += any(
                a.kind in kinds and each.own and a.actor.id == each.own.id for a in acts
            )
            counts.own_acts[1] += bool(kinds)
        for position in positions:
            key = (position.holder.id, position.issue)
            said = replace(position, ascribed=position.ascribed or _nested_in_another(row, number))
            if key not in best or (not said.ascribed, said.probability) > (
                not best[key].ascribed,
                best[key].probability,
            ):
                best[key] = said
    for p in best.values():
        yield Held(
            p.holder.id,
            p.issue,
            p.stance.value,
            p.ascribed,
            p.condition.of(text) if p.condition else "",
            p.probability,
        )


def _nested_in_another(row: Row, number: int | None) -> bool:
    """Whether a statement is told by another side, as the program has it of nested ones."""
    parent = None if number is None else row["statements"][number].get("parent")
    return parent is not None and row["statements"][parent]["side"] != row["statements"][number]["side"]


def _told(
    text: str, statement: Row, sides: Mapping[str, tuple[Span, ...]], issues: Mapping[str, tuple[Span, ...]]
) -> Told:
    source, cue = (_spans(text, [statement[r]] if statement[r] else []) for r in ("source", "cue"))
    content = _spans(text, statement["content"])
    inside = {s: tuple(m for m in its if _within(m, content)) for s, its in sides.items()}
    own = statement["side"]
    links = tuple(
        Link(issue, "", next((m for m in its if _within(m, content)), None), 1.0, "alias")
        for issue, its in issues.items()
    )
    return Told(
        Span(0, len(text)), source, cue, content,
        Party(own, own, source[0] if source else (inside[own][:1] or (None,))[0]) if own else None,
        tuple(Side(s, s, its) for s, its in inside.items() if its), links,
    )  # fmt: skip


def _article(
    text: str, sides: Mapping[str, tuple[Span, ...]], issues: Mapping[str, tuple[Span, ...]]
) -> Told:
    links = tuple(Link(issue, "", its[0] if its else None, 1.0, "alias") for issue, its in issues.items())
    return Told(
        Span(0, len(text)), (), (), (Span(0, len(text)),), None,
        tuple(Side(s, s, its) for s, its in sides.items() if its), links,
    )  # fmt: skip


def given(model: ActsModel, part: str) -> tuple[Counts, list[str]]:
    """Figures of the real cases with sides and issues given as labelled, like the invented ones'."""
    known = {row["id"]: row for row in texts(False)}
    counts, misses = Counts(), list[str]()
    for case in read_jsonl(ACTS / "real.jsonl"):
        if part not in ("", case["part"]):
            continue
        row = known[case["id"]]
        start, end = case["passage"]
        text = row["text"][start:end]
        told = _labelled(case, row["attributions"][case["number"]], text)
        scene = _scene(text, model)
        acts, positions = read_told(scene, [told])
        own = told.own.id if told.own else ""
        counts.own_acts[0] += any(act.kind == case["act"] and act.actor.id == own for act in acts)
        counts.own_acts[1] += case["side"] is not None
        answers = [
            Held(
                OWN_SIDE if p.holder.id == own else p.holder.id,
                p.issue,
                p.stance.value,
                p.holder.id != own,
                p.condition.of(text) if p.condition else "",
                p.probability,
            )
            for p in positions
        ]
        if wrong := counts.add(_wanted(case, row["text"]), answers):
            misses.append(f"{case['case']} {text}\n    " + "\n    ".join(wrong))
    return counts, misses


def _labelled(case: Row, attribution: Row, text: str) -> Told:
    start = case["passage"][0]

    def moved(spans: Sequence[Sequence[int]]) -> tuple[Span, ...]:
        return tuple(Span(a - start, b - start) for a, b in spans)

    source, cue, content = (moved(attribution[role]) for role in ("source", "cue", "content"))
    sides = {s: tuple(m for m in moved(its) if _within(m, content)) for s, its in case["sides"].items()}
    own = case["side"]
    first = source[0] if source else next(iter(sides.get(own, ())), None)
    links = tuple(
        Link(issue, "", next((m for m in moved(its) if _within(m, content)), None), 1.0, "alias")
        for issue, its in case["issues"].items()
    )
    return Told(
        Span(0, len(text)), source, cue, content, Party(own, own, first) if own else None,
        tuple(Side(s, s, its) for s, its in sides.items() if its), links,
    )  # fmt: skip


def _scene(text: str, model: ActsModel) -> Scene:
    document = Document("case", "case", text, "")
    return Scene(document, default_tagger().cut(text), (Span(0, len(text)),), (), (), _NO_ACTORS, model)


def real(model: ActsModel, part: str) -> tuple[Counts, list[str]]:
    """Figures of the real cases of one half, and the misses.

    Whoever speaks a speech is given, as the user of `--speaker` gives it; all else is the program's to find.
    """
    by_document: dict[str, list[Row]] = {}
    for case in read_jsonl(ACTS / "real.jsonl"):
        if part in ("", case["part"]):
            by_document.setdefault(case["id"], []).append(case)
    counts, misses = Counts(), list[str]()
    for row in texts(False):
        for speaker, cases in _by_speaker(by_document.get(row["id"], [])):
            for case, found in _answered(row, speaker, cases, model):
                wanted = list(_wanted(case, row["text"]))
                given = list(_compared(case, found, row["text"]))
                counts.own_acts[0] += any(
                    act.kind == case["act"] and act.by is not None and act.by.id == act.actor.id
                    for act in found.acts
                )
                counts.own_acts[1] += case["side"] is not None
                if wrong := counts.add(wanted, given):
                    words = row["text"][slice(*case["passage"])]
                    misses.append(f"{case['case']} {words}\n    " + "\n    ".join(wrong))
    return counts, misses


def _by_speaker(cases: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for case in cases:
        found.setdefault(case["side"] or "" if case["origin"] == "unscon" else "", []).append(case)
    return list(found.items())


def _answered(
    row: Row, speaker: str, cases: Sequence[Row], model: ActsModel
) -> Iterator[tuple[Row, Statement]]:
    """What the program tells of the cases of one document."""
    document, tagged = document_of(row), default_tagger().tag(row["text"])
    said = labelled_attributions(row)
    if row["origin"] == "unscon":
        document = replace(document, voice=Voice.SPEECH)
        said = tuple(replace(a, reasons=(Reason("content", "document", "1"),)) for a in said)
        speaker = f"Ambassador {'' if speaker == 'speaker' else 'of ' + speaker}"
    told = spoken(document, said, tagged, default_registry(), SpeakerOptions(speaker))
    links = _linker().links(document.text, told.sentences)
    scene = Scene(document, tagged.pieces, told.sentences, told.names, links, own_lexicon(), model)
    statements = held(scene, said, told.statements, about(said, told.statements, links))
    by_attribution = {statement.attribution: statement for statement in statements}
    yield from ((case, by_attribution[str(case["number"])]) for case in cases)


@cache
def _linker() -> Linker:
    """The package's issues with those of the example of a user's own."""
    return with_own(US)


def _wanted(case: Row, text: str) -> Iterator[Held]:
    for p in case["positions"]:
        holder = OWN_SIDE if p["holder"] == case["side"] else p["holder"]
        words = text[slice(*p["condition"])] if p["condition"] else ""
        yield Held(holder, p["issue"], p["stance"], holder != OWN_SIDE, words)


def _compared(case: Row, found: Statement, text: str) -> Iterator[Held]:
    """Positions with the labeller's names for their holders: those whose mentions they overlap."""
    own = own_side(found)[0]
    for p in found.positions:
        holder = OWN_SIDE if p.holder.id == own else p.holder.id
        if holder != OWN_SIDE and p.holder.span:
            span = p.holder.span
            holder = next(
                (
                    OWN_SIDE if side == case["side"] else side
                    for side, spans in case["sides"].items()
                    if any(span.start < e and s < span.end for s, e in spans)
                ),
                holder,
            )
        words = p.condition.of(text) if p.condition else ""
        yield Held(holder, p.issue, p.stance.value, holder != OWN_SIDE, words, p.probability)


def _spans(text: str, strings: Sequence[str]) -> tuple[Span, ...]:
    return tuple(sorted(Span(*place) for place in places(text, strings)))


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(o.start <= span.start and span.end <= o.end for o in others)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", default="", choices=("", "tune", "test"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--least", type=float)
    parser.add_argument("--only", default="", choices=("", "invented", "real, given", "real"))
    parser.add_argument("--misses", action="store_true")
    options: Any = parser.parse_args()
    model = ActsModel(options.model) if options.model else default_acts()
    if options.least is not None:
        model.least["position"] = options.least
    for name, score in (("invented", invented), ("real, given", given), ("real", real)):
        if options.only in ("", name):
            counts, misses = score(model, options.part)
            if options.misses:
                print("\n".join(misses))
            print(name, json.dumps(counts.figures()))


if __name__ == "__main__":
    main()
