"""The fields of a registry's line: which of them is wrong, and what was expected."""

from backend.jobs.layout import Bad
from backend.partners.registries.wire.writing import CLIENTS

NUMBER = "card_number"
_MOST = 50
LONGEST = f"1 to {_MOST} characters"


def too_long(*texts: str) -> bool:
    return any(len(text) > _MOST for text in texts)


def parted(bad: Bad) -> tuple[str, str]:
    """The field that is wrong, and what is wrong with it; no field where it is the whole line."""
    field, colon, what = bad.what.partition(": ")
    if colon and field in CLIENTS:
        return field, what
    field, _, what = bad.what.partition(" ")
    return (field, what) if field in CLIENTS else ("", bad.what)
