"""Plain text → text, to the letter."""

from __future__ import annotations

from verbale.documents.encoding import decoded
from verbale.documents.extracted import Extracted


def from_plain(data: bytes, subject: str, charset: str) -> Extracted:
    """Decode plain text. Only a byte order mark is dropped; line ends stay as they are, so that offsets hold.

    Args:
        data: the bytes.
        subject: the source as the user named it.
        charset: that its server declares, or "".

    Raises:
        DocumentError: it cannot be decoded.
    """
    return Extracted(decoded(data, subject, charset))
