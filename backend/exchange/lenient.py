"""Values of a row that are decoration: an odd one is left out and told, the card is kept."""

from collections.abc import Callable
from typing import Any, TypeVar

from backend.exchange import bounds
from backend.exchange.bounds import OutOfBounds
from backend.exchange.shapes import (
    LONGEST_VALUE,
    ExchangeCard,
    RowProblem,
    RowRefused,
    Why,
)

T = TypeVar("T")


class Lenient:
    """Reads the values of one row and remembers what was odd about them."""

    def __init__(self) -> None:
        self._told: list[tuple[Why, str, str]] = []

    def take(self, field: str, given: Any, read: Callable[[Any], T], otherwise: T) -> T:
        """`read(given)`; `otherwise` if that raises ValueError, TypeError or, of dates and numbers
        at the end of their range, ArithmeticError."""
        try:
            return read(given)
        except (ValueError, TypeError, ArithmeticError):
            self.leave_out(field, given)
            return otherwise

    def leave_out(self, field: str, given: Any) -> None:
        self._tell(Why.ODD_VALUE, field, given)

    def card(self, **fields: Any) -> ExchangeCard:
        """What is out of bounds is cut or left out. Raises RowRefused when the card would be
        another one then."""
        while True:
            try:
                return ExchangeCard(**fields)
            except OutOfBounds as wrong:
                fields = self._within(wrong.field, fields)

    def _within(self, field: str, fields: dict[str, Any]) -> dict[str, Any]:
        given = fields[field]
        if field == "barcode_value" and len(given) > bounds.LONGEST_VALUE:
            self._tell(Why.TOO_LONG, field, given)
            return {**fields, field: _cut("number", fields["number"]), "barcode_format": None}
        if field == "groups":
            self._tell(Why.SHORTENED, field, "")
            kept = given[: bounds.MOST_GROUPS]
            names = (bounds.fitted(name, bounds.LONGEST_GROUP) for name in kept)
            return {**fields, field: tuple(names)}
        if field in _LONGEST and len(given) > _LONGEST[field]:
            self._tell(Why.SHORTENED, field, given)
            return {**fields, field: _cut(field, given)}
        if field in {"name", "number", "barcode_value"}:
            raise RowRefused(Why.UNREADABLE, field, given)
        self.leave_out(field, given)
        return {name: value for name, value in fields.items() if name != field}

    def _tell(self, why: Why, field: str, given: Any) -> None:
        self._told.append((why, field, str(given)[:LONGEST_VALUE]))

    def notes(self, line: int, name: str) -> list[RowProblem]:
        return [
            RowProblem(line, why, field, value, name[:LONGEST_VALUE])
            for why, field, value in self._told
        ]


_LONGEST = {
    "name": bounds.LONGEST_NAME,
    "number": bounds.LONGEST_NUMBER,
    "note": bounds.LONGEST_NOTE,
}


def _cut(field: str, given: str) -> str:
    longest = _LONGEST[field]
    return given if len(given) <= longest else given[: longest - 1].rstrip() + "…"
