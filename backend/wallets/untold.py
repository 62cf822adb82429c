"""Passes of whose version their wallet has not been told: claimed in batches, by whichever process
is alive. Whoever dies in between is followed when the claim is over; telling twice does no harm.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from backend.platform.context import Context
from backend.platform.database import among, is_postgres, loaded, rows, transaction
from models.wallet_pass import WalletKind, WalletPass

CLAIM = timedelta(minutes=2)
_FIRST_REST, _LONGEST_REST = timedelta(seconds=15), timedelta(hours=6)
# Until somebody has put the settings right.
REFUSED_REST = timedelta(minutes=10)
# of all: whatever has changed in any program
_CLAIM = """
UPDATE wallet_passes SET rests_until = $3 WHERE id IN (
    SELECT id FROM wallet_passes WHERE wallet = $1 AND version > told
        AND (rests_until IS NULL OR rests_until <= $2)
    ORDER BY id LIMIT $4{lock})
RETURNING *
"""
# A version that came meanwhile is told next.
# of all: the passes in hand
_TOLD = """
UPDATE wallet_passes SET told = CASE WHEN told < x.column2 THEN x.column2 ELSE told END,
    rests_until = NULL, failures = 0
FROM (VALUES {told}) AS x WHERE wallet_passes.id = x.column1
"""
# of all: the passes in hand
_PUT_OFF = """
UPDATE wallet_passes SET rests_until = $2, failures = failures + 1 WHERE id {among}
"""


async def untold(ctx: Context, wallet: WalletKind, most: int) -> list[WalletPass]:
    """They rest for CLAIM, unless `mark_told` or `put_off` is called before."""
    now = ctx.clock()
    lock = " FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    found = await rows(_CLAIM.format(lock=lock), [wallet.value, now, now + CLAIM, most])
    return sorted((loaded(WalletPass, row) for row in found), key=lambda row: row.version)


async def mark_told(told: Collection[WalletPass]) -> None:
    """Of the versions that they were claimed with."""
    if told:
        pairs = ", ".join(
            f"(CAST(${2 * place + 1} AS BIGINT), CAST(${2 * place + 2} AS BIGINT))"
            for place in range(len(told))
        )
        values = [value for each in told for value in (each.id, each.version)]
        async with transaction():
            await _hold([each.id for each in told])
            await rows(_TOLD.format(told=pairs), values)


async def put_off(pass_ids: Collection[int], until: datetime) -> None:
    """The wallet does not take it now; `failures` counts."""
    async with transaction():
        await _hold(pass_ids)
        await rows(_PUT_OFF.format(among=among(1)), [list(pass_ids), until])


def rest_after(failures: int) -> timedelta:
    """How long what a wallet did not take rests: twice as long each time."""
    return min(_FIRST_REST * (1 << min(failures, 16)), _LONGEST_REST)


async def released(pass_ids: Collection[int], until: datetime) -> None:
    """Claimed, and not tried: it counts for nothing."""
    async with transaction():
        await _hold(pass_ids)
        # of all: the passes in hand
        await WalletPass.filter(id__in=pass_ids).update(rests_until=until)


async def _hold(pass_ids: Collection[int]) -> None:
    """In the order in which `settle` holds them: of two, none waits for the other."""
    # of all: the passes in hand
    await WalletPass.filter(id__in=pass_ids).order_by("id").select_for_update().only("id")
