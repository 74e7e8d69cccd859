"""Attributions → Statements: who speaks, for whom, through whom, to whom, where and when."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verbale.models.tagger import Tagged
from verbale.registry import Registry
from verbale.speakers.carried import Said, carry
from verbale.speakers.circumstances import circumstances, own_outlet, relays
from verbale.speakers.context import Context, sentences
from verbale.speakers.names import names
from verbale.speakers.resolve import resolve
from verbale.speakers.speaking import Told, who
from verbale.types import Attribution, Circumstances, Document, Name, Reason, Relay, Span, Statement, digest

__all__ = ["SpeakerOptions", "Spoken", "spoken", "statements"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What this stage finds.

    Attributes:
        statements: one for each attribution, in their order.
        names: of persons, organisations, places and peoples, in order.
        sentences: cover the text but for blanks, in order.
    """

    statements: tuple[Statement, ...]
    names: tuple[Name, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpeakerOptions:
    """What is known of the speakers beside the text.

    Attributes:
        speaker: whose a statement, speech or post is, where its text does not say.
    """

    speaker: str = ""


def statements(
    document: Document,
    attributions: Sequence[Attribution],
    tagged: Tagged,
    registry: Registry,
    options: SpeakerOptions | None = None,
) -> tuple[Statement, ...]:
    """Make a statement of each attribution; see `spoken`."""
    return spoken(document, attributions, tagged, registry, options).statements


def spoken(
    document: Document,
    attributions: Sequence[Attribution],
    tagged: Tagged,
    registry: Registry,
    options: SpeakerOptions | None = None,
) -> Spoken:
    """Make a statement of each attribution.

    Args:
        document: what was read.
        attributions: what was found in it.
        tagged: its text as the tagger read it.
        registry: who is known.
        options: what else is known.

    Returns:
        The statements, with the names and sentences of the text.
    """
    text = document.text
    sources = [span for attribution in attributions for span in attribution.source[:1]]
    found = names(text, tagged.pieces, tagged.layers.mentions, tagged.manifest, sources)
    context = Context(document, tuple(attributions), found, sentences(text), registry)
    meant = resolve(context, tagged.pieces, tagged.layers.mentions, tagged.manifest.antecedents)
    given = (options or SpeakerOptions()).speaker
    told = who(context, meant, tagged.manifest, given)
    above = own_outlet(document, registry)
    made = list(_sayings(context, told))
    carried = carry([saying for saying, _ in made])
    answered = tuple(
        _statement(a, told[a.id], _chain(above, chain), how, (*told[a.id].reasons, *reasons, *more))
        for a, (_, reasons), (chain, how, more) in zip(attributions, made, carried, strict=True)
    )
    return Spoken(answered, context.names, context.sentences)


def _sayings(context: Context, told: dict[str, Told]) -> Iterator[tuple[Said, tuple[Reason, ...]]]:
    """What each attribution's own sentence tells, with the reasons."""
    lines = [n for n, letter in enumerate(context.document.text) if letter == "\n"]
    for attribution in context.attributions:
        around = context.about(attribution)
        chain, why = relays(around, attribution)
        how, more = circumstances(around, attribution)
        first = min(s.start for s in (*attribution.source, *attribution.cue, *attribution.content))
        paragraph = bisect.bisect_left(lines, first)
        key = told[attribution.id].key
        yield Said(key, paragraph, attribution.parent is not None, chain, how), (*why, *more)


def _statement(
    attribution: Attribution,
    told: Told,
    chain: tuple[Relay, ...],
    how: Circumstances,
    reasons: tuple[Reason, ...],
) -> Statement:
    return Statement(
        id="s-" + digest("statement", attribution.id)[:12],
        attribution=attribution.id,
        voice=told.voice,
        speaker=told.speaker,
        office=told.office,
        body=told.body,
        state=told.state,
        relays=chain,
        circumstances=how,
        reasons=reasons,
    )


def _chain(above: Sequence[Relay], own: Sequence[Relay]) -> tuple[Relay, ...]:
    """From the document's outlet down; one that is named in the sentence too stands once."""
    known = {(relay.actor or relay.name).casefold() for relay in own}
    return (*(relay for relay in above if (relay.actor or relay.name).casefold() not in known), *own)
