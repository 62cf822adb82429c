"""Борис has Анна's old number: it becomes his when he says so, and never by itself."""

import asyncio
from collections.abc import Awaitable

import pytest

from backend.customers.contacts.verify_ask import ask_code, ask_link
from backend.customers.contacts.verify_code import check_code
from backend.customers.contacts.verify_link import LinkState, confirm_link
from backend.customers.contacts.verify_send import send_code, send_link
from backend.customers.contacts.verify_settle import Proof, prove_by_button, take_over
from backend.customers.person.profile import known_fields
from backend.events.people import CodeAsked, LinkAsked
from backend.platform.context import Context
from catalog.questions.question import FieldType, QuestionnaireField
from catalog.questions.questionnaire import field_to_json
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.outbox import OutboxEvent
from models.program import Program
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.edge.phones import Mailboxes, Phones, open_post
from tests.support.factory.brands import coffee_brand
from tests.support.factory.customers import someone
from tests.support.outbox import happened

NUMBER = "+79161234567"


async def card_of(ctx: Context, customer: Customer, *asks: FieldType) -> Card:
    brand = await coffee_brand()
    fields = [field_to_json(QuestionnaireField(kind.value, kind, required=True)) for kind in asks]
    await Program.filter(id=brand.program_id).update(questionnaire=fields)
    return await Card.create(
        customer_id=customer.id,
        program_id=brand.program_id,
        brand=brand,
        printed_number=f"20{customer.id:011d}",
        barcode_value=f"20{customer.id:011d}",
        barcode_format=BarcodeFormat.EAN13,
        origin=CardOrigin.ISSUED,
        created_at=ctx.clock(),
    )


async def holders() -> list[int]:
    found = await Contact.filter(verified_at__isnull=False)
    return [contact.customer_id for contact in found]


async def expired(call: Awaitable[Proof]) -> None:
    with pytest.raises(Refusal) as refusal:
        await call
    assert refusal.value.code is Code.PROOF_EXPIRED


async def test_the_number_changes_hands_when_its_new_holder_says_so(
    ctx: Context, database: str
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await card_of(ctx, anna, FieldType.PHONE)
    await prove_by_button(ctx, anna, NUMBER)
    proof = await prove_by_button(ctx, boris, "79161234567")
    assert proof.taken
    assert await holders() == [anna.id], "nothing has happened yet"

    await take_over(ctx, boris, proof.verification_id)
    assert await holders() == [boris.id]
    assert "phone" not in await known_fields(ctx, anna)
    assert (await known_fields(ctx, boris))["phone"] == NUMBER
    await card.refresh_from_db()
    assert (card.recheck_at, card.recheck_for, card.customer_id) == (ctx.clock(), "phone", anna.id)
    lost = await OutboxEvent.get(kind="ContactLost")
    assert lost.payload == {
        "customer_id": anna.id, "kind": "phone", "verification_id": proof.verification_id,
        "bounced": 0,
    }  # fmt: skip
    await take_over(ctx, boris, proof.verification_id)
    assert await OutboxEvent.filter(kind="ContactLost").count() == 1, "a second tap"

    await prove_by_button(ctx, anna, "+79160000001")
    await card.refresh_from_db()
    assert (card.recheck_at, card.recheck_for) == (None, "")


async def test_a_typed_number_needs_its_code_before_anything_is_told(
    ctx: Context, database: str
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    await prove_by_button(ctx, anna, NUMBER)
    phones = Phones()
    asked = await ask_code(ctx, boris, NUMBER)
    await expired(take_over(ctx, boris, asked.verification_id))
    await send_code(
        open_post(sms=phones), ctx, happened(CodeAsked(boris.id, asked.verification_id))
    )
    proof = await check_code(ctx, boris, phones.code)
    assert proof.taken
    with pytest.raises(Refusal):
        await check_code(ctx, boris, phones.code)
    await take_over(ctx, boris, proof.verification_id)
    assert await holders() == [boris.id]


async def test_a_proof_is_its_persons_own_and_does_not_last(
    ctx: Context, clock: StoppedClock, database: str
) -> None:
    anna, boris, eve = [await someone(ctx, number) for number in (1, 2, 3)]
    await prove_by_button(ctx, anna, NUMBER)
    proof = await prove_by_button(ctx, boris, NUMBER)
    await expired(take_over(ctx, eve, proof.verification_id))
    await expired(take_over(ctx, boris, proof.verification_id + 100))
    await prove_by_button(ctx, boris, "+79160000002")
    await expired(take_over(ctx, boris, proof.verification_id))
    fresh = await prove_by_button(ctx, boris, NUMBER)
    clock.advance(minutes=15)
    await expired(take_over(ctx, boris, fresh.verification_id))
    assert sorted(await holders()) == [anna.id, boris.id]


async def test_two_who_take_the_same_number_at_once_end_with_one_holder(
    ctx: Context, database: str
) -> None:
    anna, boris, dina = [await someone(ctx, number) for number in (1, 2, 3)]
    await prove_by_button(ctx, anna, NUMBER)
    proofs = [(one, await prove_by_button(ctx, one, NUMBER)) for one in (boris, dina)]
    await asyncio.gather(*(take_over(ctx, one, proof.verification_id) for one, proof in proofs))
    assert len(await holders()) == 1
    lost = [event.payload["customer_id"] for event in await OutboxEvent.filter(kind="ContactLost")]
    assert sorted([*lost, *await holders()]) == sorted([anna.id, boris.id, dina.id])


async def test_two_who_prove_a_free_number_at_once(ctx: Context, database: str) -> None:
    crowd = [await someone(ctx, number) for number in range(1, 7)]
    proofs = await asyncio.gather(*(prove_by_button(ctx, one, NUMBER) for one in crowd))
    assert sorted(proof.taken for proof in proofs) == [False, *[True] * 5]
    assert len(await holders()) == 1


async def test_an_address_changes_hands_on_the_page(ctx: Context, database: str) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await card_of(ctx, anna, FieldType.PHONE, FieldType.EMAIL)
    mail = Mailboxes()
    post = open_post(email=mail)
    tokens = []
    for one in (anna, boris):
        asked = await ask_link(ctx, one, "family@example.ru")
        await send_link(post, ctx, happened(LinkAsked(one.id, asked.verification_id)))
        tokens.append(mail.token)
        ctx.clock.advance(minutes=2)  # type: ignore[attr-defined]
    assert (await confirm_link(ctx, tokens[0])).state is LinkState.CONFIRMED
    assert (await confirm_link(ctx, tokens[1])).state is LinkState.TAKEN
    assert await holders() == [anna.id]
    assert (await confirm_link(ctx, tokens[1], mine_now=True)).state is LinkState.CONFIRMED
    assert await holders() == [boris.id]
    await card.refresh_from_db()
    assert card.recheck_for == "email"
    assert await Contact.filter(kind=ContactKind.EMAIL).count() == 2


async def test_a_card_that_asks_for_no_phone_needs_no_recheck(ctx: Context, database: str) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await card_of(ctx, anna, FieldType.GIVEN_NAME)
    await prove_by_button(ctx, anna, NUMBER)
    proof = await prove_by_button(ctx, boris, NUMBER)
    await take_over(ctx, boris, proof.verification_id)
    await card.refresh_from_db()
    assert card.recheck_at is None
