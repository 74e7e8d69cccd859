"""How alike a phrase and the names of issues are, by sentence vectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbale.issues.phrases import Phrase
from verbale.models.vectors import VectorModel
from verbale.registry.issues import Issue

FLOOR = 0.45  # cosine below which no name is alike
MOST = 4  # issues


@dataclass(frozen=True, slots=True)
class Names:
    """Vectors of all names of issues, int8 rows.

    Attributes:
        issues: for each row the issue's id.
        rows: int8, [names, width], each of length about 127.
    """

    issues: tuple[str, ...]
    rows: NDArray[np.int8]


def names_of(issues: Iterable[Issue]) -> list[tuple[str, str]]:
    """Id and name of everything that a phrase is compared with."""
    return [
        (issue.id, name)
        for issue in issues
        for name in dict.fromkeys((issue.name, *issue.aliases, *issue.short))
    ]


def vectors_of(issues: Iterable[Issue], model: VectorModel) -> Names:
    """Make the names of issues comparable: about two milliseconds a name."""
    known = names_of(issues)
    rows = np.round(127 * model.vectors([name for _, name in known])).astype(np.int8)
    return Names(tuple(issue for issue, _ in known), rows)


def load(path: Path) -> Names:
    """Read what `training.links` wrote."""
    with np.load(path) as found:
        return Names(tuple(found["issues"].tolist()), found["rows"])


def alike(phrase: Phrase, names: Names, model: VectorModel) -> Mapping[str, float]:
    """By issue the cosine of its most alike name and a phrase, of the few most alike ones above a floor.

    A phrase of a bare head is like everything, so nothing is asked for it.
    """
    words = (*phrase.before, phrase.head.head, *phrase.behind)
    if len(words) < 2:
        return {}
    cosines = (names.rows @ model.vectors([" ".join(words)])[0].astype(np.float32)) / 127
    found: dict[str, float] = {}
    for row in np.argsort(-cosines)[: 8 * MOST]:
        if cosines[row] < FLOOR or len(found) == MOST:
            break
        found.setdefault(names.issues[row], float(cosines[row]))
    return found


def joined(one: Names, other: Names) -> Names:
    """The names of both."""
    return Names((*one.issues, *other.issues), np.concatenate((one.rows, other.rows)))


def asked(phrases: Sequence[Phrase]) -> int:
    """How many of some phrases are compared by vectors."""
    return sum(bool(phrase.before or phrase.behind) for phrase in phrases)
