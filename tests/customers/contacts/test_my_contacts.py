"""What stands of a person's contacts at each step, and how each kind is counted by itself."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest

from backend.customers.contacts.contacts import ContactView, kept_contact, my_contacts
from backend.customers.contacts.save_contact import save_contact
from backend.customers.contacts.verify_ask import (
    ask_again,
    ask_code,
    ask_link,
    is_confirmed,
    last_asked,
)
from backend.customers.contacts.verify_limits import PER_PERSON
from backend.customers.contacts.verify_settle import prove_by_button, take_over
from backend.platform.context import Context
from models.contact import Contact, ContactKind
from models.limit_mark import Limited, LimitMark
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from models.verification import Verification, VerificationState
from tests.support.clock import StoppedClock
from tests.support.factory.customers import someone

PHONE, EMAIL = ContactKind.PHONE, ContactKind.EMAIL
ANNA = "+79161234567"
LETTER = "anna@example.ru"


async def refused(call: Awaitable[object]) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await call
    return refusal.value


async def test_from_nothing_to_a_confirmed_phone(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    anna = await someone(ctx, 1)
    assert await my_contacts(ctx, anna) == [ContactView(PHONE), ContactView(EMAIL)]
    assert await kept_contact(ctx, anna, PHONE) == await kept_contact(ctx, anna, EMAIL) == ""

    await save_contact(ctx, anna, PHONE, ANNA)
    await save_contact(ctx, anna, EMAIL, LETTER)
    assert await my_contacts(ctx, anna) == [ContactView(PHONE, ANNA), ContactView(EMAIL, LETTER)]
    assert await kept_contact(ctx, anna, PHONE) == "", "a phone counts when it is confirmed"
    assert await kept_contact(ctx, anna, EMAIL) == LETTER
    assert not await is_confirmed(ctx, anna, ANNA)

    await save_contact(ctx, anna, PHONE, ANNA, verified_by="telegram")
    phone, _ = await my_contacts(ctx, anna)
    assert phone == ContactView(PHONE, ANNA, verified=True)
    assert await kept_contact(ctx, anna, PHONE) == ANNA
    assert await is_confirmed(ctx, anna, ANNA)
    assert not await is_confirmed(ctx, anna, "+79990000000")


async def test_what_is_on_its_way_is_shown_while_it_can_be_answered(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    at = ctx.clock()
    await ask_code(ctx, anna, ANNA)
    phone, email = await my_contacts(ctx, anna)
    assert phone == ContactView(
        PHONE,
        waiting=ANNA,
        waiting_until=at + timedelta(minutes=10),
        resend_at=at + timedelta(seconds=60),
    )
    assert email == ContactView(EMAIL), "a code is no link"
    assert await my_contacts(ctx, boris) == [ContactView(PHONE), ContactView(EMAIL)]

    clock.advance(minutes=9, seconds=59)
    assert (await my_contacts(ctx, anna))[0].waiting == ANNA
    clock.advance(seconds=1)
    assert (await my_contacts(ctx, anna))[0] == ContactView(PHONE)
    assert await last_asked(ctx, anna, PHONE, alive=True) is None
    last = await last_asked(ctx, anna, PHONE)
    assert last is not None
    assert last.value == ANNA, "it can be asked for again"

    await Verification.all().update(state=VerificationState.USED)
    assert await last_asked(ctx, anna, PHONE) is None
    await Verification.all().update(state=VerificationState.REFUSED)
    clock.now = at
    assert await last_asked(ctx, anna, PHONE, alive=True) is None
    assert await last_asked(ctx, anna, PHONE) is not None


async def test_again_needs_something_that_was_asked_for(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    for kind in ContactKind:
        assert (await refused(ask_again(ctx, anna, kind))).code is Code.CODE_EXPIRED
    await ask_link(ctx, boris, LETTER)
    assert (await refused(ask_again(ctx, anna, EMAIL))).code is Code.CODE_EXPIRED
    clock.advance(seconds=61)
    assert (await ask_again(ctx, boris, EMAIL)).value == LETTER
    events = OutboxEvent.exclude(kind="CustomerJoined").order_by("id")
    asked = [event.kind for event in await events]
    assert asked == ["LinkAsked", "LinkAsked"]
    assert await Verification.filter(state=VerificationState.OPEN).count() == 1


async def test_codes_and_links_are_counted_apart(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    """Five codes to five numbers in an hour: no sixth code, and a first link."""
    anna = await someone(ctx, 1)
    assert PER_PERSON[0] == (timedelta(hours=1), 5)
    for number in range(5):
        await ask_code(ctx, anna, f"+7916123450{number}")
        clock.advance(seconds=61)
    refusal = await refused(ask_code(ctx, anna, "+79161234599"))
    assert refusal.code is Code.TOO_MANY_CODES
    assert refusal.details == {"minutes": 55}
    await ask_link(ctx, anna, LETTER)


@pytest.mark.parametrize(("of_person", "ago", "counted"), [
    (False, timedelta(minutes=59), True),
    (False, timedelta(minutes=61), False),
    (True, timedelta(minutes=59), False),
])  # fmt: skip
async def test_codes_of_people_who_are_gone_count_for_the_whole_service(
    ctx: Context, database: str, of_person: bool, ago: timedelta, counted: bool
) -> None:
    """A thousand an hour, each once: the mark of a number, not that of a person beside it."""
    anna = await someone(ctx, 1)
    at = ctx.clock() - ago
    await LimitMark.bulk_create(
        [
            LimitMark(what=Limited.PHONE, of_person=of_person, blind_index=f"{n:064d}", at=at)
            for n in range(1000)
        ]
    )
    if counted:
        refusal = await refused(ask_code(ctx, anna, ANNA))
        assert (refusal.code, refusal.details) == (Code.TOO_MANY_CODES, {"minutes": 60})
    else:
        await ask_code(ctx, anna, ANNA)


async def test_a_number_of_another_person_is_taken_over_by_its_proof(
    ctx: Context, database: str
) -> None:
    """Анна has an e-mail too: her phone is another row beside it."""
    boris, anna = await someone(ctx, 1), await someone(ctx, 2)
    await save_contact(ctx, anna, EMAIL, LETTER)
    assert not (await prove_by_button(ctx, boris, ANNA)).taken
    assert (await refused(save_contact(ctx, anna, PHONE, ANNA, verified_by="sms"))).details == {
        "field": "phone"
    }
    proof = await prove_by_button(ctx, anna, ANNA)
    assert proof.taken
    for _tap in range(2):
        settled = await take_over(ctx, anna, proof.verification_id)
        assert (settled.verification_id, settled.kind, settled.taken) == (
            proof.verification_id,
            PHONE,
            False,
        )
    kept = {(c.customer_id, c.kind): c.verified_by for c in await Contact.all()}
    assert kept == {(boris.id, PHONE): "", (anna.id, PHONE): "telegram", (anna.id, EMAIL): ""}
    assert (await refused(take_over(ctx, boris, proof.verification_id))).code is Code.PROOF_EXPIRED


async def test_a_contact_that_is_taken_is_refused_with_its_kind(
    ctx: Context, database: str
) -> None:
    boris, anna = await someone(ctx, 1), await someone(ctx, 2)
    await save_contact(ctx, boris, EMAIL, LETTER, verified_by="link")
    refusal = await refused(save_contact(ctx, anna, EMAIL, LETTER.upper(), verified_by="link"))
    assert (refusal.code, refusal.details) == (Code.CONTACT_TAKEN, {"field": "email"})
    await save_contact(ctx, anna, EMAIL, LETTER)
