"""Names across spellings and scripts: what they share, and how alike two are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

_WORD = re.compile(r"[a-z0-9]+")
# Spellings of one sound in transliterations: Zelenskyy and Zelensky, Yuri and Iouri, Qadhafi and Gaddafi.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|shch|sh|sz", "s"),
        (r"tch|tsch|ch|cz", "c"),
        (r"zh|dzh|dj|j(?=[aeiou])", "z"),
        (r"kh|gh|q|ck|g|k|c(?=[aou])", "k"),
        (r"ph|ff", "f"),
        (r"ts|tz", "z"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"dh|th", "d"),
        (r"[aeiouyjh']", ""),
    )
)
LAST_ALIKE = 0.85  # likeness of last names below which nothing else helps
_TITLES = frozenset("mr mrs ms miss dr sir dame lord lady prof".split())  # noqa: SIM905


def normal(name: str) -> str:
    """Lower-case ASCII words without marks: two spellings that differ in these alone are one."""
    return " ".join(_WORD.findall(anyascii(name).lower().replace("'", "").replace(".", "")))


def skeleton(word: str) -> str:
    """What the spellings of a name in different transliterations have in common: its consonants."""
    first = "a" if word[:1] in "aeiouyj" else ""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return first + re.sub(r"(.)\1+", r"\1", word)


def parts(name: str) -> Sequence[str]:
    """The words of a person's name, hyphens closed, without courtesy titles."""
    return [word for word in normal(name.replace("-", "")).split() if word not in _TITLES]


def likeness(one: str, other: str) -> float:
    """How alike two names of persons are, 0 to 1.

    Last names count most; given names may be initials or missing. Jaro-Winkler by word (Winkler 1990);
    words that share a skeleton count as at least 0.9 alike.
    """
    first, second = parts(one), parts(other)
    if not first or not second:
        return 0.0
    last = _alike(first[-1], second[-1])
    if last < LAST_ALIKE:
        return 0.9 * last
    given = [_alike(a, b) for a, b in zip(first[:-1], second[:-1], strict=False)]
    if not given:
        return last * (1.0 if len(first) == len(second) else 0.9)
    return 0.6 * last + 0.4 * sum(given) / len(given)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.9 if one[0] == other[0] else 0.0
    score = float(JaroWinkler.similarity(one, other))
    return max(score, 0.9) if skeleton(one) == skeleton(other) and score > 0.6 else score
