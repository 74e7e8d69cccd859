"""What the registry calls states, bodies and outlets: one table of exact names, made once per registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verbale.registry import Registry
from verbale.registry.names import normal
from verbale.registry.tables import Role

# A capital or the seat that stands in for a state is read as the body of that name where there is one.
_RANK = {"body": 0, "state": 1, "outlet": 2}
_MINISTRY = {
    Role.FOREIGN_MINISTER: (Role.FOREIGN_MINISTER, "Foreign Ministry"),
    Role.DEPUTY_FOREIGN_MINISTER: (Role.FOREIGN_MINISTER, "Foreign Ministry"),
    Role.DEFENCE_MINISTER: (Role.DEFENCE_MINISTER, "Defence Ministry"),
    Role.DEPUTY_DEFENCE_MINISTER: (Role.DEFENCE_MINISTER, "Defence Ministry"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """An actor with one of its names.

    Attributes:
        kind: body, state or outlet.
        how: which of its names it is; see `verbale.registry.Candidate`.
    """

    id: str
    kind: str
    state: str
    how: str


def named(key: str, registry: Registry) -> tuple[Named, ...]:
    """The states, bodies and outlets that go by a name, bodies first.

    Args:
        key: as `verbale.registry.names.normal` makes it.
        registry: who is known.
    """
    return _table(registry, registry.connection.total_changes).get(key, ())


def body(words: str, state: str, registry: Registry) -> str:
    """The id of the body of a name: the only one, or that of a state; "" for none."""
    for calling in (words, *(f"{name} {words}" for name in _names(state, registry))):
        found = [n for n in named(normal(calling), registry) if n.kind in ("body", "outlet")]
        own = {n.id for n in found if not state or n.state in ("", state)}
        if len(own) == 1:
            return own.pop()
    return ""


@lru_cache(maxsize=4096)
def ministry(role: Role | None, state: str, registry: Registry) -> str:
    """The ministry that a minister or a deputy of a state belongs to, "" where the registry has none."""
    if role not in _MINISTRY or not state:
        return ""
    minister, name = _MINISTRY[role]
    bodies = [held.body for held in registry.holders(minister, state) if held.body]
    return bodies[-1] if bodies else body(name, state, registry)


def _names(state: str, registry: Registry) -> Sequence[str]:
    return _callings(registry, registry.connection.total_changes).get(state, ())


@lru_cache(maxsize=8)
def _table(registry: Registry, changes: int) -> Mapping[str, tuple[Named, ...]]:
    """All names but persons' by key; `changes` makes it anew when the registry is filled further."""
    rows = registry.connection.execute(
        "SELECT key, id, kind, state, how FROM name JOIN actor ON id = actor"
        " WHERE kind <> 'person' AND how <> 'domain'"
    )
    found: dict[str, list[Named]] = {}
    for key, *values in rows:
        found.setdefault(key, []).append(Named(*values))
    for each in found.values():
        each.sort(key=lambda n: (_RANK[n.kind], n.id, n.how))
    return {key: tuple(each) for key, each in found.items()}


@lru_cache(maxsize=8)
def _callings(registry: Registry, changes: int) -> Mapping[str, tuple[str, ...]]:
    """Adjectives and names of each state: what stands before "Foreign Ministry"."""
    rows = registry.connection.execute(
        "SELECT actor, text FROM name JOIN actor ON id = actor"
        " WHERE kind = 'state' AND how IN ('adjective', 'alias', 'name')"
        " ORDER BY actor, how, text"
    )
    found: dict[str, list[str]] = {}
    for actor, text in rows:
        found.setdefault(actor, []).append(text)
    return {actor: tuple(texts) for actor, texts in found.items()}
