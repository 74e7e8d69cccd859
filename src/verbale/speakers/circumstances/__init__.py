"""What surrounds a saying: through whom it came, to whom, where, by what medium and when it was said."""

from __future__ import annotations

from verbale.speakers.circumstances.appeared import own_outlet
from verbale.speakers.circumstances.reading import circumstances
from verbale.speakers.circumstances.relays import relays

__all__ = ["circumstances", "own_outlet", "relays"]
