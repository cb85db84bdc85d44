"""Each kind by its bytes and its name; and what only says that it is one."""

import pytest

from scheduler.engine import file_kinds
from scheduler.engine.file_kinds import HEAD, KINDS, MEGABYTE, NotAllowed, kind_of, most_of

BYTES = {
    "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0",
    "pdf": b"%PDF-1.7\n",
    "m4a": b"\0\0\0\x18ftypM4A \0\0\0\0",
    "ogg": b"OggS\0\x02\0\0",
    "mp3": b"ID3\x03\0\0\0\0",
    "mp4": b"\0\0\0\x18ftypisom\0\0\0\0",
}


@pytest.mark.parametrize(
    ("name", "head", "code"),
    [
        *(pytest.param(f"paper.{code}", head, code, id=code) for code, head in BYTES.items()),
        pytest.param("IMG_0001.JPEG", BYTES["jpg"], "jpg", id="in capitals"),
        pytest.param("photo.heif", BYTES["heic"], "heic", id="the other end of HEIC"),
        pytest.param("note.opus", BYTES["ogg"], "ogg", id="a voice message"),
        pytest.param("note.m4a", BYTES["mp4"], "m4a", id="a recorder that says no more than its container"),
        pytest.param("song.mp3", b"\xff\xfb\x90\x44", "mp3", id="without a header"),
        pytest.param("page.php.jpg", BYTES["jpg"], "jpg", id="the last end counts, and the name is dropped"),
        pytest.param("../../x.png", BYTES["png"], "png", id="a path, which is dropped"),
        pytest.param("..\\..\\x.png", BYTES["png"], "png", id="another path"),
        pytest.param("a" * 300 + ".pdf", BYTES["pdf"], "pdf", id="300 letters"),
    ],
)
def test_bytes_and_name_together_tell_the_kind(name: str, head: bytes, code: str) -> None:
    assert kind_of(head, name).code == code


@pytest.mark.parametrize(
    ("name", "head"),
    [
        pytest.param("page.jpg", b"<!doctype html><script>", id="HTML named as a photo"),
        pytest.param("paper.pdf", b"MZ\x90\0\x03", id="a program named as paper"),
        pytest.param("paper.pdf", b"<html>%PDF-1.7", id="HTML before the paper"),
        pytest.param("a.gif", b"GIF89a/*", id="GIF and JavaScript"),
        pytest.param("a.jpg", b"GIF89a/*", id="GIF and JavaScript, renamed"),
        pytest.param("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>", id="a drawing with a program"),
        pytest.param("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'>", id="a drawing, renamed"),
        pytest.param("a.docx", b"PK\x03\x04", id="an office document"),
        pytest.param("a.zip", b"PK\x03\x04", id="an archive"),
        pytest.param("a.jar", BYTES["jpg"], id="a photo named as a program"),
        pytest.param("a.php", BYTES["png"], id="a picture named as a program"),
        pytest.param("paper.pdf", BYTES["jpg"], id="a photo named as paper"),
        pytest.param("photo.\u202egpj.exe", BYTES["jpg"], id="written from right to left"),
        pytest.param("photo.jpg\0.exe", BYTES["jpg"], id="a zero in the name"),
        pytest.param("photo.jpg ", BYTES["jpg"], id="a blank at the end"),
        pytest.param("CON", BYTES["jpg"], id="a device"),
        pytest.param("C:x", BYTES["jpg"], id="a drive"),
        pytest.param("", BYTES["jpg"], id="no name"),
        pytest.param("jpg", BYTES["jpg"], id="a name that is only an end"),
        pytest.param("film.mov", b"\0\0\0\x14ftypqt  ", id="a film of another kind"),
        pytest.param("photo.avif", b"\0\0\0\x1cftypavif", id="a picture of another kind"),
        pytest.param("photo.jpg", b"", id="nothing"),
    ],
)
def test_what_only_says_that_it_is_one_is_refused(name: str, head: bytes) -> None:
    with pytest.raises(NotAllowed):
        kind_of(head[:HEAD], name)


def test_recordings_may_be_larger_than_papers() -> None:
    assert {kind.code: kind.most // MEGABYTE for kind in KINDS.values()} == {
        **dict.fromkeys(("jpg", "png", "webp", "heic", "pdf"), 20),
        **dict.fromkeys(("m4a", "ogg", "mp3", "mp4"), 60),
    }


def test_nothing_is_served_as_what_a_browser_would_run() -> None:
    assert not any(part in kind.media_type for kind in KINDS.values() for part in ("html", "svg", "xml", "script"))


def test_a_look_that_believes_the_name_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_kinds, "_by_bytes", lambda _head: tuple(KINDS.values()))

    assert kind_of(b"<!doctype html><script>", "page.jpg").code == "jpg"


@pytest.mark.parametrize(
    ("ending", "most"),
    [
        pytest.param("JPG", 20, id="a photo"),
        pytest.param("m4a", 60, id="a recording"),
        pytest.param("mp4", 60, id="film"),
    ],
)
def test_the_end_of_a_name_tells_how_large_it_may_be(ending: str, most: int) -> None:
    assert most_of(ending) == most * MEGABYTE


@pytest.mark.parametrize("ending", ["svg", "", "tar.gz", "jpg "])
def test_an_unknown_end_of_a_name_has_no_bound(ending: str) -> None:
    with pytest.raises(NotAllowed):
        most_of(ending)
