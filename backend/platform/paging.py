"""A page of what a statement finds when each of its rows says `total`: how many there are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageOfRows:
    """`page` counts from 0; there is one page at least."""

    rows: list[Row]
    page: int
    pages: int
    total: int


async def page_of(find: Callable[[int], Awaitable[list[Row]]], page: int, size: int) -> PageOfRows:
    """`find` reads a page by its number. A page past the end is the last one."""
    page = max(page, 0)
    found = await find(page)
    if not found and page:
        first = await find(0)
        page = max(0, _pages(first, size) - 1)
        found = await find(page) if page else first
    total = int(found[0]["total"]) if found else 0
    return PageOfRows(found, page if found else 0, _pages(found, size), total)


def _pages(found: list[Row], size: int) -> int:
    return max(1, -(-(found[0]["total"] if found else 0) // size))
