"""What became of a campaign: whom it reached, what it cost, and what they did afterwards.

People who were held out had nothing and are told beside the others: what the two groups buy in the
days after the start differs by what the campaign did.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from backend.platform.database import rows
from backend.sending.paid import most_paid
from backend.spending.prices import Prices, prices_of
from models.campaign import HELD_OUT, Campaign
from models.message import DeliveryState, Reported

USUAL_DAYS, MOST_DAYS = 7, 90
_WAITING = {DeliveryState.QUEUED.value, DeliveryState.SENDING.value}
_LOST = {Reported.UNDELIVERED.value, Reported.BOUNCED.value}
# of all: the deliveries of the campaign in hand
_ENDS = """
SELECT d.channel, d.state, d.reported,
    CASE WHEN d.state IN ('failed', 'stopped') THEN d.reason ELSE '' END AS reason,
    COUNT(*) AS n, SUM(d.cost_kopecks) AS kopecks
FROM messages m JOIN deliveries d ON d.message_id = m.id WHERE m.campaign_id = $1
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4
"""
# of all: the messages of the campaign in hand
_PEOPLE = """
SELECT COALESCE(m.variant, 0) AS variant, COUNT(*) AS recipients,
    SUM(CASE WHEN EXISTS (SELECT 1 FROM deliveries d WHERE d.message_id = m.id
        AND d.state = 'delivered'
        AND (d.reported IS NULL OR d.reported NOT IN ('undelivered', 'bounced')))
        THEN 1 ELSE 0 END) AS reached
FROM messages m WHERE m.campaign_id = $1 GROUP BY 1
"""
# of all: the messages of the campaign in hand
_CLICKS = """
SELECT COALESCE(m.variant, 0) AS variant, COUNT(DISTINCT m.id) AS clicked, SUM(k.times) AS clicks
FROM messages m JOIN link_clicks k ON k.message_id = m.id WHERE m.campaign_id = $1 GROUP BY 1
"""
_SALES = """
SELECT COALESCE(m.variant, 0) AS variant,
    COUNT(DISTINCT CASE WHEN CAST(s.amount AS NUMERIC) > 0 THEN m.customer_id END) AS buyers,
    SUM(CASE WHEN CAST(s.amount AS NUMERIC) > 0 THEN 1 ELSE 0 END) AS purchases,
    SUM(CAST(s.amount AS NUMERIC)) AS amount
FROM messages m JOIN sales s ON s.customer_id = m.customer_id AND s.account_id = $2
    AND s.at >= $3 AND s.at < $4 AND s.currency = 'RUB'
WHERE m.campaign_id = $1 GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Group:
    """People who were told the same, or those held out, to whom nothing was. `reached`: some
    channel took it, and none reported that it did not arrive. `amount`: bought less given back."""

    name: str
    recipients: int = 0
    reached: int = 0
    clicked: int = 0
    clicks: int = 0
    buyers: int = 0
    purchases: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """Deliveries, not people: one may have had several."""

    channel: str
    n: Mapping[str, int] = field(default_factory=dict)
    kopecks: int = 0


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """`failed` and `stopped`: how many deliveries by reason."""

    since: datetime
    until: datetime
    variants: Sequence[Group]
    held_out: Group
    channels: Sequence[ChannelReport]
    failed: Mapping[str, int]
    stopped: Mapping[str, int]
    prices: Prices
    # Of one that pays: how many may and have, and why no more do.
    most_paid: int = 0
    paid: int = 0
    paid_stopped: str = ""

    @property
    def recipients(self) -> int:
        return sum(each.recipients for each in self.variants)

    @property
    def reached(self) -> int:
        return sum(each.reached for each in self.variants)

    @property
    def buyers(self) -> int:
        return sum(each.buyers for each in self.variants)

    @property
    def kopecks(self) -> int:
        return sum(each.kopecks for each in self.channels)

    @property
    def sms_kopecks(self) -> int:
        """What an SMS to everybody who was reached would have cost."""
        return self.reached * self.prices.sms

    @property
    def uplift(self) -> Decimal | None:
        """Percent of the recipients who bought, less those of the others; None without others."""
        if not self.held_out.recipients or not self.recipients:
            return None
        told = Decimal(100 * self.buyers) / self.recipients
        return told - Decimal(100 * self.held_out.buyers) / self.held_out.recipients


async def campaign_report(campaign: Campaign, account_id: int, days: int) -> CampaignReport:
    since = campaign.started_at or campaign.created_at
    until = since + timedelta(days=days)
    told: dict[int, dict[str, Any]] = {}
    for statement, values in (
        (_PEOPLE, [campaign.id]),
        (_CLICKS, [campaign.id]),
        (_SALES, [campaign.id, account_id, since, until]),
    ):
        for row in await rows(statement, values):
            told.setdefault(row["variant"], {}).update(row)
    ends = await rows(_ENDS, [campaign.id])
    names = [str(each["name"]) for each in campaign.plan.get("variants", ())]
    return CampaignReport(
        since, until,
        [_group(name, told.get(place, {})) for place, name in enumerate(names)],
        _group("", told.get(HELD_OUT, {})),
        _channels(ends), _reasons(ends, "failed"), _reasons(ends, "stopped"),
        (await prices_of([account_id]))[account_id],
        most_paid(campaign), campaign.paid_messages, campaign.paid_stopped,
    )  # fmt: skip


def _group(name: str, row: Mapping[str, Any]) -> Group:
    def whole(column: str) -> int:
        return int(row.get(column) or 0)

    return Group(
        name, whole("recipients"), whole("reached"), whole("clicked"), whole("clicks"),
        whole("buyers"), whole("purchases"),
        Decimal(str(row.get("amount") or 0)).quantize(Decimal("0.01")),
    )  # fmt: skip


def _channels(ends: Sequence[Mapping[str, Any]]) -> list[ChannelReport]:
    counted: dict[str, Counter[str]] = {}
    kopecks: Counter[str] = Counter()
    for row in ends:
        n = counted.setdefault(row["channel"], Counter())
        n["waiting" if row["state"] in _WAITING else row["state"]] += row["n"]
        if row["reported"] in _LOST:
            n["lost"] += row["n"]
        if row["reported"] == Reported.DELIVERED:
            n["arrived"] += row["n"]
        kopecks[row["channel"]] += int(row["kopecks"] or 0)
    return [ChannelReport(channel, n, kopecks[channel]) for channel, n in counted.items()]


def _reasons(ends: Sequence[Mapping[str, Any]], state: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in ends:
        if row["state"] == state:
            found[row["reason"] or "unknown"] += row["n"]
    return dict(found.most_common())
