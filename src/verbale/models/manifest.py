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
NAMES = ("person", "organisation", "place", "people", "other")
_DECODING = {"link_weight", "opening", "cue_opening", "least", "nested_least", "speaker_least"}
LAYERS = ("outer", "nested")


@dataclass(frozen=True, slots=True)
class Layer:
    """How one layer of tags and links is read.

    Attributes:
        link_width: width of queries and keys.
        distance: link bias by role and distance, [2][2 * farthest + 1].
    """

    link_width: int
    distance: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The part of `manifest.json` that running needs; the file itself tells more.

    Attributes:
        name: what results name as their model: the name and the head of the digest.
        file: the ONNX file's name; sha256 is its digest.
        window, context: pieces in a run, and pieces of overlap.
        tags: names of the tags, in the order of the outputs.
        name_tags: names of the tags of names; mention_width is the width of their queries and keys.
        layers: by name, attributions that stand on their own and those inside a content.
        decoding: named weights of decoding.
        calibration: weights of the probability, by feature.
        antecedents: weights of what speaks for an antecedent, by feature.
        sureness: weights of the probability that a speaker is right, by feature.
    """

    name: str
    file: str
    sha256: str
    window: int
    context: int
    tags: tuple[str, ...]
    name_tags: tuple[str, ...]
    mention_width: int
    layers: dict[str, Layer]
    decoding: dict[str, float]
    calibration: dict[str, float]
    antecedents: dict[str, float]
    sureness: dict[str, float]


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
                name_tags=tuple(raw["name_tags"]),
                mention_width=raw["mention_width"],
                layers={name: _layer(raw["layers"][name]) for name in LAYERS},
                decoding=dict(raw["decoding"]),
                calibration=dict(raw["calibration"]),
                antecedents=dict(raw["antecedents"]),
                sureness=dict(raw["sureness"]),
            )
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise ModelError(
            "model", str(path), f"is no model manifest ({reason})", "install verbale again"
        ) from error


def _layer(raw: dict[str, Any]) -> Layer:
    return Layer(raw["link_width"], tuple(tuple(row) for row in raw["distance"]))


def _checked(manifest: Manifest) -> Manifest:
    """The manifest, if running it can go well."""
    if Path(manifest.file).name != manifest.file:
        raise ValueError(f"{manifest.file!r} is not the name of a file beside it")
    widths = [layer.link_width for layer in manifest.layers.values()]
    widths.append(manifest.mention_width)
    whole = (manifest.window, manifest.context, *widths)
    if not all(type(number) is int for number in whole) or manifest.context < 0 or min(widths) < 1:
        raise ValueError("its sizes are no sizes")
    if manifest.window - 2 <= 2 * manifest.context:  # a line longer than a window would never end
        raise ValueError(
            f"a window of {manifest.window} leaves nothing beside a context of {manifest.context}"
        )
    for tags, kinds in ((manifest.tags, _ROLES), (manifest.name_tags, NAMES)):
        if sorted(tags) != sorted(["O", *(f"{p}-{kind}" for p in "BIES" for kind in kinds)]):
            raise ValueError("its tags are not ours")
    for layer in manifest.layers.values():
        lengths = {len(row) for row in layer.distance}
        if len(layer.distance) != 2 or len(lengths) != 1 or not min(lengths) % 2:
            raise ValueError("its distances are not two rows of one odd length")
    if missing := _DECODING - manifest.decoding.keys():
        raise ValueError(f"its decoding lacks {', '.join(sorted(missing))}")
    distances = [row for layer in manifest.layers.values() for row in layer.distance]
    numbers = itertools.chain(
        manifest.decoding.values(),
        manifest.calibration.values(),
        manifest.antecedents.values(),
        manifest.sureness.values(),
        *distances,
    )
    if not all(map(math.isfinite, numbers)):
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
