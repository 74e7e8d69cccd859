import gzip
import io
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.documents import document
from verbale.sources import SourceOptions, find
from verbale.sources.jsonl import source as jsonl_source
from verbale.types import Known, Skipped, Source

NOON = datetime(2022, 12, 10, 12, tzinfo=UTC)
OPTIONS = SourceOptions(user_agent="Verbale/test", clock=lambda: NOON)
PRIVATE = replace(OPTIONS, allow_private=True, timeout=10)
REPORT = "Vardia will come to the talks, Minister Tolu Keza said.\n"


def only(named: str | Path, options: SourceOptions = OPTIONS, stdin: bytes = b"") -> Source | Skipped:
    (found,) = find(str(named), options, io.BytesIO(stdin))
    return found


def source(named: str | Path, options: SourceOptions = OPTIONS, stdin: bytes = b"") -> Source:
    found = only(named, options, stdin)
    assert isinstance(found, Source), found
    return found


def skipped(named: str | Path, options: SourceOptions = OPTIONS, stdin: bytes = b"") -> Skipped:
    found = only(named, options, stdin)
    assert isinstance(found, Skipped), found
    assert found.stage == "source"
    assert "\n" not in str(found)
    return found


# --- files, folders, standard input


def test_a_file_is_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"\xef\xbb\xbf" + REPORT.encode())
    assert source(path) == Source(str(path), "text/plain", b"\xef\xbb\xbf" + REPORT.encode())


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.html", b"<p>words", "text/html"),
        ("a.HTM", b"words", "text/html"),
        ("a.pdf", b"%PDF-1.4", "application/pdf"),
        ("a", b"%PDF-1.4 \0", "application/pdf"),
        ("a.txt", b"%PDF-1.4 \0", "application/pdf"),  # misnamed, but unmistakable
        ("a", b" <!DOCTYPE html><p>words", "text/html"),
        ("a", b"\xef\xbb\xbf<?xml version='1.0'?><html>", "text/html"),
        ("a", b"The tag <html> opens a page.", "text/plain"),
        ("a.news", b"words", "text/plain"),
        ("a.txt", "words".encode("utf-16"), "text/plain"),
    ],
)
def test_the_kind_of_a_file(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert source(tmp_path / name).media_type == expected


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
@pytest.mark.parametrize(
    "data", [b"\x7fELF\0\0", b"PK\x03\x04 not a docx \0", b"\x89PNG\r\n", b"{\\rtf1 words"]
)
def test_a_binary_file_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert skipped(tmp_path / name).code == "binary"


def test_a_folder_is_read_in_order_with_all_that_is_in_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.html", "z/d.txt", ".hidden.txt", ".git/e.txt", "photo.jpg", "no"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(REPORT)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "lines.jsonl").write_text('{"text": "One."}\nbad\n')
    names = [
        str(Path(found.name if isinstance(found, Source) else found.document).relative_to(tmp_path))
        for found in find(str(tmp_path), OPTIONS)
    ]
    expected = ["a.txt", "b.txt", "gone.txt", "lines.jsonl:1", "lines.jsonl:2", "sub/c.html", "z/d.txt"]
    assert names == expected


def test_a_bad_file_in_a_folder_does_not_end_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0")
    (tmp_path / "b.txt").write_text(REPORT)
    bad, good = find(str(tmp_path), OPTIONS)
    assert isinstance(bad, Skipped)
    assert bad.document == str(tmp_path / "a.txt")
    assert isinstance(good, Source)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\0")
    found = skipped(tmp_path)
    assert found.code == "empty"
    assert ".docx" in found.detail


def test_an_empty_file_is_left_to_the_next_stage(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert source(tmp_path / "a.txt").data == b""


@pytest.mark.parametrize("named", ["nowhere.txt", "", "a/b/c"])
def test_nothing_there(tmp_path: Path, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    expected = "empty" if not named else "not-found"  # "" is the working folder to Path
    assert skipped(named).code == expected


@pytest.mark.parametrize("named", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have(named: str) -> None:
    assert skipped(named).code == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0o000)
    assert skipped(tmp_path / "a.txt").code == "unreadable"


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    found = skipped(path)
    assert (
        str(found)
        == f"{path}: is 50 MB, over the limit of 20 MB; raise it with --max-mb (max_bytes in Python)"
    )


def test_the_limit_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert source(tmp_path / "a.txt", replace(OPTIONS, max_bytes=5)).data == b"12345"
    assert skipped(tmp_path / "a.txt", replace(OPTIONS, max_bytes=4)).code == "too-large"
    assert source("-", replace(OPTIONS, max_bytes=5), b"12345").data == b"12345"
    assert skipped("-", replace(OPTIONS, max_bytes=4), b"12345").code == "too-large"
    assert skipped("-", replace(OPTIONS, max_bytes=4), b"1\n345").code == "too-large"


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_text(REPORT))
    writer.start()
    assert source(tmp_path / "pipe").data == REPORT.encode()
    writer.join()


def test_standard_input() -> None:
    assert source("-", stdin=REPORT.encode() * 2) == Source("-", "text/plain", REPORT.encode() * 2)
    assert source("-", stdin=b"<html><p>x").media_type == "text/html"
    assert source("-", stdin=b"").data == b""
    assert source("-", stdin=b"{curly} words").media_type == "text/plain"
    assert skipped("-", stdin=b"\0").code == "binary"


def test_jsonl_on_standard_input() -> None:
    found = list(find("-", OPTIONS, io.BytesIO(b'{"text": "One."}\n{"text": "Two."}\n')))
    assert [(each.name, each.data) for each in found if isinstance(each, Source)] == [
        ("-:1", b"One."),
        ("-:2", b"Two."),
    ]


# --- JSONL


def test_a_line_with_all_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    fields = {
        "id": "n-1",
        "text": REPORT,
        "title": "Talks",
        "url": "https://karsk.example/1",
        "outlet": "Nordia",
        "published": "2022-12-10",
        "language": "EN-gb",
        "attributions": [],
    }
    path.write_text(json.dumps(fields))
    known = Known("n-1", "Talks", "https://karsk.example/1", "Nordia", date(2022, 12, 10), "en")
    assert source(path) == Source(f"{path}:1", "text/plain", REPORT.encode(), known)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"not json", "json"),
        (b'{"text": "cut', "json"),
        (b"[1]", "json"),
        (b"[" * 100_000, "json"),
        (b'{"text": "x", "n": ' + b"1" * 5000 + b"}", "json"),
        (b'{"title": "no text"}', "empty"),
        (b'{"text": " \\n"}', "empty"),
        (b'{"text": null}', "empty"),
        (b'{"text": 5}', "field"),
        (b'{"text": "x", "id": 5}', "field"),
        (b'{"text": "x", "title": ["x"]}', "field"),
        (b'{"text": "x", "published": "yesterday"}', "field"),
        (b'{"text": "x", "language": "?"}', "field"),
        (b'{"text": "half: \\ud800"}', "encoding"),
        (b'{"text": "x", "title": "\\udc00"}', "encoding"),
        (b'{"text": "\xff"}', "encoding"),
        (b'{"text": "' + b"long" * 300 + b'"}', "too-large"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, line: bytes, code: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "One."}\n\n' + line + b'\n{"text": "Two."}')
    limit = 1000 if code == "too-large" else 1_000_000
    one, bad, two = find(str(path), replace(OPTIONS, max_bytes=limit))
    assert isinstance(one, Source)
    assert isinstance(two, Source)
    assert isinstance(bad, Skipped)
    assert (bad.document, bad.code) == (f"{path}:3", code)
    assert two.name == f"{path}:4"


@pytest.mark.parametrize("published", ["2022-12-10T23:30:00Z", "2022-12-10 08:00", "20221210"])
def test_the_day_is_the_printed_one(published: str) -> None:
    line = json.dumps({"text": "x", "published": published}).encode()
    assert jsonl_source(line, "a:1").known.published == date(2022, 12, 10)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), st.booleans())
def test_text_comes_through_unchanged(text: str, ascii_only: bool) -> None:
    line = json.dumps({"text": text, "language": "en"}, ensure_ascii=ascii_only).encode()
    assert document(jsonl_source(line, "a.jsonl:1")).text == text


@given(st.binary())
def test_no_line_crashes(data: bytes) -> None:
    for found in find("-", OPTIONS, io.BytesIO(b'{"text": "One."}\n' + data)):
        assert isinstance(found, Source | Skipped)


def test_compressed_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'\xef\xbb\xbf{"text": "One."}\n'))
    assert source(path).data == b"One."


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_a_jsonl_file_without_lines(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"\n") if name.endswith("gz") else b"\n")
    assert skipped(tmp_path / name).code == "empty"


def test_a_broken_archive_gives_what_stands_before_the_break(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(b'{"text": "%d"}\n' % number for number in range(20_000))
    path.write_bytes(gzip.compress(lines)[:-2000])
    *found, last = find(str(path), OPTIONS)
    assert len(found) > 100
    assert isinstance(last, Skipped)
    assert last.code == "damaged"
    path.write_bytes(b"no gzip at all")
    assert skipped(path).code == "damaged"


def test_many_lines_take_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    line = json.dumps({"text": REPORT * 20}) + "\n"
    with path.open("w") as file:
        file.writelines(line for _ in range(10_000))
    assert path.stat().st_size > 10_000_000
    tracemalloc.start()
    count = sum(isinstance(found, Source) for found in find(str(path), replace(OPTIONS, max_bytes=100_000)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 1_000_000


# --- addresses

Page = Callable[[BaseHTTPRequestHandler], None]


class Site(BaseHTTPRequestHandler):
    """Answers from a table of pages, and remembers who asked for what."""

    protocol_version = "HTTP/1.1"
    pages: ClassVar[dict[str, Page]] = {}
    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
        self.pages.get(self.path, status(404))(self)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


def page(body: bytes, kind: str = "text/html", **headers: str) -> Page:
    def answer(site: BaseHTTPRequestHandler) -> None:
        site.send_response(200)
        if kind:
            site.send_header("Content-Type", kind)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            site.send_header(name.replace("_", "-"), value)
        site.end_headers()
        site.wfile.write(body)

    return answer


def status(code: int, **headers: str) -> Page:
    def answer(site: BaseHTTPRequestHandler) -> None:
        site.send_response(code)
        for name, value in {"Content-Length": "0", **headers}.items():
            site.send_header(name, value)
        site.end_headers()

    return answer


def drip(first: bytes, each: bytes, pause: float) -> Page:
    """Send something, and then more of it until the other side hangs up."""

    def answer(site: BaseHTTPRequestHandler) -> None:
        site.close_connection = True
        try:
            site.wfile.write(first)
            for _ in range(100_000):
                site.wfile.write(each)
                time.sleep(pause)
        except OSError:
            pass

    return answer


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[str]:
    with ThreadingHTTPServer(("0.0.0.0", 0), Site) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f":{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def port() -> Iterator[str]:
    Site.pages.clear()
    Site.asked.clear()
    with serving() as found:
        yield found


@pytest.fixture
def site(port: str) -> str:
    return f"http://127.0.0.1{port}"


def test_a_page_is_fetched(site: str) -> None:
    Site.pages["/a?b=1"] = page(b"<html>words", "text/html; charset=utf-8")
    found = source(f"{site}/a?b=1#part", PRIVATE)
    assert found == Source(
        f"{site}/a?b=1#part", "text/html", b"<html>words", Known(url=f"{site}/a?b=1", retrieved=NOON)
    )
    assert [(path, agent) for path, _, agent in Site.asked] == [
        ("/robots.txt", "Verbale/test"),
        ("/a?b=1", "Verbale/test"),
    ]


def test_the_agent_says_who_asks(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbale.version", lambda: "9.9")
    Site.pages["/"] = page(b"words", "text/plain")
    source(site + "/", replace(PRIVATE, user_agent=""))
    assert {agent for *_, agent in Site.asked} == {"Verbale/9.9 (reads the pages that its user names)"}


@pytest.mark.parametrize(
    ("path", "kind", "body", "expected"),
    [
        ("/a", "text/plain", b"words", "text/plain"),
        ("/a", "TEXT/HTML; Charset=Windows-1251", b"words", "text/html; charset=windows-1251"),
        ("/a", "application/xhtml+xml", b"words", "text/html"),
        ("/a.pdf", "application/octet-stream", b"not a pdf", "application/pdf"),
        ("/a", "", b"<html>words", "text/html"),
        ("/a", "text/html", b"%PDF-1.4\0", "application/pdf"),
    ],
)
def test_the_kind_of_a_page(site: str, path: str, kind: str, body: bytes, expected: str) -> None:
    Site.pages[path] = page(body, kind)
    assert source(site + path, PRIVATE).media_type == expected


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("image/png", b"\x89PNG\0", "media-type"),
        ("application/json", b"{}", "media-type"),
        ("text/html", b"\0", "binary"),
    ],
)
def test_a_page_that_is_no_document(site: str, kind: str, body: bytes, code: str) -> None:
    Site.pages["/a"] = page(body, kind)
    assert skipped(f"{site}/a", PRIVATE).code == code


def test_redirects_are_followed(site: str) -> None:
    Site.pages["/a"] = status(302, Location="/b")
    Site.pages["/b"] = status(301, Location=f"{site}/c")
    Site.pages["/c"] = page(b"words")
    found = source(f"{site}/a", PRIVATE)
    assert found.name == f"{site}/a"
    assert found.known.url == f"{site}/c"


def test_a_redirect_loop_is_left(site: str) -> None:
    Site.pages["/a"] = status(302, Location="/b")
    Site.pages["/b"] = status(302, Location="/a")
    assert skipped(f"{site}/a", PRIVATE).code == "redirects"
    assert len(Site.asked) == 7  # robots.txt once


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://karsk.example/a", "http://a:b/", "javascript:1"]
)
def test_a_redirect_leads_to_the_web_or_nowhere(site: str, target: str) -> None:
    Site.pages["/a"] = status(302, Location=target)
    assert skipped(f"{site}/a", PRIVATE).code in ("scheme", "address", "no-answer")


@pytest.mark.parametrize("code", [404, 410, 451, 500, 204, 304])
def test_an_error_of_the_server_is_told(site: str, code: int) -> None:
    Site.pages["/a"] = status(code)
    found = skipped(f"{site}/a", PRIVATE)
    assert found.code == "http"
    assert str(code) in found.detail


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "[::1]",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # metadata of cloud machines
        "100.64.0.1",  # carrier-grade NAT
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "2130706433",
        "0x7f000001",
        "127.1",
        "localhost",
    ],
)
def test_private_addresses_are_refused(address: str) -> None:
    found = skipped(f"http://{address}/", replace(OPTIONS, timeout=2))
    assert found.code == "private"
    assert "--allow-private" in found.detail


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_public(address: str) -> None:
    from verbale.sources.network import is_public

    assert is_public(address)


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this machine's first address pass for a public one; its second stays private."""
    monkeypatch.setattr("verbale.sources.network.is_public", lambda address: address == "127.0.0.1")


@pytest.mark.usefixtures("near")
@pytest.mark.parametrize("where", ["/a", "/robots.txt"])
def test_a_redirect_to_a_private_address_is_refused(site: str, port: str, where: str) -> None:
    Site.pages["/a"] = page(b"words")
    Site.pages[where] = status(302, Location=f"http://127.0.0.2{port}/secret")
    found = skipped(f"{site}/a")
    assert (found.code, found.document) == ("private", f"{site}/a")
    assert "127.0.0.2" in found.detail
    assert not any(path == "/secret" for path, *_ in Site.asked)


Answers = list[tuple[Any, ...]]


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, ...]) -> list[str]:
    """Answer each question with the next of `answers`: a hand-written fake of the name servers."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def fake(host: str, port: int, *rest: Any, **more: Any) -> Answers:
        if not host.endswith(".example"):
            return list(real(host, port, *rest, **more))
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr("socket.getaddrinfo", fake)
    return asked


@pytest.mark.usefixtures("near")
def test_the_address_that_was_checked_is_the_one_connected_to(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and private a moment later leads nowhere private."""
    asked = resolver(monkeypatch, ("127.0.0.1",), ("127.0.0.2",))
    Site.pages["/a"] = page(b"words")
    found = source(f"http://karsk.example{port}/a", replace(OPTIONS, obey_robots=False))
    assert found.known.url == f"http://karsk.example{port}/a"
    assert asked == ["karsk.example"]
    assert {host for _, host, _ in Site.asked} == {f"karsk.example{port}"}


@pytest.mark.usefixtures("near")
def test_a_name_with_one_private_address_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolver(monkeypatch, ("127.0.0.1", "127.0.0.2"))
    assert skipped(f"http://karsk.example{port}/a").code == "private"


def test_a_dead_address_does_not_hide_a_living_one(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolver(monkeypatch, ("240.0.0.1", "127.0.0.1"))
    Site.pages["/a"] = page(b"words")
    assert source(f"http://karsk.example{port}/a", replace(PRIVATE, timeout=3)).data == b"words"


@pytest.mark.parametrize(
    "named",
    ["http://nowhere.invalid/", "http://a..b/", "http://a:99999999/", f"http://{'a' * 300}/", "http://a b/"],
)
def test_a_name_that_leads_nowhere(named: str) -> None:
    assert skipped(named).code == "no-answer"


@pytest.mark.parametrize("named", ["ftp://karsk.example/a", "file:///etc/passwd", "https://", "http:///a"])
def test_only_the_web_is_fetched(named: str) -> None:
    assert skipped(named).code == "scheme"


@pytest.mark.parametrize("named", ["http://[::1", "http://a:b/", "http://\0/", "http://0177.0.0.1/"])
def test_addresses_that_are_none(named: str) -> None:
    assert skipped(named).code == "address"


def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert skipped(f"http://127.0.0.1:{free.getsockname()[1]}/", PRIVATE).code == "no-answer"


def test_proxies_of_the_environment_are_not_used(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    Site.pages["/a"] = page(b"words")
    assert source(f"{site}/a", PRIVATE).data == b"words"


# --- robots.txt


def test_robots_are_obeyed(site: str) -> None:
    Site.pages["/robots.txt"] = page(b"User-agent: verbale\nDisallow: /a\n", "text/plain")
    Site.pages["/a"] = Site.pages["/b"] = page(b"words")
    found = skipped(f"{site}/a", PRIVATE)
    assert found.code == "robots"
    assert [path for path, *_ in Site.asked] == ["/robots.txt"]
    assert source(f"{site}/b", PRIVATE).data == b"words"
    assert source(f"{site}/a", replace(PRIVATE, obey_robots=False)).data == b"words"


def test_robots_are_asked_on_each_site_of_a_redirect(site: str, port: str) -> None:
    Site.pages["/a"] = status(302, Location=f"http://localhost{port}/b")
    Site.pages["/b"] = page(b"words")
    source(f"{site}/a", PRIVATE)
    assert [path for path, *_ in Site.asked] == ["/robots.txt", "/a", "/robots.txt", "/b"]


def test_a_disallowed_redirect_is_refused(site: str) -> None:
    Site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /b\n", "text/plain")
    Site.pages["/a"] = status(302, Location="/b")
    assert skipped(f"{site}/a", PRIVATE).code == "robots"


def test_robots_that_fail_count_as_no(site: str) -> None:
    Site.pages["/robots.txt"] = status(503)
    Site.pages["/a"] = page(b"words")
    assert skipped(f"{site}/a", PRIVATE).code == "robots"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\0garbage", b"User-agent: *\n" + b"Disallow: /x\n" * 60_000])
def test_odd_robots_are_read_as_far_as_they_go(site: str, body: bytes) -> None:
    Site.pages["/robots.txt"] = page(body, "text/plain")
    Site.pages["/a"] = page(b"words")
    assert source(f"{site}/a", PRIVATE).data == b"words"


# --- limits of size and time

SMALL = replace(PRIVATE, max_bytes=1000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_the_size_of_a_page_is_limited(site: str) -> None:
    Site.pages["/a"] = page(b"x" * 1000)
    Site.pages["/b"] = page(b"x" * 1001)
    assert len(source(f"{site}/a", SMALL).data) == 1000
    found = skipped(f"{site}/b", SMALL)
    assert (
        found.detail
        == "is 1,001 bytes, over the limit of 1,000 bytes; raise it with --max-mb (max_bytes in Python)"
    )


def test_a_page_without_end_is_left(site: str) -> None:
    Site.pages["/a"] = drip(HEAD + b"\r\n", b"x" * 100, 0)
    assert skipped(f"{site}/a", SMALL).code == "too-large"


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip"])
def test_a_page_that_unpacks_to_too_much_is_left(site: str, coding: str) -> None:
    body = bytes(30_000_000)
    for _ in coding.split(","):
        body = gzip.compress(body, 6)
    assert len(body) < 100_000
    Site.pages["/a"] = page(body, Content_Encoding=coding)
    tracemalloc.start()
    found = skipped(f"{site}/a", replace(PRIVATE, max_bytes=100_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.code == "too-large"
    assert peak < 12_000_000


def test_compressed_pages_are_unpacked(site: str) -> None:
    Site.pages["/a"] = page(gzip.compress(b"words"), Content_Encoding="gzip")
    assert source(f"{site}/a", SMALL).data == b"words"


def test_a_page_that_claims_to_be_compressed(site: str) -> None:
    Site.pages["/a"] = page(b"words", Content_Encoding="gzip")
    assert skipped(f"{site}/a", SMALL).code == "no-answer"


def test_a_page_that_breaks_off(site: str) -> None:
    Site.pages["/a"] = page(b"words", Content_Length="500", Connection="close")
    assert skipped(f"{site}/a", replace(SMALL, timeout=1)).code in ("no-answer", "timeout")


@pytest.mark.parametrize(
    "slow",
    [drip(HEAD, b"", 0.1), drip(HEAD, b"X-A: b\r\n", 0.1), drip(HEAD + b"\r\n", b"x", 0.1)],
    ids=["silent", "headers drip", "body drips"],
)
def test_the_time_is_limited_however_it_is_spent(site: str, slow: Page) -> None:
    Site.pages["/a"] = slow
    began = time.monotonic()
    found = skipped(f"{site}/a", replace(PRIVATE, timeout=0.6))
    assert found.code == "timeout"
    assert "0.6 s" in found.detail
    assert time.monotonic() - began < 5


# --- certificates


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """A certificate for karsk.example that nobody but us trusts."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("makes its certificate with openssl")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    named = ("-subj", "/CN=karsk.example", "-addext", "subjectAltName=DNS:karsk.example")
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *named]
    subprocess.run([*made, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def test_certificates_go_by_the_name(
    certificate: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Site.pages.clear()
    Site.pages["/a"] = page(b"words")
    resolver(monkeypatch, ("127.0.0.1",))
    with serving(certificate) as port:
        assert skipped(f"https://karsk.example{port}/a", PRIVATE).code == "no-answer"
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert source(f"https://karsk.example{port}/a", PRIVATE).data == b"words"
        other = skipped(f"https://other.example{port}/a", PRIVATE)
        assert other.code == "no-answer"
        assert "certificate" in other.detail.lower()


# --- what is loaded


def test_the_network_is_loaded_only_for_an_address(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    code = (
        "import sys; from verbale.sources import *; list(find(sys.argv[1], SourceOptions())); "
        "sys.exit(bool({'httpx2', 'protego', 'httpcore2'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "a.txt"], check=True)


@pytest.mark.parametrize("wrong", [{"max_bytes": 0}, {"timeout": 0.0}])
def test_options_must_make_sense(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no limits"):
        SourceOptions(**wrong)
