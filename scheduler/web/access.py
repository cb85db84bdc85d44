"""Who may ask for what: a route is public, or stands in the policy, or does not exist for the asker."""

from flask import Flask, abort, request

PUBLIC = frozenset({"asset", "healthz"})
"""Endpoints that need no login; a test lists them."""


def register(app: Flask) -> None:
    """Deny by default."""
    app.before_request(_guard)


def _guard() -> None:
    if request.endpoint is not None and request.endpoint not in PUBLIC:
        abort(404)
