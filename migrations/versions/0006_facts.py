"""facts that age, as they come with Cita: nobody has looked them over yet"""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"

FACTS = UUID("6c1a2f0e-53cf-4a4e-9f6e-3a1c0f7d1d11")
SHIPPED = (
    (
        "text",
        "waiting_in_mexico",
        "Some people are sent to Mexico to wait. The rules keep changing. An attorney can tell you what applies to you.",
        "A algunas personas las mandan a México a esperar. Las reglas siguen cambiando. Un abogado puede decirle qué se aplica a usted.",
        {},
    ),
    (
        "text",
        "moved",
        "If you move, tell the court within 5 days (form EOIR-33). Ask us how.",
        "Si se muda, avise a la corte en 5 días (formulario EOIR-33). Pregúntenos cómo.",
        {},
    ),
    (
        "text",
        "dates",
        "Go to every court date and report time, unless your own lawyer tells you it changed.",
        "Vaya a cada fecha de corte y de presentación, salvo que su abogado le diga que cambió.",
        {},
    ),
    (
        "text",
        "filing_fee",
        "Since July 2025 an I-589 has a filing fee and a yearly fee: fee and receipt before the date.",
        "Desde julio de 2025 el I-589 tiene una tarifa de presentación y una anual: pago y recibo antes de la fecha.",
        {},
    ),
    (
        "hotline",
        "court_dates",
        "Court dates by phone, free, with the A-Number",
        "Fechas de corte por teléfono, gratis, con el Número A",
        {"number": "1-800-898-7180"},
    ),
    (
        "site",
        "court_dates",
        "Court dates on the web, with the A-Number",
        "Fechas de corte en internet, con el Número A",
        {"url": "https://acis.eoir.justice.gov"},
    ),
    (
        "site",
        "uscis_status",
        "State of a USCIS receipt (3 letters and 10 numbers)",
        "Estado de un recibo de USCIS (3 letras y 10 números)",
        {"url": "https://egov.uscis.gov"},
    ),
    ("list", "courts", "The list of immigration courts", "La lista de cortes de inmigración", {}),
    ("list", "ports", "The list of crossings at the border", "La lista de puentes y cruces de la frontera", {}),
    ("list", "emergency", "The numbers to call in danger: dial each", "Los números para una emergencia: marque cada uno", {}),
    ("list", "appeals", "Appeal windows: plan for 10 days, the rule says 30", "Plazos de apelación: planear con 10 días, la regla dice 30", {}),
)


def upgrade() -> None:
    table = op.create_table(
        "fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("last_reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["reviewed_by"], ["staff.id"], name=op.f("fk_fact_reviewed_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_fact_kind_code")),
    )
    rows = [
        {"id": uuid5(FACTS, f"{kind}/{code}"), "kind": kind, "code": code, "words": {"en": en, "es": es}, "value": value}
        for kind, code, en, es, value in SHIPPED
    ]
    op.bulk_insert(table, rows)


def downgrade() -> None:
    op.drop_table("fact")
