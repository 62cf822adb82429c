"""An account: a legal entity, the personal-data operator of its documents."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from catalog.bilingual import Bilingual
from catalog.entries.values.entry import Entry
from catalog.entries.values.inn import is_inn, is_ogrn
from catalog.entries.values.texts import Both, Text

MOSCOW = "Europe/Moscow"
_INN = Text(
    12,
    wanted="the INN, 10 or 12 digits",
    like=re.compile("[0-9]{10}|[0-9]{12}"),
    holds=is_inn,
    form="10 or 12 digits with right check digits",
)
_OGRN = Text(
    15,
    like=re.compile("[0-9]{13}|[0-9]{15}"),
    holds=is_ogrn,
    form="13 or 15 digits with the right check digit",
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_ADDRESS = 254


def is_address(text: str) -> bool:
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


_EMAIL = Text(
    _LONGEST_ADDRESS,
    wanted="where people write about their data",
    holds=is_address,
    form="an address like privacy@brand.example",
    format="email",
)
_CONTACT = Text(
    _LONGEST_ADDRESS,
    holds=is_address,
    form="an address like privacy@brand.example",
    format="email",
)


def zone_named(name: str) -> ZoneInfo | None:
    """None when there is no such timezone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


_ZONE = Text(
    64,
    holds=lambda name: zone_named(name) is not None,
    form="an IANA timezone such as Asia/Yekaterinburg",
)


class AccountEntry(Entry):
    """A company that signs up. Its key is where it is entered: a folder, an address."""

    legal_name: Annotated[Bilingual, Both(300)] = Field(
        description="The name as in the registry; every document must contain it.",
        examples=[{"ru": "ООО «Лавка»", "en": "Lavka LLC"}],
    )
    address: Annotated[Bilingual, Both(500)] = Field(
        description="The legal address.",
        examples=[{"ru": "г. Казань, ул. Примерная, д. 1", "en": "1 Primernaya St, Kazan"}],
    )
    inn: Annotated[str, _INN] = Field(
        description="The INN: 10 digits of a company or 12 of a person, check digits included.",
        examples=["0000012341"],
    )
    ogrn: Annotated[str, _OGRN] = Field(
        default="",
        description="The OGRN: 13 or 15 digits, the last one being the check digit.",
        examples=["0000000000121"],
    )
    privacy_email: Annotated[str, _EMAIL] = Field(
        description="Where people write about their data.", examples=["privacy@lavka.example"]
    )
    contact_email: Annotated[str, _CONTACT] = Field(
        default="",
        description="Where those who look after the account get letters: a webhook is paused.",
        examples=["integration@lavka.example"],
    )
    timezone: Annotated[str, _ZONE] = Field(
        default=MOSCOW,
        description="An IANA timezone, in which the account's dates are meant.",
        examples=["Asia/Yekaterinburg"],
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
