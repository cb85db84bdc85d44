"""What the pages of files say of codes and sizes."""

from collections.abc import Mapping

from forms.files import OTHER
from forms.more.evidence import EVIDENCE
from scheduler.engine.file_kinds import MEGABYTE
from scheduler.web.desk_words import said
from scheduler.words import _, _l

__all__ = ["REASONS", "SHOWS", "STATES", "said", "size"]

SHOWS: Mapping[str, object] = {"paper": _l("not said"), **{one.code: one.label for one in (*EVIDENCE, OTHER)}}
STATES: Mapping[str, object] = {
    "waiting": _l("waits for the virus scanner"),
    "clean": _l("scanned, nothing found"),
    "unscanned": _l("not scanned"),
    "infected": _l("infected, destroyed"),
}
REASONS: Mapping[str, object] = {
    "prepare_call": _l("To prepare the call"),
    "advise": _l("To advise her"),
    "court_filing": _l("For a filing at court"),
    "uscis_filing": _l("For a filing at USCIS"),
    "other": _l("Another reason"),
}


def size(count: int) -> str:
    """Bytes as people say them."""
    if count < MEGABYTE:
        return _("{count} kB", count=max(1, count // 1024))
    return _("{count} MB", count=round(count / MEGABYTE, 1))
