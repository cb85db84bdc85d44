"""Texts that no question waits for, and fields that no page has."""

from hypothesis import strategies as st

Pairs = list[tuple[str, str]]
"""Names and values of inputs, in the order they are sent."""

MARK = "Zentinela"
"""Stands in every text that is typed here, so that it is known again wherever it turns up."""

MEGABYTE = f"{MARK}{'A' * 1_000_000}"

hostile = st.one_of(
    st.sampled_from(
        [
            *("", " ", "0", "1", "-1", "9" * 5_000, "yes", "no", "other", "unknown", "none", "٣", "２０２６"),
            *(
                f"{MARK}\0\x1b[2J\x7f",
                f"{MARK}\ud800\udfff",
                f"{MARK}\u202e\u2066\ufeff",
                f"{MARK}\r\nBcc: a@b.example",
            ),
            *(
                f"<script>{MARK}</script>",
                f"{{{{{MARK}}}}}",
                f"%s%00{MARK}",
                f"'; DROP TABLE intake; -- {MARK}",
                "null",
            ),
            *(f"{MARK} " * 40, f"{MARK}{'́' * 3_000}", f"{MARK}@{'a' * 250}.example", f"=?utf-8?q?{MARK}?="),
        ]
    ),
    st.text(st.characters(exclude_categories=()), max_size=20).map(lambda text: MARK + text),
)
"""Single values that no question waits for; lone surrogates travel as the bytes that stand for them."""

FOREIGN: Pairs = [
    *(("state", "cleared"), ("urgency", "U3"), ("flags", "unreachable"), ("conflict_status", "clear")),
    *(("id", "1"), ("intake_id", "1"), ("consultation_id", "1"), ("draft_hash", MARK), ("ref", "ZZZZZZZZ")),
    *(
        ("role", "admin"),
        ("firm_id", "2"),
        ("attorney_id", "1"),
        ("status", "confirmed"),
        ("must_be_seen_by", "2030-01-01"),
    ),
    *(
        ("ticked", MARK),
        ("checked", MARK),
        ("ui_locale", MARK),
        ("wa_id", "1"),
        ("reasons", MARK),
        ("email_checked", "1"),
    ),
    *(
        ("order_checked", "1"),
        ("a_number_last3", "123"),
        ("__proto__[x]", MARK),
        ("answers[device_safe]", "no"),
        (MARK, MARK),
    ),
]
"""Fields that no page has."""
