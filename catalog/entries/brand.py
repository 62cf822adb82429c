"""A brand: a name, a logo and colours that people recognise."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.bilingual import Bilingual
from catalog.entries.colour import WANTED, Colours
from catalog.entries.picture import Sha256
from catalog.entries.values.entry import Entry
from catalog.entries.values.key import A_PROGRAM
from catalog.entries.values.lists import Listed
from catalog.entries.values.suggest import one_of
from catalog.entries.values.texts import Both, Item, Text
from catalog.entries.values.wrong import shown, wrong
from catalog.reference.reference import load_reference

_MOST_ALIASES = 500
_ALIASES = Listed(
    _MOST_ALIASES,
    "has {} names",
    f"at most {_MOST_ALIASES}",
    again="{} stands twice in aliases",
)
_WEBSITE = Text(
    200,
    like=re.compile(r"https?://[^\s/]\S*"),
    form="an address like https://brand.example",
    format="uri",
)


@dataclass(frozen=True, slots=True)
class Category:
    """The key of a shelf of the catalog."""

    wanted: str = "a category"

    def read(self, given: Any) -> str:
        key, known = Text().read(given), load_reference().categories
        if key not in known:
            raise wrong(f"is {shown(key)}, which is unknown", one_of(known, key))
        return key

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "enum": list(load_reference().categories)}


class BrandEntry(Entry):
    """One brand. Its key is where it is entered."""

    name: Annotated[Bilingual, Both(60)] = Field(
        description="As people know it.", examples=[{"ru": "Лавка", "en": "Lavka"}]
    )
    about: Annotated[Bilingual | None, Both(500)] = Field(
        default=None,
        description="A sentence or two.",
        examples=[{"ru": "Чай за углом.", "en": "Tea round the corner."}],
    )
    aliases: Annotated[tuple[Annotated[str, Item("aliases", 60)], ...], _ALIASES] = Field(
        default=(), description="Other words that people search by.", examples=[["tea shop"]]
    )
    category: Annotated[str, Category()] = Field(
        description="The shelf of the catalog.", examples=["groceries"]
    )
    program: Annotated[str, A_PROGRAM] = Field(
        description="The key of the program whose card it gives.", examples=["lavka-card"]
    )
    colours: Annotated[Colours | None, WANTED] = Field(
        default=None, description="The program's design, when they are left out."
    )
    website: Annotated[str, _WEBSITE] = Field(
        default="", description="Its site.", examples=["https://lavka.example"]
    )
    logo: Sha256 | None = Field(
        default=None, description="A square picture that was uploaded before."
    )
