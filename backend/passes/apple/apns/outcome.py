"""What APNs says of a push, in the words of who has to do something about it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import orjson


class Fate(StrEnum):
    """TOLD: taken in, whether the device wakes up or not. GONE: this token leads to no device any
    more. LATER: nothing is wrong with it. REFUSED: nothing goes through until somebody has put the
    settings right."""

    TOLD = "told"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`since`: GONE from then on; a device that registered later is another. `reason`: as APNs
    calls it."""

    fate: Fate
    reason: str = ""
    since: datetime | None = None


_TOKEN_IS_WRONG = frozenset({"BadDeviceToken", "DeviceTokenNotForTopic", "MissingDeviceToken"})
# Of the certificate, the key or the pass type: no device is to blame.
_NOBODY_GOES = frozenset({"BadTopic", "MissingTopic", "TopicDisallowed"})
# A token is made anew within the hour.
_AGAIN = "ExpiredProviderToken"
TOLD = Outcome(Fate.TOLD)


def outcome_of(status: int, body: bytes) -> Outcome:
    if status == 200:
        return TOLD
    said = _said(body)
    reason = str(said.get("reason", ""))[:64] or str(status)
    if status == 410:
        return Outcome(Fate.GONE, reason, _moment(said.get("timestamp")))
    if status == 400 and reason in _TOKEN_IS_WRONG:
        return Outcome(Fate.GONE, reason)
    if (status == 403 and reason != _AGAIN) or reason in _NOBODY_GOES:
        return Outcome(Fate.REFUSED, reason)
    return Outcome(Fate.LATER, reason)


def _said(body: bytes) -> dict[str, object]:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _moment(milliseconds: object) -> datetime | None:
    if isinstance(milliseconds, int) and 0 < milliseconds < 10**14:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    return None
