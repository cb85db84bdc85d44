"""Who may ask for what: a route is public, or stands in the policy, or does not exist for the asker."""

from flask import Flask, abort, request

PUBLIC = frozenset(
    {
        "asset",
        "booking.book",
        "booking.done",
        "booking.time",
        "calls.ask",
        "calls.save",
        "client.calendar",
        "client.cancel",
        "client.cancel_save",
        "client.move",
        "client.move_save",
        "client.not_now",
        "client.not_now_save",
        "client.page",
        "healthz",
        "intake.ask_first",
        "intake.call_now",
        "intake.page",
        "intake.save",
        "intake.start",
        "intake.tips",
        "intake.we_will_call",
        "leave.leave",
        "leave.left",
    }
)
"""Endpoints that need no login; a test lists them."""


def register(app: Flask) -> None:
    """Deny by default."""
    app.before_request(_guard)


def _guard() -> None:
    if request.endpoint is not None and request.endpoint not in PUBLIC:
        abort(404)
