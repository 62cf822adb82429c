"""A plain CSV of cards, as Karman writes it and as a person makes it in a spreadsheet."""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from decimal import Decimal
from io import StringIO

from backend.exchange import cells, symbologies, values
from backend.exchange.currencies import currency_of
from backend.exchange.lenient import Lenient
from backend.exchange.shapes import (
    ExchangeCard,
    FileRefused,
    Imported,
    RowRefused,
    Why,
)
from backend.exchange.text import no_wallet

COLUMNS = (
    "name", "number", "barcode_value", "barcode_format", "note", "valid_from", "expires", "balance",
    "balance_type", "color", "starred", "archived", "groups",
)  # fmt: skip
_NAMES = {
    "name": ("store", "shop", "brand", "название", "магазин", "карта"),
    "number": ("card", "cardid", "card_number", "card number", "номер", "номер карты"),
    "barcode_value": ("barcode", "barcodeid", "штрихкод", "штрих-код"),
    "barcode_format": ("format", "barcodetype", "формат"),
    "note": ("notes", "заметка", "комментарий"),
    "valid_from": ("validfrom", "действует с"),
    "expires": ("expiry", "valid_until", "действует до"),
    "balance": ("баланс",),
    "balance_type": ("balancetype", "currency", "валюта"),
    "color": ("colour", "цвет"),
    "starred": ("star", "favourite", "favorite", "избранное"),
    "archived": ("archive", "архив"),
    "groups": ("group", "группы", "группа"),
}
NO_BARCODE = "none"
MOST_CARDS = 5_000
# What a spreadsheet makes of fifteen digits and more; the last ones are lost.
_ROUNDED = re.compile(r"\d(?:[.,]\d*)?[eE]\+\d+", re.ASCII)
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y")
_YES = frozenset({"1", "yes", "true", "да", "истина"})
_NO = frozenset({"", "0", "no", "false", "нет", "ложь"})

Cell = Callable[[str], str]


def read_plain_csv(text: str) -> Imported:
    """A header is needed, with a name and a number column (Russian or English). Comma,
    semicolon or tab, or what a first line `sep=;` says. Raises FileRefused."""
    lines, delimiter, above = _parted(text.lstrip("\ufeff"))
    csv.field_size_limit(values.LONGEST_CELL)
    reader = csv.reader(StringIO(lines, newline=""), delimiter=delimiter)
    found = Imported("csv")
    try:
        columns = _columns(next(reader, []))
        for count, row in enumerate(filter(any, reader), 1):
            if count > MOST_CARDS:
                raise FileRefused("too_large", f"more than {MOST_CARDS} cards")
            _take(row, columns, reader.line_num + above, found)
    except csv.Error as wrong:
        raise FileRefused("broken", f"line {reader.line_num}: {wrong}") from wrong
    return found


def _parted(text: str) -> tuple[str, str, int]:
    """The table, its delimiter and how many lines stand above it."""
    first, _, rest = text.partition("\n")
    said = first.strip('\r "')
    if said[:4].lower() == "sep=" and len(said) == 5:
        return rest, said[4], 1
    return text, max(",;\t", key=first.count), 0


def _columns(header: list[str]) -> dict[str, int]:
    """Our name of a column → its place. Raises FileRefused."""
    found: dict[str, int] = {}
    for place, given in enumerate(header):
        folded = given.strip().lower()
        for ours in COLUMNS:
            if folded in (ours, *_NAMES.get(ours, ())):
                found.setdefault(ours, place)
    missing = [needed for needed in ("name", "number") if needed not in found]
    if len(missing) == 2:
        raise no_wallet()
    if missing:
        expected = ", ".join(_NAMES[missing[0]])
        raise FileRefused(f"no_{missing[0]}_column", f"no column {missing[0]!r} (or {expected})")
    return found


def _take(row: list[str], columns: dict[str, int], line: int, found: Imported) -> None:
    def cell(name: str) -> str:
        place = columns.get(name, len(row))
        return cells.read(row[place].strip()) if place < len(row) else ""

    lenient = Lenient()
    try:
        card = _card(cell, lenient)
    except RowRefused as refused:
        found.problems.append(refused.problem(line, cell("name")))
        return
    found.cards.append(card)
    found.notes += lenient.notes(line, card.name)


def _card(cell: Cell, lenient: Lenient) -> ExchangeCard:
    """Raises RowRefused."""
    for needed in ("name", "number"):
        if not cell(needed):
            raise RowRefused(Why.EMPTY, needed)
    for counted in ("number", "barcode_value"):
        if _ROUNDED.fullmatch(cell(counted)):
            raise RowRefused(Why.SPREADSHEET, counted, cell(counted))
    number = cell("number")
    value = cell("barcode_value") or number
    symbology = _symbology(cell("barcode_format"), value, lenient)
    barcode = symbologies.drawn(symbology, value)
    return lenient.card(
        name=cell("name"),
        number=number,
        barcode_value=barcode.value,
        barcode_format=barcode.format,
        symbology=symbology,
        note=cell("note"),
        valid_from=lenient.take("valid_from", cell("valid_from"), _day, None),
        expires=lenient.take("expires", cell("expires"), _day, None),
        balance=lenient.take("balance", cell("balance"), _amount, values.ZERO),
        balance_type=currency_of(cell("balance_type")),
        color=lenient.take("color", cell("color"), _color, None),
        starred=lenient.take("starred", cell("starred"), _flag, False),
        archived=lenient.take("archived", cell("archived"), _flag, False),
        groups=cells.parted(cell("groups")),
    )


def _symbology(given: str, value: str, lenient: Lenient) -> str:
    """In Catima's words. Where nothing is said, what a typed number would get."""
    if not given:
        return symbologies.guessed(value)
    if given.lower() == NO_BARCODE:
        return ""
    named = symbologies.symbology_named(given)
    if named is None:
        lenient.leave_out("barcode_format", given)
    return named or ""


def _amount(text: str) -> Decimal:
    return values.amount_of("".join(text.split()).replace(",", "."))


def _color(text: str) -> str | None:
    color = values.color_of_css(text)
    if text and color is None:
        raise ValueError(text)
    return color


def _flag(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError(text)
    return text.lower() in _YES


def _day(text: str) -> datetime | None:
    """Its first moment at the owner's place: no offset. Raises ValueError."""
    if not text:
        return None
    for pattern in _DAYS:
        try:
            return datetime.strptime(text.split(maxsplit=1)[0], pattern)  # noqa: DTZ007  the owner's
        except ValueError:
            continue
    raise ValueError(text)


def write_plain_csv(cards: Iterable[ExchangeCard], zone: tzinfo) -> str:
    """Days are those of `zone`. Nothing in it is a formula to a spreadsheet."""
    made = StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in cards:
        writer.writerow(_cells(card, zone))
    return made.getvalue()


def _cells(card: ExchangeCard, zone: tzinfo) -> list[str]:
    return [
        cells.written(card.name),
        cells.written(card.number),
        cells.written(card.barcode_value),
        card.barcode_format.value if card.barcode_format else _named(card.symbology),
        cells.written(card.note),
        _written_day(card.valid_from, zone),
        _written_day(card.expires, zone),
        format(card.balance.normalize(), "f") if card.balance else "",
        cells.written(card.balance_type),
        card.color or "",
        str(int(card.starred)),
        str(int(card.archived)),
        cells.written(cells.joined(card.groups)),
    ]


def _named(symbology: str) -> str:
    """A symbology that is not drawn, or the word for none: an empty cell would be guessed."""
    return symbologies.symbology_named(symbology) or NO_BARCODE


def _written_day(moment: datetime | None, zone: tzinfo) -> str:
    return "" if moment is None else moment.astimezone(zone).date().isoformat()
