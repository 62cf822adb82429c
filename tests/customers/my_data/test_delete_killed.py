"""kill -9 anywhere in a deletion: all of it happened or nothing, and asking again ends it."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.customers.my_data.delete_data import delete_data
from backend.platform.context import Context
from backend.platform.database import disconnect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from models.card import Card
from models.consent_record import ConsentAction, ConsentRecord
from models.contact import Contact
from models.customer import Customer
from models.evidence import Evidence
from models.identity import Identity
from models.outbox import OutboxEvent
from tests.support.contexts import context
from tests.support.database.dump import dump_of
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.machine.processes import start_python

NOW = datetime(2026, 11, 21, tzinfo=UTC)
# Spread over the transaction; the last one is beyond its end.
STATEMENTS = (2, 7, 12, 18, 99)


@pytest.fixture
async def master() -> bytes:
    return os.urandom(32)


@pytest.fixture
async def at_work(database: str, master: bytes) -> Context:
    """A vault that another process opens too."""
    vault = await open_vault(MasterKeys(master), NOW)
    return context(vault, lambda: NOW)


async def anna_with_a_card(ctx: Context) -> Customer:
    offer = await make_offer(
        await make_program(await make_account(), fields=(NAME, PHONE), numbers=2)
    )
    anna = await someone(ctx, 7001)
    answers = {"given_name": "Анна", "phone": "+79161234567"}
    await issued(ctx, anna, [offer], answers=answers, channels=("telegram",))
    return await Customer.get(id=anna.id)


async def state(customer_id: int) -> tuple[bool, ...]:
    """Every part of a deletion, done or not."""
    customer = await Customer.get(id=customer_id)
    return (
        customer.deleted_at is not None,
        customer.data_key is None,
        not await Identity.exists(customer_id=customer.id),
        not await Contact.exists(),
        not await Card.filter(removed_at=None).exists(),
        await ConsentRecord.filter(action=ConsentAction.WITHDRAWN).exists(),
        await Evidence.exists(),
        await OutboxEvent.filter(kind="CustomerDeleted").exists(),
    )


@pytest.mark.sample("postgres")
async def test_all_or_nothing_and_then_all(database: str, at_work: Context, master: bytes) -> None:
    anna = await anna_with_a_card(at_work)
    killed = 0
    for statement in STATEMENTS:
        process = await start_python(
            "tests.customers.my_data.process_delete",
            database,
            master.hex(),
            str(anna.id),
            str(statement),
        )
        out, err = await process.communicate()
        assert process.returncode in {0, -9}, (out + err).decode()
        killed += process.returncode == -9
        assert len(set(await state(anna.id))) == 1, f"half a deletion after {statement}"
    assert killed >= 3
    assert set(await state(anna.id)) == {True}
    receipt = await delete_data(at_work, anna.id)
    assert (receipt.cards, receipt.contacts) == (1, 1)
    assert await OutboxEvent.filter(kind="CustomerDeleted").count() == 1
    assert await Evidence.all().count() == 2, "Telegram and the phone"


async def test_the_destroyed_key_lies_nowhere_in_the_file(
    engine: str, database: str, at_work: Context, tmp_path: Path
) -> None:
    if engine == "postgres":
        # Dead rows are the server's business: autovacuum takes them away.
        return
    anna = await anna_with_a_card(at_work)
    assert anna.data_key is not None
    assert anna.profile is not None
    await delete_data(at_work, anna.id)
    await disconnect()
    for name, content in (await dump_of(database)).items():
        assert bytes(anna.data_key) not in content, name
        assert bytes(anna.profile) not in content, name
