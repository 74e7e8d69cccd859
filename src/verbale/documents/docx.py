"""DOCX → text, through python-docx."""

from __future__ import annotations

import zipfile
from io import BytesIO

from verbale.documents.extracted import Extracted
from verbale.errors import DocumentError

_UNPACKED = 200_000_000  # bytes: a small file must not unpack to fill the memory


def from_docx(data: bytes, subject: str) -> Extracted:
    """Extract a DOCX file's paragraphs and the cells of its tables, in order, a line each.

    Raises:
        DocumentError: the extra is missing, or it is no DOCX, too large unpacked, or holds no text.
    """
    try:
        import docx
        from docx.table import Table
    except ImportError:
        what = "is a DOCX file, and the library for it is missing"
        raise DocumentError("extra-missing", subject, what, "pip install 'verbale[files]'") from None
    with zipfile.ZipFile(BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
            raise DocumentError("too-large", subject, f"unpacks to more than {_UNPACKED // 1_000_000} MB")
    opened = docx.Document(BytesIO(data))
    lines: list[str] = []
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            # A merged cell stands once for each place that it covers.
            cells = dict.fromkeys(cell for row in block.rows for cell in row.cells)
            lines.extend(cell.text for cell in cells)
        else:
            lines.append(block.text)
    text = "\n".join(stripped for line in lines if (stripped := line.strip()))
    if not text:
        raise DocumentError("empty", subject, "is a DOCX file without text")
    return Extracted(text, title=" ".join((opened.core_properties.title or "").split()))
