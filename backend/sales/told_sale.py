"""A receipt or an order as it is told, checked."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple


class ToldSale(NamedTuple):
    """`line` is where it stands in what was sent; `card` a number of the program's, as people read
    it or as it is scanned."""

    line: int
    id: str
    card: str
    at: datetime
    amount: Decimal
    number: str = ""
    store: str = ""
    status: str = ""
    currency: str = "RUB"
