"""The rules by which an account's brands send messages."""

from collections.abc import Mapping
from typing import Any

from backend.access.rights import Right
from backend.campaigns.save_rules import save_rules
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.v1.shared import without_nothing
from catalog.entries.messages.messaging import MessagingEntry
from models.messaging_rules import MessagingRules

DOOR = "api:v1/messaging"
EXAMPLE: Mapping[str, Any] = {
    "quiet_from": "21:00",
    "quiet_until": "09:00",
    "per_day": 1,
    "per_week": 3,
    "four_eyes": True,
    "sms_kopecks": 350,
    "email_kopecks": 10,
    "card_kopecks": 1000,
}


class MessagingShown(MessagingEntry):
    """The rules that hold."""


async def shown(asked: Asked) -> Mapping[str, Any]:
    account = await asked.account()
    found = await asked.scope.messaging_rules().filter(account_id=account.id).first()
    rules = found or MessagingRules()
    return without_nothing({name: getattr(rules, name) for name in MessagingEntry.model_fields})


async def stands(asked: Asked) -> Mapping[str, Any]:
    """The account is locked: there may be no row of its own yet."""
    account = await asked.account()
    await asked.scope.own_accounts().filter(id=account.id).select_for_update()
    return await shown(asked)


async def one(asked: Asked) -> Answer:
    return Answer(await shown(asked))


async def replace(asked: Asked) -> Answer:
    entry = asked.entered(MessagingEntry)
    await save_rules(asked.ctx, (await asked.account()).id, entry)
    return await one(asked)


OPERATIONS = (
    Operation(
        "GET", "/messaging", DOOR, Right.CAMPAIGNS, "Read the rules of messages", one,
        MessagingShown, Query, example=EXAMPLE, etag=True,
        about="Until they are changed: quiet from 21:00 until 09:00, no caps, no prices.",
    ),
    Operation(
        "PUT", "/messaging", DOOR, Right.MESSAGING, "Change the rules of messages", replace,
        MessagingShown, Query, body=MessagingEntry, body_example=EXAMPLE, example=EXAMPLE,
        etag=True, stands=stands,
        about="They hold for whatever is sent from now on, also of campaigns that have begun.",
    ),
)  # fmt: skip
