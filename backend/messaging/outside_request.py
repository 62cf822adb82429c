"""One request to a gateway, its answer bounded, its failures in our three names."""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, InvalidURL

from backend.messaging.channel import OutcomeUnknown
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.world.http import PrivateAddress, whole

MOST_BYTES = 64 * 1024


async def ask(
    http: ClientSession,
    method: str,
    url: str,
    *,
    data: Mapping[str, str] | str | None = None,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """The text of a 2xx answer. Redirects are not followed: they would carry the key along.

    Raises TryLater (away, busy), NeedsSettings (refuses us), GiveUp (refuses the message) and
    OutcomeUnknown (the request left and no answer came). No reason quotes the address: it
    may carry a key and a phone.
    """
    try:
        async with http.request(
            method, url, data=data, json=json, headers=headers, allow_redirects=False
        ) as answer:
            body = await whole(answer.content, MOST_BYTES)
            _check(answer.status)
            return body.decode("utf-8", errors="replace")
    except InvalidURL:
        raise NeedsSettings("the gateway's address cannot be used") from None
    except ClientConnectorError as away:
        if _private(away):
            raise NeedsSettings("the gateway's address leads inside the house") from None
        raise TryLater("the gateway is away") from None
    except (ClientError, TimeoutError) as lost:
        raise OutcomeUnknown(f"no answer from the gateway: {type(lost).__name__}") from None


def _check(status: int) -> None:
    if 200 <= status < 300:
        return
    if status == 429 or status >= 500:
        raise TryLater(f"the gateway said {status}")
    if status in {401, 402, 403, 404, 405} or 300 <= status < 400:
        raise NeedsSettings(f"the gateway refused us: {status}")
    raise GiveUp(f"the gateway refused the message: {status}")


def _private(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, PrivateAddress):
            return True
        if isinstance(seen, BaseExceptionGroup):
            return any(_private(one) for one in seen.exceptions)
        seen = getattr(seen, "os_error", None) or seen.__cause__ or seen.__context__
        if seen is error:
            return False
    return False


def kopecks(roubles: object, otherwise: int) -> int:
    """What an answer says that a message cost: `1.44` (a text or a number) → 144; `otherwise`
    when the gateway did not say."""
    try:
        return max(0, round(float(str(roubles).replace(",", ".")) * 100))
    except (ValueError, OverflowError):
        return otherwise
