"""What an outside server answered, bounded."""

from aiohttp import ClientResponse


async def whole(answer: ClientResponse, most: int) -> bytes:
    """Up to `most` bytes. One read gives what has come so far."""
    held = bytearray()
    while len(held) < most and (part := await answer.content.read(most - len(held))):
        held += part
    return bytes(held)
