"""Files that come in pieces over a weak network, each sealed as it comes; whole once all are there (intake.md §5.3)."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from scheduler.casework import pieces, uploads
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.pieces import SAID
from scheduler.casework.sealing import Broken
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Already, Enough, Incoming, Unfit
from scheduler.engine.file_kinds import HEAD, PIECE, NotAllowed, kind_of, most_of

KEPT_FOR = timedelta(days=1)
"""So long pieces wait for the rest of their file, from when it was last begun."""

SHA256 = 64


class NoSuchFile(Exception):
    """No such file is on its way in this intake: it never was, it has arrived, or nothing came for a day."""


class NotAPiece(Exception):
    """The file has no such piece, or the piece another length."""


class NotWhole(Exception):
    """Pieces are missing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What her browser says of a file before it sends it; `ending` is all of its name that we want, see `Incoming`."""

    sha256: str
    size: int
    ending: str
    shows: str = ""
    smaller: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A file on its way; `begun` is an instant in ISO 8601."""

    id: UUID
    said: Said = field(repr=False)
    begun: str

    @property
    def pieces(self) -> int:
        """How many there are of it."""
        return -(-self.said.size // PIECE)

    def length(self, number: int) -> int:
        """Bytes of one piece."""
        return min(PIECE, self.said.size - number * PIECE)


def begin(parts: Parts, intake_id: UUID, said: Said) -> Begun | None:
    """
    Make room for a file, or find the one that was begun before; nothing where all of it is here.

    Raises:
        NotOpen: The client may send nothing now.
        Unfit: No such file may be sent.
        Enough: There are too many already, those on their way counted.
    """
    _refuse_unfit(said)
    with writing() as session:
        uploads.lock(session, parts, intake_id)
        if said.sha256 in uploads.known(parts, session, intake_id):
            return None
        coming = on_their_way(parts, intake_id)
        before = next((one.id for one in coming if (one.said.sha256, one.said.size) == (said.sha256, said.size)), None)
        if before is None:
            uploads.next_number(session, intake_id, said.size, *(one.said.size for one in coming))
        begun = Begun(before or uuid4(), said, parts.clock.now().isoformat())
        content = json.dumps({"said": asdict(said), "begun": begun.begun}).encode()
        pieces.write(parts, intake_id, begun.id, SAID, content)
    return begun


def missing(parts: Parts, intake_id: UUID, begun: Begun) -> tuple[int, ...]:
    """The numbers of the pieces that have not come."""
    numbers = range(begun.pieces)
    return tuple(number for number in numbers if not pieces.is_here(parts, intake_id, begun.id, number))


def put(parts: Parts, intake_id: UUID, file_id: UUID, number: int, piece: bytes) -> None:
    """
    Keep one piece, sealed; one that is here already stays as it is.

    Raises:
        NoSuchFile: None of hers is on its way under this id.
        NotOpen: The client may send nothing now.
        NotAPiece: It has no such piece.
        Unfit: Its first bytes are of nothing that may be sent; all of it is gone.
    """
    begun = _one(parts, intake_id, file_id)
    uploads.refuse_where_closed(parts, intake_id)
    if not 0 <= number < begun.pieces or len(piece) != begun.length(number):
        raise NotAPiece
    if not number:
        _refuse_other_kind(parts, intake_id, begun, piece)
    if not pieces.is_here(parts, intake_id, file_id, number):
        pieces.write(parts, intake_id, file_id, number, piece)


def finish(parts: Parts, intake_id: UUID, file_id: UUID) -> Said:
    """
    Of all pieces make the file that is kept, as if it had come in one; what was asked twice is done once.

    What was said of it is returned.

    Raises:
        NoSuchFile: None of hers is on its way under this id.
        NotWhole: Pieces are missing.
        NotOpen: The client may send nothing now.
        Unfit: It is not what may be sent, or not what was said; all of it is gone.
        Enough: There are too many already.
    """
    begun = _one(parts, intake_id, file_id)
    if missing(parts, intake_id, begun):
        raise NotWhole
    said = begun.said
    stream = pieces.Joined(said.size, lambda number: pieces.read(parts, intake_id, file_id, number))
    try:
        uploads.add(parts, intake_id, Incoming(stream, f".{said.ending}", said.shows, said.sha256, said.smaller))
    except Already:
        pass
    except FileNotFoundError:
        raise NoSuchFile from None
    except (Unfit, Enough):
        pieces.forget(parts, intake_id, file_id)
        raise
    pieces.forget(parts, intake_id, file_id)
    return said


def on_their_way(parts: Parts, intake_id: UUID) -> Sequence[Begun]:
    """The files of an intake that have begun to come and may still go on."""
    found = (_opened(parts, intake_id, file_id) for file_id in pieces.ids(parts, intake_id))
    return [one for one in found if one]


def sweep(parts: Parts) -> int:
    """Remove pieces whose rest did not come within a day, and what nobody can open; how many files that were."""
    removed = 0
    for intake_id in pieces.intakes(parts):
        there = pieces.names(parts, intake_id)
        fresh = {str(one.id) for one in on_their_way(parts, intake_id)}
        removed += pieces.remove(parts, intake_id, [name for name in there if name.partition(".")[0] not in fresh])
    return removed


def _refuse_unfit(said: Said) -> None:
    """By what her browser says of it, before any byte of it comes."""
    if len(said.sha256) != SHA256 or not set(said.sha256) <= set("0123456789abcdef"):
        raise Unfit("changed")
    try:
        most = most_of(said.ending)
    except NotAllowed:
        raise Unfit("kind") from None
    if not 0 < said.size <= most:
        raise Unfit("size")


def _refuse_other_kind(parts: Parts, intake_id: UUID, begun: Begun, piece: bytes) -> None:
    try:
        kind = kind_of(piece[:HEAD], f".{begun.said.ending}")
    except NotAllowed:
        pieces.forget(parts, intake_id, begun.id)
        raise Unfit("kind") from None
    if begun.said.size > kind.most:
        pieces.forget(parts, intake_id, begun.id)
        raise Unfit("size")


def _one(parts: Parts, intake_id: UUID, file_id: UUID) -> Begun:
    """A file that is on its way in this intake: the folder and the seal are this intake's alone."""
    begun = _opened(parts, intake_id, file_id)
    if begun is None:
        raise NoSuchFile
    return begun


def _opened(parts: Parts, intake_id: UUID, file_id: UUID) -> Begun | None:
    """What was said of a file, where it can be opened and was said within a day."""
    try:
        known = json.loads(pieces.read(parts, intake_id, file_id, SAID))
    except (FileNotFoundError, Broken, KeyGone):
        return None
    is_over = datetime.fromisoformat(known["begun"]) + KEPT_FOR <= parts.clock.now()
    return None if is_over else Begun(file_id, Said(**known["said"]), known["begun"])
