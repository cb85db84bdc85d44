"""The pages of the intake in their order."""

from forms.base import IntakePage
from forms.intake.about import AboutPage
from forms.intake.arrival import ArrivalPage
from forms.intake.contact import ContactPage
from forms.intake.dates import DatesPage
from forms.intake.language import LanguagePage
from forms.intake.names import NamesPage
from forms.intake.notices import NoticesPage
from forms.intake.safety import SafetyPage
from forms.intake.where import WherePage
from forms.intake.who import WhoPage

COPY_VERSION = "2026-11-24.3"
"""Of the words of all pages, stored with each intake that was sent."""

PAGES: tuple[type[IntakePage], ...] = (
    SafetyPage,
    WhoPage,
    LanguagePage,
    ContactPage,
    AboutPage,
    WherePage,
    ArrivalPage,
    DatesPage,
    NamesPage,
    NoticesPage,
)
"""Everybody is asked in this order; the times follow (forms.booking.TimeForm)."""

BY_SLUG: dict[str, type[IntakePage]] = {page.slug: page for page in PAGES}
"""Page by the last part of its address, `/apply/<slug>`."""
