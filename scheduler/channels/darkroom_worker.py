"""
A photo on the standard input, a small copy of it on the standard output, in a process that can do nothing else.

First a line of JSON with width, height and whether it says where it was taken; then a JPEG that says nothing of itself.
"""

import io
import json
import resource
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
EDGE = 1600
GPS = 0x8825
MEMORY = 1536 * 1024 * 1024
SECONDS = 20
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
    written = io.BytesIO()
    copy.save(written, "JPEG", quality=80)
    return {"width": width, "height": height, "gps": says_where}, written.getvalue()


def _formats(photo: bytes) -> tuple[str, ...]:
    """What it may be; a photo of an iPhone needs a library that the others do not bring to their process."""
    if photo[4:8] != b"ftyp":
        return FORMATS
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener()
    return ("HEIF",)


def main() -> int:
    """Develop one photo; the exit code says what is wrong with it."""
    confine()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        known, copy = develop(sys.stdin.buffer.read())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_LARGE
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, MemoryError, EOFError):
        return UNREADABLE
    sys.stdout.buffer.write(json.dumps(known).encode() + b"\n" + copy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
