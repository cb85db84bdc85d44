"""A copy says all over who looks at it; cut where you like, some of it stays."""

import io

import pytest
from PIL import Image, ImageChops

from scheduler.channels.darkroom import Undevelopable, marked

WORDS = "Ana Peña 1a2b3c4d 2026-11-24 09:00 -0800"
CAMERA = b"Sentinel Camera"


def a_copy(size: tuple[int, int] = (1600, 1200), colour: str = "white") -> bytes:
    exif = Image.Exif()
    exif[0x010F] = CAMERA.decode()
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG", exif=exif)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image


def is_plain(picture: Image.Image) -> bool:
    """Whether it is of one colour, but for what a JPEG loses."""
    low, high = picture.convert("L").getextrema()
    return int(high) - int(low) < 20  # type: ignore[arg-type]


@pytest.mark.parametrize("colour", ["white", "black", "red", "#777777"])
@pytest.mark.parametrize("size", [(1600, 1200), (900, 1600), (320, 240), (160, 160)])
def test_no_quarter_of_a_picture_is_without_words(size: tuple[int, int], colour: str) -> None:
    picture = opened(marked(a_copy(size, colour), WORDS))

    wide, high = size[0] // 2, size[1] // 2
    quarters = [picture.crop((x, y, x + wide, y + high)) for x in (0, wide) for y in (0, high)]
    assert (picture.size, [is_plain(quarter) for quarter in quarters]) == (size, [False] * 4)


def test_without_words_that_would_be_noticed() -> None:
    assert is_plain(opened(a_copy()))


def test_the_paper_can_be_read_below_them() -> None:
    before, after = opened(a_copy(colour="white")), opened(marked(a_copy(colour="white"), WORDS))

    changed = ImageChops.difference(before, after).convert("L")
    darkest = int(changed.getextrema()[1])  # type: ignore[arg-type]
    assert darkest < 160


def test_other_words_make_another_picture() -> None:
    assert marked(a_copy(), WORDS) != marked(a_copy(), WORDS.replace("09:00", "09:01"))


def test_accents_are_left_out_as_no_letter_of_the_font_has_them() -> None:
    assert marked(a_copy(), WORDS) == marked(a_copy(), WORDS.replace("ñ", "n"))


def test_nothing_but_pixels_is_in_it() -> None:
    made = marked(a_copy(), WORDS)

    assert CAMERA in a_copy()
    assert CAMERA not in made
    assert (opened(made).format, len(opened(made).getexif())) == ("JPEG", 0)


@pytest.mark.parametrize("content", [b"", b"GIF89a", a_copy()[:300]])
def test_what_is_no_picture_is_not_marked(content: bytes) -> None:
    with pytest.raises(Undevelopable):
        marked(content, WORDS)
