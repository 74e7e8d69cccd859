"""The wheel by itself: no extras, no PyTorch, no network, and it reads an example."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Imported by every start of that Python: whoever opens a connection fails.
NO_NETWORK = """
import socket
def refuse(*_args, **_named):
    raise OSError("no network here")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
"""


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run([str(c) for c in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, folder=folder)
    (wheel,) = folder.glob("verbale-*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    inside: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    run(*inside, "--require-hashes", "-r", ROOT / "locks" / "run.txt", folder=folder)
    run(*inside, "--no-deps", wheel, folder=folder)
    (site,) = (folder / "env").glob("lib/python*/site-packages")
    (site / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return python


def test_reads_an_example_without_network(python: Path, tmp_path: Path) -> None:
    example = tmp_path / "report.txt"
    example.write_bytes((ROOT / "examples" / "03-orlay-answers.txt").read_bytes())
    out = run(python.with_name("verbale"), "read", "--json", example, folder=tmp_path)
    found = json.loads(out)
    assert found["text"] == example.read_text(encoding="utf-8")
    said = [[found["text"][a:b] for a, b in row["source"]] for row in found["attributions"]]
    assert any("Orlay" in words for source in said for words in source)


def test_brings_no_pytorch_and_no_extras(python: Path, tmp_path: Path) -> None:
    listed = run(python, "-m", "pip", "list", "--format", "json", folder=tmp_path)
    installed = {row["name"].lower() for row in json.loads(listed)}
    assert "onnxruntime" in installed
    assert not installed & {"torch", "transformers", "onnx", "pandas", "pypdf", "python-docx"}


def test_network_is_really_gone(python: Path, tmp_path: Path) -> None:
    code = "import urllib.request as u\ntry: u.urlopen('http://127.0.0.1:9')\nexcept OSError as e: print(e)"
    assert "no network here" in run(python, "-c", code, folder=tmp_path)
