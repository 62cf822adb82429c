"""A plain CSV of cards, as Karman writes it and as a person makes it in a spreadsheet."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from backend.passes.exchange import symbologies, values
from backend.passes.exchange.shapes import ExchangeCard, FileRefused, Imported, RowProblem
from models.barcode_format import BarcodeFormat

COLUMNS = (
    "name", "number", "barcode_value", "barcode_format", "note", "expires", "balance",
    "balance_type", "color", "starred", "archived", "groups",
)  # fmt: skip
_NAMES = {
    "name": ("name", "store", "shop", "brand", "название", "магазин", "карта"),
    "number": ("number", "card", "cardid", "card_number", "номер", "номер карты"),
    "barcode_value": ("barcode_value", "barcode", "barcodeid", "штрихкод"),
    "barcode_format": ("barcode_format", "format", "barcodetype", "формат"),
    "note": ("note", "notes", "заметка", "комментарий"),
    "expires": ("expires", "expiry", "valid_until", "действует до"),
}
MOST_CARDS = 5_000


def read_plain_csv(text: str) -> Imported:
    """A header is needed, with a name and a number column (Russian or English). Comma,
    semicolon or tab. Raises FileRefused."""
    lines = text.lstrip("\ufeff")
    header = lines.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(StringIO(lines, newline=""), delimiter=delimiter)
    columns = _columns(reader.fieldnames or ())
    for needed in ("name", "number"):
        if needed not in columns:
            expected = ", ".join(_NAMES[needed])
            raise FileRefused("unknown_format", f"no column {needed!r} (or {expected})")
    found = Imported("csv")
    for row in reader:
        if len(found.cards) >= MOST_CARDS:
            raise FileRefused("too_large", f"more than {MOST_CARDS} cards")
        try:
            found.cards.append(_card(row, columns))
        except ValueError as wrong:
            found.problems.append(RowProblem(reader.line_num, str(wrong)))
    return found


def _columns(header: Any) -> dict[str, str]:
    """Our name of a column → the file's."""
    found: dict[str, str] = {}
    for given in header:
        folded = (given or "").strip().lower()
        for ours in COLUMNS:
            if folded in (ours, *_NAMES.get(ours, ())):
                found.setdefault(ours, given)
    return found


def _card(row: dict[str, Any], columns: dict[str, str]) -> ExchangeCard:
    def cell(name: str) -> str:
        return str(row.get(columns.get(name, ""), "") or "").strip()

    name, number = cell("name"), cell("number")
    if not name or not number:
        raise ValueError(f"{'name' if not name else 'number'} is empty")
    value = cell("barcode_value") or number
    ours = _format(cell("barcode_format"))
    return ExchangeCard(
        name=name,
        number=number,
        barcode_value=value,
        barcode_format=symbologies.drawable(ours, value),
        symbology=symbologies.TO_CATIMA[ours] if ours else "",
        note=cell("note"),
        expires=_expires(cell("expires")),
        balance=values.amount_of(cell("balance").replace(",", ".")),
        balance_type=cell("balance_type"),
        color=values.color_of_css(cell("color")),
        starred=values.flag_of(cell("starred")),
        archived=values.flag_of(cell("archived")),
        groups=tuple(filter(None, (g.strip() for g in cell("groups").split("|")))),
    )


def _format(text: str) -> BarcodeFormat | None:
    if not text:
        return None
    folded = text.lower().replace("-", "").replace("_", "").replace(" ", "")
    for theirs, ours in symbologies.CATIMA.items():
        if folded in {ours.value, theirs.lower().replace("_", "")}:
            return ours
    raise ValueError(f"barcode_format is {text!r}, expected one of {', '.join(BarcodeFormat)}")


def _expires(text: str) -> datetime | None:
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise ValueError(f"expires is {text!r}, expected 2027-12-31 or 31.12.2027")


def write_plain_csv(cards: list[ExchangeCard]) -> str:
    made = StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in cards:
        writer.writerow(
            [
                card.name,
                card.number,
                card.barcode_value,
                card.barcode_format.value if card.barcode_format else "",
                card.note,
                card.expires.date().isoformat() if card.expires else "",
                format(card.balance.normalize(), "f") if card.balance else "",
                card.balance_type,
                card.color or "",
                int(card.starred),
                int(card.archived),
                "|".join(card.groups),
            ]
        )
    return made.getvalue()
