"""Turn advertising off: of one brand by one channel, of one brand, or all of it."""

from datetime import datetime

from backend.consents.record import write_answers
from backend.consents.standing_answers import StandingAnswer, standing_answers
from backend.consents.withdrawal import after, withdrawals
from backend.events.people import ConsentWithdrawn
from backend.outbox.announce import announce
from backend.platform.context import ActorKind, Context
from backend.platform.database import transaction
from backend.platform.watch.metrics import TAP_TO_STOP
from models.consent_document import ConsentPurpose


async def stop_advertising(
    ctx: Context,
    customer_id: int,
    *,
    account_id: int | None = None,
    brand_id: int | None = None,
    channel: str | None = None,
    tapped_at: datetime | None = None,
) -> list[StandingAnswer]:
    """What was on and is off now; doing it again finds nothing. Without a brand: of every
    brand, of `account_id` alone when that is given; without a channel: by every channel.

    It holds from the commit: the gate is asked at each hand-over to a channel. `tapped_at`:
    when the person's tap arrived, for the measured time to the stop.
    """
    context = {"tapped_at": tapped_at.isoformat()} if tapped_at is not None else {}
    async with transaction():
        everything = await standing_answers(customer_id, locked=True)
        on = [each for each in everything if _meant(each, account_id, brand_id, channel)]
        now = after(ctx.clock(), on)
        await write_answers(await withdrawals(ctx, customer_id, on, context), customer_id, now)
        for event in _events(customer_id, on, for_them=ctx.actor.kind is ActorKind.KEY):
            await announce(now, event)
    ctx.wake.set()
    if tapped_at is not None and on:
        TAP_TO_STOP.observe(max(0.0, (ctx.clock() - tapped_at).total_seconds()))
    return on


def _meant(
    each: StandingAnswer, account_id: int | None, brand_id: int | None, channel: str | None
) -> bool:
    return (
        each.purpose is ConsentPurpose.ADVERTISING
        and each.granted
        and account_id in {None, each.account_id}
        and brand_id in {None, each.subject_id}
        and channel in {None, each.channel}
    )


def _events(
    customer_id: int, off: list[StandingAnswer], *, for_them: bool
) -> list[ConsentWithdrawn]:
    """One per brand."""
    brands: dict[tuple[int, int], list[str]] = {}
    for each in off:
        brands.setdefault((each.account_id, each.subject_id), []).append(each.channel)
    return [
        ConsentWithdrawn(
            customer_id=customer_id,
            account_id=account_id,
            purpose=ConsentPurpose.ADVERTISING.value,
            brand_id=brand_id,
            channels=",".join(channels),
            for_them=for_them,
        )
        for (account_id, brand_id), channels in brands.items()
    ]
