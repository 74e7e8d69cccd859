from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from typer.testing import CliRunner

from verbale import version
from verbale.cli import SKIPPED, app
from verbale.models.tagger import TaggerModel

ROOT = Path(__file__).parent.parent
VERBALE = str(Path(sys.executable).with_name("verbale"))
REPORT = "Foreign Minister Tolu Keza said on Friday that Vardia would not come to the talks in the capital.\n"
RUSSIAN = "Министр иностранных дел заявил в пятницу, что страна не приедет на переговоры в столицу.\n"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def verbale(
    *arguments: str | Path, env: dict[str, str] | None = None, stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user does. No run may ever end in a traceback."""
    command = [VERBALE, *map(str, arguments)]
    ran = subprocess.run(command, input=b"", stdout=stdout, stderr=subprocess.PIPE, env=env, timeout=60)
    assert b"Traceback" not in (ran.stderr or b""), ran.stderr.decode()
    return ran


def in_process(*arguments: str | Path, stdin: str | bytes | None = None) -> tuple[int, str, list[str]]:
    """Exit code, standard output, and lines of standard error; quicker than a process of its own."""
    ran = CliRunner().invoke(app, list(map(str, arguments)), input=stdin)
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.exit_code, ran.stdout, ran.stderr.splitlines()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    return path


# --- what is printed


def test_a_table(report: Path) -> None:
    code, out, err = in_process("read", report)
    assert (code, err) == (0, [])
    for words in (
        "1 attribution: 1 indirect",
        "who",
        "Foreign",
        "Keza",
        "said",
        "that Vardia would",
        "report.txt",
    ):
        assert words in out


def test_json_is_one_object_a_document(report: Path) -> None:
    code, out, err = in_process("read", "--json", report, report)
    assert (code, err) == (0, ["read 2 documents, skipped 0"])
    first, second = map(json.loads, out.splitlines())
    assert first == second
    (found,) = first["attributions"]
    assert [first["text"][a:b] for a, b in found["source"]] == ["Foreign Minister Tolu Keza"]
    assert (first["text"], first["language"], first["reader"]["version"]) == (REPORT, "en", version())


def test_html_is_one_page_and_says_so(report: Path, tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    code, out, err = in_process("read", report, "--html", page)
    assert (code, out, err) == (0, "", [f"wrote {page}"])
    assert "Tolu Keza" in page.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.html", "report.txt"]


def test_json_and_html_at_once(report: Path, tmp_path: Path) -> None:
    code, out, _ = in_process("read", report, "--json", "--html", tmp_path / "out.html")
    assert code == 0
    assert json.loads(out)["text"] == REPORT
    assert "Tolu Keza" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_standard_input() -> None:
    code, out, err = in_process("read", "-", "--json", stdin=REPORT)
    assert (code, err) == (0, [])
    assert json.loads(out)["text"] == REPORT


def test_jsonl_on_standard_input() -> None:
    lines = "".join(json.dumps({"id": name, "text": REPORT}) + "\n" for name in "ab")
    code, out, _ = in_process("read", "-", "--json", stdin=lines)
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "b"]


def test_a_folder(report: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "lines.jsonl").write_text(json.dumps({"id": "l", "text": REPORT}))
    (tmp_path / "page.htm").write_text(f"<html><body><article><p>{REPORT * 5}</p></article></body></html>")
    code, out, err = in_process("read", "--json", tmp_path)
    assert (code, err) == (0, ["read 3 documents, skipped 0"])
    assert [json.loads(line)["id"] for line in out.splitlines()][2] == "l"


def test_nested_and_inferred_can_be_chosen(tmp_path: Path) -> None:
    lone = "“Nobody in the whole of the region is ready for them either.”"
    path = tmp_path / "a.txt"
    path.write_text(f"Orlay said that Strelsau believes the inspections were a trap.\n\n{lone}\n")

    def kinds(*options: str) -> list[tuple[bool, bool]]:
        rows = json.loads(in_process("read", "--json", path, *options)[1])["attributions"]
        return sorted((row["parent"] is not None, row["inferred"]) for row in rows)

    assert kinds() == [(False, False), (True, False)]
    assert kinds("--no-nested") == [(False, False)]
    assert kinds("--inferred") == [(False, False), (False, True), (True, False)]


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"“Słońce 😀 wróci,” said Łukasz Żółć.\n{REPORT}", encoding="utf-8")
    ran = verbale(
        "read",
        "--json",
        path,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert ran.returncode == 0
    assert json.loads(ran.stdout.decode("utf-8"))["text"] == path.read_text(encoding="utf-8")
    assert verbale("read", path, env=os.environ | {"PYTHONIOENCODING": "ascii"}).returncode == 0


def test_twice_the_same_bytes(report: Path) -> None:
    assert verbale("read", "--json", report).stdout == verbale("read", "--json", report).stdout


# --- bad input


def sparse(path: Path) -> Path:
    with path.open("wb") as out:
        out.truncate(50_000_000)
    return path


def test_bad_inputs_one_line_each_and_the_rest_is_read(report: Path, tmp_path: Path) -> None:
    bad = {
        "empty.txt": b"",
        "blank.txt": b"\n \n",
        "binary.txt": b"\x7fELF\0\1\2",
        "latin.txt": b"caf\xe9 " * 30,
        "russian.txt": RUSSIAN.encode(),
        "broken.pdf": b"%PDF-1.7",
        "broken.docx": b"PK\x03\x04",
        "photo.txt": b"\x89PNG\r\n",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    sparse(tmp_path / "large.txt")
    names = [*bad, "large.txt", "missing.txt", "missing folder/"]
    ran = verbale("read", "--json", report, *(tmp_path / name for name in names), report)
    assert ran.returncode == SKIPPED
    assert [json.loads(line)["text"] for line in ran.stdout.splitlines()] == [REPORT, REPORT]
    *skipped, summary = ran.stderr.decode().splitlines()
    assert len(skipped) == len(names)
    for name, line in zip(names, skipped, strict=True):
        assert line.startswith(f"skipped {tmp_path / name}: ")
        assert len(line) > len(f"skipped {tmp_path / name}: ") + 7
    assert summary == f"read 2 documents, skipped {len(names)}"


def test_a_large_file_is_named_with_its_limit_and_costs_no_memory(tmp_path: Path) -> None:
    code, out, (line,) = in_process("read", sparse(tmp_path / "large.txt"))
    assert (code, out) == (SKIPPED, "")
    assert "50 MB" in line
    assert "20 MB" in line
    assert "--max-mb" in line
    code, _, (line,) = in_process("read", tmp_path / "large.txt", "--max-mb", "60")
    assert "binary" in line


def test_bad_lines_among_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    good = json.dumps({"text": REPORT}).encode()
    path.write_bytes(b"\n".join([good, b"{", b"\xff", b'{"text": 1}', b"", b'{"title": "x"}', good]))
    code, out, err = in_process("read", "--json", path)
    assert code == SKIPPED
    assert len(out.splitlines()) == 2
    assert [line.split(": ")[0] for line in err[:-1]] == [f"skipped {path}:{n}" for n in (2, 3, 4, 6)]
    assert err[-1] == "read 2 documents, skipped 4"


def test_a_name_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    """One line for each input, whatever its name holds: line ends, colours, bytes that are no text."""
    names = [b"a\nb.txt", b"\x1b[31mred.txt", b"\xff.txt", "Żółć.txt".encode()]
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"")
    ran = verbale("read", *sorted(str(path) for path in tmp_path.iterdir()), "nowhere\n.txt")
    assert ran.returncode == SKIPPED
    *lines, last = ran.stderr.decode("utf-8").splitlines()
    assert len(lines) == 5
    assert last == "read 0 documents, skipped 5"
    assert not any(CONTROL.search(line) for line in lines)
    for shown in ("a\\nb.txt", "\\x1b[31mred.txt", "\\udcff.txt", "Żółć.txt", "nowhere\\n.txt"):
        assert sum(shown in line for line in lines) == 1, shown


def test_reports_with_such_names_are_read(tmp_path: Path) -> None:
    for name in (b"a\nb.txt", b"\xff.txt", b"\x1b[31mred.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(REPORT)
    table, lines, page = (
        verbale("read", tmp_path, *more) for more in ([], ["--json"], ["--html", tmp_path / "o.html"])
    )
    assert [table.returncode, lines.returncode, page.returncode] == [0, 0, 0]
    assert not CONTROL.search(table.stdout.decode())
    assert len(lines.stdout.splitlines()) == 3
    assert (tmp_path / "o.html").read_text(encoding="utf-8").count("Vardia would not come") >= 3


def test_a_long_report_on_one_line(tmp_path: Path) -> None:
    """10,000 words; 200,000 are left to the soak."""
    path = tmp_path / "long.txt"
    path.write_text(
        REPORT.strip().replace("\n", " ") + " " + "The boats went out and the market opened. " * 1250
    )
    ran = verbale("read", "--json", path)
    assert ran.returncode == 0
    found = json.loads(ran.stdout)
    assert len(found["text"].split()) > 10_000
    assert [found["text"][a:b] for a, b in found["attributions"][0]["source"]] == [
        "Foreign Minister Tolu Keza"
    ]


def test_standard_input_that_was_closed(report: Path) -> None:
    """As a service or a cron job may run it."""
    shell = f"exec {VERBALE} read --json {report} - <&-"
    ran = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, timeout=60)
    assert "Traceback" not in ran.stderr
    assert ran.returncode == SKIPPED
    assert json.loads(ran.stdout)["text"] == REPORT
    assert ran.stderr.splitlines()[0] == "skipped -: is empty"


# --- output that takes no more


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, form: list[str]) -> None:
    """Far more than a pipe holds, as with `verbale read folder | head -1`."""
    (tmp_path / "lines.jsonl").write_text((json.dumps({"text": "Rain fell. " * 2000}) + "\n") * 40)
    process = subprocess.Popen(
        [VERBALE, "read", *form, tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    assert process.wait(60) == 0
    assert (err, process.stderr.close()) == ("", None)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full here")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_full_disk_is_said_in_one_line(report: Path, form: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = verbale("read", *form, report, stdout=full)
    assert ran.returncode == 1
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith("verbale: standard output: cannot be written (No space left on device)")


def test_standard_output_that_was_closed(report: Path, tmp_path: Path) -> None:
    for form, code in (("--json", 1), ("", 1), (f"--html {tmp_path / 'out.html'}", 0)):
        shell = f"exec {VERBALE} read {form} {report} >&-"
        ran = subprocess.run(["sh", "-c", shell], stderr=subprocess.PIPE, text=True, timeout=60)
        (line,) = ran.stderr.splitlines()
        assert (ran.returncode, "Traceback" in line) == (code, False), form
    assert "Tolu Keza" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_said_in_one_line(report: Path, tmp_path: Path) -> None:
    ran = verbale("read", report, "--html", tmp_path / "nowhere" / "out.html")
    assert ran.returncode == 1
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith(f"verbale: {tmp_path / 'nowhere' / 'out.html'}: cannot be written (")


def test_a_page_that_was_not_finished_leaves_the_old_one(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "out.html"
    page.write_text("the old page")
    monkeypatch.setattr("verbale.export.json.line", lambda reading: 1 / 0)
    ran = CliRunner().invoke(app, ["read", str(report), "--json", "--html", str(page)])
    assert isinstance(ran.exception, ZeroDivisionError)
    assert page.read_text() == "the old page"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.html", "report.txt"]


def test_a_page_goes_through_a_link(report: Path, tmp_path: Path) -> None:
    (tmp_path / "link.html").symlink_to("out.html")
    assert in_process("read", report, "--html", tmp_path / "link.html")[0] == 0
    assert (tmp_path / "link.html").is_symlink()
    assert "Tolu Keza" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_a_page_into_a_pipe_leaves_the_pipe(report: Path, tmp_path: Path) -> None:
    """Moving a file over a pipe or a device, such as /dev/stdout, would take it from everybody."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    try:
        assert verbale("read", report, "--html", pipe).returncode == 0
        out, _ = reader.communicate(timeout=30)
    finally:
        reader.kill()
        reader.wait()
    assert b"Tolu Keza" in out
    assert pipe.is_fifo()


# --- the command itself


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], ["read", "--version", "who said what"]),
        (
            ["read", "--help"],
            ["--json", "--html", "--no-nested", "--inferred", "--allow-private", "--max-mb", "stdin"],
        ),
    ],
)
def test_help(arguments: list[str], words: list[str]) -> None:
    code, out, _ = in_process(*arguments)
    assert code == 0
    for word in words:
        assert word in out


def test_every_command_and_option_has_help() -> None:
    import typer

    root = typer.main.get_command(app)
    commands = dict(getattr(root, "commands", {}))
    assert set(commands) == {"read", "actors", "issues"}
    for name in ("actors", "issues"):
        group = commands.pop(name)
        assert group.help
        commands |= {f"{name} {each}": command for each, command in group.commands.items()}
    for command in commands.values():
        assert command.help
        for parameter in command.params:
            assert getattr(parameter, "help", None), parameter.name


def test_without_arguments_it_shows_help() -> None:
    code, out, err = in_process()
    assert code == 2
    assert "Usage:" in "\n".join((out, *err))


def test_version() -> None:
    assert in_process("--version") == (0, f"verbale {version()}\n", [])
    assert verbale("--version").stdout.decode() == f"verbale {version()}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["nothing"],
        ["read", "x", "--nothing"],
        ["read", "x", "--html", "."],
        *(["read", "x", "--max-mb", value] for value in ("0", "-1", "nan", "inf", "much")),
    ],
)
def test_wrong_usage_is_told_apart(arguments: list[str]) -> None:
    ran = verbale(*arguments)
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert b"Usage:" in ran.stderr


def test_it_runs_as_a_module(report: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "verbale.cli", "read", "--json", report], capture_output=True, check=True
    )
    assert json.loads(ran.stdout)["text"] == REPORT


def test_a_damaged_model_is_said_in_one_line(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from verbale import cli, models

    def damaged() -> TaggerModel:
        return TaggerModel(tmp_path)

    monkeypatch.setattr(models, "default_tagger", damaged)
    monkeypatch.setattr(sys, "argv", ["verbale", "read", str(report)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"verbale: {tmp_path / 'manifest.json'}: is no model manifest")


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (ROOT / "examples").iterdir() if path.suffix != ".md")
)
def test_the_examples_are_read(name: str) -> None:
    code, out, _ = in_process("read", "--json", ROOT / "examples" / name)
    assert code == 0
    for line in out.splitlines():
        reading = json.loads(line)
        assert reading["attributions"], name
