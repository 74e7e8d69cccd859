"""Who may import whom, and what a start may load: DESIGN section 2."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import verbale

PACKAGE = Path(verbale.__file__).parent
# From the top; a file imports from rows above its own, or from its own package. Some are still to come.
ROWS = (
    ("errors",),
    ("types",),
    ("layout",),
    ("quotes", "turns", "cues"),
    ("days",),
    ("models",),
    ("registry",),
    ("sources", "documents", "attributions", "speakers", "issues", "positions"),
    ("pipeline",),
    ("record",),
    ("export",),
    ("report", "reading"),
    ("cli",),
)
LEVEL = {name: level for level, row in enumerate(ROWS) for name in row}
# The package's own name holds `version` and loads the faces when they are first asked for.
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
HEAVY = {
    "babel", "httpcore2", "httpx2", "lxml", "lxml_html_clean", "numpy", "onnxruntime", "pandas", "polars",
    "protego", "py3langid", "pypdf", "rich", "docx", "tokenizers", "torch", "trafilatura", "transformers",
}  # fmt: skip


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules of verbale that a file imports, wherever in it, with what a `from` may take from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def home(module: str) -> str:
    """The row's name that a dotted name belongs to, "" for other packages and for the package itself."""
    first, *rest = module.split(".")
    return (
        rest[0]
        if first == "verbale" and rest and rest[0] not in ("version", "Report", "VerbaleError")
        else ""
    )


def forbidden(own: str, code: str) -> list[str]:
    """What a file of a row may not import, of what it imports."""
    names = {home(module) for module in imported(ast.parse(code))} - {"", own}
    same = {"reading": {"report"}}  # both are the Python face
    return sorted(n for n in names if LEVEL[n] >= LEVEL[own] and n not in same.get(own, set()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_from_rows_above(path: Path) -> None:
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert own in LEVEL, f"{own} has no row: say where it belongs"
    assert forbidden(own, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("own", "code", "names"),
    [
        ("types", "from verbale.errors import VerbaleError", []),
        ("errors", "from verbale.types import Span", ["types"]),
        ("sources", "def late() -> None:\n    from verbale.documents import document", ["documents"]),
        ("quotes", "import verbale.models.tokens", ["models"]),
        ("models", "from verbale import cli", ["cli"]),
        ("report", "from verbale.reading import read", ["reading"]),
        ("pipeline", "from verbale import version\nimport re", []),
    ],
)
def test_the_rule_sees_what_it_forbids(own: str, code: str, names: list[str]) -> None:
    assert forbidden(own, code) == names


def test_only_models_knows_the_runtime() -> None:
    """The tensors' libraries are loaded in one room (arrays as such are everywhere)."""
    for path in FILES:
        if path.is_relative_to(PACKAGE / "models"):
            continue
        names = {module.split(".")[0] for module in imported(ast.parse(path.read_text(encoding="utf-8")))}
        assert not names & {"onnxruntime", "tokenizers"}, path


def test_nothing_shipped_needs_what_training_needs() -> None:
    for path in FILES:
        names = {module.split(".")[0] for module in imported(ast.parse(path.read_text(encoding="utf-8")))}
        assert not names & {"torch", "transformers", "onnx", "training", "evaluation", "tests"}, path


@pytest.mark.parametrize("module", ["verbale", "verbale.cli", "verbale.types", "verbale.errors"])
def test_a_start_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) & HEAVY == set()


def test_the_whole_way_loads_no_library_of_training_or_frames() -> None:
    """What it takes to read one plain text, and no more."""
    code = (
        "import sys, verbale; report = verbale.read('Halm said that the talks had failed.')\n"
        "print(len(report), *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, *loaded = ran.stdout.split()
    assert count == "1"
    assert {"numpy", "onnxruntime"} <= set(loaded)
    others = {
        "torch",
        "transformers",
        "pandas",
        "polars",
        "trafilatura",
        "httpx2",
        "httpcore2",
        "pypdf",
        "docx",
    }
    assert not set(loaded) & others


def test_public_names_are_there() -> None:
    for name in verbale.__all__:
        assert getattr(verbale, name) is not None
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = verbale.nothing_such
