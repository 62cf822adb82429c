"""What RetailCRM answers instead of an answer."""

from collections.abc import Mapping


class RetailCrmError(Exception):
    """`message` is what RetailCRM wrote; it may quote what was sent."""

    def __init__(self, status: int, message: str = "") -> None:
        super().__init__(f"{status} {message}".strip())
        self.status = status
        self.message = message


class NotFound(RetailCrmError):
    """No such customer, account or order."""


class KeyRefused(RetailCrmError):
    """The key is unknown, ended, or may not do this; or there is no such account."""


class Refused(RetailCrmError):
    """The request will never work as it is. `errors` are RetailCRM's own words by field."""

    def __init__(self, status: int, message: str, errors: Mapping[str, str]) -> None:
        super().__init__(status, message)
        self.errors = errors


class Away(RetailCrmError):
    """No answer, half of one, or one that means that something is broken there. Whether what was
    asked has been done is not known. `after`: seconds that it asks to wait; 0 says nothing."""

    def __init__(self, status: int, message: str = "", after: float = 0.0) -> None:
        super().__init__(status, message)
        self.after = after


class TooMany(Away):
    """More requests than a key may send; nothing was done."""
