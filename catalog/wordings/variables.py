"""The variables that every brand has, and how those of its own are declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.looks.card_fields import LONGEST_TEXT, CardField
from catalog.wordings.kinds import COUNTED, LONGEST_DATE, LONGEST_NUMBER, Kind


@dataclass(frozen=True, slots=True)
class Declared:
    """`certain`: everybody who is written to has it, and no fallback is needed. `sample` is what
    a preview shows. `says` tells a brand what it is."""

    key: str
    kind: Kind
    says: str
    sample: str
    longest: int = 0
    certain: bool = False

    @property
    def room(self) -> int:
        """As many characters as it may take, whatever its value."""
        if self.kind in COUNTED:
            return LONGEST_NUMBER
        return LONGEST_DATE if self.kind is Kind.DATE else self.longest or LONGEST_TEXT


NAME = "name"
POINTS = "points"
STANDARD: Mapping[str, Declared] = {
    each.key: each
    for each in (
        Declared(NAME, Kind.TEXT, "The person's first name.", "Анна", longest=40),
        Declared("balance", Kind.MONEY, "What is on the card, with its decimals.", "1250.50"),
        Declared(POINTS, Kind.NUMBER, "What is on the card, in whole points.", "1250"),
        Declared("tier", Kind.TEXT, "The card's tier.", "Gold", longest=64),
        Declared("number", Kind.TEXT, "The card's printed number.", "2000 0042", longest=64),
        Declared("store", Kind.TEXT, "The store of their last purchase.", "Ленина, 1", longest=120),
    )
}


def declared_fields(fields: Iterable[CardField]) -> dict[str, Declared]:
    """A brand's own fields; one that is called like a variable of everybody is hidden by it."""
    return {
        each.key: Declared(each.key, Kind(each.kind.value), each.label.en, _SAMPLES[each.kind])
        for each in fields
        if each.key not in STANDARD
    }


def kinds_of(kept: Mapping[str, Any]) -> dict[str, Declared]:
    """Of a content as it is kept: `{"visits": "number"}`."""
    return {key: Declared(key, Kind(kind), "", "") for key, kind in kept.items()}


_SAMPLES = {"text": "—", "number": "12", "money": "120.00", "date": "2026-12-31"}
