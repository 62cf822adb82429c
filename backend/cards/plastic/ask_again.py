"""A plastic card about which the brand's system said nothing: it is asked again, and whoever waits
hears when it answers.

The number stands sealed in the finding; what the system says of it is heard when its owner goes
on, from their own tap.
"""

from datetime import timedelta

from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.seen_card import FINDING, KEPT, SeenCard
from backend.events.numbers import PlasticCanBeAdded
from backend.outbox.announce import announce_all
from backend.partners.answered import answered
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from models.card_finding import CardFinding
from models.program import Program
from models.refusal import Code, Refusal

# Long enough for a second tap of their own, short enough to be worth the wait.
FIRST = timedelta(seconds=20)
# While it is silent; one question for all who wait for the program.
AGAIN = timedelta(seconds=30)
BATCH = 200
# of all: those who wait for any system
_DUE = """
SELECT DISTINCT b.program_id FROM card_findings f JOIN offers o ON o.id = f.offer_id
JOIN brands b ON b.id = o.brand_id WHERE f.ask_at <= $1 LIMIT 50
"""
_OF_PROGRAM = """
SELECT f.id FROM card_findings f JOIN offers o ON o.id = f.offer_id
JOIN brands b ON b.id = o.brand_id WHERE f.ask_at IS NOT NULL AND b.program_id = {program}
"""
# of all: those who wait for the program in hand
_FIRST = f"{_OF_PROGRAM.format(program='$1')} AND f.created_at > $2 ORDER BY f.id DESC LIMIT 1"
# of all: those who wait for the program in hand
_LATER = f"""
UPDATE card_findings SET ask_at = $1 WHERE id IN ({_OF_PROGRAM.format(program="$2")})
"""  # noqa: S608
# of all: those who wait for the program in hand
_OVER = f"""
UPDATE card_findings SET ask_at = NULL WHERE id IN (
    {_OF_PROGRAM.format(program="$1")} ORDER BY f.id LIMIT $2)
RETURNING id, customer_id, offer_id
"""  # noqa: S608


async def wait_for_answer(ctx: Context, finding_id: int, offer_id: int) -> None:
    """From now on it is asked again for the card of this offer's brand; once more changes
    nothing but the time."""
    async with transaction():
        # of all: a finding that was found to be the person's
        found = CardFinding.filter(id=finding_id)
        await found.update(offer_id=offer_id, ask_at=ctx.clock() + FIRST)


async def no_longer_waits(finding_id: int) -> None:
    """Its owner has gone on by themselves."""
    async with transaction():
        # of all: a finding that was found to be the person's
        await CardFinding.filter(id=finding_id, ask_at__isnull=False).update(ask_at=None)


async def ask_again(ctx: Context) -> int:
    """Ask for each program for which somebody's turn has come; returns how many hear of it. One
    process at a time does it; killed after the answer, it asks again."""
    told = 0
    for row in await rows(_DUE, [ctx.clock()]):
        # of all: a program for which somebody waits
        program = await Program.get(id=row["program_id"])
        if await _answers(ctx, program):
            told += await _announce(ctx, program.id)
        else:
            async with transaction():
                await rows(_LATER, [ctx.clock() + AGAIN, program.id])
    return told


async def _answers(ctx: Context, program: Program) -> bool:
    number = await _number(ctx, program)
    if number is None:
        return True
    spelled = number.spelled(program.barcode_format)
    try:
        await answered(ctx, program, lambda partner: partner.find_card(ctx, program, spelled))
    except Refusal as refusal:
        return refusal.code is not Code.TRY_LATER
    return True


async def _number(ctx: Context, program: Program) -> PlasticNumber | None:
    """Of whoever came last; None when what was kept is gone."""
    found = await rows(_FIRST, [program.id, ctx.clock() - KEPT])
    if not found:
        return None
    # of all: a finding for whose program somebody waits
    finding = await CardFinding.get(id=found[0]["id"]).select_related("customer")
    opened = FINDING.open(ctx, finding.customer, finding.sealed)
    return None if opened is None else SeenCard(**opened).scanned()


async def _announce(ctx: Context, program_id: int) -> int:
    told = 0
    while True:
        async with transaction():
            over = await rows(_OVER, [program_id, BATCH])
            over.sort(key=lambda row: int(row["id"]))
            made = [PlasticCanBeAdded(r["id"], r["customer_id"], r["offer_id"]) for r in over]
            await announce_all(ctx.clock(), made)
        told += len(over)
        if len(over) < BATCH:
            break
    if told:
        ctx.wake.set()
    return told


async def offer_of(customer_id: int, finding_id: int) -> int:
    """For which brand's card a finding waited. Refuses with finding_gone, also for somebody
    else's."""
    found = await CardFinding.get_or_none(id=finding_id, customer_id=customer_id)
    if found is None or found.offer_id is None:
        raise Refusal(Code.FINDING_GONE)
    return int(found.offer_id)
