"""Reactions with an effect that can be counted: a row under the event's own id."""

import os
from typing import Any

from backend.events.cards import CardIssued
from backend.outbox.happened import Happened
from backend.outbox.reaction import BatchReaction, Failed, Reaction
from backend.platform.context import Context
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from backend.reactions import Book
from models.category import Category
from tests.support.clock import StoppedClock
from tests.support.contexts import context as context_of


def context(minutes: int = 0) -> Context:
    clock = StoppedClock()
    clock.advance(minutes=minutes)
    masters = MasterKeys(current=os.urandom(32))
    service = {name: os.urandom(32) for name in SERVICE_KEYS}
    return context_of(Vault(masters=masters, service=service), clock)


def book() -> Book:
    """Each of the ways in which deliveries are kept."""
    return Book(
        {
            CardIssued: {
                "once": Reaction(once),
                "seal": Reaction(seal, coalesce=lambda event: f"account:{event.account_id}"),
                "tell": Reaction(tell, order=lambda event: f"customer:{event.customer_id}"),
                "report": BatchReaction(report, upto=10),
            }
        }
    )


async def once(_ctx: Context, happened: Happened[CardIssued]) -> None:
    await note("once", happened)


async def tell(_ctx: Context, happened: Happened[CardIssued]) -> None:
    await note("tell", happened)


async def seal(_ctx: Context, happened: Happened[CardIssued]) -> None:
    await note("seal", happened)


async def report(_ctx: Context, happened: Any) -> Failed:
    for each in happened:
        await note("report", each)
    return {}


async def note(what: str, happened: Happened[CardIssued]) -> None:
    row = Category(
        key=f"{what}:{happened.id}",
        name_ru=what,
        name_en=what,
        emoji="",
        position=happened.event.card_id,
    )
    await Category.bulk_create([row], ignore_conflicts=True)
