"""A moment as it is typed behind an option."""

from datetime import UTC, datetime


def moment(option: str, given: str | None) -> datetime | None:
    """UTC unless it says otherwise. Raises CannotRun."""
    from backend.cli.explain import CannotRun

    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        expected = "2026-11-27 or 2026-11-27T12:30"
        raise CannotRun(f"{option} {given}: expected {expected}") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
