"""A page of a list: by the id of the last row, so that nothing is skipped or comes twice while
others are added."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from backend.web.api.asked import Asked
from backend.web.api.operation import Answer
from backend.web.api.queries import ListQuery

Shown = Mapping[str, Any]


async def page(
    asked: Asked,
    found: Any,
    show: Callable[[Sequence[Any]], Awaitable[list[Shown]]],
    *,
    newest_first: bool = False,
) -> Answer:
    """`found` is a query of the scope, narrowed and not ordered. The answer has `items`, and
    `next` when there are more; the door seals it."""
    limit = asked.asks(ListQuery).limit
    if asked.after is not None:
        past = {"id__lt" if newest_first else "id__gt": asked.after}
        found = found.filter(**past)
    rows = await found.order_by("-id" if newest_first else "id").limit(limit + 1)
    shown = {"items": await show(rows[:limit])}
    return Answer(shown | ({"next": rows[limit - 1].id} if len(rows) > limit else {}))
