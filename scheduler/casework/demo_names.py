"""The names of the demo firm's conflict check: nobody's."""

from scheduler.casework.conflict_names import Entry
from scheduler.engine.conflicts import Birth, Identity, Who
from scheduler.engine.names import Name

AGAINST = "Contraparte Prueba Uno"
"""Somebody in the demo names her, so that there is something to decide."""

_PEOPLE = (
    (Who.CLIENT, "Cliente", "Muestra Prueba", 1984),
    (Who.CLIENT, "Clienta", "Prueba Modelo", 1991),
    (Who.FORMER_CLIENT, "Antigua", "Modelo Muestra", 1978),
    (Who.ADVERSE, "Contraparte", "Prueba Uno", None),
    (Who.ADVERSE, "Empresa de Muestra", "", None),
    (Who.STAFF_RELATIVE, "Familiar", "Modelo Prueba", None),
)

ENTRIES = tuple(
    Entry(who, Identity((Name(given, family),), Birth(year) if year else None)) for who, given, family, year in _PEOPLE
)
