"""A reading as JSON: the shape that DESIGN section 7 promises, one document a line."""

from __future__ import annotations

import json
import re

from verbale.types import (
    Act,
    Attribution,
    Circumstance,
    Days,
    Link,
    Meeting,
    Narrated,
    Position,
    Reading,
    Reason,
    Relay,
    Span,
    Spans,
    Statement,
)

# Characters that some reader takes for the end of a line, and halves of pairs, which UTF-8 cannot hold.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")

ARTICLE = "article"  # whose word it is that stands outside any statement


def shape(reading: Reading) -> dict[str, object]:
    """Put a reading into the published shape.

    Args:
        reading: a document and what was found in it.

    Returns:
        Dictionaries, lists, strings, numbers and None alone, keys in their published order; None where
        something is not known, spans as `[start, end]` in code points, days and times in ISO 8601.
    """
    document, reader = reading.document, reading.reader
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title or None,
        "url": document.url or None,
        "outlet": document.outlet or None,
        "published": document.published.isoformat() if document.published else None,
        "retrieved": document.retrieved.isoformat() if document.retrieved else None,
        "language": document.language or None,
        "voice": document.voice.value,
        "digest": document.digest,
        "reader": {
            "version": reader.version,
            "model": reader.model,
            "runtime": reader.runtime,
            "processor": reader.processor,
        },
        "attributions": [attribution_shape(attribution) for attribution in reading.attributions],
        "statements": [statement_shape(statement) for statement in reading.statements],
        "narrated": [_narrated(narrated) for narrated in reading.narrated],
        "meetings": [_meeting(meeting) for meeting in reading.meetings],
        "skipped": [
            {"document": s.document, "stage": s.stage, "code": s.code, "detail": s.detail}
            for s in reading.skipped
        ],
    }


def line(reading: Reading) -> str:
    """Write a reading as one line of JSON, without its newline.

    The same reading always gives the same line, and no character in it ends a line for any reader
    (NEL, U+2028 and U+2029 are escaped). All other letters and signs stand as they are.

    Raises:
        ValueError: a probability or score is no finite number, which JSON cannot say.
    """
    written = json.dumps(shape(reading), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


def attribution_shape(attribution: Attribution) -> dict[str, object]:
    """Put one attribution into the published shape."""
    return {
        "id": attribution.id,
        "parent": attribution.parent,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "kind": attribution.kind.value,
        "inferred": attribution.inferred,
        "probability": round(float(attribution.probability), 4),
        "reasons": [_reason(reason) for reason in attribution.reasons],
    }


def statement_shape(statement: Statement) -> dict[str, object]:
    """Put one statement into the published shape."""
    speaker, how = statement.speaker, statement.circumstances
    return {
        "id": statement.id,
        "attribution": statement.attribution,
        "voice": statement.voice.value,
        "speaker": {
            "actor": speaker.actor,
            "name": speaker.name,
            "mention": _span(speaker.mention),
            "probability": round(float(speaker.probability), 4),
            "candidates": [
                {"actor": c.actor, "name": c.name, "score": round(float(c.score), 4)}
                for c in speaker.candidates
            ],
        },
        "office": statement.office or None,
        "body": statement.body or None,
        "state": statement.state or None,
        "relays": [_relay(relay) for relay in statement.relays],
        "addressee": _circumstance(how.addressee),
        "venue": _circumstance(how.venue),
        "medium": _circumstance(how.medium),
        "said": _days(how.said),
        "issues": [_link(link) for link in statement.issues],
        "acts": [_act(act) for act in statement.acts],
        "positions": [_position(position) for position in statement.positions],
        "reasons": [_reason(reason) for reason in statement.reasons],
    }


def _narrated(narrated: Narrated) -> dict[str, object]:
    return {
        "span": _span(narrated.span),
        "issues": [_link(link) for link in narrated.issues],
        "acts": [_act(act) for act in narrated.acts],
        "positions": [_position(position) for position in narrated.positions],
    }


def _link(link: Link) -> dict[str, object]:
    return {
        "issue": link.issue,
        "matter": link.matter or None,
        "span": _span(link.span),
        "probability": round(float(link.probability), 4),
        "how": link.how,
    }


def _act(act: Act) -> dict[str, object]:
    return {
        "act": act.kind.value,
        "name": act.name,
        "actor": act.actor.id,
        "target": act.target.id if act.target else None,
        "cameo": act.cameo or None,
        "plover": act.plover or None,
        "mode": act.mode or None,
        "negated": act.negated,
        "tense": act.tense.value,
        "modality": act.modality.value,
        "condition": _span(act.condition),
        "strength": act.strength,
        "by": act.by.id if act.by else ARTICLE,
        "actor_span": _span(act.actor.span),
        "target_span": _span(act.target.span) if act.target else None,
        "probability": round(float(act.probability), 4),
        "rule": act.rule,
        "codebook": act.codebook,
    }


def _position(position: Position) -> dict[str, object]:
    return {
        "holder": position.holder.id,
        "issue": position.issue,
        "matter": position.matter or None,
        "stance": position.stance.value,
        "condition": _span(position.condition),
        "ascribed_by": (position.by.id if position.by else ARTICLE) if position.ascribed else None,
        "holder_span": _span(position.holder.span),
        "span": _span(position.words),
        "probability": round(float(position.probability), 4),
    }


def _meeting(meeting: Meeting) -> dict[str, object]:
    return {
        "issue": meeting.issue,
        "status": meeting.status.value,
        "place": meeting.place or None,
        "from": meeting.first.isoformat() if meeting.first else None,
        "to": meeting.last.isoformat() if meeting.last else None,
        "parties": list(meeting.parties),
        "span": _span(meeting.span),
        "told": _span(meeting.told),
        "statement": meeting.statement or None,
        "rule": meeting.rule,
    }


def _relay(relay: Relay) -> dict[str, object]:
    return {
        "actor": relay.actor,
        "name": relay.name,
        "role": relay.role,
        "span": _span(relay.span),
        "inferred": relay.inferred,
    }


def _circumstance(told: Circumstance | None) -> dict[str, object] | None:
    if told is None:
        return None
    return {
        "name": told.name,
        "kind": told.kind or None,
        "actor": told.actor,
        "span": _span(told.span),
        "inferred": told.inferred,
    }


def _days(said: Days | None) -> dict[str, object] | None:
    if said is None:
        return None
    return {
        "from": said.first.isoformat(),
        "to": said.last.isoformat(),
        "precision": said.precision,
        "span": _span(said.span),
        "inferred": said.inferred,
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _spans(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "field": reason.field,
        "rule": reason.rule,
        "version": reason.version,
        "score": reason.score,
        "detail": reason.detail,
    }
