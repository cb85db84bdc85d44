"""Photos are opened in a process of their own, with nothing at hand; what comes back is a small clean copy."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

WORKER = Path(__file__).with_name("darkroom_worker.py")
PATIENCE = 40
TOO_LARGE = 3
MARK = "mark"


class Undevelopable(Exception):
    """The photo cannot be opened, or has more than 50 million pixels; the message is a code."""


@dataclass(frozen=True, slots=True)
class Print:
    """A copy without metadata, upright; pixels of the original, and whether it says where it was taken."""

    copy: bytes = field(repr=False)
    width: int
    height: int
    gps: bool


def develop(photo: bytes) -> Print:
    """
    The copy of a photo.

    Raises:
        Undevelopable: There is none.
    """
    known, _end, copy = _worked(photo).partition(b"\n")
    said = json.loads(known)
    return Print(copy, said["width"], said["height"], said["gps"])


def marked(copy: bytes, words: str) -> bytes:
    """
    A copy with words all over it, in its pixels; letters without their accents.

    Raises:
        Undevelopable: It cannot be opened.
    """
    return _worked(json.dumps(words).encode() + b"\n" + copy, MARK)


def _worked(sent: bytes, *what: str) -> bytes:
    command = [sys.executable, "-I", "-B", str(WORKER), *what]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of the client's in its words
            command, input=sent, capture_output=True, timeout=PATIENCE, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise Undevelopable("slow") from None
    if done.returncode:
        raise Undevelopable("pixels" if done.returncode == TOO_LARGE else "unreadable")
    return done.stdout
