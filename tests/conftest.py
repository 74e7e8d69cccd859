"""What several tests share: the real model, and the data where it is."""

from __future__ import annotations

import pytest

from evaluation.score import MissingError, place
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel


@pytest.fixture(scope="session")
def model() -> TaggerModel:
    """The tagger that the package brings."""
    return default_tagger()


@pytest.fixture(scope="session")
def data() -> None:
    """Skip, and say so, where the data or the scorer is not there."""
    for variable in ("VERBALE_DATA", "VERBALE_GOLD", "VERBALE_SCORER"):
        try:
            place(variable)
        except MissingError as error:
            pytest.skip(str(error))
