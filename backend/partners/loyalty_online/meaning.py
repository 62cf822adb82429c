"""What a host's own error codes mean to a person, and what its other troubles mean to us."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from types import TracebackType

from aiohttp import ClientConnectorError

from backend.partners.loyalty_online.wire.errors import (
    Busy,
    Declined,
    Failing,
    LoyaltyOnlineError,
    NotAuthorised,
    NotServed,
)
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.world.http import PrivateAddress
from models.refusal import Code, Refusal


class Meaning(StrEnum):
    """As settings spell it."""

    # The card is blocked, and no other may be made.
    BLOCKED = "blocked"
    # The search finds several cards, or somebody else's: the host's people must look.
    AMBIGUOUS = "ambiguous"
    NUMBER_UNKNOWN = "number_unknown"
    NUMBER_TAKEN = "number_taken"
    # Some hosts do not answer `{}`.
    NOT_FOUND = "not_found"
    # It was done before.
    DONE = "done"
    TRY_LATER = "try_later"
    GIVE_UP = "give_up"
    NEEDS_SETTINGS = "needs_settings"


_REFUSALS: Mapping[Meaning, Callable[[], Refusal]] = {
    Meaning.BLOCKED: lambda: Refusal(Code.CARD_BLOCKED),
    Meaning.AMBIGUOUS: lambda: Refusal(Code.NUMBER_BOUND),
    Meaning.NUMBER_UNKNOWN: lambda: Refusal(Code.NUMBER_UNKNOWN),
    Meaning.NUMBER_TAKEN: lambda: Refusal(Code.NUMBER_TAKEN),
}


class Codes:
    """The table of one host."""

    def __init__(self, table: Mapping[str, Meaning], others: Meaning) -> None:
        self._table, self._others = table, others

    def meaning(self, declined: Declined) -> Meaning:
        return self._table.get(declined.code, self._others)

    def told(self, *silent: Meaning) -> "Told":
        """What the client raises, as the rest of the house knows it. A code that means one of
        `silent` ends the block, and no more."""
        return Told(self, silent)

    def refused(self, declined: Declined) -> Exception:
        meaning = self.meaning(declined)
        if meaning in _REFUSALS:
            return _REFUSALS[meaning]()
        reason = f"the loyalty system answers with the error code {declined.code!r}"
        if meaning is Meaning.TRY_LATER:
            return TryLater(reason)
        return NeedsSettings(reason) if meaning is Meaning.NEEDS_SETTINGS else GiveUp(reason)


class Told:
    def __init__(self, codes: Codes, silent: Collection[Meaning]) -> None:
        self._codes, self._silent = codes, silent

    def __enter__(self) -> None:
        return

    def __exit__(
        self, _kind: object, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if isinstance(error, Declined):
            if self._codes.meaning(error) not in self._silent:
                raise self._codes.refused(error) from error
            return True
        if isinstance(error, LoyaltyOnlineError):
            raise failure_of(error) from error
        return False


def failure_of(wrong: LoyaltyOnlineError) -> Failure:
    cause = wrong.__cause__
    if isinstance(cause, ClientConnectorError) and isinstance(cause.os_error, PrivateAddress):
        return NeedsSettings("the loyalty system's address is inside a network: refused")
    if isinstance(wrong, NotAuthorised):
        return NeedsSettings("the loyalty system does not accept login and password")
    if isinstance(wrong, NotServed):
        return NeedsSettings(f"the loyalty system {wrong}: is the address right?")
    after = wrong.after if isinstance(wrong, Busy | Failing) else None
    return TryLater(f"the loyalty system: {wrong}", after)
