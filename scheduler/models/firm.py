"""The firm, the people who can be booked, and when they work."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.models.database import Model


class Firm(Model):
    """The one firm that runs this service; `settings` are its rules, `texts` what it says, by language."""

    __tablename__ = "firm"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    alias: Mapped[str]
    phone: Mapped[str]
    zone: Mapped[str]
    settings: Mapped[dict[str, Any]]
    texts: Mapped[dict[str, Any]]
    last_reviewed_on: Mapped[date | None] = mapped_column(Date)


class Person(Model):
    """
    An attorney, a paralegal or an interpreter.

    A paralegal is one of ours as attorneys are, but sits beside one and takes no call alone. `gender` is `woman` or
    `man` as far as it was said, for clients who would rather talk with the one or the other.

    `number` is small, never reused, and stands for the person in blocks and in the order of locks;
    `version` grows with every change to hours, overrides or bookings.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("kind IN ('attorney', 'interpreter')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[str]
    is_paralegal: Mapped[bool] = mapped_column(default=False)
    gender: Mapped[str | None]
    name: Mapped[str]
    email: Mapped[str]
    zone: Mapped[str]
    languages: Mapped[list[str]]
    skills: Mapped[list[str]] = mapped_column(default=list)
    buffer_before: Mapped[int] = mapped_column(default=0)
    buffer_after: Mapped[int] = mapped_column(default=0)
    grid_step: Mapped[int] = mapped_column(default=30)
    grid_offset: Mapped[int] = mapped_column(default=0)
    daily_cap: Mapped[int | None]
    weekly_cap: Mapped[int | None]
    room_url: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    last_assigned_at: Mapped[datetime | None]

    hours: Mapped[list["WorkingHours"]] = relationship(lazy="selectin", order_by="WorkingHours.weekday")
    overrides: Mapped[list["Override"]] = relationship(lazy="selectin", order_by="Override.day")


class WorkingHours(Model):
    """A weekly window in the person's zone, minutes of the day; an end before its start lies on the next day."""

    __tablename__ = "working_hours"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    weekday: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]


class Override(Model):
    """What replaces the weekly windows on one local day; a row without times closes it."""

    __tablename__ = "override"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    start: Mapped[int | None]
    end: Mapped[int | None]


class Stay(Model):
    """The local days, first and last included, that a person spends in another zone; no two of hers share a day."""

    __tablename__ = "stay"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    zone: Mapped[str]


class Closure(Model):
    """A day on which the whole firm is closed, beside the federal holidays."""

    __tablename__ = "closure"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    reason: Mapped[str]
