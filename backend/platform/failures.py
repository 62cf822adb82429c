"""The three names of a failed delivery. Anything else is a bug and logged with its trace."""

from datetime import timedelta


class Failure(Exception):
    """`reason` is for the operator: no personal data, no secrets."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(Failure):
    """The other side is away or busy. `after`: it said how long."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class GiveUp(Failure):
    """It will never work: the person is gone, the request is refused for good."""


class NeedsSettings(Failure):
    """An operator or a marketer must mend something first; `karman outbox retry` then
    repeats it."""
