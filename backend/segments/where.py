"""A segment's tree as a condition of a statement."""

from collections.abc import Mapping
from typing import Any


def where(tree: Mapping[str, Any] | None, taken: int) -> tuple[str, list[Any]]:
    """About a customer `c`; its values are numbered after `taken`. "TRUE" for everybody."""
    if tree is None:
        return "TRUE", []
    keys = [key for each in tree["all"] for key in each["in"]]
    marks = ", ".join(f"${taken + n}" for n in range(1, len(keys) + 1))
    return f"c.city_id IN (SELECT id FROM cities WHERE key IN ({marks}))", keys  # noqa: S608
