"""States and bodies by all their names, to be found in texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from verbale.registry import OWN
from verbale.registry.lexicon import Entry, Lexicon
from verbale.registry.tables import table


@cache
def own_lexicon() -> Lexicon:
    """The package's own states and bodies by all their names."""
    return lexicon_of(party_names())


def lexicon_of(names: Mapping[str, Sequence[str]]) -> Lexicon:
    """States and bodies by their names."""
    return Lexicon.of(Entry(name, actor, "actor") for actor, all_ in names.items() for name in all_)


@cache
def party_names() -> Mapping[str, tuple[str, ...]]:
    """By id of a state or body of the package's own tables its names."""
    states = {
        s.id: (s.name, s.official, *s.adjectives, *s.people, s.capital, *s.stand_ins, *s.aliases)
        for s in table(OWN, "actors/states.csv").values()
    }
    bodies = {b.id: (b.name, *b.aliases, *b.stand_ins) for b in table(OWN, "actors/bodies.csv").values()}
    return {actor: tuple(filter(None, names)) for actor, names in (states | bodies).items()}
