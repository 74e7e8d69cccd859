from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from verbale.errors import ModelError
from verbale.models import FOLDER
from verbale.models.manifest import check_digest, load_manifest
from verbale.models.tagger import TaggerModel
from verbale.models.windows import windows

TAGGER = FOLDER / "tagger"
RAW: dict[str, Any] = json.loads((TAGGER / "manifest.json").read_text(encoding="utf-8"))
LAYER: dict[str, Any] = RAW["layers"]["outer"]

WRONG_LAYERS: tuple[dict[str, Any], ...] = (
    {"link_width": 0},
    {"link_width": 1.5},
    {"distance": []},
    {"distance": [[0.0], [0.0, 0.0, 0.0]]},
    {"distance": [[], []]},
    {"distance": [["a"], ["b"]]},
    {"distance": [[0.0], [float("nan")]]},
)


def written(folder: Path, raw: object) -> Path:
    (folder / "manifest.json").write_text(json.dumps(raw), encoding="utf-8")
    return folder


def refused(folder: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        load_manifest(folder)
    assert caught.value.code == "model"
    assert caught.value.subject == str(folder / "manifest.json")
    assert caught.value.remedy == "install verbale again"
    return caught.value


def test_the_package_brings_one_that_fits_its_files() -> None:
    manifest = load_manifest(TAGGER)
    assert manifest.name == f"tagger-{manifest.sha256[:12]}"
    assert len(manifest.tags) == 13
    assert len(manifest.name_tags) == 21
    assert manifest.mention_width > 0
    assert manifest.antecedents
    assert 0 < manifest.decoding["speaker_least"] < 1
    assert manifest.window - 2 > 2 * manifest.context
    check_digest(TAGGER, manifest)


def test_there_is_none(tmp_path: Path) -> None:
    assert "is no model manifest" in refused(tmp_path).what
    assert "is no model manifest" in refused(tmp_path / "nowhere").what


@pytest.mark.parametrize(
    "data", [b"", b"{", b"null", b"[]", b'"words"', b"7", b"\xff\xfe{}", b"\0" * 64, b"[" * 100_000], ids=repr
)
def test_a_file_that_is_no_manifest(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(data)
    assert "is no model manifest" in refused(tmp_path).what


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    refused(tmp_path)


@pytest.mark.parametrize(
    "key",
    [
        "name", "file", "sha256", "window", "context", "tags", "name_tags", "mention_width",
        "layers", "decoding", "calibration", "antecedents",
    ],
)  # fmt: skip
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    raw = {name: value for name, value in RAW.items() if name != key}
    assert repr(key) in refused(written(tmp_path, raw)).what


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sha256", 7),
        ("file", 7),
        ("file", "../tagger.onnx"),
        ("window", "256"),
        ("window", None),
        ("window", 66),  # nothing is left beside the context on both sides: reading would never end
        ("window", 0),
        ("context", -1),
        ("context", 1.5),
        ("tags", 3),
        ("tags", []),
        ("tags", RAW["tags"][1:]),
        ("tags", [*RAW["tags"], "B-cue"]),
        ("name_tags", 3),
        ("name_tags", []),
        ("name_tags", RAW["tags"]),
        ("name_tags", RAW["name_tags"][1:]),
        ("name_tags", [*RAW["name_tags"], "B-person"]),
        ("mention_width", 0),
        ("mention_width", -4),
        ("mention_width", 1.5),
        ("mention_width", True),
        ("mention_width", "64"),
        ("mention_width", None),
        ("layers", []),
        ("layers", {"outer": LAYER}),
        *(("layers", {"outer": LAYER, "nested": LAYER | wrong}) for wrong in WRONG_LAYERS),
        ("decoding", []),
        ("decoding", {}),
        ("decoding", RAW["decoding"] | {"least": None}),
        ("decoding", RAW["decoding"] | {"opening": float("inf")}),
        *(
            ("decoding", {n: v for n, v in RAW["decoding"].items() if n != name})
            for name in ("speaker_least", "nested_least")
        ),
        ("decoding", RAW["decoding"] | {"speaker_least": "half"}),
        ("decoding", RAW["decoding"] | {"speaker_least": float("nan")}),
        ("antecedents", None),
        ("antecedents", {"link": "strong"}),
        ("antecedents", {"link": float("inf")}),
        ("calibration", {"intercept": "high"}),
        ("calibration", None),
        ("calibration", {"cue": float("nan")}),
    ],
)
def test_a_wrong_value_is_found_before_anything_is_read(tmp_path: Path, key: str, value: object) -> None:
    refused(written(tmp_path, RAW | {key: value}))


def test_more_than_is_known_does_no_harm(tmp_path: Path) -> None:
    assert load_manifest(written(tmp_path, RAW | {"later": 1})) == load_manifest(TAGGER)


def test_the_smallest_window_that_passes_comes_to_an_end(tmp_path: Path, model: TaggerModel) -> None:
    manifest = load_manifest(written(tmp_path, RAW | {"window": 2 * RAW["context"] + 3}))
    found = windows(model.cut("word " * 500), manifest.window - 2, manifest.context)
    assert sum(window.last - window.first for window in found) == 500


def copied(folder: Path) -> Path:
    for name in ("manifest.json", "tokenizer.json", "tagger.onnx"):
        shutil.copy(TAGGER / name, folder / name)
    return folder


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "a bit"])
def test_a_damaged_model_is_not_run(tmp_path: Path, damage: str) -> None:
    path = copied(tmp_path) / "tagger.onnx"
    data = bytearray(path.read_bytes())
    if damage == "missing":
        path.unlink()
    elif damage == "a bit":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    else:
        path.write_bytes(data[: 0 if damage == "empty" else len(data) // 2])
    model = TaggerModel(tmp_path)
    with pytest.raises(ModelError) as caught:
        model.score(model.cut("Halm said so."))
    assert caught.value.subject == str(path)
    assert ("cannot be read" if damage == "missing" else "differs from its digest") in caught.value.what


def test_a_whole_copy_runs_as_the_original(tmp_path: Path, model: TaggerModel) -> None:
    copy = TaggerModel(copied(tmp_path))
    pieces = model.cut("Halm said so.")
    assert (copy.score(pieces).outer.tags == model.score(pieces).outer.tags).all()
