"""Calendars on the standard input, times on the standard output, in a process that can do nothing else."""

import resource
import sys

from scheduler.channels.reading_room import NOT_A_CALENDAR, TOO_MUCH, Question, as_text
from scheduler.engine.invitation.busy import NotACalendar, TooMuch, busy

MEMORY = 128 * 1024 * 1024
SECONDS = 2


def confine() -> None:
    """No more memory and time than a full calendar needs, and no file to be written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> int:
    """Read one question; the exit code says what is wrong with its files."""
    confine()
    question = Question.of_bytes(sys.stdin.buffer.read())
    try:
        found = busy((file.decode(errors="replace") for file in question.files), question.owner, question.span)
    except NotACalendar:
        return NOT_A_CALENDAR
    except (TooMuch, MemoryError, RecursionError):
        return TOO_MUCH
    sys.stdout.write(as_text(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
