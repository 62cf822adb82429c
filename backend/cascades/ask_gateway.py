"""Ask the gateway what became of SMS that it has taken, until it knows or three days are over.

When each is asked again stands on its row before the gateway is asked: a killed process asks it
again later, and what the gateway says twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession

from backend.cascades.report import Word, take_reports
from backend.messaging.reports import Reports, Sent
from backend.platform.context import Context
from backend.platform.database import among, is_postgres, rows, transaction
from backend.platform.dialect import moment
from backend.platform.secrets.vault import Sealed
from models.channel import ChannelName
from models.contact import ContactKind, contact_place
from models.customer import Customer

LASTS = timedelta(days=3)
# By the age of the message: for how long the gateway is left alone.
_PAUSES = (
    (timedelta(minutes=5), timedelta(minutes=1)),
    (timedelta(hours=1), timedelta(minutes=10)),
    (timedelta(days=1), timedelta(hours=1)),
    (LASTS, timedelta(hours=6)),
)
_OPEN = "d.channel = 'sms' AND d.state = 'delivered' AND d.reported IS NULL"
# of all: messages of every brand by turns
_DUE = f"""
SELECT d.id, d.provider_id, d.changed_at, m.customer_id, c.data_key, k.sealed
FROM deliveries d JOIN messages m ON m.id = d.message_id JOIN customers c ON c.id = m.customer_id
LEFT JOIN contacts k ON k.customer_id = m.customer_id AND k.kind = 'phone'
    AND k.verified_at <= d.changed_at
WHERE {_OPEN} AND COALESCE(d.ask_at, d.changed_at) <= $1
ORDER BY COALESCE(d.ask_at, d.changed_at), d.id LIMIT $2 {{lock}}
"""  # noqa: S608
# of all: the deliveries in hand
_ASKED = "UPDATE deliveries SET ask_at = $2 WHERE id {these}"
# of all: messages of every brand that nobody could tell of
_OVER = f"""
UPDATE deliveries SET reported = 'unknown', reported_at = $1, ask_at = NULL WHERE id IN (
    SELECT d.id FROM deliveries d WHERE {_OPEN} AND COALESCE(d.ask_at, d.changed_at) <= $1
        AND d.changed_at <= $2 ORDER BY COALESCE(d.ask_at, d.changed_at), d.id LIMIT 500)
RETURNING id
"""  # noqa: S608
_PHONE = Sealed(contact_place(ContactKind.PHONE))


async def give_up_asking(now: datetime) -> bool:
    """One batch; whether there may be more."""
    return len(await rows(_OVER, [now, now - LASTS])) == 500


async def ask_gateway(ctx: Context, http: ClientSession, gateway: Reports) -> bool:
    """One batch; whether there may be more. Raises a channel's failures."""
    due = await _take(ctx.clock(), gateway.most)
    sent = [Sent(row["provider_id"], _phone(ctx, row)) for row in due if row["provider_id"]]
    if sent:
        told = await gateway.ask(http, sent)
        asked = {each.provider_id for each in sent}
        words = [Word(report) for report in told if report.provider_id in asked]
        await take_reports(ctx, ChannelName.SMS.value, words)
    return len(due) == gateway.most


async def _take(now: datetime, most: int) -> list[dict[str, Any]]:
    lock = "FOR UPDATE OF d SKIP LOCKED" if is_postgres() else ""
    async with transaction():
        due = await rows(_DUE.format(lock=lock), [now, most])
        for pause, these in _by_pause(now, due).items():
            await rows(_ASKED.format(these=among(1)), [these, now + pause])
    return due


def _by_pause(now: datetime, due: Sequence[Mapping[str, Any]]) -> dict[timedelta, list[int]]:
    found: dict[timedelta, list[int]] = {}
    for row in due:
        age = now - moment(row["changed_at"])
        pause = next((each for most, each in _PAUSES if age <= most), _PAUSES[-1][1])
        found.setdefault(pause, []).append(row["id"])
    return found


def _phone(ctx: Context, row: Mapping[str, Any]) -> str:
    """To which it went, while that is still theirs."""
    if row["sealed"] is None or row["data_key"] is None:
        return ""
    customer = Customer(id=row["customer_id"], data_key=row["data_key"])
    return str(_PHONE.open(ctx, customer, row["sealed"]))
