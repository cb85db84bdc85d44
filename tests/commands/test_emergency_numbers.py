"""The numbers to call in danger: all seven in the example of the manual, in both languages, as they stand there."""

from pathlib import Path

import pytest
from flask import Flask

from scheduler.casework import demo_firm
from scheduler.casework.firm import firm
from scheduler.web.emergency import emergency
from scheduler.words import speaking
from tests.builders.settings import EXAMPLE
from tests.commands.typing import typed

PRESS = {"en": "(Spanish: press 2)", "es": "(en español: oprima 2)"}
US = [
    ("Danger now", "Peligro ahora", "911", False),
    ("Thoughts of suicide or crisis", "Crisis o ideas de suicidio", "988", True),
    ("Violence at home", "Violencia en la casa", "1-800-799-7233", True),
    ("Forced work or sex", "Trabajo o sexo forzado", "1-888-373-7888", False),
]
MX = [
    ("Danger now", "Peligro ahora", "911", False),
    ("Crisis, drugs, sadness", "Crisis, adicciones, tristeza", "800 911 2000", False),
    ("Refugee help (UNHCR)", "Ayuda a refugiados (ACNUR)", "800 226 8769", False),
]
SHOWN = {
    language: [
        (country, [(row[place], row[2], PRESS[language] if row[3] else "") for row in rows])
        for country, rows in ((there[0], US), (there[1], MX))
    ]
    for place, (language, there) in enumerate(
        {"en": ("United States", "Mexico"), "es": ("Estados Unidos", "México")}.items()
    )
}
"""The table of intake.md §1.4."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_example_of_the_manual_has_them_all(app: Flask, language: str) -> None:
    typed(app, "firm", "load", str(EXAMPLE))

    with speaking(language):
        assert emergency(firm(), {}) == SHOWN[language]


def test_the_demo_firm_has_the_same_as_the_example(app: Flask) -> None:
    typed(app, "firm", "load", str(EXAMPLE))

    assert firm().texts["emergency"] == demo_firm.TEXTS["emergency"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('number = "988"', "", id="without a number"),
        pytest.param('es = "Crisis o ideas de suicidio"', "", id="in one language alone"),
        pytest.param('number = "988"', "number = 988", id="a number that is no text"),
    ],
)
def test_a_line_that_nobody_could_read_or_call_is_refused(app: Flask, tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "firm.toml"
    file.write_text(EXAMPLE.read_text().replace(old, new, 1))

    said = typed(app, "firm", "load", str(file))

    assert (said.code, "emergency.US: line 2 needs en, es and number" in said.text) == (1, True), said.text
