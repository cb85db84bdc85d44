"""A part of a page in another language than the page itself: what is read to her, or in each of them."""

from collections.abc import Callable, Mapping

from flask import render_template
from markupsafe import Markup

from scheduler.words import languages, speaking

Words = Callable[[], Mapping[str, object]]
"""What a template is given, asked for while its language is spoken."""


def part(language: str, template: str, words: Words) -> Markup:
    """The template in that language."""
    with speaking(language):
        return Markup(render_template(template, **words()))  # noqa: S704 - a template of ours, which has escaped


def in_each(template: str, words: Words) -> Mapping[str, Markup]:
    """The same by language."""
    return {language: part(language, template, words) for language in languages()}
