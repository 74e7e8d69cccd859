"""A reading as JSON: the shape that DESIGN section 7 promises, one document a line."""

from __future__ import annotations

import json
import re

from verbale.types import Attribution, Reading, Reason, Spans

# Characters that some reader takes for the end of a line, and halves of pairs, which UTF-8 cannot hold.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


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
        "statements": [],
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
