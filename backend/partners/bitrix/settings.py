"""What is configured of a connection to Bitrix."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from backend.partners.common_settings import CommonSettings

_URL = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$"
Code = Annotated[str, Field(max_length=100)]


class Settings(CommonSettings):
    url: Annotated[str, Field(pattern=_URL)] = Field(
        description="The portal or the shop: https://<portal>.bitrix24.ru."
    )
    orders: Literal["shop", "deals", "both"] = Field(
        default="shop",
        description="Whether orders of the shop are told, deals of the CRM, or both.",
    )
    paid_only: bool = Field(
        default=True,
        description="Whether an order counts when it is paid, a deal when it is won; else at once.",
    )
    phone_property: Code = Field(
        default="PHONE", description="The property of an order that holds the phone."
    )
    card_property: Code = Field(
        default="", description="The property of an order that holds the card, if there is one."
    )
    programs: Sequence[Annotated[str, Field(max_length=64)]] = Field(
        default=(),
        description="Keys of the programs whose cards are meant, the first first; none: all.",
    )


class Secrets(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    application_token: SecretStr = Field(
        min_length=16, description="As the form of the outgoing webhook shows it."
    )
    rest: Annotated[SecretStr, Field(min_length=10)] = Field(
        description="Of an incoming webhook what stands behind the address: rest/1/<code>."
    )
