"""How likely an attribution is right: a calibrated reading of the decoder's scores."""

from __future__ import annotations

import math
from collections.abc import Mapping


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Turn features into a probability by logistic regression, fitted on the held-back articles.

    Args:
        features: as `decode.Linked.features`.
        weights: by feature, with an `intercept`; as the manifest's `calibration`.
    """
    z = weights.get("intercept", 0.0) + sum(
        weights.get(name, 0.0) * value for name, value in features.items()
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
