"""Tables of cards as other wallets write them, with odd cells and odd shapes."""

import csv
from io import StringIO
from random import Random

from backend.exchange.catima_csv import CARD_COLUMNS
from tests.fuzz import odd

_PLAIN = (
    "name", "number", "название", "номер", "Номер карты", "штрихкод", "barcode_value", "format",
    "note",
    "действует до", "expires", "balance", "balance_type", "color", "starred", "archived",
    "groups",
)  # fmt: skip
_GOOD = {
    "_id": "1", "store": "Shop", "cardid": "4600000000015", "barcodetype": "EAN_13",
    "starstatus": "0",
    "archive": "0", "balance": "1.5", "expiry": "1893456000000", "headercolor": "-1",
    "lastused": "0",
    "name": "Shop", "number": "42", "название": "Лавка", "номер": "42", "expires": "2027-12-31",
    "color": "#2196F3", "starred": "1", "groups": "a|b", "balancetype": "RUB",
}  # fmt: skip


def rows(random: Random, header: list[str], most: int = 12) -> list[list[str]]:
    """Some longer or shorter than the header."""
    made = []
    for _ in range(random.randrange(most)):
        cells = [odd.mostly_text(random, _GOOD.get(name, "")) for name in header]
        made.append(cells[: random.randrange(len(cells) + 1)] if random.random() < 0.1 else cells)
        if random.random() < 0.1:
            made[-1].append(odd.text(random))
    return made


def written(parts: list[list[list[str]]], delimiter: str = ",", end: str = "\r\n") -> str:
    made = StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter, lineterminator=end)
    for part in parts:
        writer.writerows(part)
        made.write(end)
    return made.getvalue()


def plain(random: Random) -> bytes:
    header = random.sample(_PLAIN, random.randrange(1, 9))
    if random.random() < 0.8:
        header = ["name", "number", *header]
    text = written(
        [[header, *rows(random, header)]],
        random.choice(",;\t"),
        random.choice(("\n", "\r\n", "\r")),
    )
    text = random.choice(("", "", "", "sep=;\n", "\ufeff", "\n")) + text
    return text.encode(
        random.choice(("utf-8", "utf-8", "cp1251", "utf-16", "utf-16-be")), "replace"
    )


def catima(random: Random) -> str:
    header = list(CARD_COLUMNS)
    if random.random() < 0.3:
        random.shuffle(header)
        del header[random.randrange(len(header)) :]
    groups = [
        ["cardId", "groupId"],
        *[[odd.mostly_text(random, "1"), odd.text(random)] for _ in range(3)],
    ]
    parts = [[["_id"], ["Food"]], [header, *rows(random, header)], groups]
    if random.random() < 0.2:
        random.shuffle(parts)
    head = [[["2"]]] if random.random() < 0.8 else [[[odd.text(random)]]]
    return written(head + parts)


def fidme(random: Random) -> str:
    header = ["Retailer", "Program", "Added At", "Reference", "Firstname", "Lastname"]
    if random.random() < 0.2:
        header[random.randrange(6)] = odd.text(random)
    good = {"Retailer": "Shop", "Reference": "42"}
    lines = [[odd.mostly_text(random, good.get(name, "")) for name in header] for _ in range(5)]
    return written([[header, *lines]], ";")
