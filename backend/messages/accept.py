"""A message is accepted: its row, the message to the person and the delivery that waits are written
in one transaction, or none of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from backend.messages.decide import CHANNEL, Decided, decide
from backend.messages.find_people import Recipient, by_number, by_phone
from backend.messages.order import MessageOrder, Sender
from backend.messaging.action import Action, ActionKind
from backend.platform.context import Context
from backend.platform.database import places, rows, transaction
from backend.platform.ids import new_uuid7
from backend.restored.unsettled import unsettled
from models.message_purpose import MessagePurpose
from models.partner_message import MessageState, PartnerBulk

# Of one statement.
BATCH = 500
# of all: rows of the login that asks
_ADD = """
INSERT INTO partner_messages (login_id, bulk_id, public_id, promo, answered, state, told, until,
    created_at, changed_at)
VALUES {rows} ON CONFLICT (public_id) DO NOTHING RETURNING id, public_id
"""
# of all: the people who were found for the account
_MESSAGES = """
INSERT INTO messages (once, customer_id, brand_id, card_id, purpose, kind, data, body, created_at)
VALUES {rows} RETURNING id, once
"""
# of all: the messages that were made just now
_DELIVERIES = """
INSERT INTO deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    counted, created_at, changed_at)
VALUES {rows}
"""
# `once` is "partner:" and the public id, which has an index.
# of all: the messages that were made just now
_BECAME = """
UPDATE partner_messages SET message_id = m.id FROM messages m
WHERE m.id IN ({marks}) AND partner_messages.public_id = substr(m.once, 9)
"""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the caller is told. `address` is the phone or number that it gave."""

    address: str
    public_id: str
    state: MessageState


async def accept_for_phones(
    ctx: Context, sender: Sender, order: MessageOrder, phones: Sequence[str]
) -> list[Accepted]:
    """One message for each of these phones (E.164), in their order."""
    async with transaction():
        made = []
        for batch in _batches(phones):
            found = await by_phone(ctx, sender, batch)
            decided = await decide(ctx.clock(), sender, order, batch, found)
            made += await write(ctx, sender, order, decided)
    return made


async def accept_for_numbers(
    ctx: Context, sender: Sender, order: MessageOrder, numbers: Sequence[str]
) -> list[Accepted]:
    """The same for whoever carries the cards with these numbers."""
    async with transaction():
        made = []
        for batch in _batches(numbers):
            found = await by_number(sender, batch)
            decided = await decide(ctx.clock(), sender, order, batch, found)
            made += await write(ctx, sender, order, decided)
    return made


def _batches(addresses: Sequence[str]) -> list[Sequence[str]]:
    return [addresses[at : at + BATCH] for at in range(0, len(addresses), BATCH)]


async def write(
    ctx: Context,
    sender: Sender,
    order: MessageOrder,
    decided: Sequence[Decided],
    bulk: PartnerBulk | None = None,
) -> list[Accepted]:
    """Inside a transaction. Of a bulk, a number that stands twice in it is left out the second
    time, and so is one that was written before."""
    if not decided:
        return []
    if await unsettled() is not None:
        decided = [_held_back(order, each) for each in decided]
    named = {_public_id(ctx, bulk, each): each for each in decided}
    made = await _rows(ctx, sender, order, named, bulk)
    await _messages(ctx, sender, order, [(made[i], i, d) for i, d in named.items() if i in made])
    return [Accepted(d.address, i, d.state) for i, d in named.items() if i in made]


def _held_back(order: MessageOrder, each: Decided) -> Decided:
    """While the database is known to have gone back in time a «no» may be among what it lost."""
    held = order.promo and each.state is MessageState.ENQUEUED
    return Decided(each.address, MessageState.NO_CONSENT, each.recipient) if held else each


def _public_id(ctx: Context, bulk: PartnerBulk | None, each: Decided) -> str:
    if bulk is None:
        return str(new_uuid7(ctx.clock()))
    return id_in_bulk(ctx, bulk.public_id, each.address)


def id_in_bulk(ctx: Context, bulk: str, phone: str) -> str:
    """By which a number's message in a list is found again, without the number being kept."""
    digits = ctx.vault.sign(f"bulk:{bulk}:{phone}")[:32]
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


async def _rows(
    ctx: Context,
    sender: Sender,
    order: MessageOrder,
    named: Mapping[str, Decided],
    bulk: PartnerBulk | None,
) -> dict[str, int]:
    now = ctx.clock()
    head = [sender.login_id, None if bulk is None else bulk.id]
    wanted = {
        name: [
            *head,
            name,
            order.promo,
            d.state.value,
            d.state.value,
            order.told,
            d.until,
            now,
            now,
        ]
        for name, d in named.items()
    }
    marks = places(len(wanted), 10)
    values = [value for row in wanted.values() for value in row]
    made = await rows(_ADD.format(rows=marks), values)
    return {row["public_id"]: row["id"] for row in made}


async def _messages(
    ctx: Context, sender: Sender, order: MessageOrder, made: Sequence[tuple[int, str, Decided]]
) -> None:
    """What is to be sent becomes a message with a delivery that waits."""
    now, purpose, kind = ctx.clock(), order.purpose.value, order.kind()
    wanted: list[Any] = []
    for row_id, public_id, each in made:
        person = each.recipient
        if each.state is not MessageState.ENQUEUED or person is None:
            continue
        data = orjson.dumps(_data(sender, order, row_id, person)).decode()
        whom = [person.customer_id, person.brand_id, person.card_id]
        wanted.append([f"partner:{public_id}", *whom, purpose, kind, data, "", now])
    if not wanted:
        return
    values = [value for row in wanted for value in row]
    found = await rows(_MESSAGES.format(rows=places(len(wanted), 9)), values)
    ids = [row["id"] for row in found]
    waiting = [v for i in ids for v in (i, CHANNEL, "queued", 0, "", "", 0, False, now, now)]
    await rows(_DELIVERIES.format(rows=places(len(ids), 10)), waiting)
    marks = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    await rows(_BECAME.format(marks=marks), ids)


def _data(sender: Sender, order: MessageOrder, row_id: int, person: Recipient) -> dict[str, Any]:
    """What the wording is made of, and what the buttons do."""
    data = {
        "title": order.title,
        "text": order.text,
        "action": str(Action(ActionKind.OPEN_MESSAGE, row_id)),
        "opens": str(order.opens(person.card_id)),
    }
    if order.purpose is not MessagePurpose.PROMO:
        return data
    return data | {
        "advertiser": sender.legal_name,
        "inn": sender.inn,
        "erid": f" · erid: {order.erid}" if order.erid else "",
        "picture": order.picture,
        "stops": str(Action(ActionKind.STOP_ADS, person.brand_id)),
    }
