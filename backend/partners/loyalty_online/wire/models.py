"""What the API tells. What an answer has beside it is left alone."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _as_text(value: Any) -> Any:
    """Every elementary field is text; some hosts write numbers as numbers."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text)]
Number = Annotated[
    str,
    BeforeValidator(_as_text),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=512),
]


class Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


class Barcode(Answer):
    number: Number = Field(alias="barcodeNumber")
    # EAN_8, EAN_13, CODE_128, UPC_A or QR_CODE.
    type: Text = Field(alias="barcodeType")


class Card(Answer):
    """`state` is active or inactive. Without a barcode the number itself is scanned."""

    number: Number = Field(alias="cardNumber")
    state: Text = Field(alias="cardState")
    barcode: Barcode | None = None


class Search(BaseModel):
    """Whoever has ONE of these is found: the host joins them by OR. `msisdn`: digits, no plus."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    msisdn: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{6,14}$")] | None = None
    email: str | None = None
    birth_date: date | None = None

    def query(self) -> dict[str, str]:
        said = {
            "msisdn": self.msisdn,
            "email": self.email,
            "birthDate": self.birth_date.isoformat() if self.birth_date else None,
        }
        return {name: value for name, value in said.items() if value}
