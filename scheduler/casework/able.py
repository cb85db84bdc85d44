"""Who may be asked to take an intake's call: never who is screened off, nobody alone where others must be on it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scheduler.casework import remembered, rows
from scheduler.casework.rows import ATTORNEY, INTERPRETER, PARALEGAL, Attorney
from scheduler.casework.wanted import Wanted
from scheduler.engine import availability
from scheduler.engine.availability import Grid
from scheduler.engine.availability import Person as Bookable
from scheduler.engine.hours import Hours, Window
from scheduler.engine.rules import Ask, permitted
from scheduler.engine.teams import Team, Wish, collective, offers
from scheduler.engine.zones import DAY

ANY_MINUTE = Grid(step=1)
BESIDE = frozenset({ATTORNEY, PARALEGAL})
"""Who of the firm can sit beside an attorney."""


@dataclass(frozen=True, slots=True)
class Able:
    """
    The attorneys who can talk with her, the interpreters who can stand between, the second of ours who must be there.

    No interpreters: nobody must be between them, or the firm has nobody of her language and a person finds somebody.
    """

    want: Wanted
    attorneys: Mapping[int, Attorney]
    interpreters: Mapping[int, Attorney] = field(default_factory=dict)
    second: Mapping[int, Attorney] = field(default_factory=dict)

    @property
    def is_alone(self) -> bool:
        """Whether nobody must be with the attorney."""
        return not self.interpreters and self.want.second is None

    @property
    def everybody(self) -> list[Attorney]:
        """All of them, each once."""
        return list({**self.attorneys, **self.interpreters, **self.second}.values())


def starts(asking: rows.Asking, want: Wanted) -> list[int]:
    """All minutes at which somebody able, with all who must be on the call, can start it: sorted."""
    able, ask = _able_of(want, remembered.people(asking)), want.ask()
    if able.is_alone:
        return remembered.starts(asking, able.attorneys.values(), ask, permitted(ask, want.rules))
    return list(_teams(able, ask))


def people(asking: rows.Asking, want: Wanted) -> Able:
    """Everybody who can take her call by languages and the list of those screened off, with nothing taken yet."""
    return _able_of(want, rows.everybody(asking))


def with_their_time(asking: rows.Asking, able: Able) -> Able:
    """The same with what is taken."""
    return _able_of(able.want, rows.with_their_time(asking, able.everybody), is_bent=True)


def at(able: Able, ask: Ask) -> list[Attorney]:
    """The attorneys who can start at the one minute that is asked for, each once with every choice of others."""
    return [one for teams in _teams(able, ask).values() for team in teams for one in _seated(able, team)]


def _able_of(want: Wanted, everybody: Collection[Attorney], *, is_bent: bool = False) -> Able:
    """Those of everybody who come into question."""
    may_be = {one.number: _fitted(one, want, is_bent=is_bent) for one in everybody if one.number not in want.screened}
    ours = {number: one for number, one in may_be.items() if one.kind in BESIDE}
    lead = BESIDE if want.paralegals else {ATTORNEY}
    between = [one for one in may_be.values() if one.kind == INTERPRETER] if want.interpreter else []
    is_known = any(one.speaks([want.spoken]) for one in between)
    return Able(
        want,
        {
            number: one
            for number, one in ours.items()
            if one.kind in lead
            and want.skills <= one.person.skills
            and one.speaks(want.languages)
            and want.only in {None, number}
        },
        {one.number: one for one in between if is_known},
        {number: one for number, one in ours.items() if number == want.second},
    )


def on_any_minute(person: Bookable) -> Bookable:
    """Somebody who takes a call that has its time already: it need not begin on her own grid."""
    return replace(person, grid=ANY_MINUTE)


def at_any_hour(person: Bookable) -> Bookable:
    """Somebody whom the desk books outside her hours, grid and caps: what is booked stands in the way, nothing else."""
    always = Hours(person.hours.zone, dict.fromkeys(range(7), (Window(0, DAY),)))
    return replace(person, hours=always, grid=ANY_MINUTE, daily_cap=None, weekly_cap=None)


def _teams(able: Able, ask: Ask) -> Mapping[int, tuple[Team, ...]]:
    """By start: the attorneys, and who can be with each of them."""
    want, second = able.want, [one.person for one in able.second.values()]
    attorneys = [one.person for one in able.attorneys.values()]
    if able.interpreters:
        between = [one.person for one in able.interpreters.values()]
        wish = Wish((want.relay,), None if want.second is None else frozenset(), want.screened)
        ask = replace(ask, language=want.spoken)
        return collective(attorneys, between, ask, want.rules, wish=wish, seconds=second)
    found = offers(attorneys, ask, want.rules)
    if want.second is None:
        return {start: tuple(Team(number, ((),)) for number in numbers) for start, numbers in found.items()}
    minutes = {minute for one in second for minute in availability.starts(on_any_minute(one), ask, want.rules)}
    return {
        start: tuple(Team(one, ((),), (want.second,)) for one in numbers if one != want.second)
        for start, numbers in found.items()
        if start in minutes
    }


def _seated(able: Able, team: Team) -> Iterator[Attorney]:
    for interpreters in team.interpreters:
        between = tuple(able.interpreters[number] for number in interpreters)
        for second in team.seconds or (None,):
            others = between if second is None else (*between, able.second[second])
            alone = able.attorneys[team.attorney]
            yield replace(alone, beside=others) if others else alone


def _fitted(one: Attorney, want: Wanted, *, is_bent: bool) -> Attorney:
    """As the firm's settings and staff want her, with the time that is about to be taken; the same where nothing is."""
    person = one.person
    if want.reserve is not None and want.bend is None and one.kind == ATTORNEY and not want.ask().is_urgent:
        person = replace(person, reserve=want.reserve)
    if want.bend is not None and not is_bent:
        person = want.bend(person)
    if soon := want.busy.get(one.number):
        person = replace(person, taken=[*person.taken, *soon])
    return one if person is one.person else replace(one, person=person)
