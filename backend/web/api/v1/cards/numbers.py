"""The number pools of programs: how many there are, and more of them."""

from collections.abc import Mapping
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.give_numbers import count_numbers, give_numbers
from backend.brands.keys import program_of
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.v1.shared import without_nothing
from catalog.entries.number import NumberEntry
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from models.refusal import Code

DOOR = "api:v1/numbers"
MOST = 1000
_NUMBERS = Listed(
    MOST,
    "has {} numbers",
    f"1 to {MOST}",
    least=1,
    wanted="a list of numbers",
    by="printed_number",
    at="printed_number",
    again="is {} again",
)
POOL: Mapping[str, Any] = {
    "program": "lavka-card",
    "level": "ok",
    "free": 4812,
    "reserved": 3,
    "issued": 185,
    "quarantined": 0,
    "empty_in_days": 720,
}


class PoolShown(BaseModel):
    """How many numbers a program has."""

    program: str = Field(description="The key of the program.")
    level: str = Field(description="ok, low or empty: whether there will be cards.")
    free: int = Field(description="May be issued.")
    reserved: int = Field(description="Wait for somebody who is on the way to a card.")
    issued: int = Field(description="Somebody's cards.")
    quarantined: int = Field(description="Set aside: somebody has or had them, or may have.")
    empty_in_days: int | None = Field(
        default=None,
        description="When none is left, if as many are taken as in the last four weeks.",
    )


class NumbersAdded(PoolShown):
    """What became of the numbers, and how many there are now."""

    given: int = Field(description="How many were given.")
    new: int = Field(description="How many of them were not there before.")


class NumbersGiven(Entry):
    """Free numbers, each once."""

    numbers: Annotated[tuple[NumberEntry, ...], _NUMBERS] = Field(
        description="What people read and what the barcode carries.",
        examples=[[{"printed_number": "4600 0000 0001 5"}]],
    )


async def around(asked: Asked) -> Around:
    program = await program_of(asked.scope, asked.path["program"])
    return Around(ZoneInfo("UTC"), barcode_format=program.barcode_format)


async def count(asked: Asked) -> Answer:
    return Answer(await _pool(asked))


async def _pool(asked: Asked) -> dict[str, Any]:
    program = await program_of(asked.scope, asked.path["program"])
    counted = await count_numbers(program, asked.ctx.clock())
    told = {"program": program.key, "level": program.pool_level.value, **counted.by_status}
    return without_nothing({**told, "empty_in_days": counted.empty_in_days})


async def add(asked: Asked) -> Answer:
    numbers = asked.entered(NumbersGiven).numbers
    new = await give_numbers(asked.ctx, asked.scope, asked.path["program"], numbers)
    return Answer({**await _pool(asked), "given": len(numbers), "new": new})


OPERATIONS = (
    Operation(
        "GET", "/programs/{program}/numbers", DOOR, Right.NUMBERS_READ, "Count card numbers",
        count, PoolShown, Query, example=POOL, refusals=(Code.PROGRAM_NOT_FOUND,),
    ),
    Operation(
        "POST", "/programs/{program}/numbers", DOOR, Right.NUMBERS_WRITE, "Add free numbers", add,
        NumbersAdded, Query, body=NumbersGiven, around=around, changes_catalog=True,
        body_example={"numbers": [{"printed_number": "4600 0000 0001 5"}]},
        example={**POOL, "given": 1, "new": 1}, refusals=(Code.PROGRAM_NOT_FOUND,),
        about=f"At most {MOST} at a time. A number that is there already is left as it is.",
    ),
)  # fmt: skip
