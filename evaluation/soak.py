"""Long campaigns, and where their figures go: docs/soak.md.

python -m evaluation.soak
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
REPORT = ROOT / "docs" / "soak.md"


def texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]


def peak_memory(arguments: list[str]) -> tuple[float, int, int]:
    """Run the command in a process of its own: peak memory in MB, exit code, lines on standard output."""
    program = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024\n"
        "print(peak, done.returncode, done.stdout.count(10))"
    )
    binary = str(Path(sys.executable).with_name("verbale"))
    done = subprocess.run(
        [sys.executable, "-c", program, binary, *arguments], capture_output=True, text=True, check=True
    )
    memory, code, lines = map(int, done.stdout.split())
    return memory, code, lines


def many_documents(folder: Path, count: int) -> str:
    """Memory over many documents: flat when the peak at all of them is that at a tenth."""
    reports, rng = texts(), random.Random(1)
    peaks = []
    for number in (count // 10, count):
        path = folder / f"{number}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for index in range(number):
                paragraphs = rng.choice(reports).split("\n\n")
                out.write(json.dumps({"id": f"d{index}", "text": "\n\n".join(paragraphs[:3])}) + "\n")
        began = time.monotonic()
        memory, code, lines = peak_memory(["read", "--json", str(path)])
        assert code == 0 and lines == number, (code, lines)
        peaks.append(f"{number} documents: {memory:.0f} MB, {time.monotonic() - began:.0f} s")
    return "; ".join(peaks)


def long_report(folder: Path, words: int) -> str:
    """One report of very many words, and the same on a single line."""
    found = []
    for name, separator in (("paragraphs", "\n\n"), ("one line", " ")):
        reports, size = texts(), 0
        text: list[str] = []
        while size < words:
            report = reports[len(text) % len(reports)].replace("\n\n", separator).replace("\n", separator)
            text.append(report)
            size += len(report.split())
        path = folder / f"long-{name.replace(' ', '-')}.txt"
        path.write_text(separator.join(text), encoding="utf-8")
        began = time.monotonic()
        memory, code, _ = peak_memory(["read", "--json", str(path)])
        assert code == 0
        found.append(f"{name}: {size} words, {memory:.0f} MB, {time.monotonic() - began:.0f} s")
    return "; ".join(found)


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        rows.append(("memory over many documents", many_documents(Path(folder), 10_000)))
        rows.append(("one very long report", long_report(Path(folder), 200_000)))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines = [
        "# Soak",
        "",
        f"Written by `make soak` on {datetime.now(UTC).date()}; its own process took {own} MB.",
        "",
        "| campaign | figures |",
        "|---|---|",
        *(f"| {name} | {figures} |" for name, figures in rows),
        "",
    ]
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
