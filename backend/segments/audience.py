"""Of those who are meant, whom a brand reaches, and why it does not reach the others.

The conditions are those of a campaign that begins now (backend/campaigns/audience.py), so that the
number that was shown is the number that is written to.

Whom a brand may mean at all: of advertising, whoever has said yes or no to it; of anything else,
whoever carries its card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.consents.gate import overtaken_documents
from backend.messaging.heard import heard
from backend.platform.database import among, rows
from backend.segments.placed import all_placed
from backend.segments.where import Tree, where
from backend.segments.whose import Whose
from models.channel import ChannelName
from models.contact import ContactKind

# All three are of a person `c`, with what they have said and whether they are found.
_PLACED = """(SELECT customer_id AS id, city_id, granted, document_id, reach = 2 AS reached
    FROM consent_states WHERE purpose = 'advertising' AND subject_id = $1
    AND channel {channels} AND reach > 0) c
WHERE {meant}"""
_ASKED = """(SELECT u.id, u.city_id, s.granted, s.document_id, {reached} AS reached
    FROM consent_states s JOIN customers u ON u.id = s.customer_id {joins}
    WHERE s.purpose = 'advertising' AND s.subject_id = $1 AND s.channel {channels}
    AND u.deleted_at IS NULL) c
WHERE {meant}"""
_CARRYING = """(SELECT u.id, u.city_id, TRUE AS granted, {reached} AS reached
    FROM cards s JOIN customers u ON u.id = s.customer_id {joins}
    WHERE s.program_id = $1 AND s.removed_at IS NULL AND u.deleted_at IS NULL) c
WHERE {meant}"""
_COUNT = """
SELECT COUNT(*) AS meant, SUM(CASE WHEN {agreed} THEN 1 ELSE 0 END) AS agreed,
    SUM(CASE WHEN {agreed} AND c.reached THEN 1 ELSE 0 END) AS reached
FROM {found}
"""
# Of several channels one is enough.
_COUNT_OF_SEVERAL = """
SELECT COUNT(*) AS meant, SUM(agreed) AS agreed, SUM(reached) AS reached FROM (
    SELECT MAX(CASE WHEN {agreed} THEN 1 ELSE 0 END) AS agreed,
        MAX(CASE WHEN {agreed} AND c.reached THEN 1 ELSE 0 END) AS reached
    FROM {found} GROUP BY c.id) AS people
"""
# of all: of the account in hand
_OVERTAKEN = overtaken_documents("$2", "$1")
# of all: the people who are meant
_CAPPED = """
SELECT COUNT(DISTINCT c.id) AS n FROM {found} AND {agreed} AND c.reached
    AND ({day} > 0 AND {today} >= {day} OR {week} > 0 AND {this_week} >= {week})
"""
# Of more each would be asked about for minutes.
MOST_CAPPED = 100_000
# By channel: what leads to a person.
_LEADS = {
    ChannelName.TELEGRAM: """LEFT JOIN identities i ON i.customer_id = u.id
    AND i.door = 'telegram' AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL""",
    ChannelName.EMAIL: f"""LEFT JOIN contacts m ON m.customer_id = u.id
    AND m.kind = '{ContactKind.EMAIL.value}' AND m.verified_at IS NOT NULL""",
    ChannelName.WALLET: """LEFT JOIN cards p ON p.customer_id = u.id AND p.removed_at IS NULL
    AND p.status = 'active' AND p.program_id = {program}
    AND EXISTS (SELECT 1 FROM wallet_passes x WHERE x.card_id = p.id AND x.installed_at IS NOT NULL
        AND x.removed_at IS NULL AND x.voided_at IS NULL)""",
    ChannelName.SMS: f"""LEFT JOIN contacts n ON n.customer_id = u.id
    AND n.kind = '{ContactKind.PHONE.value}' AND n.verified_at IS NOT NULL""",
}
_LED = {
    ChannelName.TELEGRAM: "i.customer_id IS NOT NULL",
    ChannelName.EMAIL: "m.id IS NOT NULL",
    ChannelName.SMS: "n.id IS NOT NULL",
    ChannelName.WALLET: "p.id IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Audience:
    """`tree` is who is meant, None for everybody; `channels` are those that may be tried.
    `promo`: without a standing consent to advertising nobody is reached."""

    brand: Whose
    tree: Tree | None
    channels: tuple[ChannelName, ...] = (ChannelName.TELEGRAM,)
    promo: bool = True


@dataclass(frozen=True, slots=True)
class Caps:
    """Advertising of a brand to one person, at most; 0: no cap."""

    per_day: int
    per_week: int


@dataclass(frozen=True, slots=True)
class Counted:
    """`meant` are `recipients` and those who are left out: who does not allow it, and who cannot
    be found by a channel that they allow."""

    meant: int
    recipients: int
    no_consent: int
    not_reachable: int

    def left_out(self) -> dict[str, int]:
        """By the reason; a recipient of none."""
        return {"no_consent": self.no_consent, "not_reachable": self.not_reachable}


async def count_people(audience: Audience, now: datetime) -> Counted:
    """Writes nothing, opens nothing that is sealed."""
    parts = await _parts(audience, now)
    template = _COUNT if len(audience.channels) == 1 or not audience.promo else _COUNT_OF_SEVERAL
    (row,) = await rows(template.format(**parts.texts), parts.values)
    meant, agreed, reached = row["meant"], row["agreed"] or 0, row["reached"] or 0
    return Counted(meant, reached, meant - agreed, agreed - reached)


async def count_capped(audience: Audience, caps: Caps, now: datetime) -> int:
    """Of the recipients of advertising, whoever has had as much as the caps allow."""
    parts = await _parts(audience, now)
    taken = len(parts.values)
    day, week, since_day, since_week = (f"${taken + place}" for place in range(1, 5))
    statement = _CAPPED.format(
        **parts.texts,
        day=f"CAST({day} AS BIGINT)",
        week=f"CAST({week} AS BIGINT)",
        today=heard("c.id", since_day, brand="$1"),
        this_week=heard("c.id", since_week, brand="$1"),
    )
    times = [now - timedelta(days=1), now - timedelta(days=7)]
    (row,) = await rows(statement, [*parts.values, caps.per_day, caps.per_week, *times])
    return int(row["n"])


@dataclass(frozen=True, slots=True)
class _Parts:
    texts: dict[str, str]
    values: list[Any]


async def _parts(audience: Audience, now: datetime) -> _Parts:
    brand, channels = audience.brand, audience.channels
    values: list[Any] = [brand.brand_id if audience.promo else brand.program_id]
    agreed, named = "c.granted", ""
    if audience.promo:
        named, of_channels = _channels(channels)
        values += of_channels
        old = await rows(_OVERTAKEN, [brand.account_id, now])
        if old:
            values.append([row["id"] for row in old])
            agreed = f"(c.granted AND NOT c.document_id {among(len(values))})"
    meant, asked = where(audience.tree, len(values), brand=brand, now=now)
    leads = [channel for channel in channels if channel in _LEADS]
    program = str(int(brand.program_id))
    joins = " ".join(_LEADS[channel].replace("{program}", program) for channel in leads)
    reached = _reached(audience, leads)
    found = (await _source(audience)).format(
        joins=joins, channels=named, meant=meant, reached=reached
    )
    return _Parts({"found": found, "agreed": agreed}, [*values, *asked])


async def _source(audience: Audience) -> str:
    """Until all answers are placed, people are looked at where they are; whether a card stands in
    somebody's phone is always asked there."""
    if not audience.promo:
        return _CARRYING
    in_phones = ChannelName.WALLET in audience.channels
    return _ASKED if in_phones or not await all_placed() else _PLACED


def _channels(channels: Sequence[ChannelName]) -> tuple[str, list[Any]]:
    marks = ", ".join(f"${place}" for place in range(2, len(channels) + 2))
    names: list[Any] = [channel.value for channel in channels]
    return ("= $2" if len(channels) == 1 else f"IN ({marks})"), names


def _reached(audience: Audience, leads: Sequence[ChannelName]) -> str:
    """A channel leads to whoever allows it, and nothing leads by one that has no way yet."""
    if len(audience.channels) == 1 or not audience.promo:
        ways = [_LED[channel] for channel in leads]
    else:
        ways = [f"(s.channel = '{channel.value}' AND {_LED[channel]})" for channel in leads]
    return "(" + (" OR ".join(ways) or "FALSE") + ")"
