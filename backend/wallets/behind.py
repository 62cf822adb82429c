"""What all cards of a program show has changed: their passes are looked at anew by a schedule, one
batch after the other, from the first one to the last."""

from datetime import UTC

from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.wallets.settle import AT_ONCE, settle_held
from catalog.days import day_in

# of all: of the program, brand or account in hand
_FROM_THE_FIRST = "UPDATE programs SET passes_up_to = 0 WHERE {which}"
# Cards, which merely refer to the program, are not held up.
# of all: designs that have changed
_BEHIND = """
SELECT id, passes_up_to FROM programs WHERE passes_up_to IS NOT NULL ORDER BY id LIMIT 1{lock}
"""
# of all: of the program in hand
_PASSES = """
SELECT w.id FROM wallet_passes w JOIN cards c ON c.id = w.card_id
WHERE c.program_id = $1 AND w.id > $2 ORDER BY w.id LIMIT $3
"""
# of all: the program in hand
_MOVE = "UPDATE programs SET passes_up_to = $2 WHERE id = $1"
# People come into segments and leave them without anybody's doing.
# of all: by the clock
_BY_THE_DAY = """
UPDATE programs SET passes_up_to = 0, passes_on = $1
WHERE (passes_on IS NULL OR passes_on < $1) AND id IN (
    SELECT program_id FROM card_designs WHERE CAST(design AS TEXT) LIKE '%"segment"%')
"""


async def passes_behind(program_id: int) -> None:
    """Inside the transaction that changes what is shown, as the next two."""
    await rows(_FROM_THE_FIRST.format(which="id = $1"), [program_id])


async def passes_of_brand_behind(brand_id: int) -> None:
    # of all: of the brand in hand
    which = "id IN (SELECT program_id FROM brands WHERE id = $1)"
    await rows(_FROM_THE_FIRST.format(which=which), [brand_id])


async def passes_of_account_behind(account_id: int) -> None:
    await rows(_FROM_THE_FIRST.format(which="account_id = $1"), [account_id])


async def settle_programs(ctx: Context) -> int:
    """A batch; AT_ONCE while there may be more to do. Killed in between it does the batch again."""
    await rows(_BY_THE_DAY, [day_in(UTC, ctx.clock())])
    async with transaction():
        behind = await rows(_BEHIND.format(lock=" FOR NO KEY UPDATE" if is_postgres() else ""))
        if not behind:
            return 0
        (program,) = behind
        found = await rows(_PASSES, [program["id"], program["passes_up_to"], AT_ONCE])
        ids = [row["id"] for row in found]
        if ids:
            await settle_held(ctx, ids)
        await rows(_MOVE, [program["id"], ids[-1] if len(ids) == AT_ONCE else None])
    return AT_ONCE
