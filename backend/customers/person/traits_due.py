"""When traits of people are looked at anew: something has happened to them, a birthday has passed,
a program asks for more than before."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from backend.customers.person.traits import BATCH, look_at_traits
from backend.events.cards import CardIssued
from backend.outbox.happened import Happened
from backend.outbox.reaction import Failed
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from catalog.days import day_in
from models.card import CardOrigin

# of all: whoever can be asked of by somebody
_ASKING = """
SELECT id FROM programs WHERE CAST(questionnaire AS TEXT) LIKE '%"birth_date"%'
    OR CAST(questionnaire AS TEXT) LIKE '%"gender"%' LIMIT 1
"""
# of all: birthdays come by the clock
_PASSED = "SELECT customer_id FROM traits WHERE look_at <= $1 ORDER BY look_at LIMIT $2"
# Cards, which merely refer to the program, are not held up.
# of all: questionnaires that have changed
_BEHIND = """
SELECT id, traits_up_to FROM programs WHERE traits_up_to IS NOT NULL ORDER BY id LIMIT 1{lock}
"""
# of all: the program in hand
_MOVE = "UPDATE programs SET traits_up_to = $2 WHERE id = $1"
# of all: of the program in hand
_PEOPLE = """
SELECT customer_id FROM cards WHERE program_id = $1 AND customer_id > $2
ORDER BY customer_id LIMIT $3
"""


def is_not_assigned(event: CardIssued) -> bool:
    """Whoever comes for an assigned card claims it in the same transaction: they are looked at
    then."""
    return event.origin != CardOrigin.ASSIGNED.value


async def whom_somebody_asks(events: Sequence[Any]) -> Sequence[Any]:
    """None of the events, where no program asks for anything."""
    return events if await rows(_ASKING) else []


async def look_at_people(ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
    await look_at_traits(ctx, [each.event.customer_id for each in happened])
    return {}


async def look_at_birthdays(ctx: Context) -> int:
    """A batch of those whose birthday has passed; how many of their traits it was."""
    found = await rows(_PASSED, [day_in(UTC, ctx.clock()), BATCH])
    if found:
        await look_at_traits(ctx, sorted({row["customer_id"] for row in found}))
    return len(found)


async def look_at_programs(ctx: Context) -> int:
    """A batch of those who have or had a card of a program whose questionnaire has changed; BATCH
    while there is more to do. Killed in between it does the batch again."""
    async with transaction():
        behind = await rows(_BEHIND.format(lock=" FOR NO KEY UPDATE" if is_postgres() else ""))
        if not behind:
            return 0
        (program,) = behind
        found = await rows(_PEOPLE, [program["id"], program["traits_up_to"], BATCH])
        people = [row["customer_id"] for row in found]
        await look_at_traits(ctx, people)
        await rows(_MOVE, [program["id"], people[-1] if len(people) == BATCH else None])
    return BATCH
