"""/cancel, and the cancel key: what was being done ends, and is named."""

from collections.abc import Callable
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from backend.cards.issue.application import open_application_of
from bot import awaiting
from bot.awaiting import Pressed
from bot.screens.home.cancel import cancelled, nothing_to_cancel
from bot.screens.home.keys import CANCEL
from bot.screens.issue.question import drop_sure
from bot.screens.screen import Screen
from bot.tap_codec import Tap
from bot.taps.browse import Categories, Cities, OpenOffer
from bot.taps.contacts import Contacts
from bot.taps.exchange import ExportCards, ImportCards
from bot.taps.issue import Resume
from bot.taps.plastic import AddCard
from bot.taps.pocket import Cards, OpenCard
from bot.visitor import Visitor

router = Router(name="cancel")
Data = dict[str, Any]


def _cards(_data: Data) -> Tap:
    return Cards()


def _card(data: Data) -> Tap:
    return OpenCard(id=int(data.get("card") or data["id"]))


def _offer(data: Data) -> Tap:
    return OpenOffer(id=int(data["offer"]))


def _contacts(_data: Data) -> Tap:
    return Contacts()


def _adding(_data: Data) -> Tap:
    return AddCard()


# What was asked for → where its screen is, for the button below «… is cancelled».
BACK_TO: dict[str, Callable[[Data], Tap]] = {
    awaiting.CITY: lambda _: Cities(),
    awaiting.SEARCH: lambda _: Categories(),
    awaiting.NUMBER: _offer,
    awaiting.STORES: _offer,
    awaiting.PHONE: _contacts,
    awaiting.CODE: _contacts,
    awaiting.EMAIL: _contacts,
    awaiting.ADDING: _adding,
    awaiting.CARD_NUMBER: _adding,
    awaiting.CARD_NAME: _adding,
    awaiting.IMPORT_PASSWORD: lambda _: ImportCards(),
    awaiting.EXPORT_PASSWORD: lambda _: ExportCards(),
    awaiting.CARDS_SEARCH: _cards,
    awaiting.CARDS_NEAR: _cards,
    awaiting.CARD_NOTE: _card,
    awaiting.CARD_EXPIRY: _card,
    awaiting.CARD_PHOTO: _card,
    awaiting.CARD_REDEEM: _card,
    awaiting.OWN_NUMBER: _card,
    awaiting.OWN_NAME: _card,
}
# Asked for by questionnaires too.
ON_THE_WAY = {awaiting.PHONE, awaiting.CODE, awaiting.EMAIL}


@router.message(Command("cancel"))
@router.message(F.text, Pressed(CANCEL))
async def cancel(message: Message, visitor: Visitor) -> Screen:
    """What was typed for comes first, then a card that is being applied for: that one asks."""
    asked, data = visitor.chat.awaiting, visitor.chat.awaiting_data
    visitor.chat.awaiting, visitor.chat.awaiting_data = "", {}
    standing = await open_application_of(visitor.customer)
    if asked in BACK_TO:
        on_the_way = standing is not None and asked in ON_THE_WAY
        back = Resume() if on_the_way else BACK_TO[asked](data)
        return cancelled(visitor.words, asked, back.pack())
    if standing is not None:
        return drop_sure(visitor.words, standing.id)
    return nothing_to_cancel(visitor.words)
