"""Whether a PDF is only paper: no programs, no files inside, not locked, not endless (intake.md §5.3)."""

import re
import zlib
from collections.abc import Iterator

MOST_PAGES = 200
MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes that its streams may hold in all; more than 200 scanned pages need."""

MOST_STREAMS = 20_000
MOST_ESCAPES = 20_000
"""In a mebibyte."""

PIECE = 1024 * 1024
FED = 16 * 1024
OVERLAP = 64
NEAR = 400
LONGEST_DICTIONARY = 2000

ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
REFUSED = re.compile(
    rb"/(Encrypt|JavaScript|EmbeddedFiles?|FileAttachment|Launch|RichMedia|Rendition|ImportData|SubmitForm|GoToE"
    rb"|XFA(?=[\s\[]))(?![A-Za-z])"
)
BLANK = rb"[\s\0]"
ATTACHED = re.compile(
    rb"/(EF|AF)(?:"
    rb"%(b)s*(?:<<|%%(?:[\t -~]{4}|[\t -~]{0,3}[\r\n])|\Z)"
    rb"|%(b)s*\[%(b)s*(?:\d|<<|%%|\Z)"
    rb"|%(b)s+\d+(?:%(b)s+\d|%(b)s*(?:%%|\Z)))" % {b"b": BLANK}
)
"""A name of two letters with what can stand for a file behind it: alone, a big picture holds one by chance."""

PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
TREE = re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
COUNT = re.compile(rb"/Count\s+(\d{1,12})")
ODD = re.compile(rb"/(?:ASCII85Decode|A85|ASCIIHexDecode|AHx|LZWDecode|LZW|RunLengthDecode|RL)(?![A-Za-z])")
OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
PREDICTED = re.compile(rb"(?s)/ObjStm.*?/(?:DecodeParms|DP)\b|/(?:DecodeParms|DP)\b.*?/ObjStm")
STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
KEYWORD = re.compile(rb"(?<![A-Za-z])stream")
"""Not the end of one: what stands before that is packed."""


class UnsafePdf(Exception):
    """It holds what paper does not hold; the message is a code, and nothing is kept."""


def check(document: bytes) -> None:
    """
    Look at the document itself and into whatever is packed in it, wherever it stands and whatever it is called.

    Raises:
        UnsafePdf: It is locked, holds programs or files, has too many pages, or unpacks to too much.
    """
    _refuse_odd_packing(document)
    named = said = 0
    for seen, piece in _pieces(document):
        plain = _plain(piece)
        refused = REFUSED.search(plain) or ATTACHED.search(plain)
        if refused:
            raise UnsafePdf(refused[1].decode().lower())
        named += sum(page.end() > seen for page in PAGE.finditer(plain))
        said = max(said, _counted(plain))
        if max(named, said) > MOST_PAGES:
            raise UnsafePdf("pages")


def _plain(piece: bytes) -> bytes:
    """The same with names written out (ISO 32000-1 §7.3.5); five times as many escapes as chance makes are meant."""
    if piece.count(b"#") > MOST_ESCAPES:
        raise UnsafePdf("escapes")
    return ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), piece)


def _refuse_odd_packing(document: bytes) -> None:
    """Objects that are packed in a way which only hides them from a look like this one."""
    objects = odd = False
    for _seen, piece in _overlapping(document[at : at + PIECE] for at in range(0, len(document), PIECE)):
        plain = _plain(piece)
        objects, odd = objects or b"/ObjStm" in plain, odd or ODD.search(plain) is not None
    if objects and (odd or any(map(PREDICTED.search, _dictionaries(document)))):
        raise UnsafePdf("packing")


def _dictionaries(document: bytes) -> Iterator[bytes]:
    """What stands before each stream and says how it is packed: all of it, or it hides something."""
    for found in STREAM.finditer(document):
        before = document[max(0, found.start() - LONGEST_DICTIONARY) : found.start()]
        *others, own = OBJECT.split(before)
        if not others and KEYWORD.match(document, found.start()):
            raise UnsafePdf("packing")
        yield _plain(own)


def _counted(plain: bytes) -> int:
    """How many pages the trees of pages say that there are: a page can be named more than once."""
    near = (plain[max(0, tree.start() - NEAR) : tree.end() + NEAR] for tree in TREE.finditer(plain))
    return max((int(number) for text in near for number in COUNT.findall(text)), default=0)


def _pieces(document: bytes) -> Iterator[tuple[int, bytes]]:
    """The document, then all that is packed in it, each in pieces; with each, how much of it was seen before."""
    yield from _overlapping(document[at : at + PIECE] for at in range(0, len(document), PIECE))
    left = MOST_UNPACKED
    for number, found in enumerate(STREAM.finditer(document)):
        if number >= MOST_STREAMS:
            raise UnsafePdf("streams")
        for seen, piece in _overlapping(_unpacked(document, found.end())):
            yield seen, piece
            left -= len(piece) - seen
            if left < 0:
                raise UnsafePdf("unpacks")


def _overlapping(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Pieces that each begin with the end of the one before, so that no word is cut."""
    end = b""
    for piece in pieces:
        yield len(end), end + piece
        end = piece[-OVERLAP:]


def _unpacked(document: bytes, start: int) -> Iterator[bytes]:
    """A stream as it unpacks, until its end or until it does not go on; nothing of one that is not packed like that."""
    unpacker, at, rest = zlib.decompressobj(), start, b""
    while not unpacker.eof and (rest or at < len(document)):
        if not rest:
            rest, at = document[at : at + FED], at + FED
        try:
            piece = unpacker.decompress(rest, PIECE)
        except zlib.error:
            return
        rest = unpacker.unconsumed_tail
        if piece:
            yield piece
