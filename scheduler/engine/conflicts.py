"""The conflict check: which likeness of two people is a hit, and which is somebody who comes again (intake.md §3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.engine.names import Name, jaro_winkler

SIMILAR = 0.92
YEARS = 1
ENOUGH = 2
"""So many words a name must have to be searched for within a longer one."""


@dataclass(frozen=True, slots=True)
class Birth:
    """As much of a date of birth as is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it names a day."""
        return self.day is not None


@dataclass(frozen=True, slots=True)
class Identity:
    """What one person is known by; phone, e-mail and A-number in one form each, whatever it is (a hash will do)."""

    names: tuple[Name, ...] = field(repr=False)
    birth: Birth | None = field(default=None, repr=False)
    countries: frozenset[str] = field(default=frozenset(), repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    a_number: str = field(default="", repr=False)


class Who(StrEnum):
    """What somebody of the index is to the firm."""

    CLIENT = "client"
    FORMER_CLIENT = "former_client"
    PROSPECT = "prospect"
    ADVERSE = "adverse"
    RELATED = "related"
    STAFF = "staff"
    STAFF_RELATIVE = "staff_relative"
    INTERPRETER = "interpreter"


CLIENTS = frozenset({Who.CLIENT, Who.FORMER_CLIENT})
OUR_SIDE = CLIENTS | {Who.PROSPECT}
"""Who came for help: whoever is one of them and comes again is returning."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the index."""

    who: Who
    identity: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom the check is about: who wants help, or a person she named."""

    identity: Identity = field(repr=False)
    is_applicant: bool = False


class Likeness(StrEnum):
    """By which line of the table two are alike."""

    A_NUMBER = "a_number"
    PHONE = "phone"
    EMAIL = "email"
    NAME_AND_BIRTH = "name_and_birth"
    NAMES = "names"
    SIMILAR = "similar"
    INITIAL = "initial"


CONTACTS = frozenset({Likeness.PHONE, Likeness.EMAIL})


class Verdict(StrEnum):
    """What a likeness means: a person must look, or it is she herself who comes again."""

    HIT = "hit"
    RETURNING = "returning"


class Status(StrEnum):
    """How far the check of an intake has come: a clear one books, a pending one for the time being, others do not."""

    PENDING = "pending"
    CLEAR = "clear"
    REVIEW = "review"
    CONFLICT = "conflict"


class Why(StrEnum):
    """Why a person must decide; nobody outside is ever told."""

    HIT = "hit"
    BY_PHONE = "by_phone"
    NOT_AUTOMATIC = "not_automatic"


def why_review(*, is_hit: bool, by_phone: bool, auto_clear: bool) -> Why | None:
    """Why a person must decide; None where the check clears by itself."""
    if is_hit:
        return Why.HIT
    if by_phone:
        return Why.BY_PHONE
    return None if auto_clear else Why.NOT_AUTOMATIC


def compare(one: Identity, other: Identity) -> Likeness | None:
    """The strongest line of the table that holds between two people; None where none does."""
    if one.a_number and one.a_number == other.a_number:
        return Likeness.A_NUMBER
    pairs = [(mine, theirs) for mine in one.names for theirs in other.names]
    found = [test for mine, theirs in pairs for test in _by_name(mine, theirs, one, other)]
    if found:
        return min(found, key=list(Likeness).index)
    if one.phone and one.phone == other.phone:
        return Likeness.PHONE
    return Likeness.EMAIL if one.email and one.email == other.email else None


def judge(asked: Asked, known: Known) -> tuple[Verdict, Likeness] | None:
    """
    Whether the two are a hit, and by what; None where it is nothing.

    Somebody who asks for help and is one of those who did so before is returning. A phone or an address alone makes
    her none of them: it is a hit with a client's, whom she may share it with, and nothing with others who asked, since
    a whole shelter writes from one phone.
    """
    test = compare(asked.identity, known.identity)
    if test is None:
        return None
    if not asked.is_applicant or known.who not in OUR_SIDE:
        return Verdict.HIT, test
    if test not in CONTACTS:
        return Verdict.RETURNING, test
    return (Verdict.HIT, test) if known.who in CLIENTS else None


def _by_name(one: Name, other: Name, mine: Identity, theirs: Identity) -> Iterator[Likeness]:
    """The lines that hold between two names of two people, the strongest first."""
    if not one.words or not other.words:
        return
    if one.sounds == other.sounds and mine.birth and mine.birth.is_whole and mine.birth == theirs.birth:
        yield Likeness.NAME_AND_BIRTH
    if _shares_surnames(one, other):
        yield Likeness.NAMES
    if _is_similar(one, other, mine, theirs):
        yield Likeness.SIMILAR
    if _same_year(mine, theirs, 0) and _shares_initial(one, other):
        yield Likeness.INITIAL


def _shares_surnames(one: Name, other: Name) -> bool:
    """A given name and two surnames in common, in any order; where nothing says which is which, three words."""
    common = one.sounds & other.sounds
    split = [name for name in (one, other) if name.is_split]
    if not split:
        return len(common) > ENOUGH
    return any(common & name.firsts and len(common & name.lasts) >= ENOUGH for name in split)


def _is_similar(one: Name, other: Name, mine: Identity, theirs: Identity) -> bool:
    """Names nearly the same, and birth year or country agrees; where neither is known, one name within the other."""
    years, countries = _comparable(mine, theirs)
    if not years and not countries:
        shorter, longer = sorted((one.sounds, other.sounds), key=len)
        return shorter <= longer and (len(shorter) >= ENOUGH or len(longer) == len(shorter))
    if not (_same_year(mine, theirs, YEARS) or mine.countries & theirs.countries):
        return False
    sorted_too = (" ".join(sorted(one.words)), " ".join(sorted(other.words)))
    return any(jaro_winkler(*pair) >= SIMILAR for pair in ((" ".join(one.words), " ".join(other.words)), sorted_too))


def _comparable(mine: Identity, theirs: Identity) -> tuple[bool, bool]:
    """Whether the years of birth, and the countries, of both are known."""
    return bool(mine.birth and theirs.birth), bool(mine.countries and theirs.countries)


def _same_year(mine: Identity, theirs: Identity, apart: int) -> bool:
    return bool(mine.birth and theirs.birth and abs(mine.birth.year - theirs.birth.year) <= apart)


def _shares_initial(one: Name, other: Name) -> bool:
    """A surname in common, and the first letter of a given name."""
    if not (one.is_split and other.is_split):
        return False
    initials = {token[:1] for token in one.firsts} & {token[:1] for token in other.firsts}
    return bool(initials and one.lasts & other.lasts)
