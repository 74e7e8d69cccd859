"""GUM's news documents as plain text: a paragraph a line, sentences parted by a space.

python -m evaluation.gum DATA OUT.jsonl
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def news(data: Path) -> Iterator[dict[str, Any]]:
    """Yield GUM's news documents as `{"id", "text"}`, in order of their ids.

    Args:
        data: the data folder, which holds `gum/gum_conllu.tar.xz`.
    """
    with tarfile.open(data / "gum/gum_conllu.tar.xz") as archive:
        members = sorted((m for m in archive.getmembers() if "GUM_news_" in m.name), key=lambda m: m.name)
        for member in members:
            stream = archive.extractfile(member)
            assert stream is not None
            lines = io.TextIOWrapper(stream, encoding="utf-8")
            yield {"id": Path(member.name).stem, "text": _text(lines)}


def _text(lines: io.TextIOWrapper) -> str:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("# newpar") and not line.startswith("# newpar_block") and paragraphs[-1]:
            paragraphs.append([])
        elif line.startswith("# text = "):
            paragraphs[-1].append(line.removeprefix("# text = ").strip())
    return "\n".join(" ".join(sentences) for sentences in paragraphs) + "\n"


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
        for document in news(Path(sys.argv[1])):
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
