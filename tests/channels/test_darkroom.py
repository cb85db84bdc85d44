"""Photos made here, with what phones write into them; and bytes that only say that they are photos."""

import io
import re
import struct
import zlib
from typing import Any

import pillow_heif
import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from scheduler.channels import darkroom, darkroom_worker
from scheduler.channels.darkroom import Undevelopable, develop

pillow_heif.register_heif_opener()
SECRETS = (b"Canon", b"Rosa", b"secret comment", b"GPS")
GPS = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (32.0, 31.0, 0.0)}


def photo(kind: str = "JPEG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **said: Any) -> bytes:
    """A photo that says who took it, with what, and where."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Artist] = "Canon", "Rosa"
    exif[ExifTags.Base.Orientation] = said.pop("orientation", 1)
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(said.pop("gps", GPS))
    written = io.BytesIO()
    comment = {"comment": b"secret comment"} if kind == "JPEG" else {}
    Image.new(mode, size, "red").save(written, kind, exif=exif.tobytes(), **comment)
    return written.getvalue()


def png_of(width: int, height: int) -> bytes:
    """The beginning of a PNG that says how large it is, with next to nothing in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def heic_of(width: int, height: int) -> bytes:
    """A photo of an iPhone that says it is so large, with 60,000 pixels in it."""
    made, size = photo("HEIF"), struct.pack(">II", width, height)
    return re.sub(rb"(?s)(ispe.{4}).{8}", lambda found: found[1] + size, made)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_copy_says_nothing_of_who_where_and_with_what(kind: str) -> None:
    original = photo(kind)

    made = develop(original)

    assert (made.width, made.height, made.gps) == (300, 200, True)
    assert any(secret in original for secret in SECRETS)
    assert not any(secret in made.copy for secret in SECRETS)
    with Image.open(io.BytesIO(made.copy)) as copy:
        assert (copy.format, copy.size, len(copy.getexif()), "comment" in copy.info) == ("JPEG", (300, 200), 0, False)


def parts_of(jpeg: bytes) -> set[int]:
    """The markers before its pixels (ITU T.81): 0xE1 to 0xEF and 0xFE are what programs write about a photo."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def said_everywhere(kind: str) -> bytes:
    """A photo whose description, profile of colours, text and preview say who took it."""
    with Image.open(io.BytesIO(photo(kind))) as image:
        written, xmp = io.BytesIO(), b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Rosa</x:xmpmeta>"
        more: dict[str, Any] = {"icc_profile": b"Canon" * 50, "exif": image.info["exif"]}
        text = PngInfo()
        text.add_text("Author", "Rosa")
        more |= {"pnginfo": text} if kind == "PNG" else {"xmp": xmp}
        image.save(written, kind, **more)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_no_part_of_the_copy_is_there_to_say_anything(kind: str) -> None:
    original = said_everywhere(kind)

    copy = develop(original).copy

    assert b"Rosa" in original
    assert {marker for marker in parts_of(copy) if marker > 0xE0} == set()
    assert not any(secret in copy for secret in SECRETS)


def test_a_copy_with_such_a_part_would_be_noticed() -> None:
    assert {0xE1, 0xE2, 0xFE} <= parts_of(said_everywhere("JPEG")) | parts_of(photo())


def test_a_photo_that_does_not_say_where_is_told_apart() -> None:
    assert develop(photo(gps={})).gps is False


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_copy_stands_upright(kind: str) -> None:
    made = develop(photo(kind, orientation=6))

    with Image.open(io.BytesIO(made.copy)) as copy:
        assert copy.size == (200, 300)


def test_a_large_photo_becomes_small() -> None:
    made = develop(photo(size=(4000, 3000)))

    with Image.open(io.BytesIO(made.copy)) as copy:
        assert max(copy.size) == darkroom_worker.EDGE


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK"])
def test_every_way_of_writing_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode in {"L", "CMYK"} else "PNG"

    assert develop(photo(kind, mode=mode)).width == 300


@pytest.mark.parametrize(
    ("bytes_sent", "why"),
    [
        pytest.param(png_of(50_000, 50_000), "pixels", id="2,500 million pixels"),
        pytest.param(png_of(10_000, 5_001), "pixels", id="a row more than 50 million"),
        pytest.param(png_of(3000, 3000), "unreadable", id="less in it than it says"),
        pytest.param(heic_of(50_000, 50_000), "pixels", id="2,500 million pixels of an iPhone"),
        pytest.param(heic_of(10_000, 5_001), "pixels", id="a row more, of an iPhone"),
        pytest.param(heic_of(3000, 3000), "unreadable", id="less in it than it says, of an iPhone"),
        pytest.param(photo("HEIF")[:400], "unreadable", id="cut off, of an iPhone"),
        pytest.param(photo(size=(2000, 2000))[:9000], "unreadable", id="cut off"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"PK\x03\x04" * 50, "unreadable", id="an archive with the start of a photo"),
        pytest.param(b"GIF89a\x01\0\x01\0", "unreadable", id="another kind"),
        pytest.param(b"", "unreadable", id="nothing"),
    ],
)
def test_what_is_no_photo_is_refused(bytes_sent: bytes, why: str) -> None:
    with pytest.raises(Undevelopable) as refused:
        develop(bytes_sent)

    assert str(refused.value) == why


def test_a_photo_with_something_behind_its_end_gives_a_copy_without_it() -> None:
    made = develop(photo() + b"PK\x03\x04<?php evil ?>")

    assert b"evil" not in made.copy


def test_who_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "PATIENCE", 0.001)

    with pytest.raises(Undevelopable, match="slow"):
        develop(photo())


def test_a_worker_that_keeps_what_was_in_the_photo_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    original = photo()
    with Image.open(io.BytesIO(original)) as image:
        written = io.BytesIO()
        image.save(written, "JPEG", exif=image.getexif())

    assert any(secret in written.getvalue() for secret in SECRETS)


def test_the_worker_says_the_same_when_it_is_asked_at_home() -> None:
    known, copy = darkroom_worker.develop(photo("PNG", mode="RGBA"))

    assert (known["gps"], copy[:3]) == (True, b"\xff\xd8\xff")
