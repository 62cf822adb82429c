"""«Delete my data» is no way around a limit, and what is kept for it names nobody."""

import pytest

from backend.cards.plastic.tries import MOST_TRIES, count_try
from backend.customers.contacts import verify_limits
from backend.customers.contacts.verify_ask import ask_code, ask_link
from backend.customers.my_data.delete_data import delete_data
from backend.platform.context import Context
from backend.platform.settings import load_settings
from backend.worker.keep_private import forget_all
from models.application import Application
from models.card_finding import NumberTry
from models.customer import Customer
from models.evidence import Evidence
from models.limit_mark import LimitMark
from models.refusal import Code, Refusal
from models.verification import Verification
from tests.support.clock import StoppedClock
from tests.support.factory.customers import chat_of, someone

pytestmark = pytest.mark.usefixtures("database")
BORIS = "+79161234567"
ADDRESS = "boris@example.ru"


async def refused(ctx: Context, person: Customer, to: str) -> Code | None:
    """The refusal's code; None when it was sent."""
    try:
        await (ask_link if "@" in to else ask_code)(ctx, person, to)
    except Refusal as refusal:
        return refusal.code
    return None


async def gone_and_back(ctx: Context, person: Customer) -> Customer:
    """Deleted; then the next /start."""
    telegram_id = await chat_of(person)
    await delete_data(ctx, person.id)
    back = await someone(ctx, telegram_id)
    assert back.id != person.id
    return back


@pytest.mark.parametrize("to", [BORIS, ADDRESS])
async def test_one_contact_is_not_flooded(ctx: Context, clock: StoppedClock, to: str) -> None:
    """Ева sends codes to Борис, deletes herself, and begins anew: the minute, the three of an
    hour and the six of a day are his, whoever asks."""
    eva, sent = await someone(ctx, 1), 0
    assert await refused(ctx, eva, to) is None
    eva = await gone_and_back(ctx, eva)
    assert await refused(ctx, eva, to) is Code.CODE_TOO_SOON
    for _ in range(30):
        clock.advance(minutes=20)
        sent += await refused(ctx, eva, to) is None
        eva = await gone_and_back(ctx, eva)
    assert sent + 1 == 6
    clock.advance(hours=24)
    assert await refused(ctx, eva, to) is None


async def test_one_person_asks_no_more_often(ctx: Context, clock: StoppedClock) -> None:
    eva = await someone(ctx, 1)
    for n in range(5):
        assert await refused(ctx, eva, f"+7916123456{n}") is None
        eva = await gone_and_back(ctx, eva)
    assert await refused(ctx, eva, "+79161234569") is Code.TOO_MANY_CODES
    assert await refused(ctx, await someone(ctx, 2), "+79161234569") is None
    clock.advance(hours=1, seconds=1)
    assert await refused(ctx, eva, "+79161234568") is None


async def test_the_whole_service_counts_them_too(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_limits, "WHOLE_SERVICE_PER_HOUR", 2)
    for telegram_id in (1, 2):
        person = await someone(ctx, telegram_id)
        assert await refused(ctx, person, f"+7916123456{telegram_id}") is None
        await delete_data(ctx, person.id)
    assert await refused(ctx, await someone(ctx, 3), "+79161234569") is Code.TOO_MANY_CODES


async def test_numbers_are_tried_no_more_often(ctx: Context, clock: StoppedClock) -> None:
    eva, tried = await someone(ctx, 1), 0
    for _ in range(4):
        for _number in range(4):
            try:
                await count_try(ctx, eva)
            except Refusal:
                continue
            tried += 1
        eva = await gone_and_back(ctx, eva)
    assert tried == MOST_TRIES
    clock.advance(hours=1, seconds=1)
    await count_try(ctx, eva)


async def test_nothing_kept_names_the_person(ctx: Context, clock: StoppedClock) -> None:
    eva = await someone(ctx, 700_000_001)
    await ask_code(ctx, eva, BORIS)
    await ask_link(ctx, eva, ADDRESS)
    await count_try(ctx, eva)
    await delete_data(ctx, eva.id)
    marks = await LimitMark.all()
    assert len(marks) == 5
    told = repr([mark.__dict__ for mark in marks])
    for word in ("700000001", BORIS[1:], ADDRESS, "boris"):
        assert word not in told
    assert "customer" not in " ".join(LimitMark._meta.fields_map)
    evidence = {each.blind_index for each in await Evidence.all()}
    assert not evidence & {mark.blind_index for mark in marks}, "nothing leads from one to other"
    clock.advance(days=2, seconds=1)
    await forget_all(ctx, load_settings())
    assert not await LimitMark.all().count()


async def test_what_was_written_while_the_deletion_ran_goes(
    ctx: Context, clock: StoppedClock
) -> None:
    """A tap had read the customer before the operator's deletion and wrote after it."""
    eva, anna = await someone(ctx, 1), await someone(ctx, 2)
    await delete_data(ctx, eva.id)
    for person in (eva, anna):
        await NumberTry.create(customer_id=person.id, tried_at=ctx.clock())
        await Application.create(
            customer_id=person.id, offer_ids=[], created_at=ctx.clock(), updated_at=ctx.clock()
        )
    clock.advance(minutes=30)
    assert (await forget_all(ctx, load_settings()))["latecomers"] == 2
    left = [try_.customer_id for try_ in await NumberTry.all()]
    assert (left, await Application.filter(customer_id=eva.id).exists()) == ([anna.id], False)
    assert not await Verification.exists()
