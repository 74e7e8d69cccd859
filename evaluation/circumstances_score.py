"""Relays and circumstances against the labelled cases: precision, recall and F1 by field and by origin.

    python -m evaluation.circumstances_score [--part train|tune|test] [--model FOLDER] [--wrong]

Attributions are the labelled ones, names the tagger's. A find is right when its field is the same, its words
overlap and its value is the same: the kind of a medium, the interval of a day. A day that a labeller marked
"?", because the report's own date is not known, can be given by no program and is left out. Intervals are
Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.circumstances import FIELDS, Find, texts
from evaluation.intervals import wilson
from evaluation.score import CASES, Row, document_of, read_jsonl
from training import circumstances as training
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel
from verbale.registry import default_registry
from verbale.registry.tables import Day
from verbale.speakers.circumstances.reading import circumstances
from verbale.speakers.circumstances.relays import relays
from verbale.speakers.context import Context, sentences
from verbale.speakers.names import names
from verbale.types import Attribution, Days, Kind, Span


class Outcome(NamedTuple):
    """One case: what was labelled, what was found, and what of both agrees."""

    case: Row
    text: str
    gold: list[Find]
    found: list[Find]

    def right(self) -> list[tuple[Find, Find]]:
        """Pairs of labelled and found ones that are the same, each used once."""
        pairs, used = [], set[int]()
        for gold in self.gold:
            for n, find in enumerate(self.found):
                if n not in used and same(gold, find):
                    used.add(n)
                    pairs.append((gold, find))
                    break
        return pairs


def same(one: Find, other: Find) -> bool:
    """The same field, words that overlap, the same value; of a day the same interval."""
    return (
        one.field == other.field
        and one.start < other.end
        and other.start < one.end
        and (
            one.value == other.value or (one.field == "said" and interval(one.value) == interval(other.value))
        )
    )


def interval(value: str) -> tuple[date, date]:
    """`2016-09-08`, `2016-09`, `2016` or `2016-08-29/2016-09-04` as first and last day."""
    first, _, last = value.partition("/")
    return Day.parse(first).first, Day.parse(last or first).last


def context_of(row: Row, model: TaggerModel) -> Context:
    """A labelled report with its attributions and the tagger's names."""
    published = date.fromisoformat(row["published"]) if row["published"] else None
    document = replace(document_of(row), outlet=row["outlet"], published=published)
    tagged = model.tag(document.text)
    attributions = tuple(_attribution(n, each) for n, each in enumerate(row["attributions"]))
    sources = [span for attribution in attributions for span in attribution.source[:1]]
    found = names(document.text, tagged.pieces, tagged.layers.mentions, tagged.manifest, sources)
    return Context(document, attributions, found, sentences(document.text), default_registry())


def _attribution(number: int, row: Row) -> Attribution:
    source, cue, content = (
        tuple(Span(a, b) for a, b in sorted(row[role])) for role in ("source", "cue", "content")
    )
    return Attribution(str(number), source, cue, content, Kind.INDIRECT, 1.0, row.get("parent"))


def finds(context: Context, attribution: Attribution) -> list[Find]:
    """What the program finds, in the labellers' shape."""
    chain, _ = relays(context, attribution)
    found = [Find("relay", relay.span.start, relay.span.end, "") for relay in chain if relay.span]
    told, _ = circumstances(context, attribution)
    for field, each in (("addressee", told.addressee), ("venue", told.venue), ("medium", told.medium)):
        if each:
            found.append(Find(field, each.span.start, each.span.end, each.kind))
    if told.said and told.said.span:
        found.append(Find("said", told.said.span.start, told.said.span.end, _value(told.said)))
    return found


def _value(said: Days) -> str:
    return f"{said.first}/{said.last}"


def outcomes(part: str, model: TaggerModel) -> Iterator[Outcome]:
    """The cases of a part, read.

    Raises:
        ValueError: a text is not the one that was labelled.
    """
    known = training.texts() if part == "train" else texts()
    contexts: dict[str, Context] = {}
    for case in read_jsonl(training.FILE if part == "train" else CASES / "circumstances.jsonl"):
        if case["part"] != part:
            continue
        row = known[case["id"]]
        if hashlib.sha256(row["text"].encode()).hexdigest() != case["sha256"]:
            raise ValueError(f"{case['id']}: the text is not the one that was labelled")
        if case["id"] not in contexts:
            contexts[case["id"]] = context_of(row, model)
        context = contexts[case["id"]]
        gold = [Find(*find) for find in case["finds"]]
        gold = [find for find in gold if find.value != "?"]
        yield Outcome(case, row["text"], gold, finds(context, context.attributions[case["row"]]))


def figures(part: str, model: TaggerModel) -> dict[str, Any]:
    """Precision and recall in percent with intervals, over all, by field and by origin."""
    done = list(outcomes(part, model))
    origins = sorted({outcome.case["origin"] for outcome in done})
    return {
        "all": _shares(done, FIELDS),
        **{field: _shares(done, (field,)) for field in FIELDS},
        **{o: _shares([d for d in done if d.case["origin"] == o], FIELDS) for o in origins},
    }


def _shares(done: Iterable[Outcome], fields: Iterable[str]) -> dict[str, Any]:
    count, wanted = Counter[str](), set(fields)
    for outcome in done:
        count["gold"] += sum(find.field in wanted for find in outcome.gold)
        count["found"] += sum(find.field in wanted for find in outcome.found)
        count["right"] += sum(gold.field in wanted for gold, _ in outcome.right())
    right = count["right"]
    shares: dict[str, Any] = {"finds": count["gold"]}
    for name, total in (("precision", count["found"]), ("recall", count["gold"])):
        low, high = wilson(right, total)
        shares[name] = round(100 * right / max(1, total), 1)
        shares[f"{name}, interval"] = [round(100 * low, 1), round(100 * high, 1)]
    return shares


def differing(done: Iterable[Outcome]) -> Iterator[str]:
    """What was missed and what was found falsely, with the words."""
    for outcome in done:
        pairs = outcome.right()
        missed = [g for g in outcome.gold if g not in [a for a, _ in pairs]]
        false = [f for f in outcome.found if f not in [b for _, b in pairs]]
        for sign, found in (("missed", missed), ("false", false)):
            for f in found:
                words = outcome.text[f.start : f.end]
                case = f"#{outcome.case['number']} {outcome.case['origin']}"
                yield f"{case} {sign} {f.field} {words!r} {f.value}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("train", "tune", "test"), default="tune")
    parser.add_argument("--model", type=Path, help="a tagger's folder; the package's when left out")
    parser.add_argument("--wrong", action="store_true", help="print what differs, but of the test part")
    options = parser.parse_args()
    model = TaggerModel(options.model) if options.model else default_tagger()
    done = list(outcomes(options.part, model))
    if options.wrong and options.part != "test":
        print(*differing(done), sep="\n")
    print(json.dumps(figures(options.part, model), indent=1))


if __name__ == "__main__":
    main()
