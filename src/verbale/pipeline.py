"""The order of the stages, written once: sources in, readings or reasons for skipping out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from verbale import version
from verbale.attributions import AttributionOptions, attributions
from verbale.documents import document
from verbale.errors import DocumentError
from verbale.issues import Linker, about, default_linker
from verbale.models import default_acts
from verbale.models.runtime import processor, runtime
from verbale.models.tagger import Tagged, TaggerModel
from verbale.positions import Scene, held, meetings_in, narrated
from verbale.registry import default_registry
from verbale.registry.parties import own_lexicon
from verbale.sources import SourceOptions, find
from verbale.speakers import SpeakerOptions, spoken
from verbale.types import Attribution, Document, Reader, Reading, Skipped, Source, Voice


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What to read and what to look for."""

    sources: SourceOptions = field(default_factory=SourceOptions)
    attributions: AttributionOptions = field(default_factory=AttributionOptions)
    speakers: SpeakerOptions = field(default_factory=SpeakerOptions)
    voice: Voice | None = None  # what kind of document it is, where the user knows better
    linker: Linker | None = None  # the issues to look for; the package's own when left out


def read(
    named: Iterable[str], model: TaggerModel, options: ReadOptions, stdin: BinaryIO | None = None
) -> Iterator[Reading | Skipped]:
    """Read sources one after the other; what cannot be read is yielded as Skipped and the rest goes on.

    Args:
        named: paths, folders, addresses or "-".
        model: the tagger.
        options: what to read and what to look for.
        stdin: what "-" stands for.
    """
    for name in named:
        for source in find(name, options.sources, stdin):
            yield source if isinstance(source, Skipped) else read_source(source, model, options)


def read_source(source: Source, model: TaggerModel, options: ReadOptions) -> Reading | Skipped:
    """Read one source."""
    try:
        found = document(source)
    except DocumentError as error:
        return Skipped(source.name, "document", error.code, error.detail)
    if options.voice is not None:
        found = replace(found, voice=options.voice)
    tagged = model.tag(found.text)
    said = attributions(found, tagged, options.attributions)
    return told(found, said, tagged, options)


def told(document: Document, said: tuple[Attribution, ...], tagged: Tagged, options: ReadOptions) -> Reading:
    """What is told of a document's attributions: who speaks, about what, and where each side stands."""
    found = spoken(document, said, tagged, default_registry(), options.speakers)
    links = (options.linker or default_linker()).links(document.text, found.sentences)
    scene = Scene(document, tagged.pieces, found.sentences, found.names, links, own_lexicon(), default_acts())
    statements = held(scene, said, found.statements, about(said, found.statements, links))
    return Reading(
        document,
        said,
        Reader(version(), f"{tagged.manifest.name}+{default_acts().name}", runtime(), processor()),
        statements=statements,
        narrated=narrated(scene, said, statements),
        meetings=tuple(meetings_in(scene, said, statements)),
    )
