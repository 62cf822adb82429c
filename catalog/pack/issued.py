"""The CSV of plastic that a brand has handed out: card_number;phone;email, read row by row."""

from collections.abc import Iterator
from pathlib import Path

from catalog.entries.issued import IssuedEntry, issued_mistakes
from catalog.pack.problems import Problems
from catalog.pack.table import Columns, rows

_COLUMNS = Columns(required=("card_number",), optional=("phone", "email"))


def issued_entries(path: Path, problems: Problems) -> Iterator[IssuedEntry]:
    """Every row in order, also the wrong ones; each mistake goes to `problems`."""
    for row in rows(path, path.name, _COLUMNS, problems):
        entry = IssuedEntry(
            number=row.cells["card_number"].replace(" ", ""),
            phone=row.cells["phone"].strip(),
            email=row.cells["email"].strip().lower(),
        )
        for what, expected in issued_mistakes(entry):
            problems.add(path.name, row.line, what, expected)
        yield entry
