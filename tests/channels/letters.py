"""Letters to try the ways out with."""

from datetime import UTC, datetime
from uuid import UUID

from scheduler.channels.port import CalendarObject, Mail, Text
from scheduler.engine.invitation.write import Invited, Meeting, request

ROW = UUID("0b8f3f0e-52a1-4c8e-9d13-1f6f2a1c7d55")
DUE = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
INVITATION = request(
    Meeting(
        uid="9f86d081884c7d659a2feaa0c55ad015@neutral.example",
        sequence=0,
        stamp=DUE,
        start=datetime(2026, 12, 1, 17, 0, tzinfo=UTC),
        end=datetime(2026, 12, 1, 17, 45, tzinfo=UTC),
        summary="Call 7K4MQ2XD · U1 · es",
        organizer="citas@neutral.example",
        alias="Citas LEU",
    ),
    Invited("ana@firm.example", "https://citas.neutral.example/b/7K4MQ2XD"),
)
PLAIN = Mail(
    row=ROW,
    due_at=DUE,
    written_at=DUE,
    message_id="<5891b5b522d5df086d0ff0b110fbd9d2@neutral.example>",
    sender="citas@neutral.example",
    sender_name="Citas LEU",
    to="lucia@mail.example",
    subject="Su cita, mié 2 dic, 9:00",
    plain="Hola. Su cita es el miércoles 2 de diciembre.\n.\n.. dos puntos\nGracias.\n",
    html="<p>Hola. Su cita es el miércoles 2 de diciembre.</p>\n",
)
INVITING = Mail(
    row=ROW,
    due_at=DUE,
    written_at=DUE,
    message_id="<5891b5b522d5df086d0ff0b110fbd9d2@neutral.example>",
    sender="citas@neutral.example",
    sender_name="Citas LEU",
    to="ana@firm.example",
    subject="Call 7K4MQ2XD",
    plain="Call 7K4MQ2XD\n",
    html="<p>Call 7K4MQ2XD</p>\n",
    calendar=CalendarObject("REQUEST", INVITATION),
    in_reply_to="<00000000000000000000000000000000@neutral.example>",
)
TEXT = Text(row=ROW, due_at=DUE, to="+526641234567", channel="sms", body="Citas LEU: su cita es mañana.")
