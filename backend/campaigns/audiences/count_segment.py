"""How many a tree means, while it is being built: nobody is written to, nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.platform.context import Context
from backend.platform.words import LANGUAGES
from backend.segments.audience import Audience, count_people
from backend.segments.sentence import sentence
from backend.segments.where import Tree, asks_sealed
from backend.segments.whose import whose
from models.channel import ChannelName

# Of what is made of sealed answers no count may tell of one person.
ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """`sentence` by language. `rounded`: every number is down to tens, because answers of people
    are asked for."""

    meant: int
    recipients: int
    left_out: dict[str, int]
    rounded: bool
    sentence: dict[str, str]


async def count_segment(
    ctx: Context, brand_id: int, tree: Tree | None, channels: Sequence[ChannelName], *, promo: bool
) -> SegmentCount:
    """`channels`: one or more, as a campaign would try them."""
    audience = Audience(await whose(brand_id), tree, tuple(channels), promo=promo)
    counted = await count_people(audience, ctx.clock())
    rounded = asks_sealed(tree)

    def shown(number: int) -> int:
        return number // ROUNDED_TO * ROUNDED_TO if rounded else number

    return SegmentCount(
        shown(counted.meant),
        shown(counted.recipients),
        {name: shown(number) for name, number in counted.left_out().items()},
        rounded,
        {language: sentence(tree, language) for language in LANGUAGES},
    )
