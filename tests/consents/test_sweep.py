"""The sweep of «Ромашка» and «Василёк»: it costs what is new and misses nothing."""

import asyncio

import asyncpg
import pytest

from backend.consents.chain import extend_chain
from backend.consents.sweep import extend_all_chains
from backend.consents.verify import verify_chain
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.chain_mark import ChainMark
from models.consent_record import ConsentLink, ConsentRecord
from tests.consents.test_chain import open_the_tables, without_keys_between_tables
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import agreed
from tests.support.factory.brands import shop

pytestmark = pytest.mark.usefixtures("database")


async def newest() -> int:
    found = await ConsentRecord.all().order_by("-id").first()
    assert found is not None
    return int(found.id)


async def swept_up_to(record_id: int) -> None:
    """On PostgreSQL a mark follows when whatever ran meanwhile on the server has ended."""
    async with asyncio.timeout(60):
        await extend_all_chains()
        while (await ChainMark.get()).linked_up_to < record_id:
            await asyncio.sleep(0.1)
            await extend_all_chains()


async def test_the_mark_follows_and_new_records_are_linked(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    other = await agreed(ctx, await shop("vasilek"))
    await swept_up_to(await newest())
    clock.advance(minutes=1)
    await agreed(ctx, (anna.account, anna.program, anna.brand))
    assert await extend_all_chains() == 3
    assert await extend_all_chains() == 0
    for account, links in ((anna.account, 6), (other.account, 3)):
        verdict = await verify_chain(account.id)
        assert (verdict.links, verdict.unlinked, verdict.broken) == (links, 0, None)


async def test_it_looks_at_no_record_that_is_known_to_be_linked(
    ctx: Context, clock: StoppedClock
) -> None:
    """A link taken away behind its back long ago is for verify to tell, not for the sweep."""
    anna = await agreed(ctx)
    await extend_chain(anna.account.id)
    await open_the_tables()
    await without_keys_between_tables()
    first = await ConsentLink.all().order_by("seq").first()
    assert first is not None
    await rows("UPDATE consent_links SET record_id = record_id + 100000 WHERE seq > 1")
    await rows("UPDATE consent_records SET id = id + 100000 WHERE id <> $1", [first.record_id])
    await swept_up_to(await newest())
    await rows("DELETE FROM consent_links WHERE seq = 1")
    assert await extend_all_chains() == 0
    assert (await verify_chain(anna.account.id)).unlinked == 1


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_where_one_writes_at_a_time_nothing_is_looked_at_twice(ctx: Context) -> None:
    """Not even the newest."""
    await agreed(ctx)
    await swept_up_to(await newest())
    await open_the_tables()
    last = await ConsentLink.all().order_by("-seq").first()
    assert last is not None
    await rows("DELETE FROM consent_links WHERE seq = $1", [last.seq])
    assert await extend_all_chains() == 0


@pytest.mark.parametrize("engine", ["postgres"])
async def test_the_mark_waits_for_a_transaction_that_takes_long(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    """Its record has a lower id than others that are linked, and is seen only at its commit."""
    anna = await agreed(ctx)
    await swept_up_to(await newest())
    names = [
        column for column in ConsentRecord._meta.db_fields if column not in {"id", "answer_key"}
    ]
    late = await asyncpg.connect(database)
    try:
        slow = late.transaction()
        await slow.start()
        record_id = await late.fetchval(
            f"INSERT INTO consent_records (answer_key, {', '.join(names)})"
            f" SELECT 'late', {', '.join(names)} FROM consent_records ORDER BY id LIMIT 1"
            " RETURNING id"
        )
        clock.advance(minutes=1)
        await agreed(ctx, (anna.account, anna.program, anna.brand))
        for _ in range(5):
            await extend_all_chains()
        assert (await ChainMark.get()).linked_up_to < record_id < await newest()
        await slow.commit()
    finally:
        await late.close()
    assert await extend_all_chains() == 1
    await swept_up_to(await newest())
    assert await ConsentLink.filter(account_id=anna.account.id).count() == 7
    assert await ConsentLink.exists(record_id=record_id)


async def test_a_mark_of_another_server_is_taken_anew(ctx: Context, clock: StoppedClock) -> None:
    """A copy restored elsewhere: transactions are counted from the beginning there."""
    anna = await agreed(ctx)
    await extend_all_chains()
    await rows("UPDATE chain_marks SET horizon = $1", [1 << 60])
    clock.advance(minutes=1)
    await agreed(ctx, (anna.account, anna.program, anna.brand))
    await swept_up_to(await newest())
    assert (await ChainMark.get()).horizon < 1 << 60
    assert (await verify_chain(anna.account.id)).unlinked == 0


@pytest.mark.parametrize("engine", ["postgres"])
async def test_a_chain_that_cannot_be_extended_stops_no_other(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    other = await agreed(ctx, await shop("vasilek"))
    assert is_postgres()
    await rows(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'no'; END $$"
    )
    await rows(
        "CREATE TRIGGER refuse BEFORE INSERT ON consent_links FOR EACH ROW"
        f" WHEN (NEW.account_id = {anna.account.id}) EXECUTE FUNCTION refuse()"
    )
    assert await extend_all_chains() == 3
    assert (await verify_chain(other.account.id)).unlinked == 0
    assert not await ChainMark.exists(), "the mark waits for both"
    await rows("DROP TRIGGER refuse ON consent_links")
    assert await extend_all_chains() == 3
