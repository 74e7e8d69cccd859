"""What is found in a source, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text and what its file or page says of itself; None or "" where it says nothing.

    Attributes:
        text: with a line a paragraph, or to the letter where the source is plain text.
        host: the site's address, which stands for an outlet that nothing else names.
        language: that the page declares, an ISO 639-1 code.
    """

    text: str
    title: str = ""
    url: str = ""
    outlet: str = ""
    host: str = ""
    published: date | None = None
    language: str = ""
