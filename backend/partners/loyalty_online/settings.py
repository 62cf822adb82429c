"""What is configured for a host of the Loyalty Online API."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from backend.partners.common_settings import CommonSettings
from backend.partners.loyalty_online.meaning import Meaning
from models.barcode_format import BarcodeFormat

_HERE = {"localhost", "127.0.0.1", "::1"}
_PATH = re.compile(r"[A-Za-z0-9_./~-]*(\{number\}[A-Za-z0-9_./~-]*)?")


def _address(text: str) -> str:
    parts = urlsplit(text)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not safe or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("expected an address such as https://loyalty.example/api")
    return text.rstrip("/")


def _path(text: str) -> str:
    if not text or not _PATH.fullmatch(text) or ".." in text:
        raise ValueError("expected a path such as v1/card/{number}/balance")
    return text


class Call(BaseModel):
    """A call that the API has, and of which no public page says how it is spelled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: bool = Field(default=False, description="Whether the host serves it.")
    method: Literal["GET", "POST", "PUT"] = Field(default="GET", description="GET, POST or PUT.")
    path: Annotated[str, AfterValidator(_path)] = Field(
        description="Below the base address; {number} is the card's number."
    )


class BalanceNames(BaseModel):
    """Where the numbers stand in the answer: `card.balance` is `balance` inside `card`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    available: str = Field(default="balance", min_length=1, description="What may be spent.")
    total: str = Field(default="", description="With what is blocked; empty: it is not told.")
    blocked: str = Field(default="", description="What is blocked; empty: it is not told.")
    tier: str = Field(default="", description="The tier; empty: it is not told.")


class HistoryNames(BaseModel):
    """Where the lines of the history stand, and what they are called in each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    items: str = Field(default="operations", description="The list.")
    at: str = Field(default="date", description="When, in ISO 8601.")
    amount: str = Field(default="amount", description="Below zero: spent.")
    text: str = Field(default="description", description="What for.")
    order: str = Field(default="orderNumber", description="Their number of the order.")


class PromotionNames(BaseModel):
    """Where the promotions stand, and what they are called in each: as in their Promo API."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    items: str = Field(default="promos", description="The list.")
    id: str = Field(default="promoId", description="Their id.")
    title: str = Field(default="name", description="What people read.")
    text: str = Field(default="description", description="More of it.")
    starts: str = Field(default="startDate", description="The first day.")
    ends: str = Field(default="endDate", description="The last day.")


class Settings(CommonSettings):
    url: Annotated[str, AfterValidator(_address)] = Field(
        description="Where the API is, without v1, such as https://loyalty.example/api."
    )
    search_by: frozenset[Literal["phone", "email", "birth_date"]] = Field(
        default=frozenset({"phone", "email"}),
        description=(
            "What a card is searched by; contacts only once they are confirmed. The host joins "
            "them by OR, so that a birth date finds everybody of that day."
        ),
    )
    channels: Mapping[Literal["sms", "email", "telegram"], Annotated[str, Field(min_length=1)]] = (
        Field(
            default={"sms": "sms", "email": "email"},
            description="How the host spells each channel; what is left out is not told.",
        )
    )
    brand: str = Field(
        default="",
        description=(
            "The key of the brand whose answers are told. Left out: a channel is allowed when "
            "every brand of the program may use it."
        ),
    )
    codes: Mapping[str, Meaning] = Field(
        default={}, description='What the host\'s error codes mean, such as {"17": "blocked"}.'
    )
    other_codes: Meaning = Field(
        default=Meaning.TRY_LATER, description="What every other code means."
    )
    barcode_types: Mapping[str, BarcodeFormat] = Field(
        default={
            "EAN_8": BarcodeFormat.EAN8,
            "EAN_13": BarcodeFormat.EAN13,
            "CODE_128": BarcodeFormat.CODE128,
            "UPC_A": BarcodeFormat.UPCA,
            "QR_CODE": BarcodeFormat.QR,
        },
        description="How the host spells the barcodes that a card may carry.",
    )
    anonymous: bool = Field(
        default=False, description="Whether the host gives numbers (POST v1/card/anonymous)."
    )
    anonymous_tells: frozenset[Literal["phone", "email", "birth_date"]] = Field(
        default=frozenset({"phone", "email"}),
        description=(
            "What of the person goes with the request for a number, so that the card is found "
            "again should the answer be lost."
        ),
    )
    names: Mapping[
        Literal[
            "phone", "email", "birth_date", "last_name", "first_name", "middle_name", "sex", "city"
        ],
        Annotated[str, Field(min_length=1)],
    ] = Field(
        default={
            "phone": "msisdn",
            "email": "email",
            "birth_date": "birthDate",
            "last_name": "lastName",
            "first_name": "firstName",
            "middle_name": "patronymicName",
            "sex": "sex",
        },
        description="How a profile is spelled; what is left out is not told.",
    )
    profile: Call = Field(
        default=Call(method="PUT", path="v1/card/{number}"),
        description="Tells whose a card is; without it a number of ours is bound to nobody there.",
    )
    balance: Call = Field(
        default=Call(path="v1/card/{number}/balance"), description="The balance of a card."
    )
    history: Call = Field(
        default=Call(path="v1/card/{number}/history"), description="The operations of a card."
    )
    promotions: Call = Field(
        default=Call(path="v1/card/{number}/promo"), description="What its holder may use."
    )
    timeout: Annotated[float, Field(gt=0, le=15)] = Field(
        default=10.0,
        description="How many seconds one request may take; people wait for `patience` at most.",
    )
    promo_code: bool = Field(
        default=False, description="Whether the host takes promo codes (POST v1/promo/code)."
    )
    receipt: bool = Field(
        default=False, description="Whether the host takes receipts (POST v1/promo/qrCode)."
    )
    balance_names: BalanceNames = Field(
        default=BalanceNames(), description="Where a balance stands in its answer; a.b is b in a."
    )
    history_names: HistoryNames = Field(
        default=HistoryNames(), description="Where the history stands in its answer."
    )
    promotion_names: PromotionNames = Field(
        default=PromotionNames(), description="Where promotions stand in their answer."
    )
    check_card: str = Field(
        default="", max_length=50, description="A card of a test, for `karman partners check`."
    )


class Secrets(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    login: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^:\r\n]+$")] = Field(
        description="Of HTTP Basic; no colon can be in it."
    )
    password: SecretStr = Field(description="Of HTTP Basic.")
