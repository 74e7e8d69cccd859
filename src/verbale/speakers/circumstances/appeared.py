"""The document's own outlet as the first link of the chain."""

from __future__ import annotations

from urllib.parse import urlsplit

from verbale.registry import Registry
from verbale.speakers.circumstances.outlets import role_of
from verbale.types import Document, Relay


def own_outlet(document: Document, registry: Registry) -> tuple[Relay, ...]:
    """The outlet that a report appeared in, by its name or else its address's host; () if none is known."""
    host = (urlsplit(document.url).hostname or "").removeprefix("www.")
    for name in (document.outlet, host):
        if not name:
            continue
        known = next((c for c in registry.find(name, kinds=("outlet",)) if c.score == 1.0), None)
        if known:
            return (Relay(known.id, known.name, role_of(known.id), None),)
    return (Relay(None, document.outlet, "outlet", None),) if document.outlet else ()
