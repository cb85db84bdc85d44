"""What is never asked online: it could be used against her, or against those near her (intake.md §0.1 no. 8)."""

import re

from scheduler.engine.wording import plain

_PLACE = r"(street|home|exact) address|your address|direccion|domicilio|calle|shelter|albergue"
_ROUTE = r"smuggl\w*|coyotes?|polleros?|traficantes?|rut[ae]s?|routes?"
_CRIME = r"arrest\w*|crimes?|criminal\w*|convicted|delitos?|antecedentes|jail|prison|carcel|drugs?|drogas?"
_NUMBERS = r"social security|ssn|seguro social|passports?|pasaportes?"
_ACCOUNTS = r"social media|redes sociales|facebook|instagram|tiktok|username|nombre de usuario"
_STATUS = (
    r"(immigration|legal|migratory) status|est(atus|ado|atuto) migratorio|undocumented|indocumentad\w*|"
    r"without papers|sin papeles"
)
_HURTS = r"photos? of (your|the) (injur|wound)\w*|fotos? de sus? (heridas?|lesiones?)"
NEVER = re.compile(rf"\b({'|'.join((_PLACE, _ROUTE, _CRIME, _NUMBERS, _ACCOUNTS, _STATUS, _HURTS))})\b")


def asks_too_much(text: str) -> bool:
    """Whether a question seems to ask for what is never asked online, in English or Spanish; a person judges."""
    return NEVER.search(plain(text)) is not None
