"""What each symbology can carry, checked before anything is drawn.

The writer behind us pads, upper-cases and completes silently; a till would then read a number
that nobody issued. Here every such case is either made explicit by `normalise` or refused.
"""

import re
import string
from collections.abc import Callable, Mapping
from types import MappingProxyType

from catalog.symbologies.matrix import LINEAR, encode
from models.barcode_format import BarcodeFormat

MAX_LENGTH: Mapping[BarcodeFormat, int] = MappingProxyType(
    {
        BarcodeFormat.QR: 200,
        BarcodeFormat.EAN13: 13,
        BarcodeFormat.EAN8: 8,
        BarcodeFormat.UPCA: 12,
        BarcodeFormat.CODE128: 36,
        BarcodeFormat.CODE39: 16,
        BarcodeFormat.ITF: 30,
        BarcodeFormat.CODABAR: 18,
        BarcodeFormat.PDF417: 80,
        BarcodeFormat.AZTEC: 100,
        BarcodeFormat.DATAMATRIX: 150,
    }
)
"""The longest value that a phone still reads from the card picture at half size.

Characters for linear symbols; bytes of UTF-8 for the others. Codabar counts its end letters.
"""

CODE128_MODULES = 11 * 18 + 35
"""A pair of digits costs as much as one letter, so a number of characters says too little."""

# Contact cards and tickets have several lines; the square symbols and PDF417 carry them.
_LINE_BREAKS = frozenset("\r\n\t")
_PRINTABLE_ASCII = frozenset(chr(code) for code in range(32, 127))
_CODE39 = frozenset(string.ascii_uppercase + string.digits + " -.$/+%")
_CODE39_SHIFT = re.compile(r"[$/+%][A-Z]")
_CODABAR_BODY = frozenset(string.digits + "-$:/.+")
_CODABAR_ENDS = frozenset("ABCD")
_CODABAR_LETTERS = re.compile(r"[A-Da-d].*[A-Da-d]", re.DOTALL)


class SymbolRefused(ValueError):
    """The value cannot be carried by the symbology: what is wrong and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(f"{what}; expected {expected}")
        self.what = what
        self.expected = expected


def check_symbol(barcode: BarcodeFormat, value: str) -> None:
    """Raises SymbolRefused unless the value can be drawn and is read back unchanged."""
    normalise(barcode, value)


def normalise(barcode: BarcodeFormat, value: str) -> str:
    """What `carried` says, of a value that a program may hand out: short enough for any phone,
    and all on one line. Raises SymbolRefused."""
    text = carried(barcode, value)
    if not value.isprintable():
        for place, char in enumerate(value, 1):
            if char in _LINE_BREAKS:
                raise SymbolRefused(
                    f"{value!r} has an unprintable character at position {place}",
                    f"printable characters for {barcode}",
                )
    return _short(text, barcode)


def carried(barcode: BarcodeFormat, value: str) -> str:
    """The text that the symbol carries and that a reader set to this symbology reports.

    It differs from the value in two cases only: UPC-A of 11 digits gets its check digit, and
    Codabar without end letters gets A…A. Raises SymbolRefused.
    """
    if not value:
        raise SymbolRefused("the value is empty", "at least one character")
    if value != value.strip():
        raise SymbolRefused(
            f"{value!r} begins or ends with a space", "no spaces around it, scanners drop them"
        )
    return _RULES[barcode](value)


def spellings(barcode: BarcodeFormat, value: str) -> frozenset[str]:
    """Every text by which scanners may report this symbol, to look a scanned card up.

    Many report UPC-A as EAN-13 with a leading zero, some leave out the end letters of Codabar.
    """
    text = normalise(barcode, value)
    known = {value, text}
    if barcode is BarcodeFormat.UPCA:
        known.add("0" + text)
    if barcode is BarcodeFormat.EAN13 and text.startswith("0"):
        known.add(text[1:])
    if barcode is BarcodeFormat.CODABAR:
        known.add(text[1:-1])
    return frozenset(known)


def check_digit(digits: str) -> str:
    """The GS1 check digit of EAN and UPC digits given without it: weights 3, 1 from the right."""
    # As bytes, each 48 more than its digit: a file has millions of numbers.
    odd, even = (raw := digits.encode())[-1::-2], raw[-2::-2]
    total = 3 * (sum(odd) - 48 * len(odd)) + sum(even) - 48 * len(even)
    return str(-total % 10)


def _retail(name: str, length: int) -> Callable[[str], str]:
    def rule(value: str) -> str:
        all_digits = len(value) == length and value.isascii() and value.isdigit()
        if all_digits and value[-1] == check_digit(value[:-1]):
            return value
        expected = f"{length} digits for {name}, the last one being the check digit"
        _only(value, frozenset(string.digits), name, expected)
        if len(value) == length - 1:
            whole = value + check_digit(value)
            raise SymbolRefused(f"{value!r} has {len(value)} digits", f"{expected}, as in {whole}")
        if len(value) != length:
            raise SymbolRefused(f"{value!r} has {len(value)} digits", expected)
        right = check_digit(value[:-1])
        if value[-1] != right:
            raise SymbolRefused(
                f"{value!r} ends with check digit {value[-1]}",
                f"{right}, as in {value[:-1]}{right}",
            )
        return value

    return rule


def _upca(value: str) -> str:
    if len(value) == 11 and value.isascii() and value.isdigit():
        return value + check_digit(value)
    return _retail("UPC-A", 12)(value)


def _code128(value: str) -> str:
    expected = "Latin letters, digits and punctuation for Code 128"
    _only(value, _PRINTABLE_ASCII, "Code 128", expected)
    return value


def _code39(value: str) -> str:
    expected = "capital Latin letters, digits, space and - . $ / + % for Code 39"
    _only(value, _CODE39, "Code 39", expected)
    if shift := _CODE39_SHIFT.search(value):
        raise SymbolRefused(
            f"{shift[0]!r} in {value!r} is read as another character by many scanners",
            "no letter right after $ / + % in Code 39",
        )
    return value


def _itf(value: str) -> str:
    expected = "an even number of digits, 6 or more, for ITF"
    _only(value, frozenset(string.digits), "ITF", expected)
    if len(value) % 2 or len(value) < 6:
        hint = f" (with a leading zero: 0{value})" if len(value) % 2 and len(value) > 4 else ""
        raise SymbolRefused(f"{value!r} has {len(value)} digits", expected + hint)
    return value


def _codabar(value: str) -> str:
    body, ends = value, "AA"
    if _CODABAR_LETTERS.fullmatch(value):
        body, ends = value[1:-1], value[0] + value[-1]
    expected = "digits and - $ : / . + for Codabar, optionally between two of the letters A B C D"
    _only(body, _CODABAR_BODY, "Codabar", expected)
    if not _CODABAR_ENDS.issuperset(ends):
        raise SymbolRefused(f"{value!r} has small end letters", "capital A, B, C or D")
    if len(body) < 2:
        raise SymbolRefused(
            f"{value!r} is too short for scanners", "two digits or more for Codabar"
        )
    return ends[0] + body + ends[1]


def _matrix(name: str) -> Callable[[str], str]:
    def rule(value: str) -> str:
        for place, char in enumerate(value, 1):
            if not char.isprintable() and char not in _LINE_BREAKS:
                raise SymbolRefused(
                    f"{value!r} has an unprintable character at position {place}",
                    f"printable characters for {name}",
                )
        return value

    return rule


def _only(value: str, allowed: frozenset[str], name: str, expected: str) -> None:
    if allowed.issuperset(value):
        return
    for place, char in enumerate(value, 1):
        if char not in allowed:
            raise SymbolRefused(
                f"{char!r} at position {place} of {value!r} does not exist in {name}", expected
            )


def _short(text: str, barcode: BarcodeFormat) -> str:
    longest = MAX_LENGTH[barcode]
    length = len(text) if barcode in LINEAR else len(text.encode())
    if length > longest:
        bytewise = "" if text.isascii() else " (a Cyrillic letter counts for two)"
        raise SymbolRefused(
            f"the value takes {length} characters{bytewise}",
            f"at most {longest} for {barcode}, to be readable on a phone",
        )
    if barcode is BarcodeFormat.CODE128:
        modules = encode(barcode, text).width
        if modules > CODE128_MODULES:
            raise SymbolRefused(
                f"{text!r} takes {modules} modules",
                f"at most {CODE128_MODULES} for Code 128, as 18 letters or 36 digits do, "
                "to be readable on a phone",
            )
    return text


_RULES: Mapping[BarcodeFormat, Callable[[str], str]] = {
    BarcodeFormat.QR: _matrix("QR"),
    BarcodeFormat.EAN13: _retail("EAN-13", 13),
    BarcodeFormat.EAN8: _retail("EAN-8", 8),
    BarcodeFormat.UPCA: _upca,
    BarcodeFormat.CODE128: _code128,
    BarcodeFormat.CODE39: _code39,
    BarcodeFormat.ITF: _itf,
    BarcodeFormat.CODABAR: _codabar,
    BarcodeFormat.PDF417: _matrix("PDF417"),
    BarcodeFormat.AZTEC: _matrix("Aztec"),
    BarcodeFormat.DATAMATRIX: _matrix("Data Matrix"),
}
