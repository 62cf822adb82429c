"""Whom a campaign can reach by one of its channels: they allow it, and can be found there.

What is asked here is what the gate asks right before each message. Whoever has come, or has said
yes, after the campaign began is not among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.campaigns.plan import Plan
from backend.consents.gate import overtaken_documents
from backend.platform.database import rows
from backend.segments.where import where
from backend.segments.whose import whose
from models.campaign import Campaign
from models.channel import ChannelName
from models.message_purpose import MessagePurpose

# How a person `c` is found.
_REACHED = {
    ChannelName.TELEGRAM.value: """
JOIN identities i ON i.customer_id = c.id AND i.door = 'telegram'
    AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL
""",
    ChannelName.EMAIL.value: """
JOIN contacts i ON i.customer_id = c.id AND i.kind = 'email' AND i.verified_at IS NOT NULL
""",
    ChannelName.SMS.value: """
JOIN contacts i ON i.customer_id = c.id AND i.kind = 'phone' AND i.verified_at IS NOT NULL
""",
    ChannelName.WALLET.value: """
JOIN cards i ON i.customer_id = c.id AND i.removed_at IS NULL AND i.status = 'active'
    AND i.program_id = (SELECT program_id FROM brands WHERE id = $1)
    AND EXISTS (SELECT 1 FROM wallet_passes w WHERE w.card_id = i.id
        AND w.installed_at IS NOT NULL AND w.removed_at IS NULL AND w.voided_at IS NULL)
""",
}
# of all: of the brand in hand
_PROMO = """
SELECT s.customer_id AS id FROM consent_states s JOIN customers c ON c.id = s.customer_id {reached}
WHERE s.purpose = 'advertising' AND s.subject_id = $1 AND s.channel = '{channel}'
    AND s.granted = TRUE AND s.customer_id > $2 AND s.at <= $3 AND c.created_at <= $3
    AND c.deleted_at IS NULL AND s.document_id NOT IN ({overtaken}) AND {meant}
"""
# What is no advertising is for those who carry the brand's card.
# of all: of the brand in hand
_SERVICE = """
SELECT DISTINCT k.customer_id AS id FROM brands b JOIN cards k ON k.program_id = b.program_id
    AND k.removed_at IS NULL AND k.created_at <= $3
JOIN customers c ON c.id = k.customer_id {reached}
WHERE b.id = $1 AND k.customer_id > $2 AND c.created_at <= $3 AND c.deleted_at IS NULL AND {meant}
"""

# of all: of the brand in hand
_ZONES = """
SELECT COALESCE(t.timezone, '') AS zone, COUNT(*) AS n FROM ({whole}) x
JOIN customers c ON c.id = x.id LEFT JOIN cities t ON t.id = c.city_id GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """`first`: by customer, in their order, the channel by which they are told. `up_to`: the
    customer after which there may be more; None: there are no more."""

    first: dict[int, str]
    up_to: int | None


@dataclass(frozen=True, slots=True)
class Audience:
    """Of one campaign, as of one moment."""

    campaign: Campaign
    plan: Plan
    moment: datetime

    async def number(self) -> int:
        """How many there are, by whichever channel."""
        statements, values = await self._asked(self.plan.channels, 0)
        whole = " UNION ".join(statements)
        found = await rows(f"SELECT COUNT(*) AS n FROM ({whole}) x", values)  # noqa: S608
        return int(found[0]["n"])

    async def zones(self) -> dict[str, int]:
        """How many of them live by which clock; "" of no city."""
        statements, values = await self._asked(self.plan.channels, 0)
        found = await rows(_ZONES.format(whole=" UNION ".join(statements)), values)
        return {row["zone"]: int(row["n"]) for row in found}

    async def in_digest(self) -> int:
        """How many of them get it by Telegram with the day's other advertising."""
        telegram = ChannelName.TELEGRAM.value
        if telegram not in self.plan.channels or self.campaign.purpose is not MessagePurpose.PROMO:
            return 0
        before = self.plan.channels[: self.plan.channels.index(telegram)]
        statements, values = await self._asked([*before, telegram], 0)
        theirs = f"{statements[-1]} AND c.ads_digest"
        for earlier in statements[:-1]:
            theirs += f" AND c.id NOT IN ({earlier} AND c.ads_digest)"
        found = await rows(f"SELECT COUNT(*) AS n FROM ({theirs}) x", values)  # noqa: S608
        return int(found[0]["n"])

    async def batch(self, after: int, channels: Sequence[str], most: int) -> Batch:
        """The people after this one, `most` by each of the channels; each with the first channel
        that reaches them."""
        statements, values = await self._asked(channels, after)
        found: dict[str, list[int]] = {}
        for channel, statement in zip(channels, statements, strict=True):
            some = await rows(f"{statement} ORDER BY 1 LIMIT {most}", values)
            found[channel] = [row["id"] for row in some]
        up_to = min((ids[-1] for ids in found.values() if len(ids) == most), default=None)
        first: dict[int, str] = {}
        for channel, ids in found.items():
            for person in ids:
                if up_to is None or person <= up_to:
                    first.setdefault(person, channel)
        return Batch(dict(sorted(first.items())), up_to)

    async def _asked(self, channels: Sequence[str], after: int) -> tuple[list[str], list[Any]]:
        """A statement for each channel, all with the same values."""
        brand = await whose(self.campaign.brand_id)
        meant, values = where(self.plan.audience, 3, brand=brand, now=self.moment)
        promo = self.campaign.purpose is MessagePurpose.PROMO
        form = _PROMO if promo else _SERVICE
        statements = [
            form.format(
                reached=_REACHED[channel],
                channel=channel,
                meant=meant,
                overtaken=overtaken_documents("$3"),
            )
            for channel in channels
        ]
        return statements, [self.campaign.brand_id, after, self.moment, *values]
