"""What Bitrix answers instead of an answer."""


class BitrixError(Exception):
    """`code` is Bitrix's own word or number for it."""

    def __init__(self, status: int, code: str = "") -> None:
        super().__init__(f"{status} {code}".strip())
        self.status = status
        self.code = code


class NotFound(BitrixError):
    """There is no such order, deal or contact (any more)."""


class AccessRefused(BitrixError):
    """The webhook is unknown, ended, or may not do this."""


class Refused(BitrixError):
    """It will never work as it is."""


class Away(BitrixError):
    """No answer, or one that means that something is broken or busy there."""
