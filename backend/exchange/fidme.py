"""FidMe's export: a ZIP with `loyalty_programs.csv`, parted by semicolons."""

import csv
from io import StringIO

from backend.exchange.archive import Archive
from backend.exchange.lenient import Lenient
from backend.exchange.shapes import FileRefused, Imported, RowProblem, RowRefused, Why
from backend.exchange.text import text_of

CSV_NAME = "loyalty_programs.csv"
_NEEDED = ("Retailer", "Reference")


def read_fidme(entries: Archive) -> Imported:
    """The format has no barcode type; expired cards have no number and are counted. Raises
    FileRefused."""
    table = entries.get(CSV_NAME)
    if table is None:
        raise FileRefused("unknown_format", f"no {CSV_NAME} in the archive")
    text = text_of(table)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=";")
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise FileRefused("broken", f"{CSV_NAME} has no column {missing[0]}")
    found = Imported("fidme")
    for row in reader:
        number = (row["Reference"] or "").strip()
        name = (row["Retailer"] or "").strip() or (row.get("Program") or "").strip()
        if not number:
            found.skip("expired")
        elif not name:
            found.problems.append(RowProblem(reader.line_num, Why.EMPTY, "name"))
        else:
            _take(row, name, number, reader.line_num, found)
    return found


def _take(row: dict[str, str], name: str, number: str, line: int, found: Imported) -> None:
    lenient = Lenient()
    try:
        note = _note(row, name)
        card = lenient.card(name=name, number=number, barcode_value=number, note=note)
    except RowRefused as refused:
        found.problems.append(refused.problem(line, name))
        return
    found.cards.append(card)
    found.notes += lenient.notes(line, card.name)


def _note(row: dict[str, str], name: str) -> str:
    """The program, since when and the holder, which FidMe keeps in columns of their own."""
    program, since = ((row.get(column) or "").strip() for column in ("Program", "Added At"))
    holder = " ".join(filter(None, ((row.get(k) or "").strip() for k in ("Firstname", "Lastname"))))
    return "\n".join(text for text in (program if program != name else "", since, holder) if text)
