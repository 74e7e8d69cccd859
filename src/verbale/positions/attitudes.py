"""Cues that tell what somebody wants or thinks and are no saying: “Brelk wants talks”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from verbale.registry import OWN
from verbale.registry.tables import rows
from verbale.registry.wording import wording


@dataclass(frozen=True, slots=True)
class Attitude:
    """A word of such a cue."""

    word: str
    example: str


@cache
def _attitudes() -> re.Pattern[str]:
    return wording("|".join(each.word for _, each in rows(OWN, "positions/attitudes.csv", Attitude)))


def is_attitude(cue: str) -> bool:
    """Whether a cue tells an attitude, so that what follows is the teller's word."""
    return _attitudes().search(cue) is not None
