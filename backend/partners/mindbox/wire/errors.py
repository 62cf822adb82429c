"""What Mindbox answers instead of a success, and what can be done about it.

The text of an error never holds what Mindbox wrote: that may repeat somebody's phone or name. It
stands in `message` and `complaints`, for whoever may see it.
"""

from dataclasses import dataclass


class MindboxError(Exception):
    """`repeatable`: the documentation allows to send the same request again (if it only reads, or
    with the same transactionId)."""

    repeatable = False


class Unavailable(MindboxError):
    """500, 502, 503, 504, no answer, or one that broke off. Whether the work was done over there is
    not known."""

    def __init__(self, what: str, status: int | None = None, *, repeatable: bool = True) -> None:
        super().__init__(what)
        self.status = status
        self.repeatable = repeatable


class Unreadable(Unavailable):
    """An answer that is not what the API says: cut off, a page of a proxy in between."""


class RateLimited(MindboxError):
    """429. `after`: seconds until it may be tried again. `daily`: the operation's limit of the day
    is used up. `sent`: Mindbox said so; otherwise our own count did, and nothing was sent."""

    def __init__(self, after: float, *, daily: bool = False, sent: bool = True) -> None:
        limit = "of the day" if daily else "of requests"
        super().__init__(f"the limit {limit} is used up for {after:.0f} s")
        self.after = after
        self.daily = daily
        self.sent = sent


class ProtocolFault(MindboxError):
    """The integration has to be mended: 400, and whatever the API does not document."""

    def __init__(self, status: int, message: str = "", error_id: str = "") -> None:
        known = f" (error {error_id})" if error_id else ""
        super().__init__(f"the request was refused with {status}{known}")
        self.status = status
        self.message = message
        self.error_id = error_id


class NotAuthorised(ProtocolFault):
    """401: no credentials came along."""


class Forbidden(ProtocolFault):
    """403: the credentials are not those of the endpoint."""


class WrongAddress(ProtocolFault):
    """404 without a body. Many of these, and the sender's address is blocked for a minute."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """`location` is the path of the field, `/customer/email`; empty: of the request as a whole."""

    message: str
    location: str = ""


class ValidationFailed(MindboxError):
    """What the customer entered does not do. The same request is never sent again."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        where = sorted({each.location or "the request as a whole" for each in complaints})
        super().__init__(f"refused: {', '.join(where) or 'nothing named'}")
        self.complaints = complaints

    @property
    def locations(self) -> tuple[str, ...]:
        return tuple(each.location for each in self.complaints)
