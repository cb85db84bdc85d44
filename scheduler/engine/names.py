"""Names as a search sees them: folded, cut into tokens, as they sound, and how alike two are (intake.md §3.2)."""

import re
import unicodedata
from dataclasses import dataclass, field

PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "da", "dos", "do", "van", "von"})
PREFIX = 3
SOUNDS = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"ph", "f"),
        (r"qu", "k"),
        (r"[ckq](?=[aou])", "k"),
        (r"c(?=[ei])", "s"),
        (r"z", "s"),
        (r"x", "j"),
        (r"g(?=[ei])", "j"),
        (r"h", ""),
        (r"[vw]", "b"),
        (r"ll", "y"),
        (r"i(?=[aeou])", "y"),
        (r"c", "k"),
        (r"(.)\1+", r"\1"),
    )
)
LEADING = 4
WEIGHT = 0.1


def fold(text: str) -> str:
    """Lower case without marks, in compatibility form."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def words(name: str) -> tuple[str, ...]:
    """The words of a name in order, without particles; a name of particles alone keeps them."""
    every = tuple(filter(None, re.split(r"[^\w]+", fold(name))))
    return tuple(word for word in every if word not in PARTICLES) or every


def tokens(name: str) -> frozenset[str]:
    """The words of a name, in no order."""
    return frozenset(words(name))


def sound(token: str) -> str:
    """A rough key of how a Spanish name sounds, so that Velasques and Belásquez meet."""
    for pattern, into in SOUNDS:
        token = pattern.sub(into, token)
    return token


def jaro_winkler(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1; a common beginning of up to four letters counts extra (Winkler 1990)."""
    alike = _jaro(one, other)
    leading = 0
    for left, right in zip(one[:LEADING], other[:LEADING], strict=False):
        if left != right:
            break
        leading += 1
    return alike + leading * WEIGHT * (1 - alike)


def _jaro(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    window = max(len(one), len(other)) // 2 - 1
    free, ours = list(other), list[str]()
    taken = [False] * len(other)
    for place, char in enumerate(one):
        for there in range(max(0, place - window), min(len(free), place + window + 1)):
            if not taken[there] and free[there] == char:
                taken[there] = True
                ours.append(char)
                break
    if not ours:
        return 0.0
    theirs = [char for char, is_taken in zip(free, taken, strict=True) if is_taken]
    swapped = sum(left != right for left, right in zip(ours, theirs, strict=True)) / 2
    common = len(ours)
    return (common / len(one) + common / len(other) + (common - swapped) / common) / 3


@dataclass(frozen=True, slots=True)
class Name:
    """Given names and surnames; a name that stands in one piece has all of it in `given`, and no `family`."""

    given: str = field(repr=False)
    family: str = field(default="", repr=False)
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)
    firsts: frozenset[str] = field(init=False, repr=False, compare=False)
    lasts: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first, last = words(self.given), words(self.family)
        object.__setattr__(self, "words", first + last)
        object.__setattr__(self, "firsts", frozenset(map(sound, first)))
        object.__setattr__(self, "lasts", frozenset(map(sound, last)))

    @property
    def sounds(self) -> frozenset[str]:
        """How each of its words sounds."""
        return self.firsts | self.lasts

    @property
    def is_split(self) -> bool:
        """Whether it is known which words are surnames."""
        return bool(self.lasts and self.firsts)
