"""What the button of a letter leads to. A link only shows: programs that look at letters open
every one, and whatever changes something waits for a tap."""

from backend.cards.plastic.ask_again import offer_of
from backend.messages.open_message import leads_to
from backend.messaging.action import Action, ActionKind
from backend.platform.context import Context
from bot.awaiting import EMAIL, expect
from bot.screens.contacts.contact import ask_email
from bot.screens.screen import Screen
from bot.views.browse import offer_screen
from bot.views.contacts import contacts_screen
from bot.views.news import news_screen
from bot.views.pocket import card_screen
from bot.views.samples import samples_of
from bot.visitor import Visitor


async def linked_screen(visitor: Visitor, ctx: Context, action: Action) -> Screen:
    """Refuses with card_not_found, offer_not_found, offer_ended."""
    match action.kind:
        case ActionKind.OPEN_OFFER:
            return await offer_screen(visitor, ctx, action.id)
        case ActionKind.OPEN_CARD | ActionKind.CONNECT_CARD:
            # The screen of a card whose brand has joined offers to connect it.
            return await card_screen(visitor, ctx, action.id)
        case ActionKind.CHANGE_EMAIL:
            expect(visitor, EMAIL)
            return ask_email(visitor.words)
        case ActionKind.OPEN_MESSAGE:
            leads = await leads_to(visitor.customer, action.id)
            shown = leads or Action(ActionKind.OPEN_NEWS)
            return await linked_screen(visitor, ctx, shown)
        case _:
            return await _of_their_own(visitor, ctx, action)


async def _of_their_own(visitor: Visitor, ctx: Context, action: Action) -> Screen:
    """What they have chosen to hear of, and how they are reached."""
    if action.kind is ActionKind.ADD_PLASTIC:
        return await offer_screen(visitor, ctx, await offer_of(visitor.customer.id, action.id))
    if action.kind is ActionKind.STOP_SAMPLES:
        return await samples_of(visitor, action.id)
    if action.kind is ActionKind.OPEN_NEWS:
        return await news_screen(visitor, ctx)
    return await contacts_screen(visitor, ctx)
