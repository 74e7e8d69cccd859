"""The only rooms that know tensors: ONNX sessions, tokenizers, digests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verbale.models.acts import ActsModel
    from verbale.models.tagger import TaggerModel
    from verbale.models.vectors import VectorModel

FOLDER = Path(__file__).parent.parent / "data" / "models"


@cache
def default_tagger() -> TaggerModel:
    """The tagger that the package brings, loaded once."""
    from verbale.models.tagger import TaggerModel

    return TaggerModel(FOLDER / "tagger")


@cache
def default_acts() -> ActsModel:
    """The model of acts and positions that the package brings, loaded once."""
    from verbale.models.acts import ActsModel

    return ActsModel(FOLDER / "acts")


@cache
def default_vectors() -> VectorModel:
    """The sentence vectors that the package brings, loaded once."""
    from verbale.models.vectors import VectorModel

    return VectorModel(FOLDER / "vectors")
