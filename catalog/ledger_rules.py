"""What the built-in ledger does by itself for a program's cards: bonuses, how long points last,
tiers. Kept in whole points, as a brand enters them; read in hundredths, as in models.ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.ledger import POINT
from models.program import ProcessorKind, Program

HOLD_MINUTES = 60 * 24


class Counted(StrEnum):
    """What a tier is reached by."""

    ACCRUED = "accrued"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Birthday:
    """Given so many days before, gone so many days after."""

    points: int
    days_before: int
    days_after: int


@dataclass(frozen=True, slots=True)
class Tier:
    """`least`: from how many points on."""

    name: str
    least: int


@dataclass(frozen=True, slots=True)
class Tiers:
    """`levels` from the lowest to the highest; `months` is how far back is counted."""

    by: Counted
    months: int
    levels: tuple[Tier, ...]

    def reached(self, points: int) -> str:
        """The name of the highest; "" below the first."""
        fitting = [level.name for level in self.levels if points >= level.least]
        return fitting[-1] if fitting else ""


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """`welcome` points with a new card; `lot_days`: how long points last, None: for ever;
    `hold_minutes`: until what is set aside goes back."""

    welcome: int = 0
    birthday: Birthday | None = None
    lot_days: int | None = None
    hold_minutes: int = HOLD_MINUTES
    tiers: Tiers | None = None


def rules_from(kept: Mapping[str, Any]) -> LedgerRules:
    return LedgerRules(
        welcome=kept.get("welcome", 0) * POINT,
        birthday=_birthday(kept.get("birthday")),
        lot_days=kept.get("lot_days"),
        hold_minutes=kept.get("hold_minutes", HOLD_MINUTES),
        tiers=_tiers(kept.get("tiers")),
    )


def _birthday(kept: Mapping[str, Any] | None) -> Birthday | None:
    if kept is None:
        return None
    return Birthday(kept["points"] * POINT, kept["days_before"], kept["days_after"])


def _tiers(kept: Mapping[str, Any] | None) -> Tiers | None:
    if kept is None:
        return None
    levels = tuple(Tier(each["name"], each["least"] * POINT) for each in kept["levels"])
    return Tiers(Counted(kept["by"]), kept["months"], levels)


def rules_of(program: Program) -> LedgerRules | None:
    """None: another system keeps the points of the program's cards."""
    if program.processor != ProcessorKind.LEDGER:
        return None
    return rules_from(program.ledger or {})
