"""What a model ran on: results are the same for the same model file, runtime and class of processor."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

# The instruction sets by which onnxruntime picks its int8 kernels, best first.
_SETS = ("amx_int8", "avx512_vnni", "avx_vnni", "avx512bw", "avx2", "i8mm", "asimddp")


@cache
def runtime() -> str:
    """Name and version of the runtime."""
    return f"onnxruntime {version('onnxruntime')}"


@cache
def processor() -> str:
    """Class of the processor: its architecture and, where the system tells, its best int8 instructions."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        flags = set()
    best = next((name for name in _SETS if name in flags), "")
    return " ".join(part for part in (platform.machine().lower(), best) if part)
