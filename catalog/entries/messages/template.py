"""A template: what a brand says again and again, kept by its key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.messages.content import ContentEntry
from catalog.entries.values.entry import Entry
from catalog.entries.values.inn import is_inn
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import all_of, kind_of, missing, wrong
from catalog.wordings.lengths import LONGEST_ERID, label_room
from models.message_purpose import MessagePurpose

_MOST_VALUES = 50
INN = Text(12, form="an INN of 10 or 12 digits with right check digits", holds=is_inn)
ERID = Text(
    LONGEST_ERID,
    like=re.compile(r"[0-9A-Za-z_-]+"),
    form="the identifier that the advertising data operator has given",
)


class TemplateEntry(Entry):
    """Its key is where it is entered."""

    name: Annotated[str, Text(200, wanted="what it is called among yourselves")] = Field(
        description="Among yourselves; people do not see it.", examples=["Spring sale"]
    )
    purpose: Annotated[MessagePurpose, Word(MessagePurpose)] = Field(
        description="promo needs consent and carries the label of advertising; service is about "
        "the card; transaction is what somebody waits for.",
        examples=["promo"],
    )
    content: ContentEntry = Field(description="What is said.")
    advertiser: Annotated[str, Text(300)] = Field(
        default="", description="Of promo: who advertises; without it the account."
    )
    inn: Annotated[str, INN] = Field(
        default="", description="Of promo: the advertiser's INN; without it the account's."
    )
    erid: Annotated[str, ERID] = Field(
        default="",
        description="Of promo: the identifier of the advertising, where there is one.",
        examples=["2VtzqwXYZ"],
    )

    @model_validator(mode="after")
    def _law(self, info: ValidationInfo[Any]) -> Self:
        if self.purpose is not MessagePurpose.PROMO:
            given = [name for name in ("advertiser", "inn", "erid") if getattr(self, name)]
            if given:
                told = wrong("is for advertising alone", "none, or the purpose promo")
                raise all_of(*(((name,), told) for name in given))
            return self
        if bool(self.advertiser) is not bool(self.inn):
            lacks = "inn" if self.advertiser else "advertiser"
            raise all_of(((lacks,), missing("the advertiser and its INN, or none of them")))
        if self.advertiser:
            found = self.content.too_long(label_room(self.advertiser), info)
            if found:
                raise all_of(*((("content", *way), told) for way, told in found))
        return self


@dataclass(frozen=True, slots=True)
class Values:
    """What somebody may have, by variable."""

    def read(self, given: Any) -> dict[str, str]:
        if not isinstance(given, Mapping):
            raise wrong(f"is {kind_of(given)}", "texts by the names of variables")
        texts = all(isinstance(each, str) and len(each) <= 200 for each in given.values())
        if len(given) > _MOST_VALUES or not texts:
            raise wrong("has something else than texts", f"at most {_MOST_VALUES} short texts")
        return {str(name): str(value) for name, value in given.items()}

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        text = {"type": "string", "maxLength": 200}
        return {"type": "object", "additionalProperties": text, "maxProperties": _MOST_VALUES}
