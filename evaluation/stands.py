"""The real report's positions and acts, as it is and under swaps of its names.

    python -m evaluation.stands [--model FOLDER] [--misses]

Under a swap the invented states and the invented treaty take the place of the real ones in the tables, as a
user's own tables would bring them; all else is as it is.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.chain import paired
from evaluation.score import Row, gold_report
from evaluation.swaps import STATES, swap, table
from verbale.attributions import attributions
from verbale.issues import Linker, about, default_linker, default_weights, linker
from verbale.models import default_acts, default_tagger, default_vectors
from verbale.models.acts import ActsModel
from verbale.positions import Scene, held, narrated
from verbale.registry import OWN, Registry, default_registry, load
from verbale.registry.issues import Issues
from verbale.registry.lexicon import Lexicon
from verbale.registry.parties import lexicon_of, own_lexicon, party_names
from verbale.speakers import spoken
from verbale.types import Attribution, Document, Narrated, Statement, digest

# What the report's labels call issues and matters.
ISSUES = {
    "security guarantees": "security-guarantees",
    "strategic stability dialogue": "strategic-stability-dialogue",
    "New START": "new-start",
}
MATTERS = {
    "negotiations on security guarantees": "negotiations",
    "the dialogue": "talks",
    "the treaty": "treaty",
}


@dataclass(frozen=True, slots=True)
class World:
    """Who and what is known."""

    registry: Registry
    linker: Linker
    actors: Lexicon


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in the report."""

    statements: list[tuple[Attribution, Statement]]
    narrated: tuple[Narrated, ...]


def world() -> World:
    """The package's own."""
    return World(default_registry(), default_linker(), own_lexicon())


def swapped_world(names: dict[str, str]) -> World:
    """The same with the invented states and treaty of a swap in the places of the real ones."""
    tables, parties = load(OWN), dict(party_names())
    states = dict(tables.states)
    for real, id_ in (("Russia", "RUS"), ("United States", "USA")):
        ours = next(s for s in STATES if names[real] in (s[0], s[4]))
        place = next(place for place, state in states.items() if state.id == id_)
        states[place] = replace(
            states[place], name=ours[0], official=ours[4], adjectives=(ours[1],), people=(ours[2],),
            capital=ours[3], stand_ins=(), aliases=(ours[5],),
        )  # fmt: skip
        parties[id_] = ours
    known = default_linker().issues
    treaty = replace(known.by_id["new-start"], aliases=(names["New START"], f"{names['New START']} treaty"))
    issues = Issues(dict(known.by_id) | {"new-start": treaty}, known.matters, known.names, known.nouns)
    made = linker(issues, parties, default_linker().vectors, default_vectors(), default_weights())
    return World(Registry().fill(replace(tables, states=states)), made, lexicon_of(parties))


def read(text: str, published: date | None, outlet: str, known: World, model: ActsModel) -> Told:
    """Read a text with what is known."""
    document = Document("d", "d", text, digest(text), outlet=outlet, published=published, language="en")
    tagged = default_tagger().tag(text)
    said = attributions(document, tagged)
    told = spoken(document, said, tagged, known.registry)
    links = known.linker.links(text, told.sentences)
    scene = Scene(document, tagged.pieces, told.sentences, told.names, links, known.actors, model)
    statements = held(scene, said, told.statements, about(said, told.statements, links))
    return Told(list(zip(said, statements, strict=True)), narrated(scene, said, told.statements))


def positions(report: Row, told: Told) -> tuple[list[str], list[str]]:
    """The labelled positions that were missed, and those given that are not labelled, in words."""
    missed, given = [], []
    matched = set[str]()
    for row in report["attributions"]:
        pair = paired(row, told.statements)
        own = set(_stances(pair[1])) if pair else set[tuple[str, ...]]()
        wanted = {
            (p["holder"], ISSUES[p["issue"]], MATTERS[p["matter"]], p["stance"], p["ascribed_by"] or "")
            for p in row["positions"]
        }
        matched.add(pair[1].id if pair else "")
        missed += [f"{row['id']} {each}" for each in wanted - own]
        given += [f"{row['id']} {each}" for each in own - wanted]
    for _, statement in told.statements:
        if statement.id not in matched:
            given += [f"{statement.id} {each}" for each in _stances(statement)]
    given += [f"narrated {each}" for n in told.narrated for each in _stances(n)]
    return missed, given


def _stances(statement: Statement | Narrated) -> list[tuple[str, ...]]:
    return [
        (
            p.holder.id,
            p.issue,
            p.matter,
            p.stance.value,
            "" if not p.ascribed else p.by.id if p.by else "article",
        )
        for p in statement.positions
    ]


def acts(report: Row, told: Told) -> list[str]:
    """The labelled acts that were missed: code, target and whether conditional."""
    missed = []
    for row in report["attributions"]:
        pair = paired(row, told.statements)
        own = [
            (a.cameo[:3], a.target.id if a.target else None, a.modality.value == "conditional")
            for a in (pair[1].acts if pair else ())
        ]
        for act in row["acts"]:
            wanted = (act["cameo"], act["target"], act["conditional"])
            if not any(o[0] == wanted[0] and o[2] == wanted[2] and wanted[1] in (None, o[1]) for o in own):
                missed.append(f"{row['id']} {act['act']} {wanted}: {own}")
    return missed


def outline(told: Told) -> set[tuple[str, ...]]:
    """Who stands where by the report: what must stay under swaps."""
    return {each for _, statement in told.statements for each in _stances(statement)}


def figures(model: ActsModel, misses: bool = False) -> dict[str, Any]:
    """Right of asked; others given; how the swaps fare."""
    report = gold_report()
    published = date.fromisoformat(report["published"])
    told = read(report["text"], published, report["outlet"], world(), model)
    missed, given = positions(report, told)
    undone = acts(report, told)
    if misses:
        print("\n".join(["missed", *missed, "given", *given, "acts", *undone]))
    wanted = sum(len(row["positions"]) for row in report["attributions"])
    all_acts = sum(len(row["acts"]) for row in report["attributions"])
    before, shares = outline(told), []
    for seed in range(20):
        names = table(seed)
        after = outline(read(swap(report["text"], names).text, published, "", swapped_world(names), model))
        shares.append(len(before & after) / max(1, len(before | after)))
        if misses and before != after:
            print("swap", seed, "-", sorted(before - after), "+", sorted(after - before))
    return {
        "positions right": wanted - len(missed),
        "positions": wanted,
        "others given": len(given),
        "own words of the United States": sum("'USA'" in g and "''" in g for g in given),
        "acts found": all_acts - len(undone),
        "acts": all_acts,
        "positions kept in swaps": round(100 * sum(shares) / len(shares), 1),
        "swaps that keep all": sum(share == 1 for share in shares),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    model = ActsModel(options.model) if options.model else default_acts()
    print(json.dumps(figures(model, options.misses), indent=1))


if __name__ == "__main__":
    main()
