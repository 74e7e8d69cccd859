"""Passages and pairs as inputs, and the acts model on them."""

from __future__ import annotations

import numpy as np
import pytest

from verbale.errors import ModelError
from verbale.models import default_acts
from verbale.models.acts import ActsModel
from verbale.models.framed import ROLES, Pair, Passage, framed
from verbale.models.tagger import TaggerModel

TEXT = "Keldavia is ready for talks on the strait, while Brelk has ruled them out, Una Orvask said."


def passage(model: TaggerModel, *pairs: Pair) -> tuple[object, Passage]:
    pieces = model.cut(TEXT)
    return pieces, Passage(slice(0, len(pieces)), np.zeros(len(pieces), dtype=np.int64), pairs)


def test_markers_stand_behind_with_the_places_of_their_spans(model: TaggerModel) -> None:
    pieces = model.cut(TEXT)
    roles = np.full(len(pieces), ROLES.index("content"), dtype=np.int64)
    inputs = framed(
        pieces, Passage(slice(0, len(pieces)), roles, (Pair(0, 4), Pair(9, -1))), (101, 102), (2, 3)
    )
    length = len(pieces) + 2
    assert [len(values) for name, values in inputs.items() if name != "where"] == [length + 4] * 7
    assert inputs["ids"][[0, length - 1]].tolist() == [101, 102]
    assert inputs["ids"][length:].tolist() == [2, 3, 2, 3]
    assert inputs["positions"][length:].tolist() == [
        1,
        5,
        10,
        0,
    ]  # counted with [CLS], which stands for nobody
    assert inputs["pairs"][length:].tolist() == [1, 1, 2, 2]
    assert inputs["where"].tolist() == [[length, length + 1], [length + 2, length + 3]]
    assert inputs["roles"][1 : length - 1].tolist() == roles.tolist()


def test_a_pair_is_answered_the_same_whatever_is_asked_beside_it(model: TaggerModel) -> None:
    """Whether a side has a stance must not hang on which other sides are asked about."""
    acts, pieces = default_acts(), model.cut(TEXT)
    roles = np.zeros(len(pieces), dtype=np.int64)
    whole = slice(0, len(pieces))
    asked = (Pair(0, 4), Pair(9, 4), Pair(0, -1), Pair(9, 0))
    together = acts.answers(pieces, Passage(whole, roles, asked))
    for pair, beside in zip(asked, together, strict=True):
        alone = acts.answers(pieces, Passage(whole, roles, (pair, pair)))[0]
        for head, chances in alone.heads.items():
            assert sum(chances.values()) == pytest.approx(1, abs=1e-5)
            # int8 takes one scale a run, so that rounding differs a little
            assert all(abs(chances[k] - beside.heads[head][k]) < 0.12 for k in chances), head


def test_one_pair_is_answered_too(model: TaggerModel) -> None:
    pieces = model.cut(TEXT)
    roles = np.zeros(len(pieces), dtype=np.int64)
    assert len(default_acts().answers(pieces, Passage(slice(0, len(pieces)), roles, (Pair(0, 4),)))) == 1


def test_a_folder_without_a_model_is_told(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(ModelError, match="is no manifest"):
        ActsModel(Path(str(tmp_path)))
