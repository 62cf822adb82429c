"""What an account's messages cost in a period, and what they spared: of the facts, so that it takes
no longer for a million of messages than for ten.

Spared is what the same messages would have cost as SMS, and plastic in place of the cards that were
made here, without what was paid for them and, where it is said, for the service itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.platform.database import is_postgres, rows
from backend.spending.prices import Prices, prices_of
from models.account import Account
from models.fact import FactKind

_OF_CHANNELS = {
    FactKind.MESSAGE_DELIVERED: "delivered",
    FactKind.MESSAGE_AGAIN: "again",
    FactKind.MESSAGE_FAILED: "failed",
    FactKind.MESSAGE_STOPPED: "stopped",
    FactKind.MESSAGE_IN_DOUBT: "in_doubt",
    FactKind.MESSAGE_ARRIVED: "arrived",
    FactKind.MESSAGE_LOST: "lost",
}
# A card that somebody had as plastic already spares none.
_CARDS = (FactKind.CARD_ISSUED, FactKind.CARD_ASSIGNED)
_SUMS = """
SELECT kind, channel, SUM(n) AS n, SUM(kopecks) AS kopecks FROM facts
WHERE account_id = $1 AND day >= $2 AND day <= $3 AND ($4 = 0 OR brand_id = $4)
GROUP BY kind, channel ORDER BY channel, kind
"""
# of all: the account in hand
_PAID = """
SELECT COALESCE(SUM(c.paid_messages), 0) AS n FROM campaigns c JOIN brands b ON b.id = c.brand_id
JOIN programs p ON p.id = b.program_id
WHERE p.account_id = $1 AND c.started_at >= $2 AND c.started_at < $3
    AND (CAST($4 AS BIGINT) = 0 OR c.brand_id = $4)
"""


@dataclass(frozen=True, slots=True)
class ChannelSpent:
    """Deliveries by how they ended; `arrived` and `lost` were reported later of those delivered,
    `again` went to people who had the message by another channel already."""

    channel: str
    delivered: int = 0
    again: int = 0
    failed: int = 0
    stopped: int = 0
    in_doubt: int = 0
    arrived: int = 0
    lost: int = 0
    kopecks: int = 0


@dataclass(frozen=True, slots=True)
class Spending:
    """`messages`: told, each once, by whichever channels. `paid`: messages that were paid for in
    Stars."""

    channels: Sequence[ChannelSpent]
    cards: int
    prices: Prices
    service_kopecks: int = 0
    paid: int = 0

    @property
    def messages(self) -> int:
        return sum(each.delivered - each.again for each in self.channels)

    @property
    def kopecks(self) -> int:
        return sum(each.kopecks for each in self.channels)

    @property
    def sms_kopecks(self) -> int:
        """What an SMS to everybody would have cost."""
        return self.messages * self.prices.sms

    @property
    def plastic_kopecks(self) -> int:
        return self.cards * self.prices.card

    @property
    def saved_on_messages(self) -> int:
        return self.sms_kopecks - self.kopecks - self.service_kopecks

    @property
    def saved(self) -> int:
        return self.saved_on_messages + self.plastic_kopecks


async def spending(
    account_id: int, since: date, until: date, *, brand_id: int = 0, service_kopecks: int = 0
) -> Spending:
    """Both days included, each by the account's own clock."""
    days = [day if is_postgres() else day.isoformat() for day in (since, until)]
    mark = _SUMS.replace("$4", "$4::bigint") if is_postgres() else _SUMS
    found = await rows(mark, [account_id, *days, brand_id])
    cards = sum(int(row["n"]) for row in found if row["kind"] in _CARDS)
    prices = (await prices_of([account_id]))[account_id]
    channels = [
        _channel(channel, [row for row in found if row["channel"] == channel])
        for channel in dict.fromkeys(row["channel"] for row in found if _is_of_messages(row))
    ]
    paid = await _paid(account_id, since, until, brand_id)
    return Spending(channels, cards, prices, service_kopecks, paid)


async def _paid(account_id: int, since: date, until: date, brand_id: int) -> int:
    """Of campaigns that began in these days."""
    # of all: the account in hand
    zone = ZoneInfo((await Account.get(id=account_id)).timezone)
    first, last = (
        datetime.combine(day, time(), zone) for day in (since, until + timedelta(days=1))
    )
    found = await rows(_PAID, [account_id, first, last, brand_id])
    return int(found[0]["n"])


def _is_of_messages(row: dict[str, object]) -> bool:
    return row["kind"] in set(_OF_CHANNELS)


def _channel(channel: str, found: Sequence[dict[str, object]]) -> ChannelSpent:
    sums: Counter[str] = Counter()
    for row in found:
        if _is_of_messages(row):
            sums[_OF_CHANNELS[FactKind(str(row["kind"]))]] += int(str(row["n"]))
            sums["kopecks"] += int(str(row["kopecks"]))
    return ChannelSpent(channel, **sums)
