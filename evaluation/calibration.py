"""How well the probabilities are calibrated, as a number and as a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.score import Row, attributed_right, found_in
from verbale.attributions import AttributionOptions
from verbale.models.tagger import TaggerModel

Floats = NDArray[np.float64]
BINS = 10


def outcomes(rows: list[Row], model: TaggerModel) -> tuple[Floats, Floats]:
    """The probability of each top-level attribution found, and 1 where the scorer counts it as attributed."""
    probabilities, right = [], []
    for row in rows:
        found = found_in(row, model, AttributionOptions(nested=False))
        good = attributed_right(row, found)
        probabilities += [a.probability for a in found]
        right += [float(number in good) for number in range(len(found))]
    return np.array(probabilities), np.array(right)


def expected_error(probabilities: Floats, right: Floats) -> float:
    """Expected calibration error over ten bins of equal count (Naeini et al. 2015)."""
    parts = np.array_split(np.argsort(probabilities, kind="stable"), BINS)
    gaps = [abs(probabilities[p].mean() - right[p].mean()) * len(p) for p in parts if len(p)]
    return float(sum(gaps) / len(probabilities))


def draw(sets: dict[str, tuple[Floats, Floats]], path: Path) -> None:
    """Draw the reliability picture: share right against probability, one line a set."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "verbale"  # the same picture, the same bytes
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(5, 5), layout="constrained")
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle=":", label="perfect")
    for (name, (probabilities, right)), marker in zip(sets.items(), "os^", strict=False):
        parts = np.array_split(np.argsort(probabilities, kind="stable"), BINS)
        axes.plot(
            [probabilities[p].mean() for p in parts],
            [right[p].mean() for p in parts],
            marker=marker,
            color="black",
            markerfacecolor="white" if marker != "o" else "black",
            linewidth=1,
            label=f"{name} ({len(right)})",
        )
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability given", ylabel="share right", aspect="equal")
    axes.legend(loc="upper left")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
