"""stores.csv: where a brand's card is shown to a cashier."""

from pydantic import ValidationError

from catalog.entries.mistakes import mistakes_of
from catalog.entries.store import StoreEntry
from catalog.pack.folder import Folder
from catalog.pack.problems import Problems
from catalog.pack.table import Columns, Row, rows

_LARGEST = 10_000_000
_MOST_STORES = 20_000
_COLUMNS = Columns(
    required=("key", "city", "address", "lat", "lon"), optional=("hours", "radius_m")
)


def read_stores(file: str, folder: Folder, problems: Problems) -> tuple[StoreEntry, ...]:
    """The good stores of the file, () when there is no such file: a brand may sell online only."""
    if not folder.has(file):
        return ()
    path = folder.find(file, largest=_LARGEST, expected="the stores")
    if path is None:
        return ()
    found: list[StoreEntry] = []
    lines: dict[str, int] = {}
    for count, row in enumerate(rows(path, file, _COLUMNS, problems), 1):
        store = _store(row, file, problems)
        if store is not None:
            found.append(store)
        _report_twice(row, file, lines, problems)
        if count > _MOST_STORES:
            problems.add(file, row.line, "has too many stores", f"at most {_MOST_STORES}")
            break
    return tuple(found)


def _store(row: Row, file: str, problems: Problems) -> StoreEntry | None:
    given = {column: text for column, text in row.cells.items() if text}
    try:
        return StoreEntry.model_validate(given)
    except ValidationError as wrong:
        for mistake in mistakes_of(StoreEntry, wrong, "the store"):
            problems.add(file, row.line, mistake.what, mistake.expected)
        return None


def _report_twice(row: Row, file: str, lines: dict[str, int], problems: Problems) -> None:
    key = row.cells["key"]
    first = lines.setdefault(key, row.line)
    if first != row.line:
        what = f"store {key!r} stands twice, first on line {first}"
        problems.add(file, row.line, what, "each once")
