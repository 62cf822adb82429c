"""Any card that a wallet may hold: every symbology, and texts that files stumble over."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from backend.exchange.shapes import ExchangeCard
from backend.exchange.symbologies import CATIMA, CATIMA_NOT_DRAWN, drawn
from catalog.symbologies.symbol_rules import check_digit

_DIGITS = "0123456789"
_CODE39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. "
_ASCII = "".join(map(chr, range(32, 127)))
_ANY = _ASCII + "абвгдЁҚі№«»—\n\t€😀"


def _text(letters: str, shortest: int = 1, longest: int = 30) -> st.SearchStrategy[str]:
    stripped = st.text(letters, min_size=shortest, max_size=longest).map(str.strip)
    return stripped.filter(lambda text: len(text) >= shortest)


def _checked(length: int) -> st.SearchStrategy[str]:
    digits = st.text(_DIGITS, min_size=length - 1, max_size=length - 1)
    return digits.map(lambda text: text + check_digit(text))


VALUES: dict[str, st.SearchStrategy[str]] = {
    "EAN_13": _checked(13),
    "EAN_8": _checked(8),
    "UPC_A": _checked(12),
    "CODE_128": _text(_ASCII, longest=40),
    "CODE_39": _text(_CODE39, longest=25),
    "ITF": st.integers(3, 18).flatmap(
        lambda pairs: st.text(_DIGITS, min_size=2 * pairs, max_size=2 * pairs)
    ),
    "CODABAR": st.text(_DIGITS + "-$:/.+", min_size=2, max_size=25).map("A{}B".format),
    "QR_CODE": _text(_ANY, longest=300),
    "AZTEC": _text(_ANY, longest=200),
    "DATA_MATRIX": _text(_ANY, longest=200),
    "PDF_417": _text(_ANY, longest=120),
    **{name: _text(_ASCII) for name in CATIMA_NOT_DRAWN},
    "": _text(_ANY),
}
assert VALUES.keys() == {*CATIMA, *CATIMA_NOT_DRAWN, ""}

words = _text(_ANY + "=+-@'\"\\|;,") | st.sampled_from(
    ["=1+1", "+7 916", "-5", "@SUM(A1)", "'=x", "''+x", "'Аптека'", "a|b", "\\", "a\n\nb", "sep=;"]
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
_names = words.map(lambda text: text[:100].strip() or "x")


@st.composite
def cards(draw: Any) -> ExchangeCard:
    """As any reader would have made it: the barcode is drawn if it can be."""
    symbology = draw(st.sampled_from(sorted(VALUES)))
    barcode = drawn(symbology, draw(VALUES[symbology]))
    assume("E+" not in barcode.value.upper())  # a table takes it for a rounded number
    number = draw(st.sampled_from([barcode.value, "0042", "+7 916 123-45-67"]))
    return ExchangeCard(
        name=draw(_names),
        number=number if len(number) <= 128 else "0042",
        barcode_value=barcode.value,
        barcode_format=barcode.format,
        symbology=symbology,
        encoding=draw(st.sampled_from(["", "UTF-8", "ISO-8859-1", "UTF-99", "latin1"])),
        note=draw(st.just("") | words),
        valid_from=draw(st.none() | moments),
        expires=draw(st.none() | moments),
        balance=draw(st.decimals(-10_000, 10_000, places=2)),
        balance_type=draw(st.sampled_from(["", "RUB", "EUR", "фишки", "XXQ"])),
        color=draw(st.none() | st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")),
        starred=draw(st.booleans()),
        archived=draw(st.booleans()),
        last_used=draw(st.none() | moments),
        groups=tuple(sorted(draw(st.sets(_names, max_size=3)))),
        front=draw(st.none() | st.just(b"front")),
        back=draw(st.none() | st.just(b"back")),
        icon=draw(st.none() | st.just(b"icon")),
    )
