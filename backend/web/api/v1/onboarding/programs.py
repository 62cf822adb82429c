"""Programs: which card a brand gives, what it asks, what its plastic looks like."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from backend.access.rights import Right
from backend.brands.designs.newest import newest_designs
from backend.brands.keys import program_of
from backend.brands.save_program import save_program
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.onboarding.designs import around_bodies
from backend.web.api.v1.shared import NewKey, both, must_be_new, without_nothing
from catalog.entries.program import ProgramEntry
from catalog.entries.values.around import Around
from catalog.entries.values.scalars import Word
from catalog.looks.card_design import said_of
from catalog.questions.question import STANDARD_FIELDS
from models.card_design import CardDesign
from models.program import Program, ProgramStatus
from models.refusal import Code

DOOR = "api:v1/programs"
ENTRY: Mapping[str, Any] = {
    "name": {"ru": "Карта «Лавка»", "en": "Lavka Card"},
    "barcode_format": "ean13",
    "design": {"primary": "#1F6F50", "secondary": "#F4C95D"},
    "questionnaire": [{"key": "given_name", "required": True}, {"key": "phone", "required": True}],
    "plastic": False,
}
EXAMPLE: Mapping[str, Any] = {
    "key": "lavka-card",
    "account": "lavka",
    **ENTRY,
    "status": "active",
    "processor": "pool",
    "local_pool": False,
    "card_fields": [],
    "recognition": [],
    "unknown_numbers": "auto",
    "sharing": True,
    "assignment_days": 30,
}


class ProgramShown(ProgramEntry):
    """A program as it was entered."""

    key: str = Field(description="By which it is known for ever.", examples=["lavka-card"])
    account: str = Field(description="The key of its account.", examples=["lavka"])


class ProgramMade(ProgramEntry):
    """A program, and the key by which it is to be known."""

    key: NewKey


class ProgramsQuery(ListQuery):
    """Which programs."""

    status: Annotated[ProgramStatus | None, Word(ProgramStatus)] = Field(
        default=None, description="Only those that are so.", examples=["active"]
    )


def program_shown(row: Program, design: CardDesign | None = None) -> dict[str, Any]:
    """The row comes with its account; `design` is the newest version."""
    return {
        "key": row.key,
        "account": row.account.key,
        "name": both(row, "name"),
        "status": row.status.value,
        "barcode_format": row.barcode_format.value,
        "processor": row.processor,
        **_connected(row),
        "local_pool": row.local_pool,
        "design": dict(said_of(row, design)),
        "questionnaire": [_question(each) for each in row.questionnaire],
        "plastic": row.plastic,
        "recognition": list(row.recognition),
        "unknown_numbers": row.unknown_numbers.value,
        "sharing": row.sharing,
        "card_fields": list(row.card_fields),
        "assignment_days": row.assignment_days,
        **({"ledger": row.ledger} if row.ledger is not None else {}),
    }


def _connected(row: Program) -> dict[str, Any]:
    """The key of the connection, which comes with the row."""
    if row.connection_id is None:
        return {}
    assert row.connection is not None
    return {"connection": row.connection.key}


def _question(kept: Mapping[str, Any]) -> dict[str, Any]:
    """As it is entered: a standard field says no type."""
    standard = kept["type"] in STANDARD_FIELDS
    told = {name: value for name, value in kept.items() if name not in {"type", "choices"}}
    choices = [{"key": each["key"], **each["label"]} for each in kept["choices"]]
    kind = {} if standard else {"type": kept["type"]}
    return without_nothing({**told, **kind, "choices": choices or None})


async def around_new(asked: Asked) -> Around:
    return await around_bodies(asked, (await asked.account()).id)


async def around(asked: Asked) -> Around:
    return await around_bodies(asked, (await asked.program()).account_id)


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Program]) -> list[Shown]:
        designs = await newest_designs(asked.scope, [row.id for row in rows])
        return [program_shown(row, designs.get(row.id)) for row in rows]

    found = asked.scope.programs()
    if (status := asked.asks(ProgramsQuery).status) is not None:
        found = found.filter(status=status)
    return await page(asked, found.select_related("account", "connection"), show)


async def enter(asked: Asked) -> Answer:
    account, made = await asked.account(), asked.entered(ProgramMade)
    must_be_new(await save_program(asked.ctx, asked.scope, account.key, made.key, made))
    return Answer(await _shown(asked, made.key), f"{PREFIX}/programs/{made.key}")


async def one(asked: Asked) -> Answer:
    return Answer(await _shown(asked, asked.path["program"]))


async def _shown(asked: Asked, key: str) -> dict[str, Any]:
    program = await program_of(asked.scope, key)
    row = await asked.scope.programs().select_related("account", "connection").get(id=program.id)
    designs = await newest_designs(asked.scope, [row.id])
    return program_shown(row, designs.get(row.id))


async def stands(asked: Asked) -> Mapping[str, Any]:
    await asked.scope.programs().filter(key=asked.path["program"]).select_for_update()
    return await _shown(asked, asked.path["program"])


async def replace(asked: Asked) -> Answer:
    program = await program_of(asked.scope, asked.path["program"])
    account = await asked.scope.own_accounts().get(id=program.account_id)
    entry = asked.entered(ProgramEntry)
    await save_program(asked.ctx, asked.scope, account.key, program.key, entry)
    return await one(asked)


OPERATIONS = (
    Operation(
        "GET", "/programs", DOOR, Right.BRANDS_READ, "List programs", every, ProgramShown,
        ProgramsQuery, example=EXAMPLE, paged=True,
    ),
    Operation(
        "POST", "/programs", DOOR, Right.BRANDS_WRITE, "Enter a program", enter, ProgramShown,
        Query, body=ProgramMade, body_example={"key": "lavka-card", **ENTRY}, example=EXAMPLE,
        status=201, etag=True, changes_catalog=True, around=around_new,
        refusals=(
            Code.KEY_TAKEN, Code.CONNECTION_NOT_FOUND, Code.EXAMPLE_IS_REAL, Code.DESIGN_UNFIT,
        ),
        about="The key is unique among all accounts of this installation.",
    ),
    Operation(
        "GET", "/programs/{program}", DOOR, Right.BRANDS_READ, "Read a program", one,
        ProgramShown, Query, example=EXAMPLE, etag=True, refusals=(Code.PROGRAM_NOT_FOUND,),
    ),
    Operation(
        "PUT", "/programs/{program}", DOOR, Right.BRANDS_WRITE, "Change a program", replace,
        ProgramShown, Query, body=ProgramEntry, body_example=ENTRY, example=EXAMPLE, etag=True,
        stands=stands, changes_catalog=True, around=around,
        refusals=(
            Code.PROGRAM_NOT_FOUND, Code.CONNECTION_NOT_FOUND, Code.EXAMPLE_IS_REAL,
            Code.DESIGN_UNFIT,
        ),
    ),
)  # fmt: skip
