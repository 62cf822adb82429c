"""What an address on this machine answers to a phone."""

from urllib.parse import urljoin, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot.sandbox.answered import whole
from bot.sandbox.errors import PageError
from bot.sandbox.guard import LOOPBACK

PASS = "application/vnd.apple.pkpass"  # noqa: S105  a type of files
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
SECONDS = 15.0
LARGEST = 8 << 20
_MOST_STEPS = 5
_STEPS = frozenset({301, 302, 303, 307, 308})


def is_here(link: str) -> bool:
    """Whether the address is one of this machine: others are left to the browser."""
    try:
        parts = urlsplit(link)
        return parts.scheme in {"http", "https"} and (parts.hostname or "").lower() in LOOPBACK
    except ValueError:
        return False


async def pass_at(link: str, language: str) -> bytes | None:
    """The card's file; None where there is something else. PageError: nothing answers."""
    headers = {"User-Agent": AGENT, "Accept-Language": language}
    timeout = ClientTimeout(total=SECONDS)
    try:
        async with ClientSession(cookie_jar=DummyCookieJar(), timeout=timeout) as http:
            for _ in range(_MOST_STEPS):
                async with http.get(link, headers=headers, allow_redirects=False) as answer:
                    if answer.status not in _STEPS:
                        found = answer.content_type == PASS and answer.status == 200
                        return await whole(answer, LARGEST) if found else None
                    link = urljoin(link, answer.headers.get("Location", ""))
                if not is_here(link):
                    return None
    except (ClientError, OSError, ValueError) as error:
        raise PageError(502, f"nothing answers there: {type(error).__name__}") from None
    return None
