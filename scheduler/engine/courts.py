"""Immigration courts and border crossings with their clocks; a firm may put other lists in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.engine.answers import Answers
from scheduler.engine.events import EventZones
from scheduler.engine.gazetteer import CENTRAL, EASTERN, MOUNTAIN, PACIFIC

ARIZONA = "America/Phoenix"
INDIANA = "America/Indiana/Indianapolis"
DETROIT = "America/Detroit"
KENTUCKY = "America/Kentucky/Louisville"
HAWAII = "Pacific/Honolulu"
PUERTO_RICO = "America/Puerto_Rico"
SAIPAN = "Pacific/Saipan"


@dataclass(frozen=True, slots=True)
class Venue:
    """Where she must appear: its code, its name in both languages, and its IANA zone."""

    code: str
    en: str
    es: str
    zone: str

    def name(self, locale: str) -> str:
        """What it is called in a language."""
        return self.es if locale == "es" else self.en


def venue(said: Mapping[str, Any]) -> Venue:
    """A row of a firm's list."""
    return Venue(said["code"], said["en"], said["es"], said["zone"])


def _in(zone: str, names: str) -> Iterable[Venue]:
    """Cities of one zone, separated by commas; `English=español` where the names differ."""
    for both in names.split(","):
        en, _equals, es = both.strip().partition("=")
        code = "".join(sign if sign.isalnum() else " " for sign in en.lower())
        yield Venue("_".join(code.split()), en, es or en, zone)


FIRST_COURTS: tuple[Venue, ...] = (
    Venue("san_diego", "San Diego", "San Diego", PACIFIC),
    Venue("el_paso", "El Paso", "El Paso", MOUNTAIN),
    Venue("laredo_port", "Laredo (at the bridge)", "Laredo (en el puente)", CENTRAL),
    Venue("brownsville_port", "Brownsville (at the bridge)", "Brownsville (en el puente)", CENTRAL),
)
"""Those in which people who wait in Mexico had their hearings, 2019 to 2022."""

OTHER_COURTS: tuple[Venue, ...] = tuple(
    sorted(
        (
            *_in(
                EASTERN,
                "Annandale, Atlanta, Baltimore, Batavia, Boston, Buffalo, Charlotte, Chelmsford, Cleveland, Elizabeth,"
                "Fishkill, Hartford, Hyattsville, Krome, Lowell, Lumpkin (Stewart), Miami,"
                "New York=Nueva York, Newark, Orlando, Philadelphia=Filadelfia, Richmond, Sterling, Ulster",
            ),
            *_in(
                CENTRAL,
                "Chicago, Conroe, Dallas, Fort Snelling, Fort Worth, Harlingen, Houston, Jena, Kansas City, Laredo,"
                "Memphis, New Orleans=Nueva Orleans, Oakdale, Omaha, Pearsall, Port Isabel, San Antonio",
            ),
            *_in(MOUNTAIN, "Aurora, Denver, Otero, Salt Lake City, West Valley"),
            *_in(
                PACIFIC,
                "Adelanto, Concord, Imperial, Las Vegas, Los Angeles=Los Ángeles, Otay Mesa, Portland, Reno,"
                "Sacramento, San Francisco, Santa Ana, Seattle, Tacoma, Van Nuys",
            ),
            *_in(ARIZONA, "Eloy, Florence, Phoenix, Tucson"),
            *_in(INDIANA, "Indianapolis"),
            *_in(DETROIT, "Detroit"),
            *_in(KENTUCKY, "Louisville"),
            *_in(HAWAII, "Honolulu"),
            *_in(PUERTO_RICO, "Guaynabo (San Juan)"),
            *_in(SAIPAN, "Saipan"),
        ),
        key=lambda court: court.en,
    )
)
"""The others by city, A to Z; the list ages, so the firm looks it over and may load its own."""

COURTS: tuple[Venue, ...] = (*FIRST_COURTS, *OTHER_COURTS)

PORTS: tuple[Venue, ...] = (
    Venue("san_ysidro", "San Ysidro", "San Ysidro", PACIFIC),
    Venue("calexico", "Calexico", "Calexico", PACIFIC),
    Venue("nogales", "Nogales", "Nogales", ARIZONA),
    Venue("el_paso", "El Paso", "El Paso", MOUNTAIN),
    Venue("eagle_pass", "Eagle Pass", "Eagle Pass", CENTRAL),
    Venue("laredo", "Laredo", "Laredo", CENTRAL),
    Venue("hidalgo", "Hidalgo", "Hidalgo", CENTRAL),
    Venue("brownsville", "Brownsville", "Brownsville", CENTRAL),
)


@dataclass(frozen=True, slots=True)
class Venues:
    """The courts and the crossings that are offered."""

    courts: tuple[Venue, ...] = COURTS
    ports: tuple[Venue, ...] = PORTS

    def zones(self, answers: Answers, client: str) -> EventZones:
        """The clocks by which her dates are read; `client` is her own zone."""
        return EventZones(
            client,
            _zone(self.courts, answers.get("hearing_court")),
            _zone(self.ports, answers.get("poe_place")),
        )


def _zone(venues: tuple[Venue, ...], code: object) -> str | None:
    """The clock of the venue of this code; of most clients none is known."""
    return None if code is None else next((venue.zone for venue in venues if venue.code == code), None)
