"""How probable it is that a speaker is right: the choice's probability, and what was chosen for what.

The choice knows only its candidates. That a poll's issuer is seldom found, or that a word does not tell a
group from some who are nameless, a logistic regression adds, fitted by `training/antecedents.py` on articles
that the choice was not fitted on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from verbale.speakers.described import head_of
from verbale.speakers.resolve import Meant
from verbale.speakers.sources import Form


def features(meant: Meant, share: float) -> dict[str, float]:
    """What the probability depends on.

    Args:
        meant: whom a pronoun or description means.
        share: the probability of the kind of voice; 1 where nothing was to be told.
    """
    pronoun = meant.ref.form is Form.PRONOUN
    chosen = "named" if meant.entities else "itself" if meant.mention == meant.ref.span else "described"
    word = {"she": "he", "we": "i", "you": "i"}.get(meant.ref.pronoun, meant.ref.pronoun)
    found = {"choice": _logit(meant.probability), f"{word or 'description'} {chosen}": 1.0}
    if share < 1:
        found["voice"] = _logit(share)
    if not pronoun:
        found[f"{head_of(meant.ref.words)[1]} {chosen}"] = 1.0
    return found


def sureness(meant: Meant, share: float, weights: Mapping[str, float]) -> float:
    """The probability that the answer is right; without weights that of the choice."""
    return probability(features(meant, share), weights) if weights else meant.probability


def probability(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """A logistic regression's, "always" being its intercept."""
    score = weights.get("always", 0.0) + sum(weights.get(n, 0.0) * value for n, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _logit(share: float) -> float:
    kept = min(0.999, max(0.001, share))
    return math.log(kept / (1 - kept))
