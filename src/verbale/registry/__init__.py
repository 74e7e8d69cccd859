"""Who there is: states, bodies, persons with dated offices, and outlets, as tables that a person edits."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from verbale.registry.check import contradictions
from verbale.registry.imports import imported
from verbale.registry.index import Candidate, Held, Registry
from verbale.registry.tables import load

__all__ = ["OWN", "Candidate", "Held", "Registry", "contradictions", "default_registry", "imported", "load"]

OWN = Path(str(files("verbale") / "data"))  # the tables that the package brings


@cache
def default_registry() -> Registry:
    """The package's own tables, ready for looking up."""
    return Registry().fill(load(OWN))
