"""Brands: the names, logos and colours that people recognise."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from backend.access.rights import Right
from backend.brands.keys import brand_of, program_of
from backend.brands.save_brand import save_brand
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import NewKey, both, must_be_new, without_nothing
from catalog.entries.brand import BrandEntry
from catalog.entries.values.texts import Text
from catalog.tenant import Scope
from models.brand import Brand
from models.refusal import Code

DOOR = "api:v1/brands"
_FAILS = (Code.PROGRAM_NOT_FOUND, Code.PICTURE_NOT_FOUND, Code.PICTURE_UNFIT)
ENTRY: Mapping[str, Any] = {
    "name": {"ru": "Лавка", "en": "Lavka"},
    "about": {"ru": "Чай за углом.", "en": "Tea round the corner."},
    "aliases": ["tea shop"],
    "category": "groceries",
    "program": "lavka-card",
    "colours": {"primary": "#1F6F50", "secondary": "#F4C95D"},
    "website": "https://lavka.example",
}
EXAMPLE: Mapping[str, Any] = {"key": "lavka", **ENTRY}


class BrandShown(BrandEntry):
    """A brand as it was entered."""

    key: str = Field(description="By which it is known for ever.", examples=["lavka"])


class BrandMade(BrandEntry):
    """A brand, and the key by which it is to be known."""

    key: NewKey


class BrandsQuery(ListQuery):
    """Which brands."""

    program: Annotated[str | None, Text(64)] = Field(
        default=None, description="Only those of this program.", examples=["lavka-card"]
    )


def brand_shown(row: Brand) -> dict[str, Any]:
    """The row comes with its program and its category."""
    about = both(row, "about")
    return without_nothing(
        {
            "key": row.key,
            "name": both(row, "name"),
            "about": about if about["ru"] else None,
            "aliases": list(row.aliases),
            "category": row.category.key,
            "program": row.program.key,
            "colours": {"primary": row.primary_color, "secondary": row.secondary_color},
            "website": row.website,
            "logo": row.logo_id,
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Brand]) -> list[Shown]:
        return [brand_shown(row) for row in rows]

    found = asked.scope.brands()
    if (named := asked.asks(BrandsQuery).program) is not None:
        found = found.filter(program_id=(await program_of(asked.scope, named)).id)
    return await page(asked, found.select_related("program", "category"), show)


async def enter(asked: Asked) -> Answer:
    made = asked.entered(BrandMade)
    must_be_new(await save_brand(asked.ctx, asked.scope, made.key, made))
    return Answer(await _shown(asked, made.key), f"{PREFIX}/brands/{made.key}")


async def one(asked: Asked) -> Answer:
    return Answer(await _shown(asked, asked.path["brand"]))


async def _shown(asked: Asked, key: str) -> dict[str, Any]:
    brand = await brand_of(asked.scope, key)
    found = asked.scope.brands().select_related("program", "category")
    return brand_shown(await found.get(id=brand.id))


async def stands(asked: Asked) -> Mapping[str, Any]:
    await asked.scope.brands().filter(key=asked.path["brand"]).select_for_update()
    return await _shown(asked, asked.path["brand"])


async def replace(asked: Asked) -> Answer:
    """It stays in its account: a program of another is not there, for an operator either."""
    brand = await brand_of(asked.scope, asked.path["brand"])
    its = Scope.of([brand.program.account_id])
    await save_brand(asked.ctx, its, brand.key, asked.entered(BrandEntry))
    return await one(asked)


OPERATIONS = (
    Operation(
        "GET", "/brands", DOOR, Right.BRANDS_READ, "List brands", every, BrandShown, BrandsQuery,
        example=EXAMPLE, paged=True, refusals=(Code.PROGRAM_NOT_FOUND,),
    ),
    Operation(
        "POST", "/brands", DOOR, Right.BRANDS_WRITE, "Enter a brand", enter, BrandShown, Query,
        body=BrandMade, body_example=EXAMPLE, example=EXAMPLE, status=201, etag=True,
        changes_catalog=True, refusals=(Code.KEY_TAKEN, *_FAILS),
        about="Its logo is uploaded before, by `POST /pictures?purpose=logo`.",
    ),
    Operation(
        "GET", "/brands/{brand}", DOOR, Right.BRANDS_READ, "Read a brand", one, BrandShown, Query,
        example=EXAMPLE, etag=True, refusals=(Code.BRAND_NOT_FOUND,),
    ),
    Operation(
        "PUT", "/brands/{brand}", DOOR, Right.BRANDS_WRITE, "Change a brand", replace, BrandShown,
        Query, body=BrandEntry, body_example=ENTRY, example=EXAMPLE, etag=True, stands=stands,
        changes_catalog=True, refusals=(Code.BRAND_NOT_FOUND, *_FAILS),
    ),
)  # fmt: skip
