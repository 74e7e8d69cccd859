"""Logistic regression: the small fit that calibration needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fit(features: Floats, labels: Floats, decay: float, steps: int = 30) -> Floats:
    """Fit by Newton's method, features scaled to one deviation, weights but the intercept decayed.

    Args:
        features: [rows, columns].
        labels: [rows], 0 or 1.
        decay: how strongly weights are drawn to 0.
        steps: of Newton's method.

    Returns:
        Weights of the unscaled features with the intercept last: [columns + 1].
    """
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    x = np.hstack([(features - centre) / spread, np.ones((len(features), 1))])
    weights = np.zeros(x.shape[1])
    penalty = np.diag([decay] * features.shape[1] + [1e-6])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - labels) + penalty @ weights
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, gradient)
    unscaled = weights[:-1] / spread
    return np.append(unscaled, weights[-1] - (unscaled * centre).sum())
