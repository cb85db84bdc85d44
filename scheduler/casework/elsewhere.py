"""What takes people's time near a span, as statements: blocks of ours, and what their other calendars say."""

from sqlalchemy import BindParameter, Boolean, Uuid, and_, bindparam, case, cast, exists, null, or_, select, union_all

from scheduler.models import Block, Busy, Calendar, Person
from scheduler.models.prepared import Prepared

CONSULTATION = "consultation"
ONE: BindParameter[int] = bindparam("person")
NUMBERS = select(Person.number).where(Person.active)

IS_SHUT = exists().where(Calendar.person == Person.number, Calendar.good_until <= bindparam("now")).label("is_shut")
"""Of a person: what another calendar of hers says is too old to be relied on."""

IS_STALE = or_(
    Block.expires_at <= bindparam("now"), and_(Block.intake_id == bindparam("own"), Block.kind != CONSULTATION)
)
_BLOCKS = select(Block.person, Block.b0, Block.b1, case((IS_STALE, Block.id)).label("stale")).where(
    Block.active,
    Block.b0 < bindparam("high"),
    Block.b0 > bindparam("lowest"),
    Block.b1 > bindparam("low"),
    or_(Block.intake_id.is_(None), Block.intake_id != bindparam("own"), IS_STALE),
)
_IMPORTED = select(Busy.person, Busy.b0, Busy.b1, cast(null(), Uuid).label("stale")).where(
    Busy.b0 < bindparam("high"),
    Busy.b0 > bindparam("lowest"),
    Busy.b1 > bindparam("low"),
    bindparam("imports", type_=Boolean),
)
NEAR = Prepared(union_all(_BLOCKS.where(Block.person.in_(NUMBERS)), _IMPORTED.where(Busy.person.in_(NUMBERS))))
NEAR_ONE = Prepared(union_all(_BLOCKS.where(Block.person == ONE), _IMPORTED.where(Busy.person == ONE)))
"""Of everybody, and of one: what is imported is not among it where `imports` is false."""
