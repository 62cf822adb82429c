"""Requests that write, by clients that each keep a connection, as many a second as come back."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import Any

import orjson

from backend.cards.issue.claim import Claim
from backend.cards.issue.claim_from_pool import claim_from_pool
from backend.platform.context import Context
from backend.platform.database import rows
from models.customer import Customer
from models.offer import Offer

Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]
CLIENTS, EACH = 8, 30
# Until statements of a connection are planned for any values.
FIRST = 8
FREE = "F"
_keys = count(1)


async def paced(does: Callable[[int], Awaitable[None]], each: int = EACH) -> float:
    """A second, by all clients together."""

    async def client(number: int) -> None:
        for _ in range(each):
            await does(number)

    start = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return CLIENTS * each / (time.perf_counter() - start)


async def posted(
    port: int | None, key: str, asked: Callable[[int], tuple[str, Any]], each: int = EACH
) -> float:
    """`asked` is given a number that comes once, and says the path and the body."""
    wires = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CLIENTS)]

    async def one(client: int) -> None:
        number = next(_keys)
        path, body = asked(number)
        said = orjson.dumps(body)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: karman.example\r\nAuthorization: Bearer {key}\r\n"
            f"Idempotency-Key: {number}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(said)}\r\n\r\n"
        )
        await _exchanged(wires[client], head.encode() + said)

    rate = await paced(one, each)
    for _, writer in wires:
        writer.close()
    return rate


async def _exchanged(wire: Wire, request: bytes) -> None:
    reader, writer = wire
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    length = next(int(x.partition(":")[2]) for x in lines if x.startswith("content-length"))
    said = await reader.readexactly(length)
    assert head.split(b" ", 2)[1].startswith(b"20"), (head, said)


async def issued(ctx: Context, offer: Offer, program_id: int, account_id: int) -> float:
    """Cards of the pool, for people who have nothing yet."""
    people = iter(await _newcomers(ctx, CLIENTS * (FIRST + EACH)))

    async def one(_client: int) -> None:
        claim = Claim(
            customer_id=next(people), program_id=program_id, account_id=account_id,
            brand_id=offer.brand_id, offer_id=offer.id, barcode_format="code128", source="",
            at=ctx.clock(), documents=[],
        )  # fmt: skip
        card, new = await claim_from_pool(claim)
        assert new, card

    await paced(one, FIRST)
    return await paced(one)


async def _newcomers(ctx: Context, number: int) -> Sequence[int]:
    newest = (await rows("SELECT max(id) AS id FROM customers"))[0]["id"]
    await Customer.bulk_create(
        Customer(language="ru", data_key=b"k", created_at=ctx.clock()) for _ in range(number)
    )
    return [row["id"] for row in await rows("SELECT id FROM customers WHERE id > $1", [newest])]


# of all: of the program that is written to
_FREE = f"""
INSERT INTO pool_numbers (program_id, printed_number, barcode_value, status, changed_at)
SELECT $1, '{FREE}' || i, '{FREE}' || i, 'free', now() FROM generate_series(1, $2::int) AS i
"""
_SEQUENCES = """
SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public'
    AND column_name = 'id' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')
"""
_GOES_ON = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), max(id) + 1) FROM {0}"


async def may_be_written_to(program_id: int, free: int) -> None:
    """PostgreSQL, whose rows were made with their ids: new ones come behind them, and the program
    has so many free numbers behind those that were used."""
    for row in await rows(_SEQUENCES):
        await rows(_GOES_ON.format(row["name"]))
    await rows(_FREE, [program_id, free])
    await rows("VACUUM ANALYZE")
