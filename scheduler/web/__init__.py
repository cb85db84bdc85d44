"""HTTP, and only HTTP."""

from flask import Flask

from config import Settings
from scheduler.casework.parts import Parts
from scheduler.web import access, assets, bodies, errors, filters, locale, security, signing
from scheduler.web.views import register_views


def register(app: Flask, parts: Parts, settings: Settings) -> None:
    """Hang everything that answers requests on the app."""
    app.extensions["cita"] = parts
    app.extensions["cita_mode"] = settings.mode
    bodies.register(app)
    security.register(app, settings)
    locale.register(app)
    signing.register(app)
    assets.register(app)
    filters.register(app)
    register_views(app)
    errors.register(app)
    access.register(app)
