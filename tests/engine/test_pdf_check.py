"""What is paper and what is not: documents made here, byte by byte."""

import time
import zlib
from collections.abc import Iterable

import pytest

from scheduler.engine import pdf_check
from scheduler.engine.pdf_check import UnsafePdf, check


def stream(content: bytes, extra: bytes = b"/Filter /FlateDecode", level: int = 9) -> bytes:
    packed = zlib.compress(content, level)
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (extra, len(packed), packed)


def after_nothing(content: bytes) -> bytes:
    """A stream that begins with empty blocks, more of them than are read at once."""
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    blocks = b"\0\0\0\xff\xff" * pdf_check.FED + packing.compress(content) + packing.flush()
    packed = b"\x78\x9c" + blocks + zlib.adler32(content).to_bytes(4, "big")
    return b"<< /Filter /FlateDecode >>\nstream\n%b\nendstream" % packed


def pdf(objects: Iterable[bytes] = (), pages: int = 1) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 10) for number in range(pages))
    body = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, pages)]
    body += [b"<< /Type /Page /Parent 2 0 R >>"] * pages
    numbered = (b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate([*body, *objects], start=1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def reason(document: bytes) -> str:
    try:
        check(document)
    except UnsafePdf as refusal:
        return str(refusal)
    return ""


PICTURE = bytes(range(256)) * 8000


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(pdf(), id="one empty page"),
        pytest.param(pdf(pages=200), id="200 pages"),
        pytest.param(pdf([stream(PICTURE)]), id="a picture"),
        pytest.param(pdf([stream(PICTURE, b"/Filter [/ASCII85Decode /DCTDecode]")]), id="a picture of old"),
        pytest.param(
            pdf([stream(b"x", b"/Type /ObjStm"), stream(b"x", b"/Type /XRef /DecodeParms << /Predictor 12 >>")]),
            id="packed objects and their table",
        ),
        pytest.param(
            pdf([stream(b"x", b"/Type /ObjStm"), stream(bytes(range(256)) * 99, b"/Filter /DCTDecode", level=0)]),
            id="packed objects beside a long picture",
        ),
        pytest.param(pdf([stream(b"BT (JavaScript, Launch) Tj ET")]), id="words on the page"),
        pytest.param(pdf([b"<< /Type /Annot /Subtype /Link /A << /S /GoTo /D [3 0 R] >> >>"]), id="a link inside"),
        pytest.param(pdf([b"<< /Length 4 >>\nstream\nabcd\nendstream"]), id="something not packed"),
        pytest.param(pdf([b"<< /Length 13 >>\nstream\n\0/EF\xff/AF\x80/EFG\nendstream"]), id="its letters by chance"),
        pytest.param(pdf([b"<< /AFRelationshipless 1 /EFX << >> >>"]), id="longer names that begin so"),
        pytest.param(pdf([stream(b"x", level=0)])[:-40], id="cut off"),
        pytest.param(pdf([b"x" * (2 * pdf_check.PIECE)], pages=150), id="long"),
    ],
)
def test_paper_is_taken(document: bytes) -> None:
    assert reason(document) == ""


@pytest.mark.parametrize(
    ("document", "why"),
    [
        pytest.param(pdf([b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"]), "javascript", id="a program"),
        pytest.param(pdf([b"<< /S /Java#53cript /JS 9 0 R >>"]), "javascript", id="a program with its name escaped"),
        pytest.param(pdf([stream(b"9 0 << /S /JavaScript >>", b"/Type /ObjStm")]), "javascript", id="packed"),
        pytest.param(pdf([stream(b"<< /S /Java#53cript >>", b"/T 1")]), "javascript", id="packed and escaped"),
        pytest.param(
            pdf([stream(b" " * 5_000_000 + b"/JavaScript " + b" " * 5_000_000)]), "javascript", id="packed deep"
        ),
        pytest.param(
            pdf([after_nothing(b"<< /S /JavaScript >>")]), "javascript", id="behind much that unpacks to nothing"
        ),
        pytest.param(
            pdf([b" " * (pdf_check.PIECE - 150) + b"/JavaScript"]), "javascript", id="between two pieces of reading"
        ),
        pytest.param(
            pdf([b"<< /Type /ObjStm /Filter [/ASCII85Decode /FlateDecode] >>\nstream\nGar8O~>\nendstream"]),
            "packing",
            id="packed twice",
        ),
        pytest.param(
            pdf([stream(b"x", b"/Type /ObjStm /DecodeParms << /Predictor 12 >>")]), "packing", id="packed as a picture"
        ),
        pytest.param(
            pdf([stream(b"x", b"/Type /ObjStm /DecodeParms" + b" " * 2500 + b"<< /Predictor 12 >>" + b" " * 2500)]),
            "packing",
            id="packed as a picture, with much nothing before and behind",
        ),
        pytest.param(
            pdf([stream(b"x", b"/Type /ObjStm /DecodeParms << /Predictor 12 >>" + b" " * 2500)]),
            "packing",
            id="packed as a picture, out of sight",
        ),
        pytest.param(pdf([b"<< /Encrypt 5 0 R >>"]), "encrypt", id="locked"),
        pytest.param(pdf([b"<< /Names << /EmbeddedFiles 5 0 R >> >>"]), "embeddedfiles", id="files inside"),
        pytest.param(pdf([b"<< /Type /EmbeddedFile >>"]), "embeddedfile", id="a file inside"),
        pytest.param(pdf([b"<< /Subtype /FileAttachment /FS 9 0 R >>"]), "fileattachment", id="a file pinned on"),
        pytest.param(pdf([b"<< /F (a.exe) /EF << /F 9 0 R >> >>"]), "ef", id="where a file inside is"),
        pytest.param(pdf([b"<< /F (a.exe) /E#46<</F 9 0 R>> >>"]), "ef", id="the same with its name escaped"),
        pytest.param(pdf([b"<< /F (a.exe) /EF 9 0 R >>"]), "ef", id="the same somewhere else"),
        pytest.param(pdf([b"<< /EF " + b" " * 2 * pdf_check.PIECE + b"<< /F 9 0 R >> >>"]), "ef", id="far from it"),
        pytest.param(pdf([b"<< /EF % well\n<< /F 9 0 R >> >>"]), "ef", id="behind a comment"),
        pytest.param(pdf([stream(b"9 0 << /EF << /F 9 0 R >> >>", b"/Type /ObjStm")]), "ef", id="packed files inside"),
        pytest.param(pdf([b"<< /Type /Catalog /AF [9 0 R] >>"]), "af", id="a file that belongs to it"),
        pytest.param(pdf([b"<< /AF 9 0 R >>"]), "af", id="files that belong to it, somewhere else"),
        pytest.param(pdf([b"<< /S /Launch /F (cmd.exe) >>"]), "launch", id="starts a program"),
        pytest.param(pdf([b"<< /Subtype /RichMedia >>"]), "richmedia", id="a film that runs"),
        pytest.param(pdf([b"<< /AcroForm << /XFA [9 0 R] >> >>"]), "xfa", id="a form with a program"),
        pytest.param(pdf([b"<< /S /SubmitForm /F (https://evil.example) >>"]), "submitform", id="a form that sends"),
        pytest.param(pdf(pages=201), "pages", id="201 pages"),
        pytest.param(pdf(pages=100_000), "pages", id="a hundred thousand pages"),
        pytest.param(
            pdf([b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 100000 >>"]), "pages", id="one page named again and again"
        ),
        pytest.param(pdf([stream(b"<< /Type /Page >>" * 300, b"/Type /ObjStm")]), "pages", id="packed pages"),
        pytest.param(pdf([stream(b"\0" * 40_000_000)] * 6), "unpacks", id="a bomb"),
        pytest.param(pdf([b"stream\n" * 20_001]), "streams", id="nothing but beginnings"),
        pytest.param(pdf([b"/#4a" * 30_000]), "escapes", id="nothing but escapes"),
    ],
)
def test_what_is_more_than_paper_is_refused(document: bytes, why: str) -> None:
    assert reason(document) == why


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(b"%PDF-1.7\n" + b"stream\nx\x9c" * 2_000_000, id="beginnings"),
        pytest.param(b"%PDF-1.7\n" + b"<" * 18_000_000, id="depth"),
        pytest.param(b"%PDF-1.7\n" + b"/Type /Pages " * 1_500_000, id="trees"),
        pytest.param(b"%PDF-1.7\n" + b"/#4a" * 4_500_000, id="escapes"),
        pytest.param(b"%PDF-1.7\n/ObjStm " + b"1 1 obj " * 2_200_000, id="objects"),
    ],
)
def test_the_worst_document_takes_no_longer_than_a_breath(document: bytes) -> None:
    started = time.process_time()

    reason(document)

    assert time.process_time() - started < 15


def test_a_check_that_does_not_look_inside_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_check, "_unpacked", lambda _document, _start: iter(()))

    assert reason(pdf([stream(b"9 0 << /S /JavaScript >>", b"/Type /ObjStm")])) == ""
