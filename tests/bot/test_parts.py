"""Small parts of screens."""

from decimal import Decimal

import pytest

from bot.screens.parts import balance_text
from models.card import Card


@pytest.mark.parametrize(
    ("balance", "text"),
    [
        (None, None), ("0", "0"), ("1250", "1\u00a0250"), ("1250.50", "1\u00a0250,50"),
        ("1234567.8", "1\u00a0234\u00a0567,80"), ("-15", "-15"), ("0.05", "0,05"),
    ],
)  # fmt: skip
def test_a_balance_reads_as_people_write_it(balance: str | None, text: str | None) -> None:
    assert balance_text(Card(balance=Decimal(balance) if balance else None)) == text
