"""Document → Attributions: who says what in a text, each part tied to its characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from verbale.attributions.decode import Rules, decode, segments
from verbale.attributions.found import Found, found_in
from verbale.attributions.inferred import inferred
from verbale.attributions.nested import nested
from verbale.attributions.paragraphs import join_paragraphs
from verbale.attributions.utterances import DOCUMENT, TURN, inside, outside, utterances
from verbale.models.manifest import Manifest
from verbale.models.tagger import Scores, Tagged
from verbale.models.tokens import Pieces
from verbale.types import Attribution, Document, Reason, digest

__all__ = ["AttributionOptions", "attributions"]


@dataclass(frozen=True, slots=True)
class AttributionOptions:
    """What to look for beside the attributions that stand on their own.

    Attributes:
        nested: those inside another's content.
        inferred: quotations that stand alone in a paragraph, as speech of whoever spoke last.
    """

    nested: bool = True
    inferred: bool = False


def attributions(
    document: Document, tagged: Tagged, options: AttributionOptions | None = None
) -> tuple[Attribution, ...]:
    """Find the attributions of a document.

    Args:
        document: what to read.
        tagged: its text as the tagger read it.
        options: what else to look for.

    Returns:
        The attributions in order of their first character, a nested one behind the one it lies in.
    """
    options = options or AttributionOptions()
    text, pieces, layers, manifest = document.text, tagged.pieces, tagged.layers, tagged.manifest
    if not len(pieces):
        return ()
    owners = utterances(document)
    outer = top_level(text, pieces, layers.outer, manifest)
    within = nested(text, pieces, outer, layers.nested, manifest) if options.nested else [[] for _ in outer]
    inner = {id(found): each for found, each in zip(outer, within, strict=True)}
    rows = [
        row for found in outside(owners, outer) for row in _rows(document, found, inner[id(found)], manifest)
    ]
    for owner in owners:
        said = _attribution(document, owner, manifest.name)
        rows.append(said)
        for found in _within(owner, outer, inner) if options.nested else ():
            rows += _rows(document, found, inner.get(id(found), []), manifest, said.id)
    if options.inferred:
        rows += [_attribution(document, each, "1") for each in inferred(text, outer, pieces.quotations)]
    return tuple(sorted(rows, key=lambda row: (_start(row), row.parent is not None)))


def top_level(text: str, pieces: Pieces, scores: Scores, manifest: Manifest) -> list[Found]:
    """The attributions that stand in no other's content, likely enough ones only."""
    runs = segments(pieces.lines, scores.tags[:, manifest.tags.index("O")])
    linked = chain.from_iterable(decode(runs, scores, Rules.of(manifest, "outer")))
    found = found_in(text, pieces, list(linked), manifest.calibration)
    likely = [each for each in found if each.probability >= manifest.decoding["least"]]
    return join_paragraphs(text, likely, pieces.quotations)


def _within(owner: Found, outer: list[Found], inner: dict[int, list[Found]]) -> list[Found]:
    """What an utterance quotes; where the tagger takes the utterance itself for one, what lies in that."""
    whole = inside(owner, outer)
    kept = {id(found) for found in whole}
    others = chain.from_iterable(inner[id(found)] for found in outer if id(found) not in kept)
    return [*whole, *inside(owner, list(others))]


def _rows(
    document: Document, outer: Found, inner: list[Found], manifest: Manifest, parent: str | None = None
) -> Iterator[Attribution]:
    row = _attribution(document, outer, manifest.name, parent)
    yield row
    for each in inner:
        yield _attribution(document, each, manifest.name, row.id)


def _attribution(document: Document, found: Found, version: str, parent: str | None = None) -> Attribution:
    spans = [[[s.start, s.end] for s in role] for role in (found.source, found.cue, found.content)]
    return Attribution(
        id="a-" + digest("attribution", document.digest, parent, spans)[:12],
        source=found.source,
        cue=found.cue,
        content=found.content,
        kind=found.kind,
        probability=found.probability,
        parent=parent,
        inferred=not found.cue and found.rule not in (TURN, DOCUMENT),
        reasons=(Reason("attribution", found.rule, version, found.probability, _detail(found)),),
    )


def _detail(found: Found) -> str:
    """The decoder's scores, as a person can compare them."""
    return ", ".join(f"{name} {value:.2f}" for name, value in found.features.items() if value)


def _start(row: Attribution) -> int:
    return min(span.start for span in (*row.source, *row.cue, *row.content))
