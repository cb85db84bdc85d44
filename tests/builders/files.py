"""Files as phones make them, and such as nobody's phone makes."""

import io
from typing import IO

import pillow_heif
from PIL import ExifTags, Image

pillow_heif.register_heif_opener()

PAPER = (
    b"%PDF-1.7\n"
    b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    b"3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n"
    b"trailer << /Root 1 0 R >>\n%%EOF\n"
)
RECORDING = b"OggS\0\x02" + bytes(2000)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CAMERA = "Sentinel Camera"


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (320, 240)) -> bytes:
    """A photo that says with what and where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = CAMERA
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (32.0, 31.0, 0.0)}
    )
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, kind, exif=exif.tobytes())
    return written.getvalue()


class Zeros(io.RawIOBase):
    """A long file that takes no room: some bytes, then as many zeros as are wanted."""

    def __init__(self, start: bytes, size: int) -> None:
        self.start, self.size, self.at = start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset if whence == 0 else self.size + offset
        return self.at

    def read(self, size: int = -1) -> bytes:
        end = self.size if size < 0 else min(self.size, self.at + size)
        piece = self.start[self.at : end].ljust(max(0, end - self.at), b"\0")
        self.at = max(self.at, end)
        return piece


def a_file(content: bytes) -> IO[bytes]:
    return io.BytesIO(content)
