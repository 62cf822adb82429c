"""The till of «Лавка» moves Anna's points over the API."""

import asyncio

import pytest

from backend.ledger.verify import sums
from backend.platform.context import Context
from models.account import Account
from models.audit_entry import AuditEntry
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin, CardStatus
from models.ledger import Posting
from models.program import ProcessorKind
from tests.support.caller import Caller, Told
from tests.support.factory.brands import make_program
from tests.support.factory.customers import someone
from tests.web.api.onboarding.test_resources import as_declared


@pytest.fixture
async def card(ctx: Context, lavka: Account) -> Card:
    """Anna's."""
    program = await make_program(lavka, "lavka-card", processor=ProcessorKind.LEDGER)
    return await Card.create(
        customer=await someone(ctx), program=program, printed_number="1", barcode_value="1",
        barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED, created_at=ctx.clock(),
    )  # fmt: skip


async def post(vera: Caller, card: Card, verb: str, key: str, **more: object) -> Told:
    return await vera.post(f"/cards/{card.id}/ledger/{verb}", {"key": key, **more})


async def balance(told: Told, verb: str) -> str:
    assert told.status == 200, told.text
    return str(as_declared(told, f"/cards/{{card}}/ledger/{verb}", "post")["balance"])


async def test_a_day_at_the_till(vera: Caller, card: Card) -> None:
    given = await post(vera, card, "accrue", "r-1", amount="500", reason="Receipt 1")
    assert await balance(given, "accrue") == "500.00"
    spent = await post(vera, card, "spend", "r-2", amount="120.50")
    assert await balance(spent, "spend") == "379.50"
    held = (await post(vera, card, "hold", "r-3", amount="300")).json
    assert (held["balance"], held["held"]) == ("79.50", "300.00")
    paid = await post(vera, card, "capture", "r-4", hold=held["id"], amount="250.00")
    assert await balance(paid, "capture") == "129.50"
    other = (await post(vera, card, "hold", "r-5", amount="100")).json
    free = await post(vera, card, "release", "r-6", hold=other["id"])
    assert await balance(free, "release") == "129.50"
    back = await post(vera, card, "reverse", "r-7", posting=paid.json["id"])
    assert await balance(back, "reverse") == "379.50"
    shown = (await vera.get(f"/cards/{card.id}")).json
    assert shown["balance"] == "379.50"

    first = await vera.get(f"/cards/{card.id}/ledger?limit=4")
    page = as_declared(first, "/cards/{card}/ledger")
    rest = await vera.get(f"/cards/{card.id}/ledger?limit=4&cursor={page['next']}")
    moved = [*page["items"], *rest.json["items"]]
    assert [(each["kind"], each["change"]) for each in moved] == [
        ("reverse", "250.00"),
        ("release", "100.00"),
        ("hold", "-100.00"),
        ("capture", "50.00"),
        ("hold", "-300.00"),
        ("spend", "-120.50"),
        ("accrue", "500.00"),
    ]
    assert moved[-1]["reason"] == "Receipt 1"
    assert {each.actor.split(":")[0] for each in await Posting.all()} == {"key"}

    told = as_declared(await vera.get("/audit?limit=3"), "/audit")["items"]
    assert [each["verb"] for each in told] == ["reverse_points", "release_points", "hold_points"]
    assert told[0]["subject"] == {"kind": "card", "name": str(card.id)}
    assert (told[0]["amount"], told[0]["after"]) == (25000, {"posting": back.json["id"]})
    assert await AuditEntry.filter(subject_kind="card").count() == 7
    await post(vera, card, "reverse", "r-7", posting=paid.json["id"])
    assert await AuditEntry.filter(subject_kind="card").count() == 7, "a repeat is nothing new"
    assert [each.wrong() async for each in sums()] == [[]]


async def test_the_same_posting_again_under_another_request(vera: Caller, card: Card) -> None:
    await post(vera, card, "accrue", "in", amount="10")
    once, again = [await post(vera, card, "spend", "out", amount="10") for _ in range(2)]
    assert (once.json["id"], once.json["new"]) == (again.json["id"], True)
    assert not again.json["new"]
    other = await post(vera, card, "spend", "out", amount="9")
    assert (other.status, other.code) == (409, "posting_differs")


async def test_what_is_refused(vera: Caller, card: Card) -> None:
    short = await post(vera, card, "spend", "a", amount="1")
    assert (short.status, short.code) == (409, "not_enough_points")
    gone = await post(vera, card, "capture", "b", hold=5)
    assert (gone.status, gone.code) == (404, "posting_not_found")
    await post(vera, card, "accrue", "c", amount="5")
    held = (await post(vera, card, "hold", "d", amount="5")).json["id"]
    await post(vera, card, "release", "e", hold=held)
    closed = await post(vera, card, "capture", "f", hold=held)
    assert (closed.status, closed.code) == (409, "posting_closed")
    await Card.all().update(status=CardStatus.BLOCKED)
    blocked = await post(vera, card, "accrue", "g", amount="5")
    assert (blocked.status, blocked.code) == (409, "card_blocked")


@pytest.mark.parametrize("amount", ["0", "0.00", "-5", "1.005", "1e3", "10000000.01", 5, ""])
async def test_an_amount_is_a_decimal_text(vera: Caller, card: Card, amount: object) -> None:
    told = await post(vera, card, "accrue", "a", amount=amount)
    assert told.status == 422
    assert [each["pointer"] for each in told.json["errors"]] == ["/amount"]


async def test_a_balance_is_put_right_by_hand(vera: Caller, duty: Caller, card: Card) -> None:
    given = await post(vera, card, "correct", "fix-1", amount="120.50", reason="Lost in the move")
    assert await balance(given, "correct") == "120.50"
    await Card.all().update(status=CardStatus.BLOCKED)
    taken = await post(duty, card, "correct", "fix-2", amount="-20.50", reason="Given twice")
    assert (await balance(taken, "correct"), taken.json["amount"]) == ("100.00", "-20.50")
    again = await post(vera, card, "correct", "fix-2", amount="-20.50", reason="Given twice")
    assert (again.json["id"], again.json["new"]) == (taken.json["id"], False)
    other = await post(vera, card, "correct", "fix-2", amount="-20.50", reason="Another")
    assert (other.status, other.code) == (409, "posting_differs")
    short = await post(vera, card, "correct", "fix-3", amount="-100.01", reason="Too much")
    assert (short.status, short.code) == (409, "not_enough_points")
    moved = (await vera.get(f"/cards/{card.id}/ledger")).json["items"]
    assert [(each["kind"], each["change"], each["reason"]) for each in moved] == [
        ("correct", "-20.50", "Given twice"),
        ("correct", "120.50", "Lost in the move"),
    ]
    told = (await vera.get("/audit?verb=correct_points")).json["items"]
    assert [(each["actor"]["kind"], each["amount"]) for each in told] == [
        ("operator", -2050), ("key", 12050),
    ]  # fmt: skip
    assert told[0]["after"] == {"posting": taken.json["id"]}
    assert [each.wrong() async for each in sums()] == [[]]


async def test_the_same_correction_twice_at_once(vera: Caller, card: Card) -> None:
    more = {"amount": "10", "reason": "Once"}
    told = await asyncio.gather(*(post(vera, card, "correct", "once", **more) for _ in range(8)))
    assert {each.json["id"] for each in told} == {told[0].json["id"]}
    assert [each.json["new"] for each in told].count(True) == 1
    assert (await vera.get(f"/cards/{card.id}")).json["balance"] == "10.00"


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"amount": "5"}, "/reason"),
        ({"amount": "5", "reason": " "}, "/reason"),
        ({"amount": "0", "reason": "r"}, "/amount"),
        ({"amount": "-0.00", "reason": "r"}, "/amount"),
        ({"amount": "--5", "reason": "r"}, "/amount"),
        ({"amount": "+5", "reason": "r"}, "/amount"),
        ({"amount": "-10000000.01", "reason": "r"}, "/amount"),
        ({"reason": "r"}, "/amount"),
    ],
)
async def test_a_correction_says_how_much_and_why(
    vera: Caller, card: Card, more: dict[str, str], pointer: str
) -> None:
    told = await post(vera, card, "correct", "fix", **more)
    assert (told.status, [each["pointer"] for each in told.json["errors"]]) == (422, [pointer])


@pytest.mark.parametrize("key", ["~welcome", "", "a" * 101, "a b"])
async def test_a_key_of_the_house_is_nobodys(vera: Caller, card: Card, key: str) -> None:
    assert (await post(vera, card, "accrue", key, amount="1")).status == 422


async def test_a_card_that_another_system_keeps_is_not_found(
    ctx: Context, vera: Caller, lavka: Account, card: Card
) -> None:
    await Card.all().update(program_id=(await make_program(lavka, "other")).id)
    assert (await post(vera, card, "accrue", "a", amount="1")).code == "card_not_found"
    assert (await vera.get(f"/cards/{card.id}/ledger")).code == "card_not_found"


async def test_many_tills_at_once(vera: Caller, card: Card) -> None:
    await post(vera, card, "accrue", "in", amount="10")
    tills = (post(vera, card, "spend", f"out-{n}", amount="1") for n in range(16))
    told = [each.status for each in await asyncio.gather(*tills)]
    assert (told.count(200), told.count(409)) == (10, 6)
    assert [each.wrong() async for each in sums()] == [[]]
