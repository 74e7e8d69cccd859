"""What this stage is told of a document."""

from __future__ import annotations

from dataclasses import dataclass

from verbale.models.acts import ActsModel
from verbale.models.tokens import Pieces
from verbale.registry.lexicon import Lexicon
from verbale.types import Document, Link, Name, Span


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with what the stages before found in it.

    Attributes:
        sentences: cover the text but for blanks, in order.
        names: of persons and others, in order.
        links: the mentions of issues, in order.
        actors: states and bodies by their names.
        model: of acts and positions.
    """

    document: Document
    pieces: Pieces
    sentences: tuple[Span, ...]
    names: tuple[Name, ...]
    links: tuple[Link, ...]
    actors: Lexicon
    model: ActsModel
