"""A field of a brand's own that every card of a program may have."""

import re
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from catalog.bilingual import Bilingual
from catalog.entries.values.entry import Entry
from catalog.entries.values.key import FIELD_KEY, LONGEST
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Both, Text
from catalog.entries.values.wrong import missing, wrong
from catalog.looks.card_fields import RESERVED, CardFieldKind

_CURRENCY = Text(3, like=re.compile(r"[A-Z]{3}"), form="three capital letters such as RUB")
_KEY = Text(
    LONGEST,
    wanted="the field's key",
    like=FIELD_KEY,
    form="a-z, 0-9 and _, beginning with a letter; none of number, balance, tier",
    holds=lambda text: text not in RESERVED,
)


class CardFieldEntry(Entry):
    """Shown on the card, with its label in the person's language."""

    key: Annotated[str, _KEY] = Field(
        description="By which a card's values are given; none of number, balance, tier.",
        examples=["next_visit"],
    )
    label: Annotated[Bilingual, Both(60)] = Field(
        description="What people read before the value.",
        examples=[{"ru": "Следующий визит", "en": "Next visit"}],
    )
    type: Annotated[CardFieldKind, Word(CardFieldKind)] = Field(
        description="How it is checked and shown.", examples=["date"]
    )
    currency: Annotated[str | None, _CURRENCY] = Field(
        default=None, validate_default=True, description="Of money.", examples=["RUB"]
    )

    @field_validator("currency", mode="wrap")
    @classmethod
    def _of_money(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> str | None:
        is_money = info.data.get("type") is CardFieldKind.MONEY
        if given is None:
            if is_money:
                raise missing("the currency of the amounts, such as RUB")
            return None
        if "type" in info.data and not is_money:
            raise wrong("is for money alone", "no currency")
        return str(handler(given))

    def kept(self) -> dict[str, Any]:
        told = {"key": self.key, "label": {"ru": self.label.ru, "en": self.label.en}}
        return {**told, "type": self.type.value} | (
            {"currency": self.currency} if self.currency else {}
        )
