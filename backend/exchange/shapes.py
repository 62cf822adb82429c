"""A card outside of any program, as exchange formats know it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from backend.exchange import bounds
from models.barcode_format import BarcodeFormat


@dataclass(frozen=True, slots=True)
class ExchangeCard:
    """`number` is what is printed, `barcode_value` what the barcode holds.

    `symbology` is the format in the source's own words ("CODE_93", "" for a card without a
    barcode); `barcode_format` is None when it is one that Karman does not draw. `balance_type`
    is an ISO 4217 code, or empty for points. `color` is #RRGGBB. A moment without an offset, as a
    table's «31.12.2027», is what the clock shows at its owner's.

    Making one raises OutOfBounds, with the field, for what no card has (bounds.py).
    """

    name: str
    number: str
    barcode_value: str
    barcode_format: BarcodeFormat | None = None
    symbology: str = ""
    encoding: str = ""
    note: str = ""
    valid_from: datetime | None = None
    expires: datetime | None = None
    balance: Decimal = Decimal(0)
    balance_type: str = ""
    color: str | None = None
    starred: bool = False
    archived: bool = False
    last_used: datetime | None = None
    groups: tuple[str, ...] = ()
    front: bytes | None = None
    back: bytes | None = None
    icon: bytes | None = None

    def __post_init__(self) -> None:
        bounds.text("name", self.name, bounds.LONGEST_NAME, shortest=1)
        bounds.text("number", self.number, bounds.LONGEST_NUMBER, shortest=1)
        bounds.text("barcode_value", self.barcode_value, bounds.LONGEST_VALUE)
        bounds.text("note", self.note, bounds.LONGEST_NOTE)
        for name in ("symbology", "encoding", "balance_type"):
            bounds.text(name, getattr(self, name), bounds.LONGEST_WORD)
        bounds.color("color", self.color)
        bounds.groups("groups", self.groups)
        self._settle("balance", bounds.amount("balance", self.balance))
        self._settle("valid_from", bounds.moment("valid_from", self.valid_from))
        self._settle("last_used", bounds.moment("last_used", self.last_used))
        self._settle("expires", bounds.last_moment("expires", self.expires))

    def _settle(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)


class Why(StrEnum):
    """Why a row was not taken, or what was changed in one that was; each door has its words."""

    EMPTY = "empty"  # nothing in `field`
    TOO_LONG = "too_long"  # `field`
    TOO_MANY_VALUES = "too_many_values"  # more than the header has columns
    SPREADSHEET = "spreadsheet"  # `value` is a number that a spreadsheet has rounded: 7,89E+15
    UNREADABLE = "unreadable"
    NO_ROOM = "no_room"
    NO_ROOM_PICTURE = "no_room_picture"  # taken without `field`: photos take `value` MB at most
    TWICE = "twice"  # the same card stands in the file more than once
    ODD_VALUE = "odd_value"  # taken without `field`, which was `value`
    SHORTENED = "shortened"  # taken with the beginning of `field`
    NO_BARCODE = "no_barcode"  # taken without its barcode of the symbology `value`


LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is the matter with one row; it never stops the rest. `line` counts from 1, 0 is
    somewhere in the file. `field` is ours, whatever the file calls it. `name` is the card's."""

    line: int
    why: Why
    field: str = ""
    value: str = ""
    name: str = ""


class RowRefused(ValueError):
    """A row that cannot be taken."""

    def __init__(self, why: Why, field: str = "", value: str = "") -> None:
        super().__init__(f"{field} {value!r}: {why}")
        self.why, self.field, self.value = why, field, value[:LONGEST_VALUE]

    def problem(self, line: int, name: str = "") -> RowProblem:
        return RowProblem(line, self.why, self.field, self.value, name[:LONGEST_VALUE])


@dataclass(slots=True)
class Imported:
    """`problems` are rows that were not taken, `notes` what was changed in rows that were.
    `skipped` says why whole rows were passed over on purpose: {"expired": 3}."""

    source: str
    cards: list[ExchangeCard] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[RowProblem] = field(default_factory=list)

    def skip(self, why: str) -> None:
        self.skipped[why] = self.skipped.get(why, 0) + 1


class FileRefused(ValueError):
    """Nothing of the file can be read. `code` is stable: "unknown_format", "too_large",
    "password_needed", "wrong_password", "broken", "empty"."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(what)
        self.code = code
