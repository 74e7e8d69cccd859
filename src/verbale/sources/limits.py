"""The size limit, and the words for it."""

from __future__ import annotations

from verbale.errors import SourceError


def too_large(subject: str, limit: int, size: int | None = None) -> SourceError:
    """The error for an input that is over the limit.

    Args:
        subject: the input as the user named it.
        limit: in bytes.
        size: in bytes, where it is known.
    """
    found = f"is {_megabytes(size)}, over" if size is not None else "is over"
    what = f"{found} the limit of {_megabytes(limit)}"
    return SourceError("too-large", subject, what, "raise it with --max-mb (max_bytes in Python)")


def _megabytes(size: int) -> str:
    return f"{size:,} bytes" if size < 100_000 else f"{size / 1_000_000:,.1f} MB".replace(".0 MB", " MB")
