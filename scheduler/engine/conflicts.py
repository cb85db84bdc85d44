"""Names as a search sees them: folded, cut into tokens, and as they sound (intake.md §3.2)."""

import re
import unicodedata

PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "da", "dos", "do", "van", "von"})
PREFIX = 3
SOUNDS = (
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


def fold(text: str) -> str:
    """Lower case without marks, in compatibility form."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def tokens(name: str) -> frozenset[str]:
    """The words of a name without particles; empty for a name of particles alone is avoided by keeping them."""
    words = frozenset(filter(None, re.split(r"[^\w]+", fold(name))))
    return words - PARTICLES or words


def sound(token: str) -> str:
    """A rough key of how a Spanish name sounds, so that Velasques and Belásquez meet."""
    for pattern, into in SOUNDS:
        token = re.sub(pattern, into, token)
    return token
