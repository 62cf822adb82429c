"""A plastic card as its owner showed it: printed number, encoded value and format apart."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol, spellings
from models.barcode_format import BarcodeFormat
from models.program import Program
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class PlasticNumber:
    """`value` and `format` exactly as they were read; `format` None when the number was typed
    and the program says how its barcode looks."""

    number: str
    value: str = ""
    format: BarcodeFormat | None = None

    @property
    def carried(self) -> str:
        return self.value or self.number

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def of_json(cls, given: Any) -> Self:
        """Applications of earlier days hold the typed number alone."""
        if isinstance(given, str):
            return cls(given)
        barcode_format = given.get("format")
        return cls(
            number=given["number"],
            value=given.get("value", ""),
            format=BarcodeFormat(barcode_format) if barcode_format else None,
        )

    def spelled(self, barcode_format: BarcodeFormat) -> frozenset[str]:
        """Every text that stands for this card in somebody's list."""
        try:
            read = spellings(self.format or barcode_format, self.carried)
        except SymbolRefused:
            read = frozenset({self.carried})
        return read | {self.number}


def check_number(program: Program, shown: PlasticNumber) -> None:
    """Refuses with invalid_number when no barcode can carry it."""
    try:
        check_symbol(shown.format or program.barcode_format, shown.carried)
    except SymbolRefused as wrong:
        raise Refusal(Code.INVALID_NUMBER, reason=str(wrong)) from wrong
