"""What may be read, and how politely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Limits and manners of finding sources.

    Attributes:
        max_bytes: of a file, of a JSONL line, and of a page after decompression.
        allow_private: whether an address may lead to private networks and this machine.
        timeout: seconds that fetching one address may take in all, robots.txt and redirects included.
        user_agent: who asks; "" for "Verbale/<version> (reads the pages that its user names)".
        obey_robots: whether a site's robots.txt is asked first.
        clock: gives the aware time at which a page was retrieved.
    """

    max_bytes: int = 20_000_000
    allow_private: bool = False
    timeout: float = 30.0
    user_agent: str = ""
    obey_robots: bool = True
    clock: Callable[[], datetime] = _now

    def __post_init__(self) -> None:
        if self.max_bytes < 1 or self.timeout <= 0:
            raise ValueError(f"no limits: {self.max_bytes} bytes, {self.timeout} s")
