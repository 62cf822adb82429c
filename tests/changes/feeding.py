"""What the feed's tests share: everything that is due, told; and the feed as it stands."""

from typing import Any

from backend.platform.context import Context
from backend.reactions import reactions
from backend.worker.schedules import tell_feeds
from models.account import Account
from models.account_change import AccountChange
from tests.support.outbox import run_due


async def settle(ctx: Context) -> None:
    await run_due(ctx, reactions({}, ctx.clock))
    while await tell_feeds():
        continue


async def told(account: Account) -> list[tuple[str, dict[str, Any]]]:
    """Kind and data, in order."""
    found = await AccountChange.filter(account_id=account.id).order_by("seq")
    return [(each.kind, each.data) for each in found]


async def kinds(account: Account) -> list[str]:
    return [kind for kind, _ in await told(account)]
