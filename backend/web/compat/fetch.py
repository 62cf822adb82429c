"""Pictures that a caller names by their address: fetched from the internet alone, decoded in the
bounded process."""

from aiohttp import ClientError, InvalidURL

from backend.reading.measured import CannotMeasure, measured
from backend.web.compat.call import Call
from backend.web.compat.wrong import Wrong
from backend.webhooks.request import Ways
from backend.webhooks.url import named
from catalog.entries.picture import OFFER_PICTURE, Measured

Picture = tuple[Measured, bytes]


async def fetched(call: Call, url: str, where: str) -> Picture:
    """Raises Wrong."""
    content = await _bytes(await call.ways(), url, where)
    try:
        return await measured(call.reader(), content, OFFER_PICTURE), content
    except CannotMeasure as wrong:
        if wrong.busy:
            raise Wrong(503, "try_later", "too many pictures are being read") from None
        told = f"{where}: the picture {wrong.what}; expected {wrong.expected}"
        raise Wrong(422, where, told) from None


async def _bytes(ways: Ways, url: str, where: str) -> bytes:
    if not url.startswith("https://") and not named(url, ways.http_hosts):
        raise Wrong(422, where, f"{where}: expected an address such as https://…")
    try:
        async with ways.to(url).get(url, allow_redirects=False) as answer:
            if answer.status != 200:
                raise Wrong(422, where, f"{where}: its address answers {answer.status}")
            held = bytearray()
            async for chunk in answer.content.iter_any():
                held += chunk
                if len(held) > OFFER_PICTURE.largest:
                    raise Wrong(422, where, f"{where}: over {OFFER_PICTURE.largest} bytes")
            return bytes(held)
    except (ClientError, InvalidURL, OSError, ValueError) as error:
        why = type(error).__name__
        raise Wrong(422, where, f"{where}: cannot be fetched ({why})") from None
