"""The chain of «Ромашка»: whole, and then changed behind its back in every way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tortoise.exceptions import IntegrityError

from backend.consents import chain
from backend.consents.chain import extend_chain, head_of, link_hash
from backend.consents.heads import contradicted, heads, read_heads
from backend.consents.sweep import extend_all_chains
from backend.consents.verify import verify_chain
from backend.customers.choices.stop_advertising import stop_advertising
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.consent_record import ConsentLink, ConsentRecord
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import shop


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def street_of(ctx: Context, clock: StoppedClock, people: int = 4) -> Agreed:
    """Анна and others agree a minute apart; Анна withdraws; everything is linked."""
    anna = await agreed(ctx)
    for _ in range(people - 1):
        clock.advance(minutes=1)
        await agreed(ctx, (anna.account, anna.program, anna.brand), channels=("sms",))
    await stop_advertising(ctx, anna.customer.id)
    await extend_chain(anna.account.id)
    return anna


async def open_the_tables() -> None:
    """What somebody with the database in hand does first."""
    for table in ("consent_records", "consent_links", "consent_documents"):
        if is_postgres():
            await rows(f"DROP TRIGGER {table}_append_only ON {table}")
        else:
            await rows(f"DROP TRIGGER {table}_no_UPDATE")
            await rows(f"DROP TRIGGER {table}_no_DELETE")


async def test_a_whole_chain_is_whole(ctx: Context, clock: StoppedClock) -> None:
    anna = await street_of(ctx, clock)
    verdict = await verify_chain(anna.account.id)
    assert (verdict.broken, verdict.unlinked, verdict.late) == (None, 0, 0)
    assert verdict.links == await ConsentRecord.all().count() == 13
    assert verdict.head == await head_of(anna.account.id)


async def test_each_controller_has_a_chain_of_its_own(ctx: Context, clock: StoppedClock) -> None:
    anna = await agreed(ctx)
    other = await agreed(ctx, await shop("vasilek"))
    assert await extend_all_chains() == 6
    assert await extend_all_chains() == 0
    for account in (anna.account, other.account):
        assert (await verify_chain(account.id)).links == 3


async def test_writers_at_once_make_one_chain(ctx: Context, clock: StoppedClock) -> None:
    anna = await agreed(ctx)
    for _ in range(5):
        clock.advance(seconds=1)
        await agreed(ctx, (anna.account, anna.program, anna.brand))
    linked = await asyncio.gather(*(extend_chain(anna.account.id) for _ in range(6)))
    assert sum(linked) == 18
    verdict = await verify_chain(anna.account.id)
    assert (verdict.links, verdict.broken) == (18, None)


async def test_what_is_no_race_between_writers_is_an_error(ctx: Context) -> None:
    anna = await agreed(ctx)
    await rows(
        "ALTER TABLE consent_links ADD CONSTRAINT none CHECK (seq < 0)"
        if is_postgres()
        else "CREATE TRIGGER none BEFORE INSERT ON consent_links BEGIN SELECT RAISE(ABORT, ''); END"
    )
    with pytest.raises(IntegrityError):
        await extend_chain(anna.account.id)
    assert (await verify_chain(anna.account.id)).unlinked == 3


async def test_a_record_that_became_visible_late_is_swept_up(
    ctx: Context, clock: StoppedClock
) -> None:
    """A transaction that took long: its record has a low id and comes after many others."""
    anna = await street_of(ctx, clock)
    await open_the_tables()
    first = await ConsentLink.all().order_by("seq").first()
    assert first is not None
    await rows("DELETE FROM consent_links")
    await rows("UPDATE consent_records SET id = id + 100000 WHERE id <> $1", [first.record_id])
    newest = await ConsentRecord.all().order_by("-id").first()
    assert newest is not None
    sealed = link_hash(anna.account.id, 1, chain.GENESIS, newest.sha256)
    await ConsentLink.create(
        account_id=anna.account.id, seq=1, record_id=newest.id, prev_hash=chain.GENESIS, hash=sealed
    )
    await extend_chain(anna.account.id)
    assert (await verify_chain(anna.account.id)).unlinked == 1
    assert await extend_all_chains() == 1
    assert (await verify_chain(anna.account.id)).unlinked == 0


async def third(anna: Agreed) -> ConsentLink:
    return await ConsentLink.get(account_id=anna.account.id, seq=3).select_related("record")


async def change_a_record(anna: Agreed) -> None:
    """Advertising by one more channel."""
    link = await third(anna)
    await rows("UPDATE consent_records SET channels = '[\"sms\"]' WHERE id = $1", [link.record_id])


async def change_a_record_and_its_hash(anna: Agreed) -> None:
    """The hash is made to fit the changed record: now the link does not."""
    link = await third(anna)
    await rows("UPDATE consent_records SET action = 'declined' WHERE id = $1", [link.record_id])
    await rows("UPDATE consent_records SET sha256 = $2 WHERE id = $1", [link.record_id, "a" * 64])


async def backdate_a_record(anna: Agreed) -> None:
    link = await third(anna)
    earlier = link.record.at - timedelta(days=30)
    await rows("UPDATE consent_records SET at = $2 WHERE id = $1", [link.record_id, earlier])


async def remove_a_record(anna: Agreed) -> None:
    """With its link: the others move up, and the hashes do not fit."""
    link = await third(anna)
    await rows("DELETE FROM consent_links WHERE id = $1", [link.id])
    await rows("DELETE FROM consent_records WHERE id = $1", [link.record_id])
    for row in await ConsentLink.filter(seq__gt=3).order_by("seq"):
        await rows("UPDATE consent_links SET seq = $2 WHERE id = $1", [row.id, row.seq - 1])


async def remove_a_link(anna: Agreed) -> None:
    await rows("DELETE FROM consent_links WHERE id = $1", [(await third(anna)).id])


async def swap_two_records(anna: Agreed) -> None:
    three, four = await third(anna), await ConsentLink.get(seq=4)
    await rows("UPDATE consent_links SET record_id = -1 WHERE id = $1", [four.id])
    await rows("UPDATE consent_links SET record_id = $2 WHERE id = $1", [three.id, four.record_id])
    await rows("UPDATE consent_links SET record_id = $2 WHERE id = $1", [four.id, three.record_id])


async def put_one_in_the_middle(anna: Agreed) -> None:
    """A record that was never given, at a place where others stand."""
    link = await third(anna)
    record = link.record
    record.pk, record._saved_in_db, record.answer_key = None, False, "forged"
    await record.save()
    for row in await ConsentLink.filter(seq__gte=3).order_by("-seq"):
        await rows("UPDATE consent_links SET seq = $2 WHERE id = $1", [row.id, row.seq + 1])
    sealed = link_hash(anna.account.id, 3, link.prev_hash, record.sha256)
    await ConsentLink.create(
        account_id=anna.account.id,
        seq=3,
        record_id=record.id,
        prev_hash=link.prev_hash,
        hash=sealed,
    )


async def change_a_text(anna: Agreed) -> None:
    link = await third(anna)
    await rows(
        "UPDATE consent_documents SET text = 'Согласен на всё' WHERE id = $1",
        [link.record.document_id],
    )


async def without_keys_between_tables() -> None:
    """Foreign keys stand in nobody's way who owns the database."""
    if is_postgres():
        await rows("ALTER TABLE consent_links DROP CONSTRAINT consent_links_record_id_fkey")
    else:
        await rows("PRAGMA foreign_keys = OFF")


@pytest.mark.parametrize(
    ("tamper", "seq", "what"),
    [
        (change_a_record, 3, "was changed"),
        (change_a_record_and_its_hash, 3, "was changed"),
        (backdate_a_record, 3, "was changed"),
        (remove_a_record, 3, "does not fit"),
        (remove_a_link, 3, "link 3 is missing"),
        (swap_two_records, 3, "does not fit"),
        (put_one_in_the_middle, 3, "was changed"),
        (change_a_text, 3, "the text of document"),
    ],
)
async def test_tampering_is_named(
    ctx: Context,
    clock: StoppedClock,
    tamper: Callable[[Agreed], Awaitable[None]],
    seq: int,
    what: str,
) -> None:
    anna = await street_of(ctx, clock)
    before = await verify_chain(anna.account.id)
    await open_the_tables()
    await without_keys_between_tables()
    await tamper(anna)
    verdict = await verify_chain(anna.account.id)
    assert verdict.broken is not None
    assert verdict.broken.seq == seq
    assert what in verdict.broken.what
    assert verdict.links == seq - 1 < before.links


async def test_a_chain_rewritten_as_a_whole_contradicts_an_exported_head(
    ctx: Context, clock: StoppedClock
) -> None:
    """The last records are cut off and the rest fits: only a head kept elsewhere shows it."""
    anna = await street_of(ctx, clock)
    exported = read_heads(head.line() for head in await heads(ctx.clock()))
    assert await contradicted(anna.account, exported) is None
    await open_the_tables()
    last = await ConsentLink.all().order_by("-seq").first()
    assert last is not None
    await rows("DELETE FROM consent_links WHERE id = $1", [last.id])
    await rows("DELETE FROM consent_records WHERE id = $1", [last.record_id])
    assert (await verify_chain(anna.account.id)).broken is None
    assert await contradicted(anna.account, exported) == exported[0]


async def test_a_chain_rewritten_at_the_same_length_contradicts_an_exported_head(
    ctx: Context, clock: StoppedClock
) -> None:
    """Every record and link is replaced by a fitting one: as many as before, another hash."""
    anna = await street_of(ctx, clock)
    exported = read_heads(head.line() for head in await heads(ctx.clock()))
    length = await ConsentLink.all().count()
    await open_the_tables()
    await without_keys_between_tables()
    await rows("DELETE FROM consent_links")
    last = await ConsentRecord.all().order_by("-id").first()
    assert last is not None
    await rows("DELETE FROM consent_records WHERE id = $1", [last.id])
    clock.advance(minutes=1)
    await stop_advertising(ctx, (await ConsentRecord.all().order_by("id"))[-1].customer_id)
    await extend_chain(anna.account.id)
    verdict = await verify_chain(anna.account.id)
    assert (verdict.broken, verdict.links) == (None, length)
    assert await contradicted(anna.account, exported) == exported[0]


async def test_only_the_heads_of_this_controller_are_compared_the_earliest_first(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await street_of(ctx, clock)
    early = await heads(ctx.clock())
    await agreed(ctx, (anna.account, anna.program, anna.brand))
    await extend_chain(anna.account.id)
    late = await heads(ctx.clock())
    stranger = replace(late[0], account="vasilek", hash="0" * 64)
    assert await contradicted(anna.account, [*late, stranger, *early]) is None
    wrong = [replace(late[0], hash="0" * 64), replace(early[0], hash="1" * 64)]
    assert await contradicted(anna.account, wrong) == wrong[1]


async def test_a_record_forged_for_an_earlier_day_is_late(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await street_of(ctx, clock)
    clock.advance(days=-90)
    forged = await agreed(ctx, (anna.account, anna.program, anna.brand))
    await extend_chain(anna.account.id)
    verdict = await verify_chain(anna.account.id)
    assert verdict.broken is None
    assert verdict.late == 3
    late = await ConsentRecord.get(id=verdict.first_late)
    assert late.customer_id == forged.customer.id
