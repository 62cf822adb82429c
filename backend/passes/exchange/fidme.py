"""FidMe's export: a ZIP with `loyalty_programs.csv`, parted by semicolons."""

import csv
from io import StringIO

from backend.passes.exchange.archive import Archive
from backend.passes.exchange.bounds import OutOfBounds
from backend.passes.exchange.shapes import ExchangeCard, FileRefused, Imported, RowProblem

CSV_NAME = "loyalty_programs.csv"
_NEEDED = ("Retailer", "Reference")


def read_fidme(entries: Archive) -> Imported:
    """The format has no barcode type; expired cards have no number and are counted. Raises
    FileRefused."""
    table = entries.get(CSV_NAME)
    if table is None:
        raise FileRefused("unknown_format", f"no {CSV_NAME} in the archive")
    text = table.decode("utf-8-sig", errors="replace")
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
            found.problems.append(RowProblem(reader.line_num, "Retailer and Program are empty"))
        else:
            try:
                note = _note(row, name)
                found.cards.append(ExchangeCard(name, number, barcode_value=number, note=note))
            except OutOfBounds as wrong:
                found.problems.append(RowProblem(reader.line_num, str(wrong)))
    return found


def _note(row: dict[str, str], name: str) -> str:
    """The program and the holder, which FidMe keeps in columns of their own."""
    program = (row.get("Program") or "").strip()
    holder = " ".join(filter(None, ((row.get(k) or "").strip() for k in ("Firstname", "Lastname"))))
    return "\n".join(text for text in (program if program != name else "", holder) if text)
