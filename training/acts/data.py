"""Labelled sentences → passages with pairs and what is known of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from evaluation.plover import ROOTS
from evaluation.statements import texts
from evaluation.strings import places
from training.acts.network import HEADS, NONE
from verbale.models.framed import ROLES, Pair, Passage
from verbale.models.tokens import Pieces, cut

Row = dict[str, Any]
Place = tuple[int, int]  # offsets in a text
HERE = Path(__file__).parent
REAL = HERE / "real.jsonl"
LONGEST = 250  # pieces of a passage


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of one pair of spans.

    Attributes:
        first, target: offsets; None for nobody.
        known: by head the classes of which one is right.
        condition: its offsets, "none", or "" where nothing is known.
    """

    first: Place | None
    target: Place | None
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    condition: Place | str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with pairs.

    Attributes:
        roles: offsets by role.
        quad: the class of the whole sentence, None where it is not known.
    """

    text: str
    roles: Mapping[str, tuple[Place, ...]]
    asked: tuple[Asked, ...]
    quad: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example as arrays.

    Attributes:
        allowed: bool, [pairs, sum of the heads' sizes].
        conditions: [pairs, 2]: place of the condition's first and last piece, counted with [CLS]; 0 for
            none, -1 for not known.
    """

    pieces: Pieces
    passage: Passage
    allowed: NDArray[np.bool_]
    conditions: NDArray[np.int64]
    quad: int
    example: Example


def prepare(example: Example, tokenizer: Tokenizer) -> Prepared | None:
    """Cut an example into pieces; None where it has nothing to ask, or is too long."""
    pieces = cut(example.text, tokenizer)
    if not example.asked or not 0 < len(pieces) <= LONGEST:
        return None
    roles = np.zeros(len(pieces), dtype=np.int64)
    for role in ("content", "cue", "source", "own"):
        for start, end in example.roles.get(role, ()):
            roles[slice(*covered(pieces, (start, end)))] = ROLES.index(role)
    pairs = tuple(Pair(_first(pieces, a.first), _first(pieces, a.target)) for a in example.asked)
    allowed = np.array(
        [
            [
                not a.known.get(head) or kind in a.known[head]
                for head, kinds in HEADS.items()
                for kind in kinds
            ]
            for a in example.asked
        ]
    )
    conditions = np.array([_condition(pieces, a.condition) for a in example.asked], dtype=np.int64)
    passage = Passage(slice(0, len(pieces)), roles, pairs)
    return Prepared(
        pieces, passage, allowed, conditions, -1 if example.quad is None else example.quad, example
    )


def covered(pieces: Pieces, place: Place) -> Place:
    """The pieces that offsets cover: first, and one behind the last."""
    first = int(np.searchsorted(pieces.ends, place[0], side="right"))
    return first, max(first + 1, int(np.searchsorted(pieces.starts, place[1], side="left")))


def _first(pieces: Pieces, place: Place | None) -> int:
    return -1 if place is None else min(covered(pieces, place)[0], len(pieces) - 1)


def _condition(pieces: Pieces, condition: Place | str) -> tuple[int, int]:
    if isinstance(condition, str):
        return (0, 0) if condition == NONE else (-1, -1)
    first, behind = covered(pieces, condition)
    return first + 1, behind  # counted with [CLS]


def ours(path: Path) -> Iterator[Example]:
    """Our sentences, a passage for each statement and one for what the article tells."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield from examples_of(json.loads(line))


@dataclass(frozen=True, slots=True)
class _Told:
    """One of our sentences as one statement tells it, or, without a statement, as the article does.

    Attributes:
        number: the statement's, None for the article.
        sides, issues: with the offsets of their mentions.
        inside: of the content.
    """

    row: Row
    number: int | None
    statement: Row | None
    sides: Mapping[str, tuple[Place, ...]]
    issues: Mapping[str, tuple[Place, ...]]
    inside: tuple[Place, ...]

    @property
    def own(self) -> str | None:
        return self.statement["side"] if self.statement else None

    def holder(self, side: str) -> Place | None:
        """Where a side is marked: its own words' source, else where the content names it first."""
        if self.statement and side == self.own and self.statement["source"]:
            return places(self.row["text"], [self.statement["source"]])[0]
        return self.named(side)

    def named(self, side: str) -> Place | None:
        """Where the content names a side first."""
        return next((p for p in self.sides[side] if _within(p, self.inside)), None)

    def position(self, side: str, issue: str) -> Row | bool | None:
        """What is labelled of a side and an issue; True where only another statement's label tells it.

        What somebody merely wants is labelled as the article's word; it is learnt where he is the source too.
        """
        rows = [p for p in self.row["positions"] if (p["holder"], p["issue"]) == (side, issue)]
        numbers = (self.number, None) if side == self.own else (self.number,)
        return next((p for n in numbers for p in rows if p["statement"] == n), None) or bool(rows) or None

    @property
    def roles(self) -> dict[str, tuple[Place, ...]]:
        if self.statement is None:
            return {}
        text = self.row["text"]
        source, cue = (
            places(text, [self.statement[role]]) if self.statement[role] else () for role in ("source", "cue")
        )
        mentions = self.sides.get(self.own or "", ())
        own = tuple(p for p in mentions if _within(p, self.inside) and not _within(p, source))
        return {"source": source, "cue": cue, "content": self.inside, "own": own}


def examples_of(row: Row) -> Iterator[Example]:
    """The passages of one of our sentences."""
    text = row["text"]
    sides, issues = (
        {each: places(text, mentions) for each, mentions in row[name].items()} for name in ("sides", "issues")
    )
    for number, statement in [*enumerate(row["statements"]), (None, None)]:
        inside = places(text, statement["content"]) if statement else ((0, len(text)),)
        told = _Told(row, number, statement, sides, issues, inside)
        asked = (*_positions(told), *_acts(told))
        if asked:
            yield Example(text, told.roles, asked, group=row["group"])


def _within(place: Place, others: Sequence[Place]) -> bool:
    return any(a <= place[0] and place[1] <= b for a, b in others)


def _positions(told: _Told) -> Iterator[Asked]:
    """Every side with every issue: labelled, or of no stance."""
    own = [p for p in told.row["positions"] if p["statement"] == told.number]
    if told.number is None and told.row["statements"] and not own:
        return  # what the article itself tells is asked where somebody labelled it
    for side in told.sides:
        first = told.holder(side)
        for issue, mentions in told.issues.items():
            target = next((m for m in mentions if _within(m, told.inside)), None)
            position = told.position(side, issue)
            if first is None or position is True:
                continue
            if not isinstance(position, dict):
                yield Asked(first, target, {"stance": (NONE,)}, NONE)
                continue
            words = position["condition"]
            condition: Place | str = places(told.row["text"], [words])[0] if words else NONE
            yield Asked(first, target, {"stance": (position["stance"],)}, condition)


def _acts(told: _Told) -> Iterator[Asked]:
    """Every side with every other: labelled, or nothing done; and each alone, with all that it does."""
    acts = [act for act in told.row["acts"] if act["statement"] == told.number]
    if not told.row["acts"] or (not acts and told.number is None and told.row["statements"]):
        return  # not labelled; or told by the article, where nobody labelled that
    for actor in told.sides:
        first = told.holder(actor)
        its = [act for act in acts if act["actor"] == actor]
        if first is None or (actor == told.own and not its):
            continue
        yield _known(first, None, its, told.row["text"])
        for target in told.sides:
            behind = told.named(target)
            if target != actor and behind is not None:
                yield _known(first, behind, [a for a in its if a["target"] == target], told.row["text"])


def _known(first: Place, behind: Place | None, acts: Sequence[Row], text: str) -> Asked:
    if not acts:
        return Asked(first, behind, {"kind": (NONE,)})
    known = {
        "kind": tuple(a["act"] for a in acts),
        "negated": tuple("yes" if a["negated"] else "no" for a in acts),
        "tense": tuple(a["tense"] for a in acts),
        "modality": tuple(a["modality"] for a in acts),
    }
    conditions = {a["condition"] for a in acts}
    words = conditions.pop() if len(conditions) == 1 else ""
    condition: Place | str = places(text, [words])[0] if words else NONE if words is None else ""
    return Asked(first, behind, known, condition)


def events(path: Path) -> Iterator[Example]:
    """Our sentences of one act each, `events-*.tsv`."""
    for row in _tsv(path):
        known = {
            "kind": (row["kind"],), "negated": (row["negated"],), "tense": (row["tense"],),
            "modality": (row["modality"],),
        }  # fmt: skip
        if row["kind"] == NONE:
            known = {"kind": (NONE,)}
        yield _event(row["sentence"], row["source"], row["target"], known)


def plover(path: Path) -> Iterator[Example]:
    """The PLOVER sentences, with their roots as kinds."""
    for row in _tsv(path):
        root = row.get("gold_root")
        known = {"kind": ROOTS[root]} if root else {}
        yield _event(row["sentence"], row["source"], row["target"], known)


def _event(sentence: str, source: str, target: str, known: Mapping[str, tuple[str, ...]]) -> Example:
    return Example(
        sentence, {}, (Asked(_find(sentence, source), _find(sentence, target), known),), group=sentence
    )


def _find(sentence: str, words: str) -> Place | None:
    """Where words stand, in whatever case; None where they do not."""
    at = sentence.find(words) if words else -1
    if words and at < 0:
        at = sentence.casefold().find(words.casefold())
    return None if at < 0 else (at, at + len(words))


def quads(path: Path) -> Iterator[Example]:
    """The sentences with a class each: 0 a statement, 1 to 4 the quad classes."""
    for row in _tsv(path, ("split", "sentence", "class")):
        yield Example(row["sentence"], {}, (Asked(None, None),), int(row["class"]), row["sentence"])


def _tsv(path: Path, columns: Sequence[str] | None = None) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, columns, delimiter="\t"))


def real(path: Path) -> Iterator[Example]:
    """Statements of training articles and speeches that we labelled; the file holds ids and offsets."""
    known = {row["id"]: row for row in texts(True)}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield from _real(row, known[row["id"]])


def _real(row: Row, document: Row) -> Iterator[Example]:
    attribution = document["attributions"][row["number"]]
    start, end = row["passage"]
    text = document["text"][start:end]

    def moved(spans: Sequence[Sequence[int]]) -> tuple[Place, ...]:
        return tuple((a - start, b - start) for a, b in spans)

    content, source, cue = (moved(attribution[role]) for role in ("content", "source", "cue"))
    sides = {side: moved(spans) for side, spans in row["sides"].items()}
    own = row["side"]
    inside = {s: tuple(p for p in its if _within(p, content)) for s, its in sides.items()}
    first = {s: source[0] if s == own and source else (its[:1] or (None,))[0] for s, its in inside.items()}
    asked = []
    labelled = {(p["holder"], p["issue"]): p for p in row["positions"]}
    for side in sides:
        if first[side] is None and side != own:
            continue
        for issue, spans in row["issues"].items():
            target = next((p for p in moved(spans) if _within(p, content)), None)
            position = labelled.get((side, issue))
            known = {"stance": (position["stance"] if position else NONE,)}
            condition: Place | str = NONE
            if position and position["condition"]:
                condition = moved([position["condition"]])[0]
            asked.append(Asked(first[side], target, known, condition))
    if own is not None:
        behind = first.get(row["target"] or "") if row["target"] else None
        asked.append(Asked(first.get(own), None, {"kind": (row["act"],)}))
        if behind is not None and row["target"] != own:
            asked.append(Asked(first.get(own), behind, {"kind": (row["act"],)}))
    if asked:
        roles = {"source": source, "cue": cue, "content": content, "own": inside.get(own or "", ())}
        yield Example(text, roles, tuple(asked), group=row["id"])
