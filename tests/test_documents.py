import io
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from hashlib import sha256

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.documents import document
from verbale.documents.dateline import Dateline, dateline
from verbale.errors import DocumentError
from verbale.types import Document, Known, Source, digest

PLAIN, HTML, PDF = "text/plain", "text/html", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY = (
    "KARSK, Dec 9 (Nordia) - Vardia will not come to the talks, Foreign Minister Tolu Keza said on Friday.\n"
    "“We are not ready,” she told reporters at the palace. “Nobody in the region is.”\n"
    "Ostria said that it regrets the decision and hopes for another date in spring."
)
REPORT = f"Vardia stays away from talks\n{BODY}"


def made(data: bytes | str, kind: str = PLAIN, known: Known | None = None) -> Document:
    data = data.encode() if isinstance(data, str) else data
    return document(Source("a report", kind, data, known or Known()))


def refused(data: bytes | str, kind: str = PLAIN, known: Known | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        made(data, kind, known)
    assert caught.value.subject == "a report"
    assert "\n" not in str(caught.value)
    return caught.value


# --- plain text


def test_plain_text_is_kept_to_the_letter() -> None:
    text = "  Two words \r\n\r\n\tand  more…\u2028\x0c\n"
    assert made(text).text == text


def test_what_is_known_goes_into_the_document() -> None:
    noon = datetime(2022, 12, 10, 12, tzinfo=UTC)
    known = Known("n-1", "Talks", "https://karsk.example/1", "Herald", date(2022, 12, 10), "en", noon)
    sha = sha256(REPORT.encode()).hexdigest()
    assert made(REPORT, known=known) == Document(
        "n-1",
        "a report",
        REPORT,
        sha,
        "Talks",
        "https://karsk.example/1",
        "Herald",
        date(2022, 12, 10),
        noon,
        "en",
    )


def test_an_id_is_cut_from_address_and_text() -> None:
    sha = sha256(REPORT.encode()).hexdigest()
    assert made(REPORT).id == digest("document", "", sha)[:16]
    assert made(REPORT, known=Known(url="https://karsk.example/1")).id != made(REPORT).id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert made(mark + REPORT.encode(encoding)).text == REPORT


def test_other_encodings_are_said_and_not_guessed() -> None:
    error = refused("“Talks”".encode("cp1252"))
    assert str(error) == (
        "a report: is not UTF-8: byte 0x93 at offset 0; "
        "convert it to UTF-8, for instance with: iconv -f WINDOWS-1252 -t UTF-8"
    )
    assert refused(b"\xff\xfe\0").code == "encoding"


def test_a_server_may_declare_the_encoding() -> None:
    assert made("“Talks”".encode("cp1252"), "text/plain; charset=iso-8859-1").text == "“Talks”"
    assert refused(b"\xff", "text/plain; charset=hex").code == "encoding"
    assert refused(b"\xff", "text/plain; charset=windows-nonesuch").code == "encoding"
    assert refused(b"\x81", "text/plain; charset=windows-1252").code == "encoding"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\u00a0".encode()])
@pytest.mark.parametrize("kind", [PLAIN, HTML])
def test_nothing_to_read(data: bytes, kind: str) -> None:
    assert str(refused(data, kind)) == "a report: is empty"


@pytest.mark.parametrize("kind", [PDF, DOCX])
def test_an_empty_file_is_empty_whatever_it_is_called(kind: str) -> None:
    assert refused(b"", kind).code == "empty"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (REPORT, "Vardia stays away from talks"),
        ("\n\n Vardia: no talks! \n\nMore.", "Vardia: no talks!"),
        ("One line alone", ""),
        ("A sentence ends.\nAnother one.", ""),
        ("“He said so.”\nMore.", ""),
        ("x" * 201 + "\nMore.", ""),
        ("Head\r\nMore.", "Head"),
    ],
)
def test_the_title_of_a_plain_text(text: str, title: str) -> None:
    assert made(text).title == title


# --- datelines


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Dec. 10, 2022 (EIRNS)—Diplomats said", Dateline("EIRNS", date(2022, 12, 10))),
        ("Dec 10, 2022 (EIRNS) - Diplomats said", Dateline("EIRNS", date(2022, 12, 10))),
        ("10 September 2022 (EIRNS) – Diplomats said", Dateline("EIRNS", date(2022, 9, 10))),
        ("MOSCOW, Dec 9 (Reuters) - Diplomats said", Dateline("Reuters")),
        ("MOSCOW, Sept. 9, 2022 (Reuters) — Diplomats said", Dateline("Reuters", date(2022, 9, 9))),
        ("BEIJING, 9 Dec. 2022 (Xinhua) -- Diplomats said", Dateline("Xinhua", date(2022, 12, 9))),
        ("KYIV, Ukraine (AP) — Diplomats said", Dateline("AP")),
        ("UNITED NATIONS (AP) — Diplomats said", Dateline("AP")),
        ("PARIS/LONDON, May 3 (Reuters) - Diplomats said", Dateline("Reuters")),
        ("SÃO PAULO, May 3 (Agence d'État) - Diplomats said", Dateline("Agence d'État")),
        ("MOSCOW, December 9. /TASS/. Diplomats said", Dateline("TASS")),
        ("Dec. 35, 2022 (EIRNS)—Diplomats said", Dateline("EIRNS")),
        # not datelines
        ("He came in May 3 (or 4) - perhaps", Dateline()),
        ("The Minister (Ostria) - who came late", Dateline()),
        ("In MOSCOW, Dec 9 (Reuters) - Diplomats said", Dateline()),
        ("", Dateline()),
    ],
)
def test_datelines(line: str, expected: Dateline) -> None:
    assert dateline(line) == expected
    assert dateline(f"Headline\n\nBy Somebody\n{line}\nMore.") == expected


def test_datelines_stand_at_the_beginning() -> None:
    assert dateline("Words.\n" * 5 + "Dec. 10, 2022 (EIRNS)—") == Dateline()


def test_the_dateline_tells_what_nothing_else_does() -> None:
    text = "Dec. 10, 2022 (EIRNS)—Diplomats said."
    assert (made(text).outlet, made(text).published) == ("EIRNS", date(2022, 12, 10))
    known = made(text, known=Known(outlet="Herald", published=date(2022, 12, 11)))
    assert (known.outlet, known.published) == ("Herald", date(2022, 12, 11))


# --- language


def test_english_is_read() -> None:
    assert made(REPORT).language == "en"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Министр заявил в понедельник, что переговоры продолжатся весной.", "Russian (ru)"),
        ("Der Minister sagte am Montag, dass die Gespräche im Frühling weitergehen.", "German (de)"),
        ("El ministro dijo el lunes que las conversaciones seguirán en primavera.", "Spanish (es)"),
        (
            "部长星期一在首都对记者说，双方的会谈将于明年春天继续举行，但他没有说明具体的日期和地点。" * 2,
            "Chinese (zh)",
        ),
        ("الوزير قال يوم الاثنين إن المحادثات سوف تستمر في الربيع القادم", "Arabic (ar)"),
    ],
)
def test_other_languages_are_named(text: str, named: str) -> None:
    error = refused(text)
    assert error.code == "language"
    assert error.what == f"reads English only; this looks like {named}"


@pytest.mark.parametrize(
    "text", ["Talks go on", "U.S.", "Moscow: no", "12 345 678 " * 20, "😀" * 50, "— 1 —\n" * 90]
)
def test_too_little_to_tell(text: str) -> None:
    assert made(text).language == ""


def test_a_language_that_is_given_is_believed() -> None:
    german = "Der Minister sagte am Montag, dass die Gespräche im Frühling weitergehen."
    assert made(german, known=Known(language="en")).language == "en"
    error = refused(REPORT, known=Known(language="ru"))
    assert error.what == "reads English only; this is marked as Russian (ru)"
    assert "'qqq'" in refused(REPORT, known=Known(language="qqq")).what


# --- pages


def html(body: str = "", head: str = "", tag: str = '<html lang="en-GB">') -> str:
    paragraphs = body or "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    return (
        f"<!doctype html>{tag}<head><meta charset=utf-8>{head}</head><body>"
        '<nav><a href="/">Home</a> <a href="/w">World</a> <a href="/s">Sport</a></nav>'
        f"<article>{paragraphs}</article><footer>© 2024 The Karsk Herald</footer></body></html>"
    )


HEAD = (
    "<title>Vardia stays away from talks | The Karsk Herald</title>"
    '<meta property="og:title" content="Vardia stays away from talks">'
    '<meta property="og:site_name" content="The Karsk Herald">'
    '<meta property="article:published_time" content="2022-12-10T08:00:00Z">'
    '<link rel="canonical" href="https://karsk.example/a/1">'
)


def test_a_page() -> None:
    found = made(html(head=HEAD), HTML)
    assert found.text == REPORT  # its headline, which the article leaves out, first
    assert found.title == "Vardia stays away from talks"
    assert found.outlet == "The Karsk Herald"
    assert found.published == date(2022, 12, 10)
    assert found.url == "https://karsk.example/a/1"
    assert found.language == "en"


def test_a_headline_stands_once() -> None:
    page = html(
        "<h1>Vardia stays  away from talks</h1>" + "".join(f"<p>{line}</p>" for line in BODY.split("\n")),
        HEAD,
    )
    assert made(page, HTML).text == REPORT


def test_a_page_that_tells_nothing_of_itself() -> None:
    found = made(html(), HTML, Known(url="https://www.karsk.example/a"))
    assert found.text == BODY
    assert found.outlet == "Nordia"  # the dateline goes before the bare address
    assert found.published is None
    assert made(html("<p>The talks in Karsk go on, the ministry said on Monday.</p>" * 3), HTML).outlet == ""


def test_what_is_known_goes_before_what_a_page_says() -> None:
    known = Known(title="T", url="https://karsk.example/2", outlet="O", published=date(2022, 1, 1))
    found = made(html(head=HEAD), HTML, known)
    assert (found.title, found.url, found.outlet, found.published) == (
        "T",
        "https://karsk.example/2",
        "O",
        date(2022, 1, 1),
    )


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><script>let a = 'One. Two three four five six seven.';</script></body></html>",
        html(
            "<ul>"
            + "".join(f'<li><a href="/{n}">Vardia and Ostria talk again {n}</a></li>' for n in range(30))
            + "</ul>"
        ),
        "<html><body><p>Sign in.</p></body></html>",
    ],
)
def test_a_page_without_an_article(page: str) -> None:
    assert refused(page, HTML).code == "no-article"


@pytest.mark.parametrize(
    ("declares", "encoding"),
    [
        ("<meta charset='windows-1252'>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset=windows-1252>", "utf-8"),  # not as declared, and still told apart
        ("", "utf-16"),
    ],
)
def test_pages_declare_their_encoding(declares: str, encoding: str) -> None:
    page = html(head=HEAD).replace("<meta charset=utf-8>", declares).replace("©", "")
    assert made(page.encode(encoding), HTML).text == REPORT


def test_the_server_goes_before_the_page() -> None:
    page = html().replace("<meta charset=utf-8>", "<meta charset=koi8-r>").replace("©", "")
    assert made(page.encode("cp1252"), f"{HTML}; charset=windows-1252").text == BODY


def test_a_page_in_an_encoding_that_it_does_not_declare() -> None:
    assert refused(html().encode("cp1252"), HTML).code == "encoding"


def test_the_language_of_a_page() -> None:
    assert made(html(tag="<html lang=ru>"), HTML).language == "en"  # a long text tells better than its page
    short = "<p>We go, we go, we go, we go.</p>"
    assert made(html(short), HTML).language == "en"
    assert refused(html(short, tag="<html lang=ru>"), HTML).code == "language"


# --- PDF


def pdf(*pages: list[str]) -> bytes:
    """Write a PDF by hand: a catalogue, a font, and for each page its lines."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        shown = " T* ".join("({}) Tj".format(line.replace("(", r"\(").replace(")", r"\)")) for line in lines)
        content = f"BT /F1 12 Tf 14 TL 72 700 Td {shown} ET"
        resources = "/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 612 792]"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}/Contents {5 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{written}endobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out + f"{tail}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def test_a_pdf_is_read_with_a_line_a_paragraph() -> None:
    """Printed lines are joined, so that a quotation does not end where its line does."""
    lines = [
        "Vardia stays away from talks",
        "KARSK, Dec 9 (Nordia) - Vardia will not come to the talks, Foreign",
        "Minister Tolu Keza said on Friday. “We are not ready to sign a long-",
        "term treaty,” she told reporters.",
        "Ostria said that it regrets the decision and hopes for another date",
    ]
    found = made(pdf(lines, ["in spring."]), PDF)
    assert found.title == "Vardia stays away from talks"
    assert found.outlet == "Nordia"
    _, second, third = found.text.split("\n")
    assert second.endswith("“We are not ready to sign a long-term treaty,” she told reporters.")
    assert third == "Ostria said that it regrets the decision and hopes for another date in spring."


def test_a_pdf_of_pictures() -> None:
    error = refused(pdf([""]), PDF)
    assert error.code == "empty"
    assert "OCR" in error.remedy


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf([BODY[:60]])))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_pdf() -> None:
    assert refused(encrypted("secret"), PDF).code == "encrypted"
    assert made(encrypted(""), PDF).text == BODY[:60]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"%PDF-1.4 nothing", b"<html>Not found</html>", pdf(["Words."])[:150]]
)
def test_a_broken_pdf(data: bytes) -> None:
    assert refused(data, PDF).code in ("damaged", "empty")


# --- DOCX


def word(*paragraphs: str, title: str = "", cells: tuple[str, ...] = ()) -> bytes:
    written = docx.Document()
    written.core_properties.title = title
    for paragraph in paragraphs:
        written.add_paragraph(paragraph)
    if cells:
        table = written.add_table(1, len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
        written.add_paragraph("After the table.")
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


def test_a_docx_is_read_in_order() -> None:
    found = made(word(*REPORT.split("\n"), "", cells=("Vardia", "Ostria")), DOCX)
    assert found.text == f"{REPORT}\nVardia\nOstria\nAfter the table."
    assert found.title == "Vardia stays away from talks"
    assert made(word(BODY, title="Talks"), DOCX).title == "Talks"


def test_a_docx_without_text() -> None:
    assert refused(word(""), DOCX).code == "empty"


def test_a_docx_that_unpacks_to_too_much() -> None:
    out = io.BytesIO(word(REPORT))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts,
        parts.open("word/media/a.bin", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(1_000_000))
    assert len(out.getvalue()) < 1_000_000
    assert refused(out.getvalue(), DOCX).code == "too-large"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0 an old .doc", word(REPORT)[:2000]])
def test_a_broken_docx(data: bytes) -> None:
    assert refused(data, DOCX).code == "damaged"


@pytest.mark.parametrize(("module", "kind"), [("pypdf", PDF), ("docx", DOCX)])
def test_a_missing_extra_is_named(module: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    error = refused(b"%PDF", kind)
    assert (error.code, error.remedy) == ("extra-missing", "pip install 'verbale[files]'")


# --- anything at all


@given(
    st.binary(), st.sampled_from(["", "utf-8", "cp1252", "shift_jis", "utf-7", "idna", "rot13", "big5hkscs"])
)
def test_no_plain_bytes_crash(data: bytes, charset: str) -> None:
    _survives(data, f"{PLAIN}; charset={charset}")


PIECES = (
    *(
        b"<html>",
        b"<p>",
        b"</p>",
        b"<div",
        b">",
        b"<h1>",
        b"<script>",
        b"<table><tr>",
        b"<title>",
        b"</title>",
    ),
    *(b"<meta charset=", b"utf-16", b"<?xml encoding='utf-8'?>", b"<!--", b"&#xD800;", b"&#0;"),
    b"A minister said that he would go. ",
)
MARKUP = st.lists(st.sampled_from(PIECES) | st.binary(max_size=20)).map(b"".join)


@settings(deadline=None, max_examples=60)
@given(MARKUP)
def test_no_page_crashes(data: bytes) -> None:
    _survives(data, HTML)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from([PDF, DOCX]), st.binary(), st.integers(0, 900), st.integers(0, 9))
def test_no_damaged_file_crashes(kind: str, data: bytes, at: int, lost: int) -> None:
    whole = pdf(["Words of a minister."]) if kind == PDF else b"PK\x03\x04"
    _survives(whole[:at] + data + whole[at + lost :], kind)


def _survives(data: bytes, kind: str) -> None:
    try:
        found = made(data, kind)
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert found.text.strip()
        assert found.digest == sha256(found.text.encode()).hexdigest()


def test_what_reads_other_formats_is_loaded_late() -> None:
    late = "{'trafilatura', 'pypdf', 'docx', 'py3langid', 'babel', 'numpy', 'httpx2'}"
    code = (
        "import sys; from verbale.documents import document; from verbale.types import *; "
        "document(Source('a', 'text/plain', b'Words', Known(language='en'))); "
        f"sys.exit(' '.join({late} & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
