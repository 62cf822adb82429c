"""What the names of another wallet mean here: the settings of a façade's login.

They are entered as one JSON object at the command line and read here alone.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from backend.platform.quiet_hours import NIGHT, quiet_hours
from models.facade import FacadeLogin


class SettingsWrong(ValueError):
    """The text names the field and what was expected."""


def _span(given: Any) -> str:
    quiet_hours(str(given))
    return str(given)


class TemplateMeans(BaseModel):
    """A template of theirs: a program here, and a tier if it says one."""

    model_config = ConfigDict(extra="forbid")
    program: str = Field(description="The key of a program of the account.")
    tier: str = Field(default="", max_length=64, description="Written on the card; empty: none.")


class FacadeSettings(BaseModel):
    """All may be left out: an account with one brand needs none."""

    model_config = ConfigDict(extra="forbid")
    brand: str = Field(default="", description="The key of the brand in whose name messages go.")
    quiet: Annotated[str, BeforeValidator(_span)] = Field(
        default=NIGHT, description="Hours without advertising where the person is, or off."
    )
    erid: str = Field(default="", max_length=64, description="Of advertising that names none.")
    offers: dict[str, str] = Field(
        default_factory=dict, description="«Кошелёк»: offerId, and the key of the brand it means."
    )
    templates: dict[str, TemplateMeans] = Field(
        default_factory=dict,
        description="OSMI: names of templates; without one, the key of a program is one.",
    )
    links: Literal["named", "bearer"] = Field(
        default="named",
        description="OSMI: whether a pass needs a phone or an e-mail of whom it is for, or is for "
        "whoever follows its link.",
    )
    labels: dict[str, str] = Field(
        default_factory=dict,
        description="OSMI: labels of values, and what they are: balance, tier, phone, email, or "
        "the key of a field of the program.",
    )


def read_settings(given: object) -> FacadeSettings:
    """Raises SettingsWrong."""
    try:
        return FacadeSettings.model_validate(given)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the settings"
        raise SettingsWrong(f"{where}: {first['msg']}") from None


def settings_of(login: FacadeLogin) -> FacadeSettings:
    """As they were checked when they were entered."""
    return FacadeSettings.model_validate(login.settings)
