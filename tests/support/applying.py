"""The way to a card without the bot: answer, agree to everything, issue."""

from collections.abc import Mapping

from backend.cards.issue.agree import keep_agreement
from backend.cards.issue.answer_questions import answer, answer_phone
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.consent_screen import consent_view, tick_channel, tick_document
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.customers.person.meet import in_telegram, meet
from backend.platform.context import Context
from models.customer import Customer
from models.offer import Offer


async def someone(ctx: Context, telegram_id: int) -> Customer:
    return await meet(ctx, in_telegram(telegram_id), language="ru")


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
