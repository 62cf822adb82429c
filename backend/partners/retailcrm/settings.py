"""What is configured of a connection to RetailCRM."""

from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from backend.partners.common_settings import CommonSettings

_URL = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$"
Code = Annotated[str, Field(min_length=1, max_length=255)]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("expected a time zone such as Europe/Moscow") from None
    return name


class Settings(CommonSettings):
    url: Annotated[str, Field(pattern=_URL)] = Field(
        description="Where the account is: https://<account>.retailcrm.ru."
    )
    site: Code = Field(description="The symbolic code of the shop that customers are made in.")
    sites: Mapping[str, Code] = Field(
        default_factory=dict, description="Other shops by the key of a program."
    )
    loyalty: Annotated[int, Field(ge=1)] = Field(description="The id of the loyalty program.")
    loyalties: Mapping[str, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, description="Other loyalty programs by the key of a program."
    )
    per_second: Annotated[float, Field(gt=0, le=100)] = Field(
        default=9.0, description="How often the key may ask; the vendor lets each ask ten times."
    )
    card_number: Literal["barcode", "printed"] = Field(
        default="barcode",
        description="Which is kept as cardNumber there: what the till scans, or what people read.",
    )
    external_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{0,40}$")] = Field(
        default="karman-",
        description="What stands before a customer's id of the wallet in RetailCRM's externalId.",
    )
    joins_by_phone: bool = Field(
        default=True,
        description="Whether a customer whom RetailCRM knows by this very phone is used rather "
        "than another one made.",
    )
    phone_spellings: tuple[Literal["+7", "7", "8"], ...] = Field(
        default=("+7", "8"), min_length=1,
        description="How phones of Russia are written there; the first is how we write them.",
    )  # fmt: skip
    custom_fields: Mapping[str, Code] = Field(
        default_factory=dict,
        description="RetailCRM's code of a custom field by the key of a question.",
    )
    consent_fields: Mapping[str, Code] = Field(
        default_factory=dict,
        description='The code of a yes-or-no field by "brand:channel", such as "lavka:telegram".',
    )
    subscriptions: Mapping[str, Code] = Field(
        default_factory=lambda: {"email": "email", "sms": "sms"},
        description="RetailCRM's channel by ours; what is not named is not told as a subscription.",
    )
    categories: Mapping[str, Code] = Field(
        default_factory=dict,
        description="RetailCRM's category of subscriptions by the key of a brand.",
    )
    orders_in_history: bool = Field(
        default=True, description="Whether orders stand in the history beside bonuses."
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        default="Europe/Moscow", description="The clock of the account there."
    )

    def site_of(self, program: str) -> str:
        return self.sites.get(program, self.site)

    def loyalty_of(self, program: str) -> int:
        return self.loyalties.get(program, self.loyalty)


class Secrets(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    api_key: SecretStr = Field(
        min_length=16, description="An API key with access to customers, loyalty and orders."
    )
