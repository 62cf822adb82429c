"""Issued cards: by the use cases, without the bot, or as rows alone."""

from collections.abc import Mapping

from backend.cards.issue.agree import keep_agreement
from backend.cards.issue.answer_questions import answer, answer_phone
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.consent_screen import consent_view, tick_channel, tick_document
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.events.cards import CardIssued
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.offer import Offer
from models.program import Program
from tests.support.factory.brands import coffee_brand
from tests.support.factory.customers import someone, with_chat


async def issued(
    ctx: Context,
    customer: Customer,
    offers: list[Offer],
    *,
    answers: Mapping[str, str] | None = None,
    channels: tuple[str, ...] = (),
) -> list[Outcome]:
    await applied(ctx, customer, offers, answers=answers, channels=channels)
    return await issue_cards(ctx, customer, await current_application(ctx, customer))


async def applied(
    ctx: Context,
    customer: Customer,
    offers: list[Offer],
    *,
    answers: Mapping[str, str] | None = None,
    channels: tuple[str, ...] = (),
) -> None:
    """Everything up to the last tap."""
    await apply_for(ctx, customer, [offer.id for offer in offers])
    given = dict(answers or {})
    while (key := (await current_application(ctx, customer)).asking) is not None:
        if key == "phone":
            await answer_phone(ctx, customer, given[key])
        else:
            await answer(ctx, customer, key, given[key])
    await consented(ctx, customer, channels)


async def consented(ctx: Context, customer: Customer, channels: tuple[str, ...] = ()) -> None:
    """Tick every required document of every controller, and these channels."""
    current = await current_application(ctx, customer)
    while (account := current.next_controller) is not None:
        view = await consent_view(ctx, customer, current, account)
        for document in view.missing():
            await tick_document(ctx, current, view, document.id)
            view = await consent_view(ctx, customer, current, account)
        for channel in channels:
            await tick_channel(ctx, current, view, channel)
            view = await consent_view(ctx, customer, current, account)
        await keep_agreement(ctx, current, view.documents)


async def issued_card(ctx: Context, telegram_id: int, language: str = "ru") -> CardIssued:
    """The card's rows, and the event that is to be announced for it."""
    brand = await coffee_brand()
    customer = await with_chat(await someone(ctx, language=language), telegram_id)
    number = f"20{customer.id:011d}"
    card = await Card.create(
        customer=customer,
        program_id=brand.program_id,
        brand=brand,
        printed_number=number,
        barcode_value=number,
        barcode_format=BarcodeFormat.EAN13,
        origin=CardOrigin.ISSUED,
        created_at=ctx.clock(),
    )
    program = await Program.get(id=brand.program_id)
    return CardIssued(
        card_id=card.id,
        customer_id=customer.id,
        program_id=program.id,
        account_id=program.account_id,
        brand_id=brand.id,
        origin=card.origin.value,
    )
