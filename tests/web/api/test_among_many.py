"""What an account asks of the API takes no longer when much was done before: of what is over and
done no request reads a tenth."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import Any

import pytest

from backend.cards.issue.claim import Claim
from backend.cards.issue.claim_from_pool import claim_from_pool
from backend.cards.pool.insert_numbers import carried
from backend.customers.my_data.held_assignments import assignments
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.account import Account
from models.assignment import Assignment
from models.card import Card
from models.customer import Customer
from models.message import Message
from models.offer import Offer
from models.program import ProcessorKind
from models.refusal import Refusal
from tests.support.caller import Caller, Told
from tests.support.database.reading import most_read
from tests.support.factory.assigning import claimed, proven
from tests.support.factory.brands import add_numbers, make_offer, make_program
from tests.support.factory.customers import someone

DONE = 20_000
MOST = DONE // 10
# A statement is planned for its values five times, and then for any: all of that is seen.
TIMES = 7
_OLD = "'2026-01-05 10:00:00+00:00'"
# What has ended of the program 1 and of the account 1, behind everything that is there.
_LEFT = (
    "customers (id, language, source, created_at) SELECT i, 'ru', '', {at}",
    "cards (id, customer_id, program_id, printed_number, barcode_value, barcode_format, origin,"
    " status, hidden, tier, source, created_at)"
    " SELECT i, i, 1, 'U' || i, 'U' || i, 'code128', 'issued', 'active', FALSE, '', '', {at}",
    "pool_numbers (program_id, printed_number, barcode_value, status, changed_at)"
    " SELECT 1, 'U' || i, 'U' || i, 'issued', {at}",
    "number_reservations (program_id, number_id, state, created_at, expires_at, ended_at)"
    " SELECT 1, i - 1000000 + (SELECT MIN(id) FROM pool_numbers), 'committed', {at}, {at}, {at}",
    "assignments (program_id, customer_id, card_id, state, hindrance, nonce, own_index,"
    " phone_index, email_index, sealed, printed_number, barcode_value, number_from, created_at,"
    " expires_at, ended_at) SELECT 1, i, i, 'claimed', '', 'n' || i, 'o' || i, '', '', {bytes},"
    " 'U' || i, 'U' || i, 'pool', {at}, {at}, {at}",
    "assignments (program_id, state, hindrance, nonce, own_index, phone_index, email_index, sealed,"
    " printed_number, barcode_value, number_from, created_at, expires_at, ended_at)"
    " SELECT 1, 'expired', '', 'x' || i, 'x' || i, '', '', {bytes}, 'U' || i, 'U' || i, 'pool',"
    " {at}, {at}, {at}",
    "postings (id, card_id, kind, key, digest, amount, reason, actor, door, at)"
    " SELECT i, i, 'accrue', 'p', '', 100, '', '', '', {at}",
    "posting_entries (posting_id, book, amount) SELECT i, 'points', 100",
    "point_lots (card_id, posting_id, amount, remains) SELECT i, i, 100, 0",
    "point_holds (card_id, posting_id, amount, state, expires_at)"
    " SELECT i, i, 100, 'captured', {at}",
    "messages (customer_id, card_id, purpose, kind, data, body, created_at)"
    " SELECT i, i, 'service', 'card-blocked', {json}, '', {at}",
    "account_changes (account_id, seq, kind, origin, at, data)"
    " SELECT 1, i, 'card.issued', 'e' || i, {at}, {json}",
    "outbox_events (kind, payload, at, fanned_out_at, counted, fed)"
    " SELECT 'CustomerJoined', {json}, {at}, {at}, TRUE, TRUE",
    "api_answers (api_key_id, idempotency_key, digest, status, headers, created_at)"
    " SELECT 1, 'k' || i, '', 200, {json}, {at}",
    "audit_entries (at, actor_kind, door, verb, subject_kind, subject_id, account_id, request_id)"
    " SELECT {at}, 'key', '', 'assign_card', 'assignment', i, 1, ''",
)
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1000000 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
_FORMS = {
    True: {"at": f"{_OLD}::timestamptz", "bytes": "'\\x'::bytea", "json": "'{}'::jsonb"},
    False: {"at": _OLD, "bytes": "x''", "json": "'{}'"},
}
_numbers = count(1)
Ask = Callable[[], Awaitable[Any]]


async def fill(left: Sequence[str] = _LEFT) -> None:
    numbers = _NUMBERS.format(last=1_000_000 + DONE - 1)
    for each in left:
        done = each.format(**_FORMS[is_postgres()])
        await rows(f"{numbers} INSERT INTO {done} FROM n")
    if not is_postgres():
        return
    # Those that are made now have their ids behind these.
    for table in ("customers", "cards", "postings"):
        await rows(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 2000000)")
    await rows("ANALYZE")


@pytest.fixture
async def shop(lavka: Account, vera: Caller) -> Offer:
    """Of whose program the free numbers stand behind all that were used."""
    program = await make_program(lavka, "lavka-card", processor=ProcessorKind.LEDGER)
    offer = await make_offer(program, "lavka")
    assert (lavka.id, program.id) == (1, 1)
    await fill()
    await add_numbers(program, 500)
    return offer


def told(answer: Told) -> dict[str, Any]:
    assert answer.status in {200, 201}, answer.text
    found: dict[str, Any] = answer.json
    return found


def customer(**more: object) -> dict[str, object]:
    return {"own_id": f"crm-{next(_numbers)}", "phone": "+79161234567", **more}


def assigning(vera: Caller) -> dict[str, Ask]:
    where, made = "/programs/lavka-card/assignments", list[int]()

    async def assign(**more: object) -> None:
        made.append(told(await vera.post(where, customer(**more)))["id"])

    async def with_number() -> None:
        await assign(number={"printed_number": f"N{next(_numbers)}"})

    async def withdraw() -> None:
        told(await vera.delete(f"/assignments/{made.pop()}"))

    return {"assign": assign, "assign a number": with_number, "withdraw": withdraw}


def reserving(vera: Caller) -> dict[str, Ask]:
    where, made = "/programs/lavka-card/numbers/reservations", list[int]()

    async def reserve() -> None:
        made.append(told(await vera.post(where, {}))["id"])

    async def commit() -> None:
        await reserve()
        told(await vera.post(f"{where}/{made.pop()}/commit", {}))

    async def release() -> None:
        told(await vera.post(f"{where}/{made.pop()}/release", {}))

    return {"reserve": reserve, "commit": commit, "release": release}


def paying(vera: Caller, card: Card) -> dict[str, Ask]:
    made = list[int]()

    async def post(verb: str, **more: object) -> dict[str, Any]:
        said = {"key": f"r{next(_numbers)}", **more}
        return told(await vera.post(f"/cards/{card.id}/ledger/{verb}", said))

    async def hold() -> None:
        made.append((await post("hold", amount="1"))["id"])

    async def capture() -> None:
        await hold()
        await post("capture", hold=made.pop())

    return {
        "accrue": lambda: post("accrue", amount="500"),
        "spend": lambda: post("spend", amount="1"),
        "hold": hold,
        "capture": capture,
        "release a hold": lambda: post("release", hold=made.pop()),
        "correct": lambda: post("correct", amount="1", reason="Counted wrongly"),
    }


def looking_after(vera: Caller, card: Card) -> dict[str, Ask]:
    async def post(verb: str) -> None:
        told(await vera.post(f"/cards/{card.id}/{verb}", {}))

    return {
        "block": lambda: post("block"),
        "unblock": lambda: post("unblock"),
        "replace": lambda: post("replace"),
        "read messages": lambda: vera.get(f"/messages?customer={card.customer_id}"),
    }


def claim_of(ctx: Context, person: Customer, offer: Offer) -> Claim:
    return Claim(
        customer_id=person.id, program_id=1, account_id=1, brand_id=offer.brand_id,
        offer_id=offer.id, barcode_format="code128", source="", at=ctx.clock(), documents=[],
    )  # fmt: skip


def getting(vera: Caller, ctx: Context, offer: Offer) -> dict[str, Ask]:
    async def issue() -> None:
        _, new = await claim_from_pool(claim_of(ctx, await someone(ctx), offer))
        assert new

    async def claim() -> None:
        where = "/programs/lavka-card/assignments"
        made = told(await vera.post(where, customer()))["id"]
        anna = await proven(ctx, next(_numbers), "+79161234567")
        outcome = await claimed(ctx, anna, await Assignment.get(id=made))
        assert outcome.card is not None, outcome.refusal
        # The next one has the same phone.
        await rows("DELETE FROM contacts WHERE customer_id = $1", [anna.id])

    async def read() -> None:
        anna = await proven(ctx, 1_000_000, "+79160000000")
        assert await assignments(ctx, anna) == []

    return {"issue": issue, "claim what was assigned": claim, "read what was assigned": read}


async def test_no_request_reads_what_is_done(
    vera: Caller, ctx: Context, shop: Offer, database: str
) -> None:
    card = await Card.create(
        customer=await someone(ctx), program_id=1, printed_number="1", barcode_value="1",
        barcode_format="code128", origin="issued", created_at=ctx.clock(),
    )  # fmt: skip
    asks = {
        **assigning(vera), **reserving(vera), **paying(vera, card), **looking_after(vera, card),
        **getting(vera, ctx, shop),
    }  # fmt: skip
    await Message.create(
        customer_id=card.customer_id, card_id=card.id, purpose="service", kind="card-blocked",
        data={}, created_at=ctx.clock(),
    )  # fmt: skip
    read = {name: await most_read(database, ask, TIMES) for name, ask in asks.items()}
    much = {name: found for name, found in read.items() if found[0] > MOST}
    assert not much, much


async def test_of_nothing_free_one_is_told_at_once(
    lavka: Account, ctx: Context, database: str
) -> None:
    """Nor is it looked for among what others have."""
    offer = await make_offer(await make_program(lavka, "lavka-card"), "lavka")
    await fill(_LEFT[:3])
    program = await make_program(lavka, "other-card")
    person = await someone(ctx)

    async def issue() -> None:
        with pytest.raises(Refusal, match="pool_empty"):
            await claim_from_pool(claim_of(ctx, person, offer))

    async def carry() -> None:
        assert await carried(program.id, ["1"], ["1"]) == set()

    asks = {"issue": issue, "carry": carry}
    read = {name: await most_read(database, ask, TIMES) for name, ask in asks.items()}
    assert max(read.values())[0] < MOST, read
