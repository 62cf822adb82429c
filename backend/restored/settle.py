"""`karman restored`: after it, nothing that was handed out in the lost time is handed out again."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from backend.restored.mark_lags import lost_cards
from backend.restored.notice import notice, opened_row
from backend.restored.unsettled import unsettled
from models.audit_entry import Verb
from models.card import Card
from models.pool_number import free_numbers
from models.program import Program
from models.restoration import NoticedBy, Restoration, RestorationState
from models.verification import Verification, VerificationState

# Claims that were rolled back leave a lower number free than the last one that was given.
SPARE = 50
SAME_LOSS = timedelta(hours=1)
_AT_ONCE = 500
# of all: numbers of the program $3
_NEXT = f"""
UPDATE pool_numbers SET status = 'quarantined', reason = $1, changed_at = $2
WHERE id IN ({free_numbers("$3", "id", most="$4")})
AND status = 'free' RETURNING id
"""  # noqa: S608  put together from constants
_NAMED = """
UPDATE pool_numbers SET status = 'quarantined', reason = $1, changed_at = $2
WHERE program_id = $3 AND status = 'free'
AND (printed_number IN ({these}) OR barcode_value IN ({these}))
RETURNING id
"""
# of all: the operator settles every pool
_HELD = """
SELECT program_id, count(*) AS held FROM pool_numbers WHERE reason = $1 GROUP BY program_id
"""
# Whoever opened one in the lost time holds the card's barcode; the link would work once more.
# of all: after a loss no invitation holds
_INVITATIONS = """
UPDATE card_shares SET revoked_at = $1 WHERE accepted_at IS NULL AND revoked_at IS NULL
"""


class SkipUnknown(ValueError):
    """Nothing tells how many numbers may have been given: the operator must say."""


@dataclass(frozen=True, slots=True)
class Settled:
    """`set_aside`: program key → how many numbers in all for this loss. `again` when it had
    been settled before and no card was made since."""

    row: Restoration
    set_aside: dict[str, int]
    again: bool


async def settle_restored(
    ctx: Context, skip: int | None, issued: Mapping[str, Collection[str]]
) -> Settled:
    """`issued` names, by program key, the numbers that the brand knows to be given: of those
    programs these are set aside and no others. Of every other program the next `skip` free
    ones are; None: as many as may be lost. All or nothing; to be repeated without harm.

    Raises SkipUnknown.
    """
    again = await _settled_just_now(ctx)
    if again is None:
        await _noticed(ctx)
    async with transaction():
        row = again or await opened_row()
        row.set_aside = await _set_aside(ctx, row, _wanted(row, skip), issued)
        await _end_what_is_short_lived(ctx)
        # The operator's word settles what this machine's mark knows.
        row.lost = max(row.lost or 0, skip or 0, await lost_cards(ctx))
        row.state, row.settled_at = RestorationState.SETTLED, ctx.clock()
        await row.save()
        await note(ctx, Verb.SETTLE_LOSS, "restoration", row.id, sum(row.set_aside.values()))
    return Settled(row, row.set_aside, again is not None)


async def _settled_just_now(ctx: Context) -> Restoration | None:
    """The command typed twice is one loss: nothing is open, the last one was settled within
    the hour, and no card was made since."""
    last = await Restoration.all().order_by("-id").first()
    if last is None or last.settled_at is None or last.settled_at < ctx.clock() - SAME_LOSS:
        return None
    # of all: any card made since
    return None if await Card.filter(id__gt=last.ids_from or 0).exists() else last


async def _noticed(ctx: Context) -> None:
    """A loss that nothing but the operator has noticed is written down first."""
    standing = await unsettled()
    if standing is None or standing.ids_from is None:
        await notice(ctx, standing.noticed_by if standing else NoticedBy.OPERATOR, None)


def _wanted(row: Restoration, skip: int | None) -> int | None:
    if skip is not None:
        return skip
    return None if row.lost is None else row.lost + SPARE


def _reason(row: Restoration) -> str:
    return f"restored:{row.id}"


async def _set_aside(
    ctx: Context, row: Restoration, wanted: int | None, issued: Mapping[str, Collection[str]]
) -> dict[str, int]:
    """Program key → how many numbers are set aside for this loss, now and before. Of every
    program that `issued` does not name, `wanted` in all. Raises SkipUnknown."""
    held = await _held(row)
    # of all: the operator settles every pool
    programs = await Program.all().order_by("id")
    for program in programs:
        if program.key in issued:
            held[program.id] += await _set_aside_named(ctx, row, program, issued[program.key])
        elif wanted is None:
            raise SkipUnknown(program.key)
        else:
            more = wanted - held[program.id]
            held[program.id] += await _set_aside_next(ctx, row, program, more)
    return {program.key: held[program.id] for program in programs}


async def _held(row: Restoration) -> Counter[int]:
    """Program id → how many numbers were set aside for this loss before."""
    found = await rows(_HELD, [_reason(row)])
    return Counter({int(each["program_id"]): int(each["held"]) for each in found})


async def _set_aside_next(ctx: Context, row: Restoration, program: Program, more: int) -> int:
    if more <= 0:
        return 0
    return len(await rows(_NEXT, [_reason(row), ctx.clock(), program.id, more]))


async def _set_aside_named(
    ctx: Context, row: Restoration, program: Program, numbers: Collection[str]
) -> int:
    changed, waiting = 0, iter(numbers)
    while batch := list(islice(waiting, _AT_ONCE)):
        these = ", ".join(f"${place}" for place in range(4, 4 + len(batch)))
        statement = _NAMED.format(these=these)
        changed += len(await rows(statement, [_reason(row), ctx.clock(), program.id, *batch]))
    return changed


async def _end_what_is_short_lived(ctx: Context) -> None:
    """Codes and links in letters that were used in the lost time would work once more."""
    now = ctx.clock()
    await Verification.filter(
        state__in=(VerificationState.OPEN, VerificationState.PROVEN), expires_at__gt=now
    ).update(expires_at=now)
    await rows(_INVITATIONS, [now])
