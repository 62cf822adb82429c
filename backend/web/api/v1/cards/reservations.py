"""Reservations: a number is taken out of the pool, and then given to somebody or back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import program_of
from backend.cards.pool.end_reservation import end_reservation
from backend.cards.pool.reserve_number import reserve_number
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.cards.cards import Barcode
from backend.web.api.v1.cards.numbers import DOOR
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Whole, Word
from models.number_reservation import NumberReservation, ReservationState
from models.program import Program
from models.refusal import Code, Refusal

_PATH = "/programs/{program}/numbers/reservations"
_A_MONTH = 60 * 24 * 31
EXAMPLE: Mapping[str, Any] = {
    "id": 92,
    "program": "lavka-card",
    "number": "4600 0000 0001 5",
    "barcode": {"format": "ean13", "value": "4600000000015"},
    "state": "reserved",
    "created_at": "2026-11-27T12:30:00Z",
    "expires_at": "2026-11-27T13:00:00Z",
}


class ReservationShown(BaseModel):
    """A number that nobody else gets meanwhile."""

    id: int = Field(description="Of the reservation.")
    program: str = Field(description="The key of the program.")
    number: str = Field(description="What people read.")
    barcode: Barcode = Field(description="What the till scans.")
    state: str = Field(description="reserved, committed, released or expired.")
    created_at: str = Field(description="When it was asked for.")
    expires_at: str = Field(description="When the number is free again by itself.")
    ended_at: str | None = Field(default=None, description="When it was reserved no longer.")


class ReservationAsked(Entry):
    """For how long."""

    minutes: Annotated[int, Whole(1, _A_MONTH)] = Field(
        default=30, description="Then it is free again by itself.", examples=[30]
    )


class ReservationsQuery(ListQuery):
    """Which reservations."""

    state: Annotated[ReservationState | None, Word(ReservationState)] = Field(
        default=None, description="Only those that are so.", examples=["reserved"]
    )


def _reservation(program: Program, row: NumberReservation) -> dict[str, Any]:
    """The row comes with its number."""
    number = row.number
    barcode = {"format": program.barcode_format.value, "value": number.barcode_value}
    return without_nothing(
        {
            "id": row.id,
            "program": program.key,
            "number": number.printed_number,
            "barcode": barcode,
            "state": row.state.value,
            "created_at": instant(row.created_at),
            "expires_at": instant(row.expires_at),
            "ended_at": instant(row.ended_at),
        }
    )


async def _program(asked: Asked) -> Program:
    return await program_of(asked.scope, asked.path["program"])


async def _row(asked: Asked, program: Program, reservation_id: int) -> NumberReservation:
    found = asked.scope.reservations().filter(program_id=program.id, id=reservation_id)
    row = await found.select_related("number").first()
    if row is None:
        raise Refusal(Code.RESERVATION_NOT_FOUND)
    return row


async def reserve(asked: Asked) -> Answer:
    program = await _program(asked)
    made = await reserve_number(asked.ctx, program, asked.entered(ReservationAsked).minutes)
    row = await _row(asked, program, made.id)
    where = f"{PREFIX}{_PATH.format(program=program.key)}/{row.id}"
    return Answer(_reservation(program, row), where)


async def every(asked: Asked) -> Answer:
    program, state = await _program(asked), asked.asks(ReservationsQuery).state

    async def show(rows: Sequence[NumberReservation]) -> list[Shown]:
        return [_reservation(program, row) for row in rows]

    found = asked.scope.reservations().filter(program_id=program.id)
    if state is not None:
        found = found.filter(state=state)
    return await page(asked, found.select_related("number"), show, newest_first=True)


async def one(asked: Asked) -> Answer:
    program = await _program(asked)
    row = await _row(asked, program, row_id(asked.path["reservation"]))
    return Answer(_reservation(program, row))


def _ended(to: ReservationState) -> Callable[[Asked], Awaitable[Answer]]:
    async def work(asked: Asked) -> Answer:
        program = await _program(asked)
        row = await _row(asked, program, row_id(asked.path["reservation"]))
        await end_reservation(asked.ctx, program, row, to)
        return Answer(_reservation(program, await _row(asked, program, row.id)))

    return work


_FAILS = (Code.PROGRAM_NOT_FOUND, Code.RESERVATION_NOT_FOUND)
_ENDS = (*_FAILS, Code.RESERVATION_ENDED)
OPERATIONS = (
    Operation(
        "POST", _PATH, DOOR, Right.NUMBERS_WRITE, "Reserve a number", reserve, ReservationShown,
        Query, body=ReservationAsked, body_example={"minutes": 30}, example=EXAMPLE, status=201,
        refusals=(*_FAILS, Code.POOL_EMPTY, Code.ISSUING_PAUSED), changes_catalog=True,
        about="Nobody else gets it until it is released or its time is over.",
    ),
    Operation(
        "GET", _PATH, DOOR, Right.NUMBERS_READ, "List reservations", every, ReservationShown,
        ReservationsQuery, example=EXAMPLE, paged=True, refusals=(Code.PROGRAM_NOT_FOUND,),
        about="The newest first; ended ones for 30 days.",
    ),
    Operation(
        "GET", _PATH + "/{reservation}", DOOR, Right.NUMBERS_READ, "Read a reservation", one,
        ReservationShown, Query, example=EXAMPLE, etag=True, refusals=_FAILS,
    ),
    Operation(
        "POST", _PATH + "/{reservation}/commit", DOOR, Right.NUMBERS_WRITE, "Commit a reservation",
        _ended(ReservationState.COMMITTED), ReservationShown, Query, refusals=_ENDS,
        example={**EXAMPLE, "state": "committed", "ended_at": "2026-11-27T12:40:00Z"},
        about="You have given the number to somebody. Again changes nothing.",
    ),
    Operation(
        "POST", _PATH + "/{reservation}/release", DOOR, Right.NUMBERS_WRITE,
        "Release a reservation", _ended(ReservationState.RELEASED), ReservationShown, Query,
        example={**EXAMPLE, "state": "released", "ended_at": "2026-11-27T12:40:00Z"},
        refusals=_ENDS, changes_catalog=True,
        about="The number is free again. Again changes nothing.",
    ),
)  # fmt: skip
