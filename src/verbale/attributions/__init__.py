"""Document → Attributions: who says what in a text, each part tied to its characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verbale.attributions.decode import decode
from verbale.attributions.found import Found, found_in
from verbale.attributions.inferred import inferred
from verbale.attributions.nested import Traces, nested, traces
from verbale.attributions.paragraphs import join_paragraphs
from verbale.models.tagger import TaggerModel
from verbale.quotes import quotations
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
    document: Document, model: TaggerModel, options: AttributionOptions | None = None
) -> tuple[Attribution, ...]:
    """Find the attributions of a document.

    Args:
        document: what to read.
        model: the tagger.
        options: what else to look for.

    Returns:
        The attributions in order of their first character, a nested one behind the one it lies in.
    """
    options = options or AttributionOptions()
    text, manifest = document.text, model.manifest
    pieces = model.cut(text)
    if not len(pieces):
        return ()
    scores = model.score(pieces)
    quoted = quotations(text)
    outer = found_in(text, pieces, decode(pieces, scores, manifest), manifest.calibration)
    outer = join_paragraphs(text, [o for o in outer if o.probability >= manifest.decoding["least"]], quoted)
    left = traces(pieces, scores, manifest) if options.nested else None
    rows = [row for found in outer for row in _with_nested(document, found, left, model)]
    if options.inferred:
        rows += [_attribution(document, each, "1") for each in inferred(text, outer, quoted)]
    return tuple(sorted(rows, key=lambda row: (_start(row), row.parent is not None)))


def _with_nested(
    document: Document, found: Found, left: Traces | None, model: TaggerModel, parent: str | None = None
) -> Iterator[Attribution]:
    """An attribution and those inside its content, and inside theirs: contents grow shorter."""
    row = _attribution(document, found, model.manifest.name, parent)
    yield row
    if left is not None:
        for inner in nested(document.text, found, left, model):
            yield from _with_nested(document, inner, left, model, row.id)


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
        inferred=not found.cue,
        reasons=(Reason("attribution", found.rule, version, found.probability, _detail(found)),),
    )


def _detail(found: Found) -> str:
    """The decoder's scores, as a person can compare them."""
    return ", ".join(f"{name} {value:.2f}" for name, value in found.features.items() if value)


def _start(row: Attribution) -> int:
    return min(span.start for span in (*row.source, *row.cue, *row.content))
