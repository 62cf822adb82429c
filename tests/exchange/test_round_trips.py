"""Every symbology, every format: what goes out comes in again, and Catima takes all of it."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.exchange.catima_link import read_catima_link, write_catima_link
from backend.exchange.catima_zip import write_catima_zip
from backend.exchange.karman_json import write_karman_json
from backend.exchange.plain_csv import write_plain_csv
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard
from backend.exchange.symbologies import CATIMA, drawn
from tests.support.pictures import catima
from tests.support.pictures.exchange_cards import VALUES, cards

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
_lists = st.lists(cards(), max_size=4)


def neutral(card: ExchangeCard) -> ExchangeCard:
    """As Catima holds it: no currency, charset or symbology that it does not know."""
    known = card.encoding if card.encoding in {"", "UTF-8", "ISO-8859-1"} else ""
    known = "ISO-8859-1" if card.encoding == "latin1" else known
    if not all(ord(sign) < 256 for sign in card.barcode_value):
        known = "UTF-8"
    currency = card.balance_type if card.balance_type in {"RUB", "EUR"} else ""
    return replace(card, encoding=known, balance_type=currency)


@settings(max_examples=80, deadline=None)
@given(_lists, st.sampled_from([None, None, None, "пароль"]))
def test_through_catima(many: list[ExchangeCard], password: str | None) -> None:
    data = write_catima_zip(many, password)
    assert len(catima.accepted(data, password)) == len(many)
    found = read_export(data, password)
    assert (found.problems, found.notes) == ([], [])
    assert found.cards == [neutral(card) for card in many]


@settings(max_examples=60, deadline=None)
@given(_lists)
def test_through_json(many: list[ExchangeCard]) -> None:
    found = read_export(write_karman_json(many, NOW))
    assert (found.problems, found.notes) == ([], [])
    assert found.cards == many


@settings(max_examples=80, deadline=None)
@given(_lists)
def test_through_a_table(many: list[ExchangeCard]) -> None:
    def kept(card: ExchangeCard) -> ExchangeCard:
        return replace(
            card,
            encoding="",
            last_used=None,
            front=None,
            back=None,
            icon=None,
            valid_from=_day(card.valid_from),
            expires=_day(card.expires),
        )

    text = write_plain_csv(many, MOSCOW)
    found = read_export(text.encode("utf-8-sig"))
    assert (found.problems, found.notes) == ([], [])
    assert found.cards == [kept(card) for card in many]


def _day(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.astimezone(MOSCOW).replace(hour=0, minute=0, second=0, tzinfo=None)


@settings(max_examples=80, deadline=None)
@given(cards())
def test_through_a_link(card: ExchangeCard) -> None:
    link = write_catima_link(card)
    given_values = dict(parse_qsl(unquote(urlsplit(link).fragment), keep_blank_values=True))
    catima.check_values(given_values)
    assert "note" in given_values
    own = replace(
        neutral(card),
        starred=False,
        archived=False,
        last_used=None,
        groups=(),
        front=None,
        back=None,
        icon=None,
    )
    found = read_catima_link(link)
    assert (found.cards, found.notes) == ([own], [])


@pytest.mark.parametrize("symbology", sorted(CATIMA))
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_a_symbology_carries_is_drawn(symbology: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[symbology])
    barcode = drawn(symbology, value)
    if symbology in {"EAN_13", "EAN_8", "UPC_A", "QR_CODE", "AZTEC", "DATA_MATRIX"}:
        assert barcode.format is CATIMA[symbology], value
    assert barcode.value == value


@pytest.mark.parametrize(
    ("odd", "column"),
    [
        (ExchangeCard("A", "1", "1", balance_type="руб"), "balancetype"),
        (ExchangeCard("A", "1", "1", symbology="Code 93"), "barcodetype"),
        (ExchangeCard("A", "1", "1", encoding="NSISOLatin1StringEncoding"), "barcodeencoding"),
        (ExchangeCard("A", "1", "1", encoding="UTF-99"), "barcodeencoding"),
        (ExchangeCard("A", "1", "1", balance_type="XXQ"), "balancetype"),
        (ExchangeCard("A", "1", "1", color=""), "headercolor"),
    ],
)
def test_one_odd_value_does_not_cost_catima_the_file(odd: ExchangeCard, column: str) -> None:
    (card,) = catima.accepted(write_catima_zip([odd]))
    assert card[column] == ""


def test_cyrillic_in_a_barcode_keeps_its_charset() -> None:
    """Without one Catima takes ISO-8859-1 and draws question marks."""
    value = "Привет, мир"
    card = ExchangeCard("A", "1", value, CATIMA["QR_CODE"], "QR_CODE")
    (row,) = catima.accepted(write_catima_zip([card]))
    assert row["barcodeencoding"] == "UTF-8"
