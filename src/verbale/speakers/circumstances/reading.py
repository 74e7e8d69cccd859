"""To whom, where, by what medium and on what day something was said."""

from __future__ import annotations

from verbale.speakers.circumstances.addressees import addressee
from verbale.speakers.circumstances.days import days
from verbale.speakers.circumstances.frame import Frame, frame
from verbale.speakers.circumstances.media import medium
from verbale.speakers.circumstances.places import Found, venue
from verbale.speakers.circumstances.relays import hops
from verbale.speakers.context import Context
from verbale.types import Attribution, Circumstance, Circumstances, Reason


def circumstances(context: Context, attribution: Attribution) -> tuple[Circumstances, tuple[Reason, ...]]:
    """What the sentence of a saying tells of how it was said.

    Args:
        context: the document with what was found in it.
        attribution: one of the document's.

    Returns:
        What was found, and a reason for each field that is not empty.
    """
    around = frame(context, attribution)
    if around is None:
        return Circumstances(), ()
    chain = hops(context, attribution, around)
    sentence = context.document.text[around.start : around.start + len(around.text)]
    found = {
        "addressee": addressee(around, chain, sentence, spoken=bool(attribution.source)),
        "venue": venue(context, around, chain),
        "medium": medium(context, attribution, around, chain),
    }
    said = days(context, attribution)
    reasons = [Reason(name, each.rule, "1", each.score) for name, each in found.items() if each]
    if said and said.span:
        reasons.append(Reason("said", said.precision, "1", 0.9, said.span.of(context.document.text)))
    told = {name: _circumstance(context, around, each) for name, each in found.items() if each}
    return Circumstances(**told, said=said), tuple(reasons)


def _circumstance(context: Context, around: Frame, found: Found) -> Circumstance:
    span = around.span(found.start, found.end)
    return Circumstance(span.of(context.document.text), span, found.kind)
