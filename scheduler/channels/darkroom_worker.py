"""
A photo on the standard input, a small copy of it on the standard output, in a process that can do nothing else.

First a line of JSON with width, height and whether it says where it was taken; then a JPEG that says nothing of itself.
With the argument `mark` such a JPEG comes after a line of JSON with the words that are to stand all over it.
"""

import io
import json
import resource
import sys
import unicodedata
import warnings
from math import ceil, hypot

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
EDGE = 1600
GPS = 0x8825
MEMORY = 1536 * 1024 * 1024
SECONDS = 20
SLOPE, SMALLEST, LINES = 30, 12, 40
"""Of words over a picture: degrees, pixels of a letter at least, letters over the longer edge at most."""

STRENGTH = 110
"""Of 255: the words can be read, and what is below them too."""

TOO_LARGE, UNREADABLE = 3, 4
FORMATS = ("JPEG", "PNG", "WEBP")


def confine() -> None:
    """No more memory and time than a large photo needs, and no file to be written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def develop(photo: bytes) -> tuple[dict[str, object], bytes]:
    """
    What is known of the photo, and its copy: upright, at most 1600 pixels, without anything else that was in it.

    Raises:
        DecompressionBombError: It has more than 50 million pixels.
        OSError: It cannot be read to its end.
    """
    with Image.open(io.BytesIO(photo), formats=_formats(photo)) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise Image.DecompressionBombError(width * height)
        says_where = bool(image.getexif().get_ifd(GPS))
        image.draft("RGB", (EDGE, EDGE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((EDGE, EDGE))
        copy = Image.new("RGB", upright.size, "white")
        copy.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return {"width": width, "height": height, "gps": says_where}, _written(copy)


def mark(copy: bytes, words: str) -> bytes:
    """
    The copy with these words all over it, in its pixels, white beside black: on any picture, and in any part of it.

    Raises:
        OSError: It cannot be read to its end.
    """
    with Image.open(io.BytesIO(copy), formats=("JPEG",)) as image:
        picture = image.convert("RGB")
    written = _sloping(unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode(), picture.size)
    picture.paste("black", mask=ImageChops.offset(written, 1, 1))
    picture.paste("white", mask=written)
    return _written(picture)


def _sloping(words: str, size: tuple[int, int]) -> Image.Image:
    """Line below line of the words, over a square that is as long as the picture's diagonal, turned and cut."""
    width, height = size
    side, font = ceil(hypot(width, height)), ImageFont.load_default(max(SMALLEST, max(size) // LINES))
    layer = Image.new("L", (side, side))
    draw = ImageDraw.Draw(layer)
    left, top, right, bottom = (ceil(edge) for edge in draw.textbbox((0, 0), f"{words}    ", font=font))
    for line, y in enumerate(range(0, side, 4 * (bottom - top))):
        for x in range(-(line % 2) * (right - left) // 2, side, right - left):
            draw.text((x, y), words, fill=STRENGTH, font=font)
    left, top = (side - width) // 2, (side - height) // 2
    return layer.rotate(SLOPE).crop((left, top, left + width, top + height))


def _written(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()


def _formats(photo: bytes) -> tuple[str, ...]:
    """What it may be; a photo of an iPhone needs a library that the others do not bring to their process."""
    if photo[4:8] != b"ftyp":
        return FORMATS
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener()
    return ("HEIF",)


def main() -> int:
    """Develop one photo, or mark one copy; the exit code says what is wrong with it."""
    confine()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        sys.stdout.buffer.write(_asked(sys.stdin.buffer.read(), sys.argv[1:]))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_LARGE
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, MemoryError, EOFError):
        return UNREADABLE
    return 0


def _asked(sent: bytes, what: list[str]) -> bytes:
    if what == ["mark"]:
        words, _end, copy = sent.partition(b"\n")
        return mark(copy, json.loads(words))
    known, copy = develop(sent)
    return json.dumps(known).encode() + b"\n" + copy


if __name__ == "__main__":
    sys.exit(main())
