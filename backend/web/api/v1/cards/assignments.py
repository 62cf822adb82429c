"""Cards that a brand assigns to its own customers, and what it needs to tell them of it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import program_of
from backend.cards.assign.addresses import Addresses, addresses_of
from backend.cards.assign.assign_card import Order, assign_card
from backend.cards.assign.assign_together import assign_together
from backend.cards.assign.end_assignment import withdraw_assignment
from backend.cards.assign.find_assignment import state_now
from backend.cards.assign.named import Named, own_indexes
from backend.cards.steer.next_assignments import next_assignments
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation, Shared
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.assignment import LONGEST_OWN_ID, AssignmentEntry
from catalog.entries.values.around import Around
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Text
from models.assignment import Assignment, AssignmentState
from models.program import Program
from models.refusal import Code, Refusal

DOOR = "api:v1/assignments"
_TOKEN = "Zk3vX0q9TtY1bE6w0123456789abcdef0123456789abcdef"  # noqa: S105  of nobody
_SITE = "https://karman.example/k"
EXAMPLE: Mapping[str, Any] = {
    "id": 501,
    "program": "lavka-card",
    "own_id": "crm-4711",
    "state": "waiting",
    "phone": "+79161234567",
    "number": "4600 0000 0001 5",
    "barcode_value": "4600000000015",
    "link": f"{_SITE}/{_TOKEN}",
    "qr_png": f"{_SITE}/{_TOKEN}.png",
    "qr_svg": f"{_SITE}/{_TOKEN}.svg",
    "block": f"{_SITE}/block/{_TOKEN}.png",
    "made_at": "2026-11-27T12:30:00Z",
    "expires_at": "2026-12-27T12:30:00Z",
}
ENTRY: Mapping[str, Any] = {"own_id": "crm-4711", "phone": "+79161234567"}


class AssignmentShown(BaseModel):
    """A card that waits for a customer of the brand, or has come to them."""

    id: int = Field(description="Of the assignment.")
    program: str = Field(description="The key of its program.")
    own_id: str | None = Field(default=None, description="By which the brand knows the customer.")
    state: str = Field(description="waiting, claimed, expired or withdrawn.")
    hindrance: str | None = Field(
        default=None,
        description="Why the right person got no card: other_card (they have another number of "
        "this program), number_taken (somebody carries this one).",
    )
    phone: str | None = Field(default=None, description="As it was given, while nobody has come.")
    email: str | None = Field(default=None, description="As it was given, while nobody has come.")
    number: str = Field(description="What people read.")
    barcode_value: str = Field(description="What the till scans.")
    card: int | None = Field(default=None, description="The id of the card that it became.")
    customer: int | None = Field(default=None, description="The id of whose it is.")
    link: str | None = Field(default=None, description="The page that leads to the card.")
    qr_png: str | None = Field(default=None, description="The link as a QR to put into a letter.")
    qr_svg: str | None = Field(default=None, description="The same, of any size.")
    block: str | None = Field(
        default=None,
        description="A picture for mass mail: that QR, and nothing once the card is there.",
    )
    made_at: str = Field(description="When it was assigned.")
    expires_at: str = Field(description="Until when the card waits.")
    ended_at: str | None = Field(
        default=None, description="When it was claimed, ran out or was withdrawn."
    )


class AssignmentsQuery(ListQuery):
    """Which assignments."""

    own_id: Annotated[str | None, Text(LONGEST_OWN_ID)] = Field(
        default=None, description="Only of this customer of yours.", examples=["crm-4711"]
    )
    program: Annotated[str | None, Text(64)] = Field(
        default=None, description="Only of this program.", examples=["lavka-card"]
    )
    state: Annotated[AssignmentState | None, Word(AssignmentState)] = Field(
        default=None, description="Only those that are so.", examples=["waiting"]
    )


async def around(asked: Asked) -> Around:
    program = await asked.program()
    return Around(ZoneInfo("UTC"), barcode_format=program.barcode_format)


async def make(asked: Asked) -> Answer:
    program = await asked.program()
    row = await assign_card(asked.ctx, program, _order(asked))
    return _made(asked, program, row, Named.of(asked.ctx, row))


async def among(asked: Asked) -> int | None:
    """Customers of one program go together; a number that is named has to be looked for."""
    program = await asked.program()
    return program.id if asked.entered(AssignmentEntry).number is None else None


async def make_together(asked: Sequence[Asked]) -> list[Answer | None]:
    program = await asked[0].program()
    given = [(each.ctx, _order(each)) for each in asked]
    made = zip(asked, given, await assign_together(program, given), strict=True)
    return [
        None if row is None else _made(each, program, row, order.named)
        for each, (_ctx, order), row in made
    ]


def _order(asked: Asked) -> Order:
    entry = asked.entered(AssignmentEntry)
    number = entry.number
    return Order(
        named=Named(entry.own_id, entry.phone or "", entry.email or ""),
        number=(number.printed_number, number.barcode_value) if number else None,
        days=entry.days,
    )


def _made(asked: Asked, program: Program, row: Assignment, named: Named) -> Answer:
    row.program = program
    return Answer(_with_name(asked, row, named), f"{PREFIX}/assignments/{row.id}")


def _shown(asked: Asked, row: Assignment) -> dict[str, Any]:
    """The row comes with its program and, when it is claimed, its customer."""
    return _with_name(asked, row, Named.of(asked.ctx, row))


def _with_name(asked: Asked, row: Assignment, named: Named) -> dict[str, Any]:
    state = state_now(asked.ctx, row)
    return without_nothing(
        {
            "id": row.id,
            "program": row.program.key,
            "own_id": named.own_id,
            "state": state.value,
            "hindrance": row.hindrance.value,
            "phone": named.phone,
            "email": named.email,
            "number": row.printed_number,
            "barcode_value": row.barcode_value,
            "card": row.card_id,
            "customer": row.customer_id,
            **_told(addresses_of(asked.ctx.vault, asked.site.base_url, row, state)),
            "made_at": instant(row.created_at),
            "expires_at": instant(row.expires_at),
            "ended_at": instant(row.ended_at),
        }
    )


def _told(where: Addresses | None) -> dict[str, str]:
    """What has ended without a card leads nowhere."""
    if where is None:
        return {}
    return {
        "link": where.link,
        "qr_png": where.qr_png,
        "qr_svg": where.qr_svg,
        "block": where.block,
    }


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Assignment]) -> list[Shown]:
        return [_shown(asked, row) for row in rows]

    named = await _named(asked, asked.asks(AssignmentsQuery))
    found = asked.scope.assignments().filter(**named)
    return await page(asked, found.select_related("program", "customer"), show)


async def _named(asked: Asked, query: AssignmentsQuery) -> dict[str, Any]:
    """What is said of those of the page, at least."""
    of = None
    if query.program is not None:
        of = (await program_of(asked.scope, query.program)).id
    if query.own_id is None:
        after, count = asked.after or 0, query.limit + 1
        ids = await next_assignments(asked.scope, after, count, program_id=of, state=query.state)
        return {"id__in": ids or [0]}
    said = {
        "own_index__in": own_indexes(asked.ctx.vault, asked.scope.accounts, query.own_id),
        "program_id": of,
        "state": query.state,
    }
    return {name: value for name, value in said.items() if value is not None}


async def one(asked: Asked) -> Answer:
    return Answer(_shown(asked, await _row(asked)))


async def _row(asked: Asked) -> Assignment:
    found = asked.scope.assignments().filter(id=row_id(asked.path["assignment"]))
    row = await found.select_related("program", "customer").first()
    if row is None:
        raise Refusal(Code.ASSIGNMENT_NOT_FOUND)
    return row


async def withdraw(asked: Asked) -> Answer:
    await withdraw_assignment(asked.ctx, await _row(asked))
    return Answer(_shown(asked, await _row(asked)))


_ABOUT = (
    "The card waits for whoever opens `link`, has confirmed the phone or the e-mail that you name, "
    "and agrees to your documents. The same `own_id` again gives the same assignment; with another "
    "number, phone or e-mail it is refused: withdraw the first one. What waits longer than `days` "
    "ends, and its number goes back to where it came from."
)
OPERATIONS = (
    Operation(
        "POST", "/programs/{program}/assignments", DOOR, Right.ASSIGNMENTS, "Assign a card", make,
        AssignmentShown, Query, body=AssignmentEntry, body_example=ENTRY, example=EXAMPLE,
        around=around, about=_ABOUT, shared=Shared(among, make_together),
        refusals=(
            Code.PROGRAM_NOT_FOUND, Code.ASSIGNMENT_DIFFERS, Code.NUMBER_TAKEN, Code.POOL_EMPTY,
            Code.OFFER_NOT_FOUND, Code.PROGRAM_PAUSED, Code.ISSUING_PAUSED,
        ),
    ),
    Operation(
        "GET", "/assignments", DOOR, Right.ASSIGNMENTS, "List assignments", every,
        AssignmentShown, AssignmentsQuery, example=EXAMPLE, paged=True,
        refusals=(Code.PROGRAM_NOT_FOUND,),
    ),
    Operation(
        "GET", "/assignments/{assignment}", DOOR, Right.ASSIGNMENTS, "Read an assignment", one,
        AssignmentShown, Query, example=EXAMPLE, etag=True, refusals=(Code.ASSIGNMENT_NOT_FOUND,),
    ),
    Operation(
        "DELETE", "/assignments/{assignment}", DOOR, Right.ASSIGNMENTS, "Withdraw an assignment",
        withdraw, AssignmentShown, Query,
        example={
            name: value for name, value in EXAMPLE.items()
            if name not in {"phone", "link", "qr_png", "qr_svg", "block"}
        } | {"state": "withdrawn", "ended_at": "2026-11-28T10:00:00Z"},
        refusals=(Code.ASSIGNMENT_NOT_FOUND, Code.ASSIGNMENT_CLAIMED),
        about="The link ends, and the number goes back to where it came from. A card that somebody "
        "has stays theirs.",
    ),
)  # fmt: skip
