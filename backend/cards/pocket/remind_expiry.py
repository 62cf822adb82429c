"""A card is about to end: its owner is told 14 and 3 days before, in the daytime where he is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.cards.pocket.expiry import USUAL_ZONE, days_left
from backend.cards.pocket.one_by_one import one_by_one
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.days import day_here
from catalog.spoken import spoken
from models.card import CardStatus
from models.message import MessagePurpose
from models.wallet_entry import WalletEntry

STAGES = (3, 14)
DAYTIME = range(10, 20)
BATCH = 500


async def remind_expiry(ctx: Context, post: GatedChannels) -> int:
    """Everybody who is due now; returns how many were told. Raises what one_by_one raises."""
    now = ctx.clock()
    near = WalletEntry.filter(
        expires_at__gt=now - timedelta(days=2),
        expires_at__lt=now + timedelta(days=max(STAGES) + 2),
        card__status=CardStatus.ACTIVE,
        card__removed_at__isnull=True,
        card__hidden=False,
    )

    async def remind(entry: WalletEntry) -> bool:
        return await _remind(ctx, post, entry, now)

    told, last = 0, 0
    while True:
        found = await (
            near.filter(id__gt=last)
            .order_by("id")
            .limit(BATCH)
            .select_related("card__brand", "customer__city")
        )
        told += await one_by_one("expiry", found, remind)
        last = found[-1].id if found else last
        if len(found) < BATCH:
            return told


async def _remind(ctx: Context, post: GatedChannels, entry: WalletEntry, now: datetime) -> bool:
    city = entry.customer.city
    here = now.astimezone(ZoneInfo(city.timezone) if city is not None else USUAL_ZONE)
    stage = due_stage(entry, here)
    if stage is None or here.hour not in DAYTIME:
        return False
    way = await reach(entry.customer_id)
    if way is None:
        return False
    await deliver(ctx, post, _draft(entry, stage, here), way.channel)
    async with transaction():
        await WalletEntry.filter(id=entry.id).update(reminded_at=now)
    return True


def due_stage(entry: WalletEntry, here: datetime) -> int | None:
    """14, 3, or None: not yet, over, or told at this stage already."""
    assert entry.expires_at is not None
    left = days_left(entry.expires_at, here)
    stage = next((days for days in STAGES if 0 <= left <= days), None)
    if stage is None:
        return None
    begun = day_here(here, entry.expires_at) - timedelta(days=stage)
    reminded = entry.reminded_at
    if reminded is not None and day_here(here, reminded) >= begun:
        return None
    return stage


def _draft(entry: WalletEntry, stage: int, here: datetime) -> Draft:
    assert entry.expires_at is not None
    day = day_here(here, entry.expires_at)
    brand = entry.card.brand
    # A name that only the owner knows is written down nowhere in the clear: the number's end
    # stands for it.
    name = f"…{entry.card.printed_number[-4:]}"
    if brand is not None:
        name = spoken(brand, "name", entry.customer.language)
    return Draft(
        once=f"expiry:{entry.card_id}:{day.isoformat()}:{stage}",
        customer_id=entry.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind="card-expires",
        data={
            "name": name,
            "days": days_left(entry.expires_at, here),
        },
        action=Action(ActionKind.OPEN_CARD, entry.card_id),
        card_id=entry.card_id,
    )
