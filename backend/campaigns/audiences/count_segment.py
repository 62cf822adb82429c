"""How many a tree means, while it is being built: nobody is written to, nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.platform.context import Context
from backend.platform.words import LANGUAGES
from backend.segments.audience import (
    MOST_CAPPED,
    Audience,
    Caps,
    count_capped,
    count_people,
)
from backend.segments.sentence import sentence
from backend.segments.where import Tree, asks_sealed
from backend.segments.whose import whose
from catalog.messaging_rules import messaging_rules
from models.channel import ChannelName

# Of what is made of sealed answers no count may tell of one person.
ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """`sentence` by language. `rounded`: every number is down to tens, because answers of people
    are asked for. `capped`: of the recipients, whoever has heard as much as the account's rules
    allow by now; None without caps, or of more than MOST_CAPPED."""

    meant: int
    recipients: int
    left_out: dict[str, int]
    rounded: bool
    sentence: dict[str, str]
    capped: int | None = None


async def count_segment(
    ctx: Context, brand_id: int, tree: Tree | None, channels: Sequence[ChannelName], *, promo: bool
) -> SegmentCount:
    """`channels`: one or more, as a campaign would try them."""
    audience = Audience(await whose(brand_id), tree, tuple(channels), promo=promo)
    counted = await count_people(audience, ctx.clock())
    capped = await _capped(audience, counted.recipients, ctx.clock())
    rounded = asks_sealed(tree)

    def shown(number: int) -> int:
        return number // ROUNDED_TO * ROUNDED_TO if rounded else number

    return SegmentCount(
        shown(counted.meant),
        shown(counted.recipients),
        {name: shown(number) for name, number in counted.left_out().items()},
        rounded,
        {language: sentence(tree, language) for language in LANGUAGES},
        None if capped is None else shown(capped),
    )


async def _capped(audience: Audience, recipients: int, now: datetime) -> int | None:
    rules = await messaging_rules(audience.brand.account_id)
    caps = Caps(rules.per_day, rules.per_week)
    if not audience.promo or caps == Caps(0, 0) or recipients > MOST_CAPPED:
        return None
    return await count_capped(audience, caps, now)
