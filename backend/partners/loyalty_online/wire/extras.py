"""Answers that no public page shows: read by names that are agreed with the host."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from .errors import Malformed

_LONGEST = 500


def at(answer: Any, path: str) -> Any:
    """What stands at `card.balance.points`; None where nothing does, or where `path` is empty."""
    found = answer if path else None
    for name in path.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(name)
    return found


def items(answer: Any, path: str) -> Iterator[Any]:
    """Of a list at `path`, or of the answer itself where that is the list. Raises Malformed."""
    found = answer if isinstance(answer, list) else at(answer, path)
    if not isinstance(found, list):
        raise Malformed(f"its answer has no list {path!r}")
    yield from found


def amount(value: Any, name: str) -> Decimal:
    """Raises Malformed."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise Malformed(f"{name!r} of its answer is no number")
    try:
        found = Decimal(value)
    except InvalidOperation:
        raise Malformed(f"{name!r} of its answer is no number") from None
    if not found.is_finite() or abs(found) >= 10**12:
        raise Malformed(f"{name!r} of its answer is no amount")
    return found


def moment(value: Any, name: str) -> datetime:
    """ISO 8601; without a zone it is UTC. Raises Malformed."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Malformed(f"{name!r} of its answer is no time in ISO 8601") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(value: Any, name: str) -> date | None:
    """Raises Malformed."""
    return moment(value, name).date() if value else None


def text(value: Any) -> str:
    """One line; empty for what is no text and no number."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    return " ".join(str(value).split())[:_LONGEST]
