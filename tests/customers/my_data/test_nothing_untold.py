"""Whoever adds a table that knows people must say how it is told, and how it is deleted."""

from tortoise import Tortoise

from backend.customers.my_data import erase
from backend.customers.my_data.export_data import SECTIONS
from backend.customers.my_data.export_page import export_words
from backend.platform.words import LANGUAGES

# Table → the section of «My data» that tells of it.
TOLD = {
    "identities": "identities",
    "verifications": "verifications",
    "contacts": "contacts",
    "applications": "applications",
    "cards": "cards",
    "wallet_entries": "wallet_entries",
    "card_photos": "card_photos",
    "card_shares": "card_shares",
    "shared_messages": "card_shares",
    "consent_records": "consents",
    "consent_states": "consents_now",
    "messages": "messages",
    "sample_readers": "sample_readers",
    "card_findings": "card_findings",
    "number_tries": "number_tries",
    "number_waits": "number_waits",
    "assignments": "assignments",
    "sales": "sales",
    "card_requests": "card_requests",
    "partner_members": "partners",
    "watches": "watches",
    "trigger_waits": "turns",
    "trigger_marks": "known_of",
    "traits": "traits",
    "attributes": "attributes",
}
# Not before there is nobody left to tell.
UNTOLD = {"evidence": "made by the deletion"}


def tables_about_people() -> set[str]:
    """With a foreign key to customers."""
    found = set()
    for model in (Tortoise.apps or {})["models"].values():
        fields = model._meta.fields_map.values()
        if any(getattr(field, "model_name", None) == "models.Customer" for field in fields):
            found.add(model._meta.db_table)
    return found


async def test_every_table_about_people_is_told(database: str) -> None:
    assert tables_about_people() == set(TOLD) | set(UNTOLD), (
        "Tell of the new table in «My data» (export_data.py), then name its section here"
    )
    assert set(TOLD.values()) <= set(SECTIONS)


async def test_every_table_about_people_is_deleted_or_has_its_reason(database: str) -> None:
    assert tables_about_people() == set(erase.DELETED) | set(erase.KEPT), (
        "Name the new table in backend/customers/my_data/erase.py: deleted, or kept and why"
    )
    assert not set(erase.DELETED) & set(erase.KEPT)


def test_every_section_has_a_name_in_both_languages() -> None:
    words = export_words()
    missing = [
        (language, name)
        for language in LANGUAGES
        for name in ("about", *SECTIONS)
        if not words.has(language, f"data-section-{name}")
    ]
    assert missing == []
