"""Tries a host of the Loyalty Online API for real."""

from collections.abc import AsyncIterator
from datetime import timedelta

from backend.partners.finding import Finding
from backend.partners.loyalty_online.meaning import failure_of
from backend.partners.loyalty_online.processor import open_client
from backend.partners.loyalty_online.settings import Call, Secrets, Settings
from backend.partners.loyalty_online.wire.client import Client
from backend.partners.loyalty_online.wire.errors import Busy, Declined, LoyaltyOnlineError
from backend.partners.loyalty_online.wire.models import Search
from backend.partners.way import Way
from backend.platform.failures import NeedsSettings

# A number of no network, so that nobody's card is asked for.
NOBODY = Search(msisdn="70000000000")
APART = timedelta(minutes=5)
_HOST = "whoever runs the loyalty system"


async def check(settings: Settings, secrets: Secrets, way: Way) -> AsyncIterator[Finding]:
    """Nothing is changed there: the search, and each optional call that only reads."""
    client = open_client(settings, secrets, way)
    searched = await _search(settings, client)
    yield searched
    if not searched.good:
        return
    yield _clock(client, way)
    for name, call in _reads(settings).items():
        yield await _read(settings, client, name, call)
    if settings.profile.on or settings.anonymous:
        yield Finding(True, "calls that write (profile, anonymous) are not tried by a check")


async def _search(settings: Settings, client: Client) -> Finding:
    what = "GET v1/card"
    try:
        await client.find(NOBODY)
    except Declined as declined:
        if declined.code in settings.codes:
            return Finding(True, f"{what} answers with the code {declined.code!r}, which is known")
        unknown = f"{what} answers with the code {declined.code!r} for a phone that nobody has"
        return Finding(False, f"{unknown}: name it in `codes`", "you")
    except LoyaltyOnlineError as wrong:
        return _trouble(what, wrong)
    return Finding(True, f"{what} answers, login and password are accepted")


def _clock(client: Client, way: Way) -> Finding:
    if client.their_time is None:
        return Finding(True, "its answers do not say what time it is there")
    apart = abs(client.their_time - way.clock())
    if apart > APART:
        what = f"its clock and ours are {apart.total_seconds() / 60:.0f} minutes apart"
        return Finding(False, what, f"{_HOST}, or whoever runs this server")
    return Finding(True, "its clock agrees with ours")


def _reads(settings: Settings) -> dict[str, Call]:
    calls = {
        "balance": settings.balance,
        "history": settings.history,
        "promotions": settings.promotions,
    }
    return {name: call for name, call in calls.items() if call.on}


async def _read(settings: Settings, client: Client, name: str, call: Call) -> Finding:
    what = f"{name} ({call.method} {call.path})"
    if not settings.check_card:
        return Finding(False, f"{what} was not tried: set `check_card` to a card of a test", "you")
    try:
        await client.read(call.method, call.path, settings.check_card)
    except Declined as declined:
        said = f"{what} answers with the code {declined.code!r} for the card of the test"
        return Finding(False, said, _HOST)
    except LoyaltyOnlineError as wrong:
        return _trouble(what, wrong)
    return Finding(True, f"{what} answers")


def _trouble(what: str, wrong: LoyaltyOnlineError) -> Finding:
    failure = failure_of(wrong)
    ours = isinstance(failure, NeedsSettings)
    later = isinstance(wrong, Busy)
    who = "you" if ours else "time: try again later" if later else _HOST
    return Finding(False, f"{what}: {failure.reason}", who)
