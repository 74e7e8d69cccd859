"""What a labeller copied from a text → where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

Place = tuple[int, int]


def places(text: str, strings: Sequence[str]) -> tuple[Place, ...]:
    """Where strings stand: each where it is found first, or the nth time where it ends with "#n".

    Raises:
        ValueError: one is not there.
    """
    found, seen = list[Place](), dict[str, int]()
    for string in strings:
        match = re.fullmatch(r"(.+)#(\d+)", string, re.DOTALL)
        words, nth = (match[1], int(match[2])) if match and string not in text else (string, 0)
        if not nth:  # the same mention named again is its next one
            seen[words] = seen.get(words, 0) + 1
            nth = seen[words] if text.count(words) >= seen[words] else 1
        at = -1
        for _ in range(nth):
            at = text.find(words, at + 1)
        if at < 0 or not words:
            raise ValueError(f"{string!r} does not stand in {text!r}")
        found.append((at, at + len(words)))
    return tuple(found)
