"""Questions that could be used against her are noticed, in both languages; others are not."""

import pytest

from scheduler.engine.never_asked import asks_too_much

TOO_MUCH = (
    "What is your street address?",
    "¿Cuál es su dirección?",
    "Who was your smuggler?",
    "¿Quién fue su coyote?",
    "Have you been arrested?",
    "¿Tiene antecedentes penales?",
    "Do you use drugs?",
    "¿Consume drogas?",
    "What is your Social Security number?",
    "¿Cuál es su número de seguro social?",
    "Passport number?",
    "Número de pasaporte",
    "Your Facebook?",
    "¿Qué redes sociales usa?",
    "What is your immigration status?",
    "¿Cuál es el estatus migratorio de quien le ayuda?",
    "Which shelter are you in?",
    "¿En qué albergue está?",
    "Send photos of your injuries",
)
ENOUGH = (
    "How did you hear of us?",
    "¿Cómo supo de nosotros?",
    "Do you have children at school?",
    "¿Tiene hijos en la escuela?",
    "Which languages do you read?",
    "¿Necesita ayuda para leer?",
)


@pytest.mark.parametrize("text", TOO_MUCH)
def test_it_is_noticed(text: str) -> None:
    assert asks_too_much(text)


@pytest.mark.parametrize("text", ENOUGH)
def test_others_are_not(text: str) -> None:
    assert not asks_too_much(text)
