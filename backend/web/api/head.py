"""HEAD: what GET answers, without its body (RFC 9110 asks for both)."""

from collections.abc import AsyncIterator
from dataclasses import replace

from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation


def headed(operation: Operation) -> Operation:
    """aiohttp leaves out a body that it is given whole; of a file no piece is made."""

    async def does(asked: Asked) -> Answer:
        answer = await operation.does(asked)
        if answer.file is None:
            return answer
        kind, _ = answer.file
        return replace(answer, file=(kind, _nothing()))

    return replace(operation, does=does)


async def _nothing() -> AsyncIterator[bytes]:
    for piece in list[bytes]():
        yield piece
