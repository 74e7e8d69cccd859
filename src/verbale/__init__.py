"""Verbale reads the news and keeps the diplomatic record: who said what, in which words.

>>> import verbale
>>> report = verbale.read("“We will come,” Minister Pal Orlay said.")
>>> report.attributions[0].content
'“We will come,”'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verbale.errors import VerbaleError
    from verbale.reading import read, read_all
    from verbale.report import Report

__all__ = ["Report", "VerbaleError", "read", "read_all", "version"]

_HOMES = {
    "Report": "verbale.report",
    "VerbaleError": "verbale.errors",
    "read": "verbale.reading",
    "read_all": "verbale.reading",
}


def version() -> str:
    """The version of this package."""
    from importlib.metadata import version as installed

    return installed("verbale")


def __getattr__(name: str) -> Any:
    """Import public names when they are first used, so that `verbale --version` answers at once."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'verbale' has no attribute {name!r}")
