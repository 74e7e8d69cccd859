"""Names → entities: whom a text names, each with all the names that it goes by."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verbale.registry import Registry
from verbale.speakers.titles.gender import courtesy
from verbale.speakers.titles.words import given_names
from verbale.types import Name

_PARTICLES = frozenset("de del della der den di da dos du la le van von bin ibn al el ter ten san st".split())  # noqa: SIM905
_COURTESY = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "lady", "sen", "rep", "gov", "gen",
     "col", "president", "senator", "governor", "minister", "secretary")
)  # fmt: skip
_SUFFIX = re.compile(r"(?:,?\s+(?:Jr|Sr)\.?|\s+I{1,3}|\s+IV)$")
_KNOWN = ("state", "body", "outlet")


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a text names.

    Attributes:
        kind: person, organisation, place, people or other.
        names: in order, at least one.
        actor: id of the state, body or outlet that its name means exactly; "" for persons and the unknown.
    """

    kind: str
    names: tuple[Name, ...]
    actor: str = ""

    def fullest(self, text: str) -> Name:
        """The name with most words, the earliest of those."""
        return max(self.names, key=lambda n: (len(n.span.of(text).split()), -n.span.start))


def entities(text: str, names: Sequence[Name], registry: Registry) -> tuple[Entity, ...]:
    """Put together the names that mean the same.

    A person's shorter name joins the earlier person whose name holds it and who is named most in full, else
    the next later one; two persons of one surname stay apart when their given names differ. Other names join
    when they are the same, mean the same state or body, or one is the initials of the other.

    Args:
        text: the document's text.
        names: in order.
        registry: who is known.

    Returns:
        In order of their first name.
    """
    lasts = {
        parts[-1]
        for name in names
        if name.kind == "person" and len(parts := parts_of(name.span.of(text))) > 1
    }
    known = [(name, _actor(name, name.span.of(text), lasts, registry)) for name in names]
    persons = [name for name, actor in known if name.kind == "person" and not actor]
    others = [(name, actor) for name, actor in known if name.kind != "person" or actor]
    found = [*_persons(text, persons), *_others(text, others)]
    return tuple(sorted(found, key=lambda entity: entity.names[0].span))


def _actor(name: Name, words: str, lasts: set[str], registry: Registry) -> str:
    """The state, body or outlet that a name means; none where it is the last name of somebody in the text."""
    if name.kind == "person" and words.casefold() in lasts:
        return ""
    return _known(words, registry)


def parts_of(name: str) -> tuple[str, ...]:
    """A person's names in lower case, without particles, initials' dots and what stands behind ("Jr.")."""
    words = re.findall(r"[\w'’-]+", _SUFFIX.sub("", name).casefold())
    return tuple(w for w in words if w not in _PARTICLES and w not in _COURTESY) or tuple(words)


@dataclass(slots=True)
class _Group:
    """Names that are one person's, with what is asked of them again and again."""

    names: list[Name]
    parts: set[tuple[str, ...]]
    starts: list[int]

    def add(self, name: Name, parts: tuple[str, ...]) -> None:
        self.names.append(name)
        self.parts.add(parts)
        insort(self.starts, name.span.start)

    def away(self, start: int) -> int:
        at = bisect_left(self.starts, start)
        return min(abs(each - start) for each in self.starts[max(0, at - 1) : at + 1])


def _persons(text: str, names: Sequence[Name]) -> list[Entity]:
    """Longer names first make the entities, shorter ones then join them."""
    groups: list[_Group] = []
    holding: dict[str, list[int]] = {}  # which groups have a part of a name
    parts = {name: parts_of(name.span.of(text)) for name in names}
    whole = Counter(own for own in parts.values() if len(own) > 1)
    for name in sorted(names, key=lambda n: (-len(parts[n]), n.span)):
        own = parts[name]
        near = dict.fromkeys(holding.get(own[-1], ())) if own else {}
        fitting = [g for g in near if any(_fits(own, known) for known in groups[g].parts)]
        if fitting:
            first = name.span.of(text).split(" ", 1)[0]  # the tagger may count "Ms." to the name
            told = courtesy(text, name.span.start) or courtesy(f"{first} ", len(first) + 1)
            number = min(fitting, key=lambda g: _unlike(name, own, groups[g], whole, told))
        else:
            number = len(groups)
            groups.append(_Group([], set(), []))
        groups[number].add(name, own)
        for part in own:
            if number not in holding.setdefault(part, []):
                holding[part].append(number)
    return [Entity("person", tuple(sorted(group.names, key=lambda n: n.span))) for group in groups]


def _fits(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether two names may be one person's: one last name and first names alike, or a part of the other."""
    if not short or not long:
        return False
    if len(short) == 1:
        return short[0] in long
    if short[-1] != long[-1]:
        return False
    if len(long) == 1:
        return True
    one, other = short[0], long[0]
    return (
        one == other
        or (min(len(one), len(other)) == 1 and one[0] == other[0])
        or set(short[:-1]) <= set(long[:-1])
    )


def _unlike(
    name: Name, own: tuple[str, ...], group: _Group, whole: Mapping[tuple[str, ...], int], gender: str
) -> tuple[int, bool, bool, int, int]:
    """How little a name fits a group: another gender, behind it, without its words, seldom in full, far away.

    A bare surname is that of whom the text names most in full, not of the relative who was named last.
    """
    start = name.span.start
    longest = max(group.parts, key=lambda p: (len(p), p))
    full = sum(whole[parts] for parts in group.parts)
    known = given_names().get(longest[0], "") if gender else ""
    differs = (known not in ("", gender)) - (known == gender != "")
    return differs, group.starts[0] > start, not set(own) <= set(longest), -full, group.away(start)


def _others(text: str, names: Sequence[tuple[Name, str]]) -> list[Entity]:
    groups: dict[str, list[Name]] = {}
    actors: dict[str, str] = {}
    for name, actor in names:
        words = name.span.of(text)
        key = actor or _plain(words)
        if not actor and words.isupper() and len(words) > 1:  # initials of a name before it
            key = next((k for k, g in groups.items() if _initials(g[0].span.of(text)) == words), key)
        groups.setdefault(key, []).append(name)
        actors[key] = actor
    return [Entity(_kind(group, actors[key]), tuple(group), actors[key]) for key, group in groups.items()]


def _kind(group: Sequence[Name], actor: str) -> str:
    kinds = [name.kind for name in group if name.kind != "person"]
    if actor:
        return "place" if len(actor) == 3 and actor.isupper() else "organisation"
    return max(sorted(set(kinds)), key=kinds.count)


def _plain(words: str) -> str:
    return re.sub(r"^the\s+|[^\w\s]", "", words.casefold()).strip()


def _initials(words: str) -> str:
    return "".join(w[0] for w in re.findall(r"\b[A-Z]\w+", words))


@lru_cache(maxsize=8192)
def _known(words: str, registry: Registry) -> str:
    """The state, body or outlet that a name means exactly, "" for none."""
    found = [c for c in registry.find(re.sub(r"^[Tt]he\s+", "", words), kinds=_KNOWN) if c.score == 1.0]
    best = min(found, key=lambda c: (_KNOWN.index(c.kind), c.id), default=None)
    return best.id if best else ""
