"""What a model folder says of itself: files with their digests, sizes, tags, calibration."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verbale.errors import ModelError

_ROLES = ("cue", "source", "content")
_DECODING = {"link_weight", "opening", "cue_opening", "least", "nested_trace", "nested_least"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The part of `manifest.json` that running needs; the file itself tells more.

    Attributes:
        name: what results name as their model: the name and the head of the digest.
        file: the ONNX file's name; sha256 is its digest.
        window, context: pieces in a run, and pieces of overlap.
        tags: names of the tags, in the order of the outputs.
        link_width: width of queries and keys.
        distance: link bias by role and distance, [2][2 * farthest + 1].
        trace: weights and intercept of the trace of nested cues.
        decoding: named weights of decoding.
        calibration: weights of the probability, by feature.
    """

    name: str
    file: str
    sha256: str
    window: int
    context: int
    tags: tuple[str, ...]
    link_width: int
    distance: tuple[tuple[float, ...], ...]
    trace: tuple[float, ...]
    decoding: dict[str, float]
    calibration: dict[str, float]


def load_manifest(folder: Path) -> Manifest:
    """Read a model folder's manifest.

    Raises:
        ModelError: there is none, or it is not one of ours.
    """
    path = folder / "manifest.json"
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return _checked(
            Manifest(
                name=f"{raw['name']}-{raw['sha256'][:12]}",
                file=raw["file"],
                sha256=raw["sha256"],
                window=raw["window"],
                context=raw["context"],
                tags=tuple(raw["tags"]),
                link_width=raw["link_width"],
                distance=tuple(tuple(row) for row in raw["distance"]),
                trace=tuple(raw["trace"]),
                decoding=dict(raw["decoding"]),
                calibration=dict(raw["calibration"]),
            )
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise ModelError(
            "model", str(path), f"is no model manifest ({reason})", "install verbale again"
        ) from error


def _checked(manifest: Manifest) -> Manifest:
    """The manifest, if running it can go well."""
    if Path(manifest.file).name != manifest.file:
        raise ValueError(f"{manifest.file!r} is not the name of a file beside it")
    whole = (manifest.window, manifest.context, manifest.link_width)
    if not all(type(number) is int for number in whole) or manifest.context < 0 or manifest.link_width < 1:
        raise ValueError("its sizes are no sizes")
    if manifest.window - 2 <= 2 * manifest.context:  # a line longer than a window would never end
        raise ValueError(
            f"a window of {manifest.window} leaves nothing beside a context of {manifest.context}"
        )
    if sorted(manifest.tags) != sorted(["O", *(f"{p}-{role}" for p in "BIES" for role in _ROLES)]):
        raise ValueError("its tags are not ours")
    lengths = {len(row) for row in manifest.distance}
    if len(manifest.distance) != 2 or len(lengths) != 1 or not min(lengths) % 2:
        raise ValueError("its distances are not two rows of one odd length")
    if len(manifest.trace) != len(manifest.tags) + 3 * manifest.link_width + 1:
        raise ValueError("its trace does not fit its tags and width")
    if missing := _DECODING - manifest.decoding.keys():
        raise ValueError(f"its decoding lacks {', '.join(sorted(missing))}")
    numbers = [*manifest.trace, *manifest.decoding.values(), *manifest.calibration.values()]
    if not all(map(math.isfinite, itertools.chain(numbers, *manifest.distance))):
        raise ValueError("a weight is no finite number")
    return manifest


def check_digest(folder: Path, manifest: Manifest) -> None:
    """Compare the model file with its digest.

    Raises:
        ModelError: the file is missing or damaged.
    """
    path = folder / manifest.file
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError("model", str(path), f"cannot be read ({error})", "install verbale again") from error
    if found != manifest.sha256:
        raise ModelError("model", str(path), "differs from its digest", "install verbale again")
