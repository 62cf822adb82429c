"""What is configured of a Mindbox: settings are plain JSON, secrets are sealed."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    model_validator,
)

from backend.partners.common_settings import CommonSettings, NoSecrets
from backend.partners.member import CardState
from backend.partners.mindbox.brand_settings import CHANNELS, BrandSettings, Name
from backend.partners.mindbox.operations import Operations
from backend.partners.mindbox.program_settings import ProgramSettings
from backend.partners.mindbox.wire.bodies import MOST_PER_PAGE
from backend.partners.mindbox.wire.client import HOST, Authorisation
from backend.partners.mindbox.wire.pace import PER_MINUTE
from backend.partners.mindbox.wire.statuses import CardStatus, ChangeKind

Clearable = Literal["last_name", "first_name", "middle_name", "birth_date", "sex", "email", "city"]


def _address(url: str) -> str:
    parts = urlsplit(url)
    more = parts.query or parts.path.strip("/") or parts.username
    if parts.scheme not in {"https", "http"} or not parts.hostname or more:
        raise ValueError("expected the address of the API, such as https://api.mindbox.ru")
    return url.rstrip("/")


class Settings(CommonSettings):
    """Everything that differs from project to project."""

    url: Annotated[str, AfterValidator(_address)] = Field(
        default=HOST, description="The address of the API."
    )
    endpoint: Name = Field(description="The id of the endpoint that was set up for the wallet.")
    authorisation: Authorisation = Field(
        default=Authorisation.SECRET_KEY,
        description="secret_key (Authorization: SecretKey …) or mindbox (the older form).",
    )
    customer_id: Name = Field(
        default="KarmanID", description="The name of the id that holds the wallet's customer."
    )
    card_number: Name = Field(default="number", description="The name of a card's id.")
    number_of_card: Literal["printed", "barcode"] = Field(
        default="printed", description="Which of a card's two numbers Mindbox knows it by."
    )
    order_id: Name = Field(default="externalId", description="The name of an order's id.")
    point_of_contact: str = Field(
        default="PrilozhenieKoshelek",
        description="The touchpoint of what is written. Empty: the operations have it themselves.",
    )
    operations: Operations = Field(
        default_factory=Operations, description="The names of its operations."
    )
    programs: dict[str, ProgramSettings] = Field(
        default_factory=dict, description="By the keys of the wallet's programs."
    )
    brands: dict[str, BrandSettings] = Field(
        default_factory=dict, description="By the keys of the wallet's brands."
    )
    city_field: str = Field(default="City", description="The customer's field for the city.")
    areas: dict[str, Name] = Field(
        default_factory=dict, description="City, by its Russian name → external id of the area."
    )
    fields: dict[str, Name] = Field(
        default_factory=dict, description="Key of a question → the customer's field for it."
    )
    clears: tuple[Clearable, ...] = Field(
        default=(), description="What an empty answer empties in Mindbox; the rest stays there."
    )
    card_states: dict[str, CardState] = Field(
        default_factory=dict, description="Statuses of cards beside those that every project has."
    )
    history_words: dict[str, str] = Field(
        default_factory=dict, description="Kind of a change of balance → how people read it."
    )
    history_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = Field(
        default=200, description="How many changes of balance and orders are read at a time."
    )
    operation_per_minute: Annotated[int, Field(ge=1, le=PER_MINUTE)] = Field(
        default=PER_MINUTE * 3 // 4,
        description="Requests a minute of one operation, of each process of the wallet.",
    )

    @model_validator(mode="after")
    def _apart(self) -> Self:
        """Two brands never write the same field: who leaves one would leave the other."""
        seen: dict[str, str] = {}
        for key, brand in self.brands.items():
            for channel in CHANNELS:
                where = brand.channel(channel)
                field = where.custom_field if where is not None else ""
                if field and seen.setdefault(field, key) != key:
                    raise ValueError(
                        f"brands.{key}.channels.{channel}: {seen[field]} has the field {field} "
                        "already, expected another"
                    )
        return self

    def program(self, key: str) -> ProgramSettings:
        return self.programs.get(key) or ProgramSettings()

    def operations_of(self, key: str) -> Operations:
        return self.operations.model_copy(update=self.program(key).operations)

    def state_of(self, status: str) -> CardState:
        """A status that nobody has told of is no card to pay with."""
        return self.card_states.get(status) or STATES.get(status, CardState.INACTIVE)

    def word_of(self, kind: str) -> str:
        return self.history_words.get(kind) or WORDS.get(kind, ANY_CHANGE)


STATES: Mapping[str, CardState] = {
    CardStatus.ISSUED: CardState.ACTIVE,
    CardStatus.ACTIVATED: CardState.ACTIVE,
    CardStatus.INACTIVE: CardState.INACTIVE,
    CardStatus.NOT_ISSUED: CardState.INACTIVE,
    CardStatus.BLOCKED: CardState.BLOCKED,
}
ANY_CHANGE = "Изменение баланса"
WORDS: Mapping[str, str] = {
    ChangeKind.ORDER_BONUS: "Баллы за покупку",
    ChangeKind.ORDER_PAYMENT: "Оплата баллами",
    ChangeKind.EXPIRED: "Баллы сгорели",
}


class Secrets(NoSecrets):
    """Each endpoint has a key of its own."""

    secret_key: SecretStr = Field(description="The secret key of the connection's endpoint.")
    secret_keys: dict[str, SecretStr] = Field(
        default_factory=dict, description="Endpoint → its key, where programs have others."
    )

    def key_of(self, endpoint: str) -> str:
        return self.secret_keys.get(endpoint, self.secret_key).get_secret_value()
