"""What the names of another wallet mean here: the settings of a façade's login.

They are entered as one JSON object at the command line and read here alone.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from models.facade import FacadeLogin

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
NIGHT = "21:00-09:00"
NEVER = "off"


class SettingsWrong(ValueError):
    """The text names the field and what was expected."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When no advertising comes, where the person is; the same hour twice: it always may."""

    starts: time
    ends: time

    def holds(self, now: datetime, zone: str) -> bool:
        here = now.astimezone(ZoneInfo(zone)).time()
        if self.starts <= self.ends:
            return self.starts <= here < self.ends
        return here >= self.starts or here < self.ends

    def begin_after(self, now: datetime, zone: str) -> datetime | None:
        """The next moment at which they begin; None: never."""
        if self.starts == self.ends:
            return None
        place = ZoneInfo(zone)
        here = now.astimezone(place)
        begins = datetime.combine(here.date(), self.starts, place)
        if begins <= here:
            begins = datetime.combine(here.date() + timedelta(days=1), self.starts, place)
        return begins.astimezone(now.tzinfo)


def quiet_hours(text: str) -> QuietHours:
    """Of `21:00-09:00`, or `off`. Raises ValueError."""
    if text == NEVER:
        return QuietHours(time(), time())
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no span; expected such as {NIGHT}, or {NEVER}")
    return QuietHours(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))


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
