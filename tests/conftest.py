"""What several tests share: the real model, and the data where it is."""

from __future__ import annotations

import pytest
from hypothesis import settings

from evaluation.score import MissingError, place
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel

# The same examples each time, so that a change is judged by what it changed; `make soak` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


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
