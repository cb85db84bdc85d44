"""The begins of a repeated event by one of its rules (RFC 5545 §3.3.10): daily at the most, and bounded."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, islice
from math import prod

from dateutil.rrule import rrulestr

from scheduler.engine.invitation.lines import NotACalendar, TooMuch
from scheduler.engine.invitation.their_zones import Moment, Zones

MOST_A_DAY = 24
OFTEN_ENOUGH = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
WHEN = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST")
DAYS = ("BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
HOURS = ("BYHOUR", "BYMINUTE", "BYSECOND")
PARTS = frozenset((*WHEN, *DAYS, *HOURS))
LONGEST_RULE = 1000
MOST_BETWEEN = 10_000
EACH = {"DAILY": 1, "WEEKLY": 7}


def begins(text: str, first: Moment, zones: Zones, early: datetime, last: datetime) -> Iterator[datetime]:
    """
    The first begin and those of one rule until `last`; where they are not counted, those long before `early` may lack.

    Raises:
        TooMuch: It repeats itself more often than daily.
        NotACalendar: It is no rule.
    """
    said = _rule(text)
    count, until = said.pop("COUNT", ""), said.pop("UNTIL", "")
    words = ";".join(f"{name}={value}" for name, value in said.items())
    begin = first.wall if count else _nearer(first.wall, said, early)
    try:
        rule = rrulestr(f"{words};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=begin)
        found = islice(rule, int(count) if count else None)
    except (ValueError, TypeError, AttributeError, KeyError):
        raise NotACalendar("a rule") from None
    every = chain((first.wall,), found)
    return _until(every, until, first, zones) if until else every


def _nearer(begin: datetime, said: Mapping[str, str], early: datetime) -> datetime:
    """Another begin of the same days, whole steps of the rule later and still before `early`."""
    days = EACH.get(said["FREQ"])
    if days is None:
        return begin
    step = timedelta(days=days * int(said.get("INTERVAL", "1")))
    return begin + max(0, (early - begin) // step - 1) * step


def _until(every: Iterator[datetime], until: str, first: Moment, zones: Zones) -> Iterator[datetime]:
    """Those until a day or an instant, which counts too; one without a zone is read by the event's own clock."""
    end = zones.read(until, "")
    by_date, in_utc = first.is_day or end.is_day, until.endswith("Z")
    for wall in every:
        if by_date:
            is_over = wall.date() > end.wall.date()
        elif in_utc:
            is_over = replace(first, wall=wall).second(zones.home) > end.second(zones.home)
        else:
            is_over = wall > end.wall
        if is_over:
            return
        yield wall


def _rule(text: str) -> dict[str, str]:
    said = dict(piece.strip().upper().partition("=")[::2] for piece in text[:LONGEST_RULE].split(";") if piece.strip())
    if len(text) > LONGEST_RULE or not said.keys() <= PARTS or "FREQ" not in said:
        raise NotACalendar("a rule")
    times_a_day = prod(len(said[name].split(",")) for name in HOURS if name in said)
    if said["FREQ"] not in OFTEN_ENOUGH or times_a_day > MOST_A_DAY:
        raise TooMuch("a rule")
    between = said.get("INTERVAL", "1")
    if not between.isdecimal() or not 1 <= int(between) <= MOST_BETWEEN:
        raise NotACalendar("a rule")
    return said
