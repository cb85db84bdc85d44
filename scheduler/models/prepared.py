"""Statements put into the database's words once: what is left at each use are values, bound and read by their types."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Dialect, Insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.sql.compiler import SQLCompiler

Way = Callable[[Any], Any]
Given = Mapping[str, Any]
KEPT = "wire"


class ListOfValues(Exception):
    """The text of this statement differs from use to use, so that it cannot be kept."""


@dataclass(frozen=True, slots=True)
class _Said:
    """
    A statement in the words of one database.

    `fixed` are values that stand in the statement itself or are a column's default, `made` those defaults that are new
    for each row; `binds` names the values in order, with the way from ours to the driver's; `reads` is the way back, by
    position.
    """

    text: str
    fixed: Given
    made: tuple[tuple[str, Way], ...]
    binds: tuple[tuple[str, Way | None], ...]
    is_positional: bool
    row: Callable[[Sequence[Any]], Any]
    reads: tuple[tuple[int, Way], ...]

    def bound(self, values: Given) -> Any:
        given = {**self.fixed, **values}
        for name, make in self.made:
            if name not in given:
                given[name] = make(None)
        if self.is_positional:
            return [given[name] if way is None else way(given[name]) for name, way in self.binds]
        return {name: given[name] if way is None else way(given[name]) for name, way in self.binds}

    def read(self, found: Sequence[Any]) -> Any:
        cells = list(found)
        for at, way_back in self.reads:
            cells[at] = way_back(cells[at])
        return self.row(cells)


@dataclass(slots=True)
class _Wire:
    """The driver's connection in one transaction or savepoint of a session, and what was asked ahead on it."""

    transaction: SessionTransaction | None
    dialect: Dialect
    driver: Any
    asked: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @property
    def errors(self) -> Any:
        return cast("Any", self.dialect.loaded_dbapi).Error

    def refused(self, error: Exception) -> BaseException:
        """The driver's error as SQLAlchemy raises it, without the values."""
        return DBAPIError.instance(None, None, error, self.errors, hide_parameters=True)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """
    A statement of SQLAlchemy Core, without lists of values.

    It is carried out in the session's transaction and past its objects; an insert knows the defaults of its columns.
    What the database refuses is raised as SQLAlchemy raises it, without the values.
    """

    statement: Any
    _said: dict[str, _Said] = field(default_factory=dict, init=False, repr=False)

    def rows(self, session: Session, **values: Any) -> list[Any]:
        """What it finds, or has found where the same was asked ahead in this transaction, as named tuples."""
        wire = _wire(session)
        try:
            cursor = wire.asked.pop((self, *values.items()), None) or self._sent(wire, values)
            found = cursor.fetchall()
        except wire.errors as refused:
            raise wire.refused(refused) from refused
        read = self._said[wire.dialect.name].read
        return [read(row) for row in found]

    def first(self, session: Session, **values: Any) -> Any:
        """The first row it finds, or None."""
        return next(iter(self.rows(session, **values)), None)

    def write(self, session: Session, *rows: Given) -> None:
        """Once with each of these rows."""
        wire = _wire(session)
        try:
            self._sent(wire, *rows)
        except wire.errors as refused:
            raise wire.refused(refused) from refused

    def _sent(self, wire: _Wire, *rows: Given) -> Any:
        said = self._said.get(wire.dialect.name) or self._put_into_words(wire.dialect)
        cursor = wire.driver.cursor()
        if len(rows) == 1:
            cursor.execute(said.text, said.bound(rows[0]))
        else:
            cursor.executemany(said.text, [said.bound(row) for row in rows])
        return cursor

    def _put_into_words(self, dialect: Dialect) -> _Said:
        columns: list[Any] = list(self.statement.table.c) if isinstance(self.statement, Insert) else []
        keys = [one.key for one in columns] or None
        self._said[dialect.name] = _said(dialect, self.statement.compile(dialect=dialect, column_keys=keys), columns)
        return self._said[dialect.name]


def ask_ahead(session: Session, *questions: tuple[Prepared, Given]) -> None:
    """
    Ask a server these things at once that will be asked with the same values in this transaction.

    A file has no way to save, and is asked when it is time.
    """
    wire = _wire(session)
    if wire.dialect.name != "postgresql":
        return
    try:
        with wire.driver.pipeline():
            wire.asked.update({(one, *given.items()): one._sent(wire, given) for one, given in questions})  # noqa: SLF001
    except wire.errors as refused:
        raise wire.refused(refused) from refused


def _wire(session: Session) -> _Wire:
    wire = session.info.get(KEPT)
    if wire is None or wire.transaction is not _innermost(session):
        connection = session.connection()
        wire = _Wire(_innermost(session), connection.dialect, connection.connection.driver_connection)
        session.info[KEPT] = wire
    return cast("_Wire", wire)


def _innermost(session: Session) -> SessionTransaction | None:
    """A savepoint is set by the first that asks the session for its connection."""
    return session.get_nested_transaction() or session.get_transaction()


def _said(dialect: Dialect, compiled: SQLCompiler, columns: Sequence[Any]) -> _Said:
    if compiled.post_compile_params or compiled.literal_execute_params:
        raise ListOfValues(str(compiled))
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    ways = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    found = compiled._result_columns  # noqa: SLF001 - only there stand names and types of what it finds
    back = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in found]
    row = namedtuple("Row", [one.keyname for one in found], rename=True)  # type: ignore[misc] # names of its columns
    own = {name: _plain(bind.effective_value) for name, bind in binds.items() if not bind.required}
    return _Said(
        text=str(compiled),
        fixed=own | {one.key: _default(one) for one in columns if one.nullable or _default(one) is not None},
        made=tuple(
            (one.key, one.default.arg) for one in columns if one.default is not None and one.default.is_callable
        ),
        binds=tuple((name, ways[name]) for name in compiled.positiontup or binds),
        is_positional=compiled.positional,
        row=row._make,
        reads=tuple((at, way) for at, way in enumerate(back) if way is not None),
    )


def _default(column: Any) -> Any:
    """What stands in a column where nothing is said, and is the same for all rows."""
    return column.default.arg if column.default is not None and column.default.is_scalar else None


def _plain(value: Any) -> Any:
    """A member of an enumeration of texts as a text, which drivers take at once."""
    return str(value) if isinstance(value, str) else value
