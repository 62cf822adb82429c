"""The schema of a migrated database on both engines: what the rules promise is really there.

Tortoise drops conditional constraints from a first migration without a word, so the
database is asked, not the models.
"""

import pytest
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError
from tortoise.models import Model

from models.application import Application
from models.contact import Contact, ContactKind
from models.customer import Customer
from tests.support.clock import START
from tests.support.database import schema

# A foreign key without an index that leads with it, and why that is right.
UNINDEXED = {
    "brands.logo_id": "logos are never deleted, and nobody asks which brands use one",
    "consent_documents.program_id": "documents are few and found by account",
    "consent_records.document_id": "documents are never deleted; records are read by customer",
    "cards.offer_id": "offers are archived, never deleted; the largest table spares an index",
    "cards.brand_id": "brands are never deleted; cards are counted by program",
    "trigger_marks.brand_id": "brands are never deleted; marks are read by customer",
    "trigger_waits.card_id": "waits go with their person, by whom they are read",
    "messages.card_id": "cards are never deleted; messages are read by customer",
    "messages.brand_id": "brands are never deleted; messages are read by customer",
}
# Rows that go with the row they describe. Every other foreign key refuses.
PARTS = {
    "offer_cities.offer_id": "where an offer shows is part of the offer",
    "stores.brand_id": "a brand's addresses are part of the brand",
    "facade_passes.assignment_id": "a pass outlives its assignment, which is forgotten by then",
    "wallet_news.message_id": "what was told outlives its message, which is forgotten",
}
PARTIAL = {
    "applications_one_open": True,
    "applications_waiting": False,
    "applications_with_numbers": False,
    "assignments_due": False,
    "assignments_email": False,
    "assignments_number": True,
    "assignments_old": False,
    "assignments_own": True,
    "assignments_phone": False,
    "assignments_printed": True,
    "card_requests_due": False,
    "card_requests_old": False,
    "card_requests_open": True,
    "card_findings_waiting": False,
    "cards_identity_once": True,
    "consent_states_agreed": False,
    "consent_states_asked": False,
    "consent_states_living": False,
    "consent_states_unplaced": False,
    "contacts_not_kept": False,
    "contacts_verified_once": True,
    "customers_deleted": False,
    "customers_digest": False,
    "deliveries_digest": False,
    "customers_hear": False,
    "customers_living": False,
    "identities_reachable": False,
    "traits_look_at": False,
    "partner_messages_enqueued": False,
    "outbox_events_waiting": False,
    "outbox_events_passed_on": False,
    "outbox_events_to_count": False,
    "outbox_events_unfed": False,
    "outbox_deliveries_waiting": False,
    "outbox_deliveries_coalesced": True,
    "outbox_deliveries_failed": False,
    "outbox_deliveries_in_order": False,
    "deliveries_due": False,
    "deliveries_next": False,
    "deliveries_not_arrived": False,
    "webhook_deliveries_failed": False,
    "deliveries_provider": False,
    "deliveries_sending": False,
    "deliveries_to_ask": False,
    "deliveries_to_count": False,
    "point_holds_open": False,
    "point_lots_ending": False,
    "point_lots_left": False,
    "pool_numbers_free": False,
    "restorations_one_open": True,
    "trigger_waits_due": False,
    "trigger_waits_old": False,
    "trigger_waits_waiting": False,
    "telegram_files_chat": False,
    "telegram_updates_handled": False,
    "telegram_updates_lanes": False,
    "verifications_one_open": True,
    "campaigns_once": True,
    "campaigns_open": False,
    "campaigns_series": False,
    "messages_campaign": False,
    "messages_once": True,
    "messages_trigger": False,
    "jobs_waiting": False,
    "number_reservations_due": False,
    "pool_numbers_quarantined": False,
    "partner_members_due": False,
    "programs_connected": False,
    "deliveries_on_cards": False,
    "wallet_news_once": True,
    "wallet_passes_untold": False,
    "wallet_passes_void": False,
    "webhook_deliveries_due": False,
    "webhook_deliveries_order": False,
}


async def test_every_foreign_key_is_indexed_or_has_its_reason(database: str) -> None:
    led = {f"{index.table}.{index.columns[0]}" for index in await schema.indexes()}
    bare = {f"{key.table}.{key.column}" for key in await schema.references()} - led
    assert bare == set(UNINDEXED), (
        "Give the column db_index=True and a migration, or write the reason into UNINDEXED "
        f"(and take out what is indexed by now): {sorted(bare ^ set(UNINDEXED))}"
    )


async def test_evidence_refuses_to_lose_what_it_refers_to(database: str) -> None:
    keys = await schema.references()
    assert len(keys) > 20
    lenient = {f"{key.table}.{key.column}" for key in keys if not key.restrict}
    assert lenient == set(PARTS), (
        f"on_delete=RESTRICT, or name it in PARTS with its reason: {sorted(lenient ^ set(PARTS))}"
    )


async def test_partial_indexes_exist(database: str) -> None:
    found = {index.name: index.unique for index in await schema.indexes() if index.partial}
    assert found == PARTIAL
    names = {index.name: index.unique for index in await schema.indexes()}
    # Not partial, but over an expression, which Tortoise cannot declare either.
    assert names["consent_documents_once"]


def promised(model: type[Model]) -> set[tuple[str, ...]]:
    """The columns of every uniqueness that the model declares."""
    meta = model._meta
    alone = {
        (field.source_field or name,) for name, field in meta.fields_map.items() if field.unique
    }
    together = {
        tuple(meta.fields_map[name].source_field or name for name in names)
        for names in meta.unique_together
    }
    return {unique for unique in alone | together if unique != (meta.pk_attr,)}


async def test_whatever_a_model_calls_unique_is_unique(database: str) -> None:
    """AlterField and RemoveField on SQLite make the table anew and forget its indexes. A column
    is dropped by RunSQL (ALTER TABLE … DROP COLUMN, which both engines have); after an
    AlterField, the indexes are made again by RunSQL."""
    found = {
        (index.table, index.columns)
        for index in await schema.indexes()
        if index.unique and not index.partial
    }
    for model in (Tortoise.apps or {})["models"].values():
        for columns in promised(model):
            assert (model._meta.db_table, columns) in found, f"{model.__name__} {columns}"


async def person(language: str = "ru") -> Customer:
    return await Customer.create(language=language, created_at=START)


async def phone(owner: Customer, index: str, *, verified: bool) -> Contact:
    return await Contact.create(
        customer=owner,
        kind=ContactKind.PHONE,
        sealed=b"sealed",
        blind_index=index,
        verified_at=START if verified else None,
        created_at=START,
    )


async def test_a_verified_phone_belongs_to_one_person(database: str) -> None:
    anna, boris, vera = await person(), await person(), await person()
    await phone(anna, "f" * 64, verified=True)
    await phone(boris, "f" * 64, verified=False)
    with pytest.raises(IntegrityError):
        await phone(vera, "f" * 64, verified=True)
    assert await Contact.all().count() == 2


async def test_one_application_is_open_at_a_time(database: str) -> None:
    anna, boris = await person(), await person()

    async def apply(who: Customer, status: str) -> None:
        await Application.create(
            customer=who, status=status, offer_ids=[1], created_at=START, updated_at=START
        )

    await apply(anna, "done")
    await apply(anna, "open")
    await apply(anna, "dropped")
    await apply(boris, "open")
    with pytest.raises(IntegrityError):
        await apply(anna, "open")
