"""What a browser may send for a page of questions: Hypothesis makes it from the page's own questions."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from forms.a_number import ANumberField
from forms.base import QuestionForm, Typed
from forms.context import PageContext
from forms.dates import DateOrUnknownField, DateQuestion, PartialDateField
from forms.fields import Number, Question
from forms.flow import PAGES
from forms.intake.where import ClockQuestion, LocalTimeQuestion
from forms.more.flow import PAGES as MORE
from forms.options import Options
from forms.times import TimeField
from tests.builders.hostile import FOREIGN, MARK, MEGABYTE, Pairs, hostile
from tests.conftest import TUESDAY

DIGITS = "6649876543"
PHONES = ("664 987 6543", "+52 1 664 987 6543", "+1 213 555 0187", "044 664 987 6543")
NAMES = (
    MARK,
    f"{MARK} de la Cruz",
    f"{MARK} فاطمة",
    f"{MARK} 李",
    f"K’iche’ {MARK}",
    f"{MARK}-D'Arc",
    "O",
    "李",
    "አበበ",
)
ROWS = tuple(name for name in NAMES if len(name) > 1)
BAD_DATES = {
    "-day": ("30", "31", "0", "32", "1e1", "٣"),
    "-month": ("2", "13", "0", "-1"),
    "-year": ("1", "2026", "99999"),
}

MOST = PageContext(today=TUESDAY.date(), now=TUESDAY, answers={"filler_role": "friend"})
"""Who answers for another is offered the most."""

ELSEWHERE: Pairs = [
    (question.name + "".join(question.parts[:1]), MARK)
    for page in (*PAGES, *MORE)
    for question in page(None, MOST).questions()
]
"""Fields of the other pages."""


def answer_to(question: Question) -> st.SearchStrategy[Pairs]:
    """A good answer in the inputs of the question, mostly; some are left out."""
    make = next((make for kind, make in BY_KIND if isinstance(question, kind)), _by_its_name)
    return make(question)


@cache
def submission(kind: type[QuestionForm]) -> st.SearchStrategy[Pairs]:
    """What is sent for the form: good answers, or one of them spoilt, or anything anywhere; with foreign fields."""
    form = kind(None, MOST)
    return st.one_of(_good(form), _good(form), _spoilt(form), _anything(form)).flatmap(_with_foreign)


def settled(kind: type[QuestionForm], pairs: Pairs, known: PageContext) -> Pairs:
    """The same with the clock times that are offered once its place is read."""
    form = kind(typed(pairs), known)
    offered = {f"{field.name}-at": field.place for field in form.questions() if isinstance(field, LocalTimeQuestion)}
    for field in form.questions():
        if isinstance(field, ClockQuestion) and field.choices:
            offered[field.name] = field.choices[0].code
    return [(name, offered.get(name, value)) for name, value in pairs]


def typed(pairs: Pairs) -> Typed:
    """The same as a form reads it."""
    said: dict[str, list[str]] = {}
    for name, value in pairs:
        said.setdefault(name, []).append(value)
    return Typed(said)


def _good(form: QuestionForm) -> st.SearchStrategy[Pairs]:
    answers = [answer_to(question) for question in form.questions()]
    return st.tuples(*answers).map(lambda parts: [pair for part in parts for pair in part])


def _spoilt(form: QuestionForm) -> st.SearchStrategy[Pairs]:
    return st.builds(
        lambda good, bad: [pair for pair in good if pair[0] not in dict(bad)] + bad, _good(form), _bad(form)
    )


def _bad(form: QuestionForm) -> st.SearchStrategy[Pairs]:
    """One input with one to three values nobody waits for, or with the right one twice."""
    names = _names(form)
    values = st.one_of(st.lists(hostile, min_size=1, max_size=3), st.just([MEGABYTE]))
    return st.builds(lambda name, said: [(name, value) for value in said], st.sampled_from(names), values)


def _anything(form: QuestionForm) -> st.SearchStrategy[Pairs]:
    return st.lists(st.tuples(st.sampled_from(_names(form)), hostile), max_size=30)


def _with_foreign(pairs: Pairs) -> st.SearchStrategy[Pairs]:
    own = {name for name, _value in pairs}
    others = [(name, value) for name, value in (*FOREIGN, *ELSEWHERE) if name not in own]
    return st.lists(st.sampled_from(others), max_size=6).map(lambda foreign: pairs + foreign)


def _names(form: QuestionForm) -> list[str]:
    """Its inputs; a form that asks nothing has one all the same."""
    return [question.name + part for question in form.questions() for part in question.parts] or ["csrf_token"]


def _choice(question: Question) -> st.SearchStrategy[Pairs]:
    """One of its codes; who may choose several chooses up to three."""
    codes = [choice.code for choice in question.choices]
    most = 3 if question.kind in {"ticks", "countries"} else 1
    some = st.lists(st.sampled_from(codes), min_size=1, max_size=most, unique=True) if codes else st.just([])
    return some.map(lambda said: [(question.name, code) for code in said])


def _day(question: Question) -> st.SearchStrategy[Pairs]:
    today = question.today if isinstance(question, DateQuestion) else date.min
    near = st.integers(-400, 400).map(lambda days: today + timedelta(days=days))
    far = st.integers(-36_000, 2_000).map(lambda days: today + timedelta(days=days))
    whole = st.one_of(near, near, far).map(lambda day: [("-day", day.day), ("-month", day.month), ("-year", day.year)])
    ticked = st.sampled_from(["-unknown", "-none"] if isinstance(question, DateOrUnknownField) else ["-unknown"])
    partly = (
        st.builds(lambda parts, some: parts[some:], whole, st.integers(1, 2)) if _may_be_partial(question) else whole
    )
    said = st.one_of(whole, whole, partly, ticked.map(lambda tick: [(tick, 1)]), _no_day())
    return said.map(lambda parts: [(question.name + part, str(value)) for part, value in parts])


def _may_be_partial(question: Question) -> bool:
    return isinstance(question, PartialDateField)


def _no_day() -> st.SearchStrategy[list[tuple[str, Any]]]:
    parts = [st.tuples(st.just(part), st.sampled_from(values)) for part, values in BAD_DATES.items()]
    return st.tuples(*parts).map(list)


def _time(question: Question) -> st.SearchStrategy[Pairs]:
    clock, half = st.sampled_from(["8:30", "12:05", "16:10", "0:15", "4.30"]), st.sampled_from(["am", "pm", ""])
    return st.builds(lambda time, part: [(question.name, time), (f"{question.name}-half", part)], clock, half)


def _rows(question: Question) -> st.SearchStrategy[Pairs]:
    """Up to three rows; the names are texts, the rest codes or small numbers."""
    columns = list(dict.fromkeys(part.partition("-")[2].partition("-")[2] for part in question.parts))
    row = st.tuples(*(_column(question, column) for column in columns))
    return st.lists(row, max_size=3).map(
        lambda rows: [
            (f"{question.name}-{number}-{column}".removesuffix("-"), value)
            for number, values in enumerate(rows)
            for column, value in zip(columns, values, strict=True)
        ]
    )


def _column(question: Question, column: str) -> st.SearchStrategy[str]:
    codes = {"role": question.choices, "relation": question.choices}
    lists = {**codes, "where": getattr(question, "places", ()), "needs_help": getattr(question, "yes_no", ())}
    if column == "age_years":
        return st.integers(0, 110).map(str)
    offered = [choice.code for choice in lists.get(column, ())]
    return st.sampled_from([*offered, ""] if column in {"where", "needs_help"} else offered or ROWS)


def _grid(question: Question) -> st.SearchStrategy[Pairs]:
    codes = st.sampled_from(["", *(choice.code for choice in question.choices)])
    return st.tuples(*(st.tuples(st.just(question.name + part), codes) for part in question.parts)).map(list)


def _one(*values: str) -> Callable[[Question], st.SearchStrategy[Pairs]]:
    return lambda question: st.sampled_from(values).map(lambda value: [(question.name, value)])


def _phone(question: Question) -> st.SearchStrategy[Pairs]:
    name = question.name
    return st.sampled_from(PHONES).map(
        lambda phone: [(name, phone), (f"{name}-country", "" if phone[0] == "+" else "MX")]
    )


KINDS: Mapping[str, Callable[[Question], st.SearchStrategy[Pairs]]] = {
    "tick": _one("1", "", "0"),
    "email": _one(f"{MARK.lower()}@buzon.example", f"{MARK.lower()}@gmial.com"),
    "phone": _phone,
    "people": _rows,
    "family": _rows,
    "names": _rows,
    "grid": _grid,
    "textarea": _one(f"{MARK} tiene miedo.\r\n¿Qué sigue?", ""),
    "text": lambda question: _one(
        *(text for text in (*NAMES, "girasol", "") if len(text) <= getattr(question, "longest", 80))
    )(question),
}


def _by_its_name(question: Question) -> st.SearchStrategy[Pairs]:
    return KINDS.get(question.kind, _one(MARK))(question)


def _local_time(question: Question) -> st.SearchStrategy[Pairs]:
    place = getattr(question, "place", "")
    return _choice(question).map(lambda said: [*said, (f"{question.name}-at", place)])


BY_KIND: tuple[tuple[type[Question], Callable[[Question], st.SearchStrategy[Pairs]]], ...] = (
    (DateQuestion, _day),
    (TimeField, _time),
    (ANumberField, _one("", "A 12 345 678", "A123456789", "IOE0123456789", "12")),
    (Number, _one("0", "17", "30", "110", "1990")),
    (Options, lambda question: (_local_time if question.kind == "local_time" else _choice)(question)),
)
"""Kinds of questions to what is answered, the first that fits."""
