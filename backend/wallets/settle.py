"""What passes show is compared with what they showed: of those that differ the wallet is told.

Versions follow the commits: whoever gives one holds the wallet's count until the end of the
transaction, so that a device that was answered «up to 17» never misses a 16. The count is never
behind the clock, in milliseconds: after a backup was restored no version is given again that a
device knows already.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.wallets.face_of import digests
from models.wallet_pass import WalletKind, WalletPass

AT_ONCE = 50
_COUNT = """
INSERT INTO wallet_counts (wallet, version) VALUES ($1, CAST($2 AS BIGINT) + $3)
ON CONFLICT (wallet) DO UPDATE SET version = $3 + CASE
    WHEN wallet_counts.version < CAST($2 AS BIGINT) THEN CAST($2 AS BIGINT)
    ELSE wallet_counts.version END
RETURNING version
"""


async def settle(ctx: Context, pass_ids: Collection[int]) -> int:
    """How many show something else than before. A transaction for each AT_ONCE of them."""
    ids, changed = sorted(set(pass_ids)), 0
    for start in range(0, len(ids), AT_ONCE):
        async with transaction():
            changed += await settle_held(ctx, ids[start : start + AT_ONCE])
    return changed


async def settle_held(ctx: Context, pass_ids: Sequence[int]) -> int:
    """Inside a transaction. The rows are held before it is asked what they show: of two that
    settle at once the later one has seen more."""
    # of all: the passes in hand
    held = await WalletPass.filter(id__in=pass_ids).order_by("id").select_for_update()
    shows = await digests(ctx, held)
    changed: dict[WalletKind, list[WalletPass]] = defaultdict(list)
    for row in held:
        digest, voided = shows[row.id]
        if digest != row.digest:
            row.digest = digest
            row.voided_at = (row.voided_at or ctx.clock()) if voided else None
            row.changed_at = _later(row.changed_at, ctx.clock())
            changed[row.wallet].append(row)
    for wallet in sorted(changed):
        await _numbered(wallet, changed[wallet], ctx.clock())
    return sum(map(len, changed.values()))


async def number_anew(ctx: Context, held: WalletPass) -> None:
    """Inside the transaction that holds the row: a phone has an older version than there is, and is
    told of the newest one as if it were new."""
    held.changed_at = _later(held.changed_at, ctx.clock())
    await _numbered(held.wallet, [held], ctx.clock())


async def _numbered(wallet: WalletKind, held: list[WalletPass], now: datetime) -> None:
    """The count last of all that is held: whoever holds it waits for nobody."""
    moment = int(now.timestamp() * 1000)
    last = int((await rows(_COUNT, [wallet.value, moment, len(held)]))[0]["version"])
    for row, version in zip(held, range(last - len(held) + 1, last + 1), strict=True):
        row.version = version
    # of all: the passes in hand
    await WalletPass.bulk_update(held, ["version", "digest", "changed_at", "voided_at"])


def _later(before: datetime, now: datetime) -> datetime:
    """Whole seconds, for HTTP knows no others: never the same twice."""
    return max(now.replace(microsecond=0), before.replace(microsecond=0) + timedelta(seconds=1))
