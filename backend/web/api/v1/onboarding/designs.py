"""Designs: how a program's cards look, in versions."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from backend.access.rights import Right
from backend.brands.designs.around import design_around, kept_around
from backend.brands.designs.newest import newest_designs
from backend.brands.designs.preview import Drawn
from backend.brands.designs.preview import preview as draw_preview
from backend.brands.designs.sample import Sampled
from backend.brands.designs.save_design import save_design, version_of
from backend.web.api.asked import Asked
from backend.web.api.checked import checked_body
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.design.design import DesignEntry
from catalog.entries.values.around import Around
from catalog.entries.values.scalars import Whole, Word
from catalog.entries.values.texts import Text
from catalog.looks.card_design import design_read, said_of
from models.card_design import CardDesign
from models.program import Program
from models.refusal import Code

DOOR = "api:v1/designs"
PNG = "image/png"
_FAILS = (Code.PROGRAM_NOT_FOUND, Code.DESIGN_UNFIT)
_SHA256 = re.compile(rb"[0-9a-f]{64}")
ENTRY: Mapping[str, Any] = {
    "primary": "#1F6F50",
    "secondary": "#F4C95D",
    "front": [
        {
            "place": "header",
            "shows": "balance",
            "change": {"ru": "Теперь баллов: {value}", "en": "Your points: {value}"},
        },
        {"place": "secondary", "shows": "holder"},
        {"place": "secondary", "shows": "tier"},
    ],
    "back": [
        {"shows": "number"},
        {
            "shows": "text",
            "label": {"ru": "О карте", "en": "About"},
            "text": {"ru": "Балл за каждый рубль.", "en": "A point for every rouble."},
        },
    ],
    "links": [{"label": {"ru": "Сайт", "en": "Site"}, "url": "https://lavka.example"}],
    "variants": [{"name": "Gold", "tiers": ["Gold"], "primary": "#7A5C00"}],
}
EXAMPLE: Mapping[str, Any] = {
    **ENTRY,
    "version": 4,
    "made_by": "key:17",
    "made_at": "2026-11-28T09:00:00Z",
}


class DesignShown(DesignEntry):
    """A design as it was entered."""

    version: int = Field(description="0 of a program for which only colours were entered.")
    restored: int | None = Field(
        default=None, description="The version that was brought back by this one."
    )
    made_by: str | None = Field(default=None, description="By whom.", examples=["key:17"])
    made_at: str | None = Field(default=None, description="When.")


class Language(StrEnum):
    """Of what is written on the card."""

    RU = "ru"
    EN = "en"


class PreviewQuery(Query):
    """What is to be drawn."""

    of: Annotated[Drawn, Word(Drawn)] = Field(
        description="The chat's picture, a pass of Apple's and its back, or Google's card.",
        examples=["apple"],
    )
    language: Annotated[Language, Word(Language)] = Field(
        default=Language.RU, description="Of what is written on it.", examples=["en"]
    )
    tier: Annotated[str | None, Text(64)] = Field(
        default=None, description="The tier that the card is to have.", examples=["Gold"]
    )
    segment: Annotated[str | None, Text(64)] = Field(
        default=None, description="The segment that its owner is to be in.", examples=["asleep"]
    )
    version: Annotated[int | None, Whole(1, 1_000_000)] = Field(
        default=None, description="Another one than the newest.", examples=[1]
    )


def design_shown(program: Program, row: CardDesign | None) -> dict[str, Any]:
    """`row`: None of a program without versions."""
    said = said_of(program, row)
    if row is None:
        return {**said, "version": 0}
    told = {"restored": row.restored, "made_by": row.made_by, "made_at": instant(row.made_at)}
    return {**said, "version": row.number, **without_nothing(told)}


async def around_bodies(asked: Asked, account_id: int, program: Program | None = None) -> Around:
    """What a design in the body is checked against: the pictures that it names are read off what
    came."""
    named = {each.decode() for each in _SHA256.findall(asked.raw)}
    return await design_around(account_id, program, named)


async def around(asked: Asked) -> Around:
    program = await asked.program()
    return await around_bodies(asked, program.account_id, program)


async def one(asked: Asked) -> Answer:
    return Answer(await _shown(asked))


async def _shown(asked: Asked) -> dict[str, Any]:
    program = await asked.scope.programs().get(id=(await asked.program()).id)
    newest = await newest_designs(asked.scope, [program.id])
    return design_shown(program, newest.get(program.id))


async def stands(asked: Asked) -> Mapping[str, Any]:
    await asked.scope.programs().filter(key=asked.path["program"]).select_for_update()
    return await _shown(asked)


async def replace(asked: Asked) -> Answer:
    await save_design(asked.ctx, asked.scope, asked.path["program"], asked.entered(DesignEntry))
    return await one(asked)


async def versions(asked: Asked) -> Answer:
    program = await asked.program()

    async def show(rows: Sequence[CardDesign]) -> list[Shown]:
        return [design_shown(program, row) for row in rows]

    found = asked.scope.designs().filter(program_id=program.id)
    return await page(asked, found, show, newest_first=True)


async def restore(asked: Asked) -> Answer:
    """What it names may be gone since: that is told as of a design that is entered."""
    program = await asked.program()
    row = await version_of(asked.scope, program, row_id(asked.path["version"]))
    entry = checked_body(DesignEntry, row.design, await kept_around(program, row.design))
    assert isinstance(entry, DesignEntry)
    await save_design(asked.ctx, asked.scope, program.key, entry, restored=row.number)
    return await one(asked)


async def preview(asked: Asked) -> Answer:
    """Of an invented card: nobody's data is read."""
    wanted, program = asked.asks(PreviewQuery), await asked.program()
    row = (await newest_designs(asked.scope, [program.id])).get(program.id)
    if wanted.version is not None:
        row = await version_of(asked.scope, program, wanted.version)
    design = design_read(row.number if row else 0, said_of(program, row))
    whole = await asked.scope.programs().select_related("account").get(id=program.id)
    sampled = Sampled(wanted.tier or "", wanted.segment or "")
    language = wanted.language.value
    drawn = await draw_preview(asked.ctx, whole, design, sampled, wanted.of, language)
    return Answer(None, file=(PNG, _once(drawn)))


async def _once(whole: bytes) -> AsyncIterator[bytes]:
    yield whole


_PLACE = "/programs/{program}/design"
OPERATIONS = (
    Operation(
        "GET", _PLACE, DOOR, Right.BRANDS_READ, "Read how the cards look", one, DesignShown, Query,
        example=EXAMPLE, etag=True, refusals=(Code.PROGRAM_NOT_FOUND,),
    ),
    Operation(
        "PUT", _PLACE, DOOR, Right.BRANDS_WRITE, "Change how the cards look", replace, DesignShown,
        Query, body=DesignEntry, body_example=ENTRY, example=EXAMPLE, etag=True, around=around,
        stands=stands, changes_catalog=True, refusals=_FAILS,
        about="In the bot, and in the wallets of phones that hold a card. The same again is the "
        "same; anything else is the next version. It is also the `design` of the program.",
    ),
    Operation(
        "GET", f"{_PLACE}/versions", DOOR, Right.BRANDS_READ, "List how the cards looked",
        versions, DesignShown, ListQuery, example=EXAMPLE, paged=True,
        refusals=(Code.PROGRAM_NOT_FOUND,), about="The newest first.",
    ),
    Operation(
        "POST", f"{_PLACE}/versions/{{version}}/restore", DOOR, Right.BRANDS_WRITE,
        "Bring a version back", restore, DesignShown, Query, example=EXAMPLE,
        changes_catalog=True, refusals=(*_FAILS, Code.DESIGN_NOT_FOUND),
        about="As the next version. One that names a picture, a segment, a tier or a field that is "
        "gone is refused, with everything that is wrong with it.",
    ),
    Operation(
        "GET", f"{_PLACE}/preview", DOOR, Right.BRANDS_READ, "See how the cards will look", preview,
        None, PreviewQuery, files=(PNG,),
        refusals=(Code.PROGRAM_NOT_FOUND, Code.DESIGN_NOT_FOUND),
        about="A picture of an invented card, as the chat or a wallet shows it.",
    ),
)  # fmt: skip
