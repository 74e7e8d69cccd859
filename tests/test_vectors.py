from __future__ import annotations

import json

import numpy as np
import pytest

from verbale.models import FOLDER
from verbale.models.vectors import LONGEST, VectorModel, inputs_of


@pytest.fixture(scope="module")
def vectors() -> VectorModel:
    return VectorModel(FOLDER / "vectors")


def test_like_meanings_stand_near_each_other(vectors: VectorModel) -> None:
    one, same, other = vectors.vectors(
        [
            "Ruritania will come back to the talks.",
            "It would return to the negotiations.",
            "The cook made soup.",
        ]
    )
    assert one @ same > one @ other + 0.2


def test_length_one_and_no_neighbours(vectors: VectorModel) -> None:
    texts = ["No.", "We will come, but not before the spring, and not to Zenda.", ""]
    together = vectors.vectors(texts)
    assert together.shape == (3, vectors.width)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert all(
        np.array_equal(row, vectors.vectors([text])[0]) for row, text in zip(together, texts, strict=True)
    )
    assert vectors.vectors([]).shape == (0, vectors.width)


def test_a_long_text_is_cut(vectors: VectorModel) -> None:
    long = "talks " * 1000
    assert inputs_of(long, vectors.tokenizer).shape == (1, LONGEST)
    assert vectors.vectors([long]).shape == (1, vectors.width)


def test_int8_stays_near_fp32() -> None:
    written = json.loads((FOLDER / "vectors" / "manifest.json").read_text(encoding="utf-8"))
    assert written["cosine_with_fp32"]["mean"] >= 0.985
