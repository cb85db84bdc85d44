"""What may be sent: a file is of a kind where its bytes and the end of its name say the same (intake.md §5.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MEGABYTE = 1024 * 1024
HEAD = 64
"""So many bytes at the beginning of a file tell what it is."""

PIECE = MEGABYTE
"""Bytes of a piece, where a file comes in pieces."""

MOST_FILES = 40
MOST_BYTES = 300 * MEGABYTE
"""Of one intake."""


class Family(StrEnum):
    """What is done with a file before it is kept."""

    IMAGE = "image"
    PAPER = "paper"
    RECORDING = "recording"


MOST_OF_ONE: Mapping[Family, int] = MappingProxyType(
    {Family.IMAGE: 20 * MEGABYTE, Family.PAPER: 20 * MEGABYTE, Family.RECORDING: 60 * MEGABYTE}
)
"""Bytes of one file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its code, which is also the end of the name we give it, and the type it is served with."""

    code: str
    media_type: str
    family: Family
    endings: frozenset[str]

    @property
    def most(self) -> int:
        """The most bytes of one file."""
        return MOST_OF_ONE[self.family]


class NotAllowed(Exception):
    """The bytes are of no kind that may be sent, or the name says another; nothing is kept."""


def _kind(code: str, media_type: str, family: Family, *endings: str) -> Kind:
    return Kind(code, media_type, family, frozenset((code, *endings)))


JPG = _kind("jpg", "image/jpeg", Family.IMAGE, "jpeg", "jpe", "jfif")
PNG = _kind("png", "image/png", Family.IMAGE)
WEBP = _kind("webp", "image/webp", Family.IMAGE)
HEIC = _kind("heic", "image/heic", Family.IMAGE, "heif")
PDF = _kind("pdf", "application/pdf", Family.PAPER)
M4A = _kind("m4a", "audio/mp4", Family.RECORDING)
OGG = _kind("ogg", "audio/ogg", Family.RECORDING, "oga", "opus")
MP3 = _kind("mp3", "audio/mpeg", Family.RECORDING)
MP4 = _kind("mp4", "video/mp4", Family.RECORDING, "m4v")

KINDS: Mapping[str, Kind] = MappingProxyType(
    {kind.code: kind for kind in (JPG, PNG, WEBP, HEIC, PDF, M4A, OGG, MP3, MP4)}
)

BRANDS: Mapping[bytes, tuple[Kind, ...]] = MappingProxyType(
    {
        **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), (HEIC,)),
        **dict.fromkeys((b"M4A ", b"M4B "), (M4A,)),
        **dict.fromkeys((b"M4V ", b"avc1", b"dash", b"MSNV"), (MP4,)),
        **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"3gp4", b"3gp5"), (MP4, M4A)),
    }
)
"""Major brands of ISO base media files; the brands of recorders say nothing of whether there is a picture."""

STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-1.", PDF),
    (b"%PDF-2.", PDF),
    (b"OggS\0", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
)


def kind_of(head: bytes, name: str) -> Kind:
    """
    The kind of a file by its first bytes and its name.

    Raises:
        NotAllowed: There is none on which both agree.
    """
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    for kind in _by_bytes(head):
        if ending in kind.endings:
            return kind
    raise NotAllowed


def most_of(ending: str) -> int:
    """
    The most bytes that a file may have whose name ends so, whatever is in it.

    Raises:
        NotAllowed: No name of a file that may be sent ends so.
    """
    found = [kind.most for kind in KINDS.values() if ending.casefold() in kind.endings]
    if not found:
        raise NotAllowed
    return max(found)


def _by_bytes(head: bytes) -> tuple[Kind, ...]:
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], ())
    if head[:4] == b"RIFF":
        return (WEBP,) if head[8:12] == b"WEBP" else ()
    return next(((kind,) for start, kind in STARTS if head.startswith(start)), ())
