"""The schedule: people who want to hear of new brands in their city, and brands that have joined
since they were told. backend.cards.pocket.reminders.tell_news tells them."""

from collections.abc import Collection, Mapping

from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.partner_match import same_name
from backend.events.brands import BrandsOpened
from backend.messaging.reach import reachable
from backend.outbox.announce import announce_all
from backend.platform.context import Context
from backend.platform.database import loaded, rows, transaction
from backend.platform.watch.use_case_log import log_of
from catalog.shelves.joined import newest_joined, news_in
from models.card import CardOrigin, CardStatus
from models.customer import Customer
from models.offer import Offer
from models.wallet_entry import WalletEntry

BATCH = 200
# Of one message.
MOST = 20
# As its index has it: `hears_of_brands = $1` would look at everybody.
# of all: whoever wants to hear of it
_WAITING = """
SELECT * FROM customers
WHERE hears_of_brands AND brands_until < $1 AND data_key IS NOT NULL
ORDER BY brands_until, id LIMIT $2
"""


async def announce_news(ctx: Context) -> int:
    """One batch of people; returns how many were looked at, BATCH when there may be more."""
    newest = await newest_joined()
    waiting = [loaded(Customer, row) for row in await rows(_WAITING, [newest, BATCH])]
    if waiting:
        await _announce(ctx, newest, await _found(ctx, waiting))
    return len(waiting)


async def _found(ctx: Context, people: list[Customer]) -> dict[int, list[Offer]]:
    """By customer, whoever there is nothing for too."""
    since = min(each.brands_until for each in people)
    cities = {each.city_id for each in people}
    news = {city: await news_in(ctx.clock(), city, since, MOST) for city in cities}
    there = await reachable({each.id for each in people})
    carried = await _carried(ctx, people) if any(news.values()) else {}
    found: dict[int, list[Offer]] = {each.id: [] for each in people}
    for each in people:
        later = [o for o in news[each.city_id] if (o.brand.joined_seq or 0) > each.brands_until]
        names = carried.get(each.id, ())
        # Of a brand whose card they carry they hear by that card.
        new = [o for o in later if not any(same_name(name, o.brand) for name in names)]
        found[each.id] = new if each.id in there else []
    return found


async def _carried(ctx: Context, people: Collection[Customer]) -> Mapping[int, list[str]]:
    """The names of their own cards."""
    by_id = {each.id: each for each in people}
    entries = WalletEntry.filter(
        customer_id__in=list(by_id),
        card__origin=CardOrigin.EXTERNAL,
        card__status=CardStatus.ACTIVE,
        card__removed_at__isnull=True,
    )
    names: dict[int, list[str]] = {}
    for entry in await entries:
        try:
            name = read_notes(ctx, by_id[entry.customer_id], entry).name
        except Exception:  # noqa: BLE001  told below, and stops no other
            # One damaged row concerns one person, who hears of a brand once more than needed.
            log_of(ctx, __name__).exception("a card cannot be read", card=entry.card_id)
            continue
        names.setdefault(entry.customer_id, []).append(name)
    return names


async def _announce(ctx: Context, newest: int, found: Mapping[int, list[Offer]]) -> None:
    """Each person once, also with two processes at it."""
    marks = ", ".join(f"${n}" for n in range(2, len(found) + 2))
    async with transaction():
        # of all: the people who were looked at above
        mine = await rows(
            f"UPDATE customers SET brands_until = $1 WHERE id IN ({marks})"  # noqa: S608
            " AND brands_until < $1 AND hears_of_brands RETURNING id",
            [newest, *found],
        )
        ids = sorted(row["id"] for row in mine)
        events = [
            BrandsOpened(each, [offer.brand_id for offer in found[each]], newest)
            for each in ids
            if found[each]
        ]
        await announce_all(ctx.clock(), events)
    ctx.wake.set()
