"""Numbers that were set aside: which, why, and free again."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import program_of
from backend.cards.pool.leave_quarantine import leave_quarantine
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.cards.numbers import DOOR, MOST
from backend.web.api.v1.shared import instant, without_nothing
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.texts import Text
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code

_PATH = "/programs/{program}/numbers/quarantine"
_NUMBERS = Listed(MOST, "has {} numbers", f"1 to {MOST}", least=1, wanted="a list of numbers")
EXAMPLE: Mapping[str, Any] = {
    "number": "4600 0000 0001 5",
    "barcode_value": "4600000000015",
    "since": "2026-11-27T12:30:00Z",
    "reason": "replaced",
}


class SetAside(BaseModel):
    """A number that is given to nobody."""

    number: str = Field(description="What people read.")
    barcode_value: str = Field(description="What the barcode carries.")
    since: str = Field(description="Since when.")
    reason: str | None = Field(
        default=None,
        description="replaced: a card had it before; restored:…: a restored backup may not know "
        "who has it; left out: its owner's data was deleted, or somebody carried it already.",
    )


class NumbersToFree(Entry):
    """Numbers that nobody has."""

    numbers: Annotated[tuple[Annotated[str, Text(128)], ...], _NUMBERS] = Field(
        description="As people read them.", examples=[["4600 0000 0001 5"]]
    )


class NumbersFreed(BaseModel):
    """What became of them."""

    freed: list[str] = Field(description="May be given again.")
    kept: list[str] = Field(description="Were not set aside, or stay so: somebody may have them.")


async def every(asked: Asked) -> Answer:
    program = await program_of(asked.scope, asked.path["program"])

    async def show(rows: Sequence[PoolNumber]) -> list[Shown]:
        return [_number(row) for row in rows]

    found = asked.scope.pools().filter(program_id=program.id, status=NumberStatus.QUARANTINED)
    return await page(asked, found, show)


def _number(row: PoolNumber) -> dict[str, Any]:
    return without_nothing(
        {
            "number": row.printed_number,
            "barcode_value": row.barcode_value,
            "since": instant(row.changed_at),
            "reason": row.reason,
        }
    )


async def free(asked: Asked) -> Answer:
    program = await program_of(asked.scope, asked.path["program"])
    given = list(dict.fromkeys(asked.entered(NumbersToFree).numbers))
    freed = await leave_quarantine(asked.ctx, program, given)
    told = {"freed": [each for each in given if each in freed]}
    return Answer({**told, "kept": [each for each in given if each not in freed]})


OPERATIONS = (
    Operation(
        "GET", _PATH, DOOR, Right.NUMBERS_READ, "List numbers that were set aside", every,
        SetAside, ListQuery, example=EXAMPLE, paged=True, refusals=(Code.PROGRAM_NOT_FOUND,),
    ),
    Operation(
        "POST", _PATH + "/release", DOOR, Right.NUMBERS_WRITE, "Give numbers free again", free,
        NumbersFreed, Query, body=NumbersToFree, changes_catalog=True,
        body_example={"numbers": ["4600 0000 0001 5", "4600 0000 0002 2"]},
        example={"freed": ["4600 0000 0001 5"], "kept": ["4600 0000 0002 2"]},
        refusals=(Code.PROGRAM_NOT_FOUND,),
        about="When you know that nobody has them. Those of replaced cards, and those that a card "
        "has or had, stay set aside.",
    ),
)  # fmt: skip
