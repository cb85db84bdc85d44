"""Why somebody is as urgent as she is, and the year of her arrival, for who may read it; never for a client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from scheduler.casework import facts, triage
from scheduler.casework.access import Permission
from scheduler.casework.cases import Case
from scheduler.casework.facts import FactView
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.answers import Answers, bounds
from scheduler.engine.more_questions import ticked_in
from scheduler.engine.one_year import DeadlineBasis, OneYear, deadline_basis

APPEAL = "T06"
FEE = "filing_fee"
TOLD_BY: Mapping[str, str] = MappingProxyType({"T11": "fear_mexico", "T21": "mexico_harm"})
"""Reasons that give away an answer which only those read whose case it is."""

CONFIDED = "confided"
"""Stands in place of such a reason."""


@dataclass(frozen=True, slots=True)
class HerYear:
    """
    Her year as it is counted today; all but `basis` and `is_filed` is calculated and must be verified.

    She arrived between `earliest` and `latest`, up to today, both included. `last_day` is for attorneys only.
    """

    earliest: date
    latest: date
    counted: OneYear = field(repr=False)
    basis: DeadlineBasis
    last_day: date | None
    is_filed: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons as rule ids, her year if one is counted, and what ages of what an attorney must know of them."""

    reasons: tuple[str, ...] = field(repr=False)
    year: HerYear | None = field(repr=False)
    appeal: tuple[FactView, ...]
    fee: FactView | None


def why(parts: Parts, who: SignedIn, case: Case) -> Why | None:
    """What of it she may read of a case that she has opened; None where that is nothing."""
    if not who.may(Permission.SEE_REASONS):
        return None
    found = tuple(case.answers.get("reasons", ()))
    is_attorney = who.may(Permission.SEE_LAST_DAY)
    return Why(
        reasons=tuple(dict.fromkeys(_told(rule, case.answers) for rule in found)),
        year=_year(case.answers, parts.clock.now(), is_attorney=is_attorney),
        appeal=tuple(facts.of_kind(parts, facts.DAYS).values()) if APPEAL in found else (),
        fee=facts.of_kind(parts, facts.TEXT).get(FEE) if is_attorney else None,
    )


def _told(rule: str, answers: Answers) -> str:
    return rule if TOLD_BY.get(rule, rule) in {rule, *answers} else CONFIDED


def _year(answers: Answers, now: datetime, *, is_attorney: bool) -> HerYear | None:
    counted, span = triage.her_year(firm(), answers, now), bounds(answers.get("last_arrival_date"))
    if counted is None or span is None:
        return None
    return HerYear(
        earliest=span[0],
        latest=min(span[1], firm().today(now)),
        counted=counted,
        basis=deadline_basis(answers),
        last_day=counted.last_day if is_attorney else None,
        is_filed=ticked_in(answers, "prior_applications", "i589_uscis", "i589_court"),
    )
