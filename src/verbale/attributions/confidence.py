"""How likely an attribution is right: a calibrated reading of the decoder's scores."""

from __future__ import annotations

import math
from collections.abc import Mapping

BETA = ("beta_right", "beta_wrong", "beta_intercept")
STRAIGHT = (1.0, 1.0, 0.0)  # what bends nothing


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Turn features into a probability by logistic regression, bent by beta calibration (Kull et al. 2017).

    Both were fitted on the held-back articles.

    Args:
        features: as `decode.Linked.features`.
        weights: by feature, with an `intercept`, and the three of BETA; as the manifest's `calibration`.
    """
    z = weights.get("intercept", 0.0) + sum(
        weights.get(name, 0.0) * value for name, value in features.items()
    )
    straight = sigmoid(z)
    right, wrong, shift = (weights.get(name, known) for name, known in zip(BETA, STRAIGHT, strict=True))
    return sigmoid(right * math.log(straight) - wrong * math.log1p(-straight) + shift)


def sigmoid(z: float) -> float:
    """The logistic function, kept from 0 and 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
