"""Bytes → text, never by guessing."""

from __future__ import annotations

import codecs
import re

from verbale.errors import DocumentError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# The character sets of pages; Python knows others by name that decode no text, such as "hex".
_CHARSET = re.compile(
    r"(?:windows-|cp|iso-8859-|latin|koi8-|mac|gb|big5|euc-|shift|x-sjis|iso-2022-jp|us-ascii|ibm)"
)
# Browsers read the first two as the third (WHATWG Encoding Standard, section 4.2).
_AS_BROWSERS = {"us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252"}


def decoded(data: bytes, subject: str, declared: str = "") -> str:
    """Decode as UTF-8, by a byte order mark (which is dropped), else as a page declares.

    Args:
        data: the bytes.
        subject: the source as the user named it.
        declared: the name of a character set, "" where there is none.

    Raises:
        DocumentError: none of these fits; the offset of the first bad byte is named.
    """
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if _CHARSET.match(declared):
            return _declared(data, subject, declared)
        raise _undecoded(data, subject, error) from None


def _declared(data: bytes, subject: str, declared: str) -> str:
    try:
        return data.decode(_AS_BROWSERS.get(declared, declared))
    except UnicodeDecodeError as error:
        raise _undecoded(data, subject, error) from None
    except LookupError:
        what = f"declares a character set that is not known: {declared[:40]!r}"
        raise DocumentError("encoding", subject, what, "convert it to UTF-8") from None


def _undecoded(data: bytes, subject: str, error: UnicodeDecodeError) -> DocumentError:
    name = error.encoding.upper()
    return DocumentError(
        "encoding",
        subject,
        f"is not {name}: byte 0x{data[error.start]:02X} at offset {error.start}",
        "convert it to UTF-8, for instance with: iconv -f WINDOWS-1252 -t UTF-8",
    )
