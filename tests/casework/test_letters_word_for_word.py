"""Every letter to a client, in both languages and on every way, is worded as agreed (intake.md §4.2, §4.3)."""

from datetime import UTC, datetime

import pytest

from scheduler.casework import letters
from scheduler.casework.firm import FirmView
from scheduler.words import speaking

ZONE, PLACE = "America/Tijuana", "Tijuana"
START, BY = datetime(2026, 11, 25, 18, 30, tzinfo=UTC), datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
SAMPLE = {"alias": "Citas LEU", "phone": "+12135550100", "link": "https://c.example/s/xxxxxxxxxxxxxxxx", "zone": PLACE}
HOUSE = FirmView(alias=SAMPLE["alias"], phone=SAMPLE["phone"], zone=ZONE)

FILLED: dict[str, dict[str, dict[str, str]]] = {
    "en": {
        "text": {"when": "Wed Nov 25 10:30 am", "time": "10:30 am"},
        "subject": {"when": "Wed Nov 25 10:30 am", "time": "10:30 am"},
        "mail": {"when_long": "Wednesday, November 25, at 10:30 am", "time": "10:30 am"},
    },
    "es": {
        "text": {"when": "mie 25 nov 10:30 am", "time": "10:30 am"},
        "subject": {"when": "mié 25 nov 10:30 am", "time": "10:30 de la mañana"},
        "mail": {
            "when_long": "miércoles, 25 de noviembre, a las 10:30 de la mañana",
            "time": "10:30 de la mañana",
        },
    },
}
"""What stands in the places of the table, by language and part; in texts without the accents that GSM-7 lacks."""

LATEST = {
    ("en", "text"): "Wed Nov 25 1:00 pm",
    ("en", "mail"): "Wednesday, November 25, at 1:00 pm",
    ("es", "text"): "la 1:00 pm del mie 25 nov",
    ("es", "mail"): "la 1:00 de la tarde del miércoles, 25 de noviembre",
}
TILL = {"en": "by Wed Nov 25 1:00 pm", "es": "antes de la 1:00 pm del mie 25 nov"}
"""By when we call: after "by", and with it where the sentence does not say it."""

TILL_THERE = {"en": f"{TILL['en']} (Tijuana time)", "es": f"{TILL['es']} (hora de Tijuana)"}
OFFER = {
    "en": f"You can choose a new time: {SAMPLE['link']}.",
    "es": f"Puede elegir otra hora: {SAMPLE['link']}.",
}

TEXTS = {
    "otp": (
        "Your code is {code}. It ends in 10 minutes. We never call to ask for it.",
        "Su clave es {code}. Vence en 10 minutos. Nunca le llamamos para pedirla.",
    ),
    "booked": (
        "{alias}: your appointment: {when} ({zone} time). See or change: {link}. STOP = no more texts",
        "{alias}: su cita: {when} (hora de {zone}). Ver o cambiar: {link}. BAJA = no mas textos",
    ),
    "tentative": (
        "{alias}: we saved {when} ({zone} time) for you. We will confirm by {by}. Questions: {phone}.",
        "{alias}: le guardamos {when} (hora de {zone}). Le confirmamos antes de {by}. Dudas: {phone}.",
    ),
    "remind_72h": (
        "{alias}: reminder, {when} ({zone} time). To get ready or change: {link}",
        "{alias}: le recordamos su cita, {when} (hora de {zone}). Para prepararse o cambiar: {link}",
    ),
    "remind_24h": (
        "{alias}: your appointment is tomorrow, {when} ({zone} time). Reply 1 = OK, 2 = change.",
        "{alias}: su cita es mañana, {when} (hora de {zone}). Responda 1 = OK, 2 = cambiar.",
    ),
    "remind_2h": (
        "{alias}: today at {time} ({zone} time). Find a quiet place and charge your phone. Help: {phone}",
        "{alias}: hoy a las {time} (hora de {zone}). Busque un lugar tranquilo y cargue su celular. Ayuda: {phone}",
    ),
    "join": (
        "{alias}: it is time. Open {link} or wait for our call.",
        "{alias}: ya es hora. Abra {link} o espere nuestra llamada.",
    ),
    "moved": (
        "{alias}: your appointment is now {when} ({zone} time). Not good for you? {phone}",
        "{alias}: su cita ahora es {when} (hora de {zone}). Si no puede, llame: {phone}",
    ),
    "cancelled_you": (
        "{alias}: your appointment was cancelled as you asked. New time: {link} or {phone}",
        "{alias}: cancelamos su cita como nos dijo. Nueva hora: {link} o {phone}",
    ),
    "cancelled_us": (
        "{alias}: we are sorry, we must change your appointment. We will call you {till}, or call {phone}.",
        "{alias}: lo sentimos, debemos cambiar su cita. Le llamaremos {till}, o llame a {phone}.",
    ),
    "missed": (
        "{alias}: we called you and could not talk. Call {phone} or choose a new time: {link}",
        "{alias}: le llamamos y no pudimos hablar. Llame a {phone} o elija otra hora: {link}",
    ),
    "rebook": (
        "{alias}: do you still want an appointment? {link} or {phone}. This is our last message about it.",
        "{alias}: si quiere una cita: {link} o {phone}. Ya no le enviamos otro mensaje sobre esto.",
    ),
    "finish": (
        "{alias}: you can add a few answers before your appointment. It is optional: {link}",
        "{alias}: puede agregar unas respuestas antes de su cita. Es opcional: {link}",
    ),
    "we_call": (
        "{alias}: we got your request. A person will call you {till_there} from {phone}.",
        "{alias}: recibimos su solicitud. Una persona le llama {till_there} desde {phone}.",
    ),
    "please_call": (
        "{alias}: please call us today: {phone}. It is about your appointment.",
        "{alias}: por favor, llame hoy: {phone}. Es sobre su cita.",
    ),
    "message_waiting": (
        "{alias}: you have a message. See it when you are alone: {link}",
        "{alias}: tiene un mensaje. Puede verlo cuando tenga privacidad: {link}",
    ),
}
"""`stopped` and `help` come with the reading of replies (docs/adr/0011)."""

MAILS = {
    "booked": (
        "Your appointment, {when}",
        (
            "Hello. Your appointment is {when_long} ({zone} time). We will call you, or open {link}. "
            "To change or cancel: {link} or {phone}. If this was not you, call {phone}."
        ),
        "Su cita, {when}",
        (
            "Hola. Su cita es el {when_long} (hora de {zone}). Le llamaremos, o abra {link}. Para cambiar o cancelar: "
            "{link} o {phone}. Si no fue usted, llame al {phone}."
        ),
    ),
    "tentative": (
        "We saved a time for you",
        "Hello. We saved {when_long} ({zone} time). A person will confirm by {by}. Questions: {phone}.",
        "Le guardamos una hora",
        "Hola. Le guardamos el {when_long} (hora de {zone}). Una persona le confirmará antes de {by}. Dudas: {phone}.",
    ),
    "remind_72h": (
        "Reminder, {when}",
        (
            "Hello. Your appointment is {when_long} ({zone} time). A short list to get ready is here: {link}. "
            "You do not need to have everything."
        ),
        "Recordatorio, {when}",
        (
            "Hola. Su cita es el {when_long} (hora de {zone}). Aquí hay una lista corta para prepararse: {link}. "
            "No necesita tenerlo todo."
        ),
    ),
    "remind_24h": (
        "Tomorrow, {time}",
        (
            "Hello. We talk tomorrow at {time} ({zone} time). Please confirm or change: {link}. "
            "Find a quiet, private place if you can."
        ),
        "Mañana, {time}",
        (
            "Hola. Hablamos mañana a las {time} (hora de {zone}). Confirme o cambie: {link}. "
            "Busque un lugar tranquilo y privado si puede."
        ),
    ),
    "moved": (
        "New time, {when}",
        "Hello. Your appointment is now {when_long} ({zone} time). If this does not work: {link} or {phone}.",
        "Nueva hora, {when}",
        "Hola. Su cita ahora es el {when_long} (hora de {zone}). Si no puede: {link} o {phone}.",
    ),
    "cancelled_you": (
        "Appointment cancelled",
        "Hello. We cancelled it as you asked. New time: {link} or {phone}.",
        "Cita cancelada",
        "Hola. La cancelamos como lo pidió. Nueva hora: {link} o {phone}.",
    ),
    "cancelled_us": (
        "We need to change your appointment",
        "Hello. We are sorry. {offer_line} A person will call you by {by}, or call {phone}.",
        "Debemos cambiar su cita",
        "Hola. Lo sentimos. {offer_line} Una persona le llamará antes de {by}, o llame al {phone}.",
    ),
    "missed": (
        "We missed each other",
        "Hello. We called and could not talk. Call {phone} or choose a new time: {link}. It is fine.",
        "No pudimos hablar",
        "Hola. Le llamamos y no pudimos hablar. Llame al {phone} o elija otra hora: {link}. No hay problema.",
    ),
    "finish": (
        "Before your appointment",
        "Hello. You can add a few answers first. It is optional: {link}.",
        "Antes de su cita",
        "Hola. Puede agregar unas respuestas antes. Es opcional: {link}.",
    ),
    "message_waiting": (
        "You have a message",
        "Hello. You have a message. Open it when you are alone: {link}.",
        "Tiene un mensaje",
        "Hola. Tiene un mensaje. Ábralo cuando esté a solas: {link}.",
    ),
}

OURS_ALONE = {"remind_2h", "join", "otp", "we_call", "please_call", "rebook"}
"""Mails without a row in §4.3: they say what the text says."""

LANGUAGES = ("en", "es")


def written(kind: str, language: str) -> tuple[letters.Words, str]:
    """A letter as a mail and as a text, filled by the house itself."""
    with speaking(language):
        values = {
            **letters.values_of(HOUSE, START, ZONE, PLACE),
            **letters.promised_by(BY, ZONE, PLACE),
            "link": SAMPLE["link"],
            "code": "123456",
            "offers": True,
        }
        return letters.render(kind, values), letters.render_text(kind, values)


def agreed(sentence: str, language: str, part: str) -> str:
    """A sentence of the table with the samples in its places."""
    by = LATEST.get((language, part), "")
    promised = {"by": by, "till": TILL[language], "till_there": TILL_THERE[language], "offer_line": OFFER[language]}
    return sentence.format(**SAMPLE, **FILLED[language][part], **promised, code="123456")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_says_what_was_agreed(kind: str, language: str) -> None:
    _mail, text = written(kind, language)

    assert text == agreed(TEXTS[kind][LANGUAGES.index(language)], language, "text")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_says_what_was_agreed(kind: str, language: str) -> None:
    mail, _text = written(kind, language)

    subject, body = MAILS[kind][:2] if language == "en" else MAILS[kind][2:]
    assert mail.subject == agreed(subject, language, "subject")
    assert mail.plain == agreed(body, language, "mail") + "\n"
    assert " ".join(mail.html.replace(f'<a href="{SAMPLE["link"]}">', "").replace("</a>", "").split()).count(
        agreed(body, language, "mail")
    )


def test_every_letter_to_a_client_has_its_row() -> None:
    folders = {path.name for path in letters.FOLDER.iterdir() if (path / "sms.txt").exists()}

    assert set(TEXTS) == folders
    assert set(MAILS) | OURS_ALONE == folders
