"""One bound for every value, whatever it came from: a small file never becomes a large card."""

import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import orjson
import pytest

from backend.cards.exchange.export_cards import exchange_cards
from backend.cards.exchange.import_cards import import_cards
from backend.cards.plastic.seen_card import SeenCard, keep_finding
from backend.cards.pocket.add_seen import add_seen
from backend.exchange.archive import write_archive
from backend.exchange.bounds import OutOfBounds
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard, FileRefused, Imported
from backend.exchange.strings_file import read_strings
from backend.platform.context import Context
from models.refusal import Code, Refusal
from models.wallet_entry import WalletEntry
from tests.support.factory.customers import someone

ODD_AMOUNTS = ["1e-700000000", "1e-9999999999", "1e12", "1e400000000", "NaN", "sNaN", "-Infinity"]


def from_a_table(amount: str) -> bytes:
    return f"name,number,balance\nX,1,{amount}\n".encode()


def from_catima(amount: str) -> bytes:
    return f"_id,store,cardid,balance\n1,X,1,{amount}\n".encode()


def from_a_link(amount: str) -> bytes:
    packed = f"store=X&note=&cardid=1&balance={amount}"
    return f"https://catima.app/share#{quote(packed, safe='')}".encode()


def from_voucher_vault(amount: str) -> bytes:
    voucher = {"code": "1", "description": "X", "codeType": "TEXT", "balance": amount}
    return orjson.dumps([voucher])


def from_karman(amount: str) -> bytes:
    card = {"name": "X", "number": "1", "barcode_value": "1", "balance": amount}
    return orjson.dumps({"format": "karman-cards", "version": 1, "cards": [card]})


SOURCES = [from_a_table, from_catima, from_a_link, from_voucher_vault, from_karman]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("amount", ODD_AMOUNTS)
def test_an_amount_that_no_card_has_never_becomes_a_card(source: object, amount: str) -> None:
    """1e-700000000 is short to write and takes gigabytes to write out."""
    assert callable(source)
    try:
        cards = read_export(source(amount)).cards
    except FileRefused:
        return
    assert all(len(format(card.balance, "f")) < 32 for card in cards)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 101),
        ("name", "  "),
        ("number", "1" * 129),
        ("number", ""),
        ("number", "1\0"),
        ("barcode_value", "1" * 513),
        ("barcode_value", "\ud800"),
        ("note", "x" * 10_001),
        ("symbology", "x" * 33),
        ("encoding", "x" * 33),
        ("balance_type", "x" * 33),
        ("color", "red"),
        ("groups", ("x",) * 51),
        ("groups", ("x" * 101,)),
        ("balance", Decimal("NaN")),
        ("balance", Decimal("1e12")),
        ("balance", Decimal("0.0000001")),
        ("expires", datetime(1899, 1, 1, tzinfo=UTC)),
        ("valid_from", datetime(9999, 12, 31, tzinfo=UTC)),
        ("last_used", datetime.min),  # noqa: DTZ901  a file says so
    ],
)
def test_a_card_names_the_field_that_is_out_of_bounds(field: str, value: object) -> None:
    given: dict[str, Any] = {"name": "X", "number": "1", "barcode_value": "1", field: value}
    with pytest.raises(OutOfBounds) as refused:
        ExchangeCard(**given)
    assert refused.value.field == field


def test_never_is_how_other_wallets_mean_a_far_year() -> None:
    card = ExchangeCard("X", "1", "1", expires=datetime(9999, 12, 31, tzinfo=UTC))
    assert card.expires is None
    assert ExchangeCard("X", "1", "1", balance=Decimal("1E+3")).balance == Decimal(1000)


@pytest.mark.usefixtures("database")
async def test_a_number_that_is_too_long_is_refused_under_a_photo_too(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    key = await keep_finding(ctx, anna, SeenCard("1" * 200, "1" * 200, "qr"))
    with pytest.raises(Refusal) as refused:
        await add_seen(ctx, anna, key, "Клуб")
    assert refused.value.code is Code.INVALID_NUMBER


@pytest.mark.usefixtures("database")
async def test_what_was_kept_before_there_were_bounds_can_still_be_taken_along(
    ctx: Context,
) -> None:
    anna = await someone(ctx, 1)
    await import_cards(ctx, anna, Imported("csv", [ExchangeCard("Клуб", "1", "1")]))
    assert anna.data_key is not None
    own = {
        "name": "К" * 300,
        "balance": "1e-9999999999",
        "encoding": "x" * 99,
        "groups": ["y" * 500],
    }
    sealed = ctx.vault.seal_json(anna.data_key, own, "wallet.own")
    await WalletEntry.all().update(own=sealed, valid_from=datetime(9999, 12, 30, tzinfo=UTC))
    (card,) = await exchange_cards(ctx, anna)
    assert (len(card.name), card.balance, card.valid_from) == (100, Decimal(0), None)


@pytest.mark.parametrize("pairs", [60_000, 1_000_000])
def test_a_strings_file_of_escaped_quotes_is_read_in_no_time(pairs: int) -> None:
    """Every quote used to be a new beginning: hours for a file of two kilobytes."""
    entries = {
        "pass.json": orjson.dumps({"organizationName": "ORG", "serialNumber": "1"}),
        "ru.lproj/pass.strings": b'"' + b'\\"' * pairs,
    }
    data = write_archive(entries)
    began = time.process_time()
    (card,) = read_export(data).cards
    assert time.process_time() - began < 2
    assert card.name == "ORG"


def test_a_strings_file_with_comments_and_nonsense() -> None:
    content = (
        '/* "A" = "no"; */ "A" = "a\\"b\\n";\n// "A" = "no";\n"B"="c" "D" = ; = "E"; "F" = "f";'
    )
    assert read_strings(content.encode()) == {"A": 'a"b\n', "F": "f"}
    assert read_strings(b'"A" = "a"; "B" = "never closed') == {"A": "a"}


def nested(passes: int, megabytes: int) -> bytes:
    one = write_archive(
        {
            "pass.json": orjson.dumps({"organizationName": "ORG", "serialNumber": "1"}),
            "logo.png": bytes(megabytes * 1024 * 1024),
        }
    )
    return write_archive({f"{number}.pkpass": one for number in range(passes)})


def test_what_is_nested_counts_against_the_file_that_was_sent() -> None:
    assert len(read_export(nested(4, 19)).cards) == 4
    with pytest.raises(FileRefused) as refused:
        read_export(nested(900, 19))
    assert refused.value.code == "too_large"


def test_one_picture_for_every_row_counts_every_time() -> None:
    rows = "".join(f"1,Shop,{number}\r\n" for number in range(4_000))
    table = f"_id,store,cardid\r\n{rows}".encode()
    bomb = {"catima.csv": table, "card_1_front.png": bytes(10 * 1024 * 1024)}
    with pytest.raises(FileRefused) as refused:
        read_export(write_archive(bomb))
    assert refused.value.code == "too_large"
