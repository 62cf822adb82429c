"""Catima's CSV: version, groups, cards and links in one file, parted by empty lines.

RFC 4180, UTF-8, comma. Columns that are not needed are optional, unknown ones are ignored.
Version 1 has only the card table.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import StringIO
from typing import Any

from backend.exchange import values
from backend.exchange.catima_values import card_of, values_of
from backend.exchange.lenient import Lenient
from backend.exchange.shapes import (
    ExchangeCard,
    FileRefused,
    Imported,
    RowProblem,
    RowRefused,
    Why,
)

CARD_COLUMNS = (
    "_id", "store", "note", "validfrom", "expiry", "balance", "balancetype", "cardid",
    "barcodeid", "barcodetype", "barcodeencoding", "headercolor", "starstatus", "lastused",
    "archive",
)  # fmt: skip
MOST_CARDS = 5_000

Row = dict[str, str]
Numbered = tuple[int, list[str]]


def is_catima_csv(text: str) -> bool:
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    return first in {"1", "2"} or (first.startswith("_id,") and "cardid" in first)


def read_catima_csv(text: str, pictures: Mapping[str, bytes] | None = None) -> Imported:
    """`pictures` are the archive's `card_<id>_front.png` and so on. Raises FileRefused."""
    found = Imported("catima")
    tables = _tables(text.lstrip("\ufeff"))
    version, start = _version(tables)
    groups: dict[str, list[str]] = {}
    cards: list[tuple[int, Row]] = []
    for header, lines in tables[start:]:
        if "cardid" in header and "store" in header:
            cards += _rows(header, lines, found)
        elif "groupId" in header:
            for _, row in _rows(header, lines, found):
                groups.setdefault(row.get("cardId", ""), []).append(row.get("groupId", ""))
    if not any("cardid" in header for header, _ in tables[start:]):
        raise FileRefused("broken", f"no table of cards in a Catima file of version {version}")
    if len(cards) > MOST_CARDS:
        raise FileRefused("too_large", f"more than {MOST_CARDS} cards")
    for line, row in cards:
        key = row.get("_id", "")
        lenient = Lenient()
        try:
            card = card_of(row, lenient, tuple(groups.get(key, ())))
        except RowRefused as refused:
            found.problems.append(refused.problem(line, row.get("store", "")))
            continue
        found.notes += lenient.notes(line, card.name)
        found.cards.append(replace(card, **_pictures(key, line, pictures or {}, found)))
    return found


def _tables(text: str) -> list[tuple[list[str], list[Numbered]]]:
    """Header and numbered rows of each part. An empty line inside quotes is no border."""
    csv.field_size_limit(values.LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    tables: list[tuple[list[str], list[Numbered]]] = []
    border = True
    try:
        for row in reader:
            if not row:
                border = True
            elif border:
                tables.append((row, []))
                border = False
            else:
                tables[-1][1].append((reader.line_num, row))
    except csv.Error as wrong:
        raise FileRefused("broken", f"line {reader.line_num}: {wrong}") from wrong
    return tables


def _version(tables: list[tuple[list[str], list[Numbered]]]) -> tuple[str, int]:
    """The version and where the tables begin. In version 1 the line stands directly above the
    header, so that the card table is the rows below it."""
    if not tables:
        raise FileRefused("empty", "the file is empty")
    head, lines = tables[0]
    if head in (["1"], ["2"]):
        if lines:
            tables.insert(1, (lines[0][1], lines[1:]))
        return head[0], 1
    return "1", 0


def _rows(
    header: list[str], lines: Iterable[Numbered], found: Imported
) -> Iterator[tuple[int, Row]]:
    for line, cells in lines:
        if len(cells) > len(header):
            found.problems.append(RowProblem(line, Why.TOO_MANY_VALUES))
            continue
        yield line, dict(zip(header, cells, strict=False))


def _pictures(
    key: str, line: int, pictures: Mapping[str, bytes], found: Imported
) -> dict[str, Any]:
    """One that is damaged is no reason to lose the card. Raises FileRefused when the whole is
    too large."""
    sides: dict[str, Any] = {}
    for side in ("front", "back", "icon"):
        try:
            sides[side] = pictures.get(f"card_{key}_{side}.png")
        except FileRefused as wrong:
            if wrong.code != "broken":
                raise
            found.notes.append(RowProblem(line, Why.UNREADABLE, side))
    return sides


def write_catima_csv(cards: list[ExchangeCard]) -> str:
    """Version 2. Cards are numbered from 1, as their pictures are."""
    made = StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(["2"])
    made.write("\r\n")
    writer.writerow(["_id"])
    for group in sorted({group for card in cards for group in card.groups}):
        writer.writerow([group])
    made.write("\r\n")
    writer.writerow(CARD_COLUMNS)
    for number, card in enumerate(cards, 1):
        writer.writerow(_cells(number, card))
    made.write("\r\n")
    writer.writerow(["cardId", "groupId"])
    for number, card in enumerate(cards, 1):
        for group in card.groups:
            writer.writerow([number, group])
    return made.getvalue()


def _cells(number: int, card: ExchangeCard) -> list[str]:
    given = {"_id": str(number), **values_of(card)}
    return [given[column] for column in CARD_COLUMNS]
