"""Анна types her number and gets a code; others try to guess it, replay it, flood her with it."""

import asyncio
import hmac
import re
from collections.abc import Awaitable
from datetime import timedelta

import pytest

from backend.customers.contacts import verify_code
from backend.customers.contacts.verify_ask import ask_again, ask_code
from backend.customers.contacts.verify_code import Held, check_code, is_code
from backend.customers.contacts.verify_send import send_code
from backend.events.people import CodeAsked
from backend.messaging.channel import Unreachable
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.secrets.vault import Vault
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.message import Delivery, Message
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from models.verification import Verification, VerificationState
from tests.support.clock import StoppedClock
from tests.support.edge.phones import Phones, open_post
from tests.support.factory.customers import someone
from tests.support.outbox import happened

ANNA = "+79161234567"


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
def post(phones: Phones) -> GatedChannels:
    return open_post(sms=phones)


async def asked(ctx: Context, post: GatedChannels, customer: Customer, phone: str = ANNA) -> None:
    """She asks, and the reaction sends."""
    code = await ask_code(ctx, customer, phone)
    await send_code(post, ctx, happened(CodeAsked(customer.id, code.verification_id)))


async def refused(call: Awaitable[object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await call
    return refusal.value


def another(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 1_000_000:06d}"


async def test_the_code_confirms_the_number(
    ctx: Context, post: GatedChannels, phones: Phones, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna, "8 (916) 123-45-67")
    to, text = phones.sms[-1]
    assert to == ANNA
    assert re.fullmatch(r"Карман: код \d{6} для карты лояльности\. Не для входа в Telegram\.", text)
    proof = await check_code(ctx, anna, f" {phones.code[:3]} {phones.code[3:]} ")
    assert not proof.taken
    contact = await Contact.get(customer_id=anna.id)
    assert (contact.verified_by, contact.verified_at) == ("sms", ctx.clock())
    announced = [each.kind for each in await OutboxEvent.exclude(kind="CustomerJoined")]
    assert announced == ["CodeAsked", "ContactVerified"]
    assert (await Delivery.get()).cost_kopecks == 289


async def test_the_code_is_nowhere_to_be_read(
    ctx: Context, post: GatedChannels, phones: Phones, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    row = await Verification.get()
    kept = [row.__dict__, (await Message.get()).__dict__, *await OutboxEvent.all().values()]
    for secret in (phones.code, ANNA, ANNA[1:]):
        assert secret not in repr(kept)
    assert row.digest == ctx.vault.code_digest(row.salt, phones.code)


async def test_five_guesses_and_the_code_is_spent(
    ctx: Context, post: GatedChannels, phones: Phones, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    for left in (4, 3, 2, 1):
        refusal = await refused(check_code(ctx, anna, another(phones.code, left)))
        assert (refusal.code, refusal.details) == (Code.WRONG_CODE, {"left": left})
    assert (await refused(check_code(ctx, anna, another(phones.code)))).code is Code.CODE_SPENT
    assert (await refused(check_code(ctx, anna, phones.code))).code is Code.CODE_EXPIRED
    assert not await Contact.exists()


async def test_guesses_at_once_get_no_more_than_five(
    ctx: Context, post: GatedChannels, phones: Phones, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    guesses = [another(phones.code, step) for step in range(1, 31)] + [phones.code]
    ended = await asyncio.gather(
        *(check_code(ctx, anna, guess) for guess in guesses[:30]), return_exceptions=True
    )
    codes = [end.code for end in ended if isinstance(end, Refusal)]
    assert sorted(codes) == sorted(
        [Code.WRONG_CODE] * 4 + [Code.CODE_SPENT] + [Code.CODE_EXPIRED] * 25
    )
    assert (await Verification.get()).tries == 5
    assert (await refused(check_code(ctx, anna, phones.code))).code is Code.CODE_EXPIRED


async def test_the_right_code_twice_at_once_works_once(
    ctx: Context, post: GatedChannels, phones: Phones, database: str
) -> None:
    anna = await someone(ctx, 1)
    await asked(ctx, post, anna)
    both = await asyncio.gather(
        check_code(ctx, anna, phones.code),
        check_code(ctx, anna, phones.code),
        return_exceptions=True,
    )
    assert sum(isinstance(end, Refusal) for end in both) == 1
    assert await OutboxEvent.filter(kind="ContactVerified").count() == 1


async def test_a_used_an_old_and_a_replaced_code_never_work_again(
    ctx: Context,
    post: GatedChannels,
    phones: Phones,
    clock: StoppedClock,
    database: str,
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    await asked(ctx, post, anna)
    first = phones.code
    clock.advance(seconds=61)
    again = await ask_again(ctx, anna, ContactKind.PHONE)
    await send_code(post, ctx, happened(CodeAsked(anna.id, again.verification_id)))
    if first != phones.code:
        assert (await refused(check_code(ctx, anna, first))).code is Code.WRONG_CODE
    assert (await refused(check_code(ctx, boris, phones.code))).code is Code.CODE_EXPIRED
    await check_code(ctx, anna, phones.code)
    assert (await refused(check_code(ctx, anna, phones.code))).code is Code.CODE_EXPIRED
    clock.advance(hours=1)
    await asked(ctx, post, anna, "+79160000009")
    clock.advance(minutes=10)
    assert (await refused(check_code(ctx, anna, phones.code))).code is Code.CODE_EXPIRED


async def test_asking_twice_at_once_sends_one_sms(
    ctx: Context, post: GatedChannels, phones: Phones, database: str
) -> None:
    anna = await someone(ctx, 1)
    ended = await asyncio.gather(
        *(ask_code(ctx, anna, ANNA) for _ in range(5)), return_exceptions=True
    )
    told = [end for end in ended if isinstance(end, Refusal)]
    assert [refusal.code for refusal in told] == [Code.CODE_TOO_SOON] * 4
    assert told[0].details == {"seconds": 60}
    asked = OutboxEvent.exclude(kind="CustomerJoined")
    assert await Verification.all().count() == await asked.count() == 1


async def test_many_accounts_cannot_flood_one_number(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    crowd = [await someone(ctx, number) for number in range(1, 31)]
    refusals: list[Refusal] = []
    for one in crowd:
        try:
            await ask_code(ctx, one, ANNA)
        except Refusal as refusal:
            refusals.append(refusal)
        clock.advance(minutes=2)
    assert {refusal.code for refusal in refusals} == {Code.TOO_MANY_CODES}
    assert len(crowd) - len(refusals) == 3
    at_once = await asyncio.gather(
        *(ask_code(ctx, one, "+79160000001") for one in crowd[:8]), return_exceptions=True
    )
    assert sum(not isinstance(end, Refusal) for end in at_once) == 1


async def test_one_person_cannot_send_to_many_numbers(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    anna = await someone(ctx, 1)
    for number in range(5):
        await ask_code(ctx, anna, f"+7916000000{number}")
        clock.advance(seconds=1)
    refusal = await refused(ask_code(ctx, anna, "+79160000008"))
    assert (refusal.code, refusal.details) == (Code.TOO_MANY_CODES, {"minutes": 60})
    clock.advance(hours=1)
    for number in range(5):
        await ask_code(ctx, anna, f"+7916000001{number}")
    clock.advance(hours=2)
    assert (await refused(ask_code(ctx, anna, "+79160000018"))).code is Code.TOO_MANY_CODES
    clock.advance(days=1)
    await ask_code(ctx, anna, "+79160000018")


@pytest.mark.parametrize(
    "typed", ["", "12345", "+7 495 123-45-67", "+7 916", "код", "8800 555 35 35"]
)
async def test_what_takes_no_sms_is_refused(ctx: Context, database: str, typed: str) -> None:
    anna = await someone(ctx, 1)
    assert (await refused(ask_code(ctx, anna, typed))).code is Code.INVALID_ANSWER


def test_comparing_takes_the_same_work_for_every_guess(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No stopwatch: right, wrong and ill-shaped guesses go through the same two calls."""
    held = Held("salt", vault.code_digest("salt", "123456"))
    calls: list[tuple[int, int]] = []

    def watched(one: str, other: str) -> bool:
        calls.append((len(one), len(other)))
        return hmac.compare_digest(one, other)

    class Watched:
        compare_digest = staticmethod(watched)

    monkeypatch.setattr(verify_code, "hmac", Watched)
    guesses = ["123456", "123457", "923456", "", "1" * 4000, "код"]
    assert [is_code(vault, held, guess) for guess in guesses] == [True] + [False] * 5
    assert not is_code(vault, Held("", ""), "123456"), "nothing was sent yet"
    assert calls == [(64, 64)] * 6 + [(64, 0)]


async def test_a_repeated_reaction_keeps_the_code_that_left(
    ctx: Context, post: GatedChannels, phones: Phones, database: str
) -> None:
    anna = await someone(ctx, 1)
    code = await ask_code(ctx, anna, ANNA)
    event = CodeAsked(anna.id, code.verification_id)
    await send_code(post, ctx, happened(event))
    await send_code(post, ctx, happened(event))
    assert len(phones.sms) == 1
    await check_code(ctx, anna, phones.code)


async def test_after_an_outage_the_newest_code_counts(
    ctx: Context,
    post: GatedChannels,
    phones: Phones,
    clock: StoppedClock,
    database: str,
) -> None:
    anna = await someone(ctx, 1)
    code = await ask_code(ctx, anna, ANNA)
    event = CodeAsked(anna.id, code.verification_id)
    phones.trouble = TryLater("away")
    with pytest.raises(TryLater):
        await send_code(post, ctx, happened(event))
    phones.trouble = None
    await send_code(post, ctx, happened(event))
    await check_code(ctx, anna, phones.code)
    late = await ask_code(ctx, anna, "+79160000009")
    clock.advance(minutes=11)
    await send_code(post, ctx, happened(CodeAsked(anna.id, late.verification_id)))
    assert len(phones.sms) == 1, "too late: a code that has expired is not sent"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Unreachable("landline", gone=False), "recipient"),
        (NeedsSettings("no money"), "unavailable"),
    ],
)
async def test_a_number_that_takes_no_sms_is_told(
    ctx: Context,
    post: GatedChannels,
    phones: Phones,
    database: str,
    trouble: Exception,
    reason: str,
) -> None:
    anna = await someone(ctx, 1)
    code = await ask_code(ctx, anna, ANNA)
    phones.trouble = trouble
    try:
        await send_code(post, ctx, happened(CodeAsked(anna.id, code.verification_id)))
    except NeedsSettings:
        assert reason == "unavailable", "the operator sees it as well"
    told = await OutboxEvent.get(kind="ContactRefused")
    assert told.payload["reason"] == reason
    assert (await Verification.get()).state is VerificationState.REFUSED
    assert (await refused(check_code(ctx, anna, "123456"))).code is Code.CODE_EXPIRED


async def test_without_a_gateway_the_person_is_told(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    code = await ask_code(ctx, anna, ANNA)
    with pytest.raises(NeedsSettings, match="sms is not set up"):
        await send_code(open_post(), ctx, happened(CodeAsked(anna.id, code.verification_id)))
    assert await OutboxEvent.filter(kind="ContactRefused").count() == 1


async def test_limits_outlive_redis_and_are_forgotten_in_time(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    from backend.customers.contacts.verify_tidy import forget_attempts

    anna = await someone(ctx, 1)
    await ask_code(ctx, anna, ANNA)
    assert await forget_attempts(ctx.clock() - timedelta(days=14)) == 0
    clock.advance(days=15)
    assert await forget_attempts(ctx.clock() - timedelta(days=14)) == 1
    assert not await Verification.exists()
