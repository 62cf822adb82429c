"""What can go wrong with a call. No text of the other side is in a message: it may name people."""

from datetime import timedelta


class LoyaltyOnlineError(Exception):
    """The base of all of them."""


class Unanswered(LoyaltyOnlineError):
    """No answer, or none that can be read. `arrived`: the request may have been carried out."""

    def __init__(self, what: str, *, arrived: bool) -> None:
        super().__init__(what)
        self.arrived = arrived


class Malformed(Unanswered):
    """It answered success, and what it says is not of the API."""

    def __init__(self, what: str) -> None:
        super().__init__(what, arrived=True)


class Busy(LoyaltyOnlineError):
    """429: the request was turned away. `after`: it said how long."""

    def __init__(self, after: timedelta | None = None) -> None:
        super().__init__("answers 429")
        self.after = after


class Failing(Unanswered):
    """5xx: whether anything was done nobody knows. `after`: it said how long it is away."""

    def __init__(self, status: int, after: timedelta | None = None) -> None:
        super().__init__(f"answers {status}", arrived=True)
        self.after = after


class Declined(LoyaltyOnlineError):
    """422, the API's own error. `code` is of the host's own table, at most 64 characters."""

    def __init__(self, code: str, description: str = "") -> None:
        super().__init__(f"declined with code {code!r}")
        self.code = code
        self.description = description


class NotAuthorised(LoyaltyOnlineError):
    """401 or 403."""

    def __init__(self, status: int) -> None:
        super().__init__(f"answers {status}")
        self.status = status


class NotServed(LoyaltyOnlineError):
    """The host has no such method, or wants it otherwise: 3xx and every other 4xx."""

    def __init__(self, status: int, method: str) -> None:
        super().__init__(f"answers {status} to {method}")
        self.status = status
        self.method = method
