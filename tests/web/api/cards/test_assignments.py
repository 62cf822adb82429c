"""«Лавка» assigns cards over HTTP: what it is told, what it is refused, what others see."""

import pytest

from backend.cards.assign.end_assignment import announce_over
from backend.cards.assign.open_assignment import follow_link
from backend.changes.feed_events import feed_events
from backend.platform.context import Context
from models.account import Account
from models.assignment import Assignment
from models.offer import Offer
from models.program import Program
from models.refusal import Refusal
from tests.support.caller import Caller, Told
from tests.support.clock import StoppedClock
from tests.support.factory.assigning import claimed, link_token, proven
from tests.support.factory.brands import PHONE, make_offer, make_program
from tests.support.factory.cards import issued
from tests.web.api.onboarding.test_resources import as_declared

ENTRY = {"own_id": "crm-1", "phone": "+79161234567"}
PATH = "/programs/lavka-card/assignments"


@pytest.fixture
async def program(lavka: Account) -> Program:
    program = await make_program(lavka, "lavka-card", fields=(PHONE,), numbers=3)
    await make_offer(program, "lavka")
    return program


async def assign(vera: Caller, **more: object) -> Told:
    return await vera.post(PATH, ENTRY | more)


async def test_a_card_is_assigned_and_seen(vera: Caller, program: Program) -> None:
    made = as_declared(await assign(vera), "/programs/{program}/assignments", "post")
    assert (made["own_id"], made["state"], made["phone"]) == ("crm-1", "waiting", ENTRY["phone"])
    assert made["qr_png"] == f"{made['link']}.png"
    again = await assign(vera)
    assert again.json == made
    shown = as_declared(await vera.get(f"/assignments/{made['id']}"), "/assignments/{assignment}")
    assert shown == made
    other = (await assign(vera, own_id="crm-2")).json
    listed = (await vera.get("/assignments?own_id=crm-2&program=lavka-card&state=waiting")).json
    assert [each["id"] for each in listed["items"]] == [other["id"]]
    assert (await vera.get("/assignments?state=claimed")).json["items"] == []


async def test_what_is_entered_wrongly(vera: Caller, program: Program) -> None:
    told = await vera.post(PATH, {"phone": "89161234567", "days": 0})
    wrong = {each["pointer"]: each["message"] for each in told.json["errors"]}
    assert set(wrong) == {"/own_id", "/phone", "/days"}
    told = await vera.post(PATH, {"own_id": "crm-1"})
    assert [each["pointer"] for each in told.json["errors"]] == ["/email"]
    await Program.all().update(barcode_format="ean13")
    told = await assign(vera, number={"printed_number": "4600000000016"})
    assert [each["pointer"] for each in told.json["errors"]] == ["/number/barcode_value"]


async def test_what_is_refused_says_why(vera: Caller, program: Program) -> None:
    await assign(vera)
    told = await assign(vera, phone="+79160000000")
    assert (told.status, told.code) == (409, "assignment_differs")
    assert told.json["details"] == {"field": "phone"}
    number = {"printed_number": "777"}
    assert (await assign(vera, own_id="crm-2", number=number)).status == 200
    assert (await assign(vera, own_id="crm-3", number=number)).code == "number_taken"
    await Offer.all().update(status="paused")
    assert (await assign(vera, own_id="crm-4")).code == "offer_not_found"


async def test_withdrawn_it_leads_nowhere(vera: Caller, program: Program) -> None:
    made = (await assign(vera)).json
    where = f"/assignments/{made['id']}"
    ended = as_declared(await vera.delete(where), "/assignments/{assignment}", "delete")
    assert (ended["state"], ended["own_id"], "link" in ended) == ("withdrawn", "crm-1", False)
    assert "phone" not in ended, "of the person nothing but the brand's own id is kept"
    assert (await vera.delete(where)).json == ended
    again = (await assign(vera)).json
    assert again["id"] != made["id"]


async def test_claimed_it_names_card_and_customer(
    vera: Caller, ctx: Context, program: Program
) -> None:
    made = (await assign(vera)).json
    anna = await proven(ctx, 1)
    outcome = await claimed(ctx, anna, await Assignment.get())
    assert outcome.card is not None
    shown = (await vera.get(f"/assignments/{made['id']}")).json
    assert (shown["state"], shown["card"]) == ("claimed", outcome.card.id)
    assert (shown["customer"], "phone" in shown) == (anna.id, False)
    assert (await vera.delete(f"/assignments/{made['id']}")).code == "assignment_claimed"
    card = (await vera.get(f"/cards/{outcome.card.id}")).json
    assert (card["origin"], card["number"]) == ("assigned", made["number"])
    while await feed_events():
        pass
    told = (await vera.get("/changes")).json["items"]
    kinds = {each["type"]: each["data"] for each in told}
    assert kinds["card.assigned"] == {"assignment": made["id"], "program": "lavka-card"}
    assert kinds["assignment.claimed"] == {
        "assignment": made["id"], "program": "lavka-card", "customer": anna.id,
        "card": outcome.card.id,
    }  # fmt: skip


async def test_whoever_has_another_card_keeps_it(
    vera: Caller, ctx: Context, program: Program
) -> None:
    """And the brand hears of it, in the feed as where it asks."""
    made, anna = (await assign(vera)).json, await proven(ctx, 1)
    await issued(ctx, anna, [await Offer.get()])
    with pytest.raises(Refusal):
        await follow_link(ctx, anna, link_token(ctx, await Assignment.get()))
    while await feed_events():
        pass
    told = (await vera.get("/changes")).json["items"][-1]
    data = {"assignment": made["id"], "program": program.key, "hindrance": "other_card"}
    assert (told["type"], told["data"]) == ("assignment.hindered", data)
    shown = (await vera.get(f"/assignments/{made['id']}")).json
    assert (shown["state"], shown["hindrance"]) == ("waiting", "other_card")


async def test_what_nobody_came_for(
    vera: Caller, ctx: Context, clock: StoppedClock, program: Program
) -> None:
    made = (await assign(vera, days=1)).json
    clock.advance(days=1)
    shown = (await vera.get(f"/assignments/{made['id']}")).json
    assert (shown["state"], "link" in shown) == ("expired", False)
    await announce_over(ctx)
    await feed_events()
    told = (await vera.get("/changes")).json["items"][-1]
    assert (told["type"], told["data"]["reason"]) == ("assignment.expired", "expired")


@pytest.mark.parametrize(
    ("more", "pointer", "message", "expected"),
    [
        ({"own_id": None}, "/own_id", "own_id is missing", "your own id of the customer"),
        ({"number": "123"}, "/number", "number is the text '123'", "printed_number, and"),
        ({"email": "anna@"}, "/email", "email is no e-mail address", "an address such as"),
        ({"email": "anna@example"}, "/email", "email is no e-mail address", "an address such as"),
        ({"email": "анна@пример.рф"}, "/email", "email is no e-mail address", "an address such as"),
        ({"email": "a@b@example.ru"}, "/email", "email is no e-mail address", "an address such as"),
    ],
)
async def test_what_is_wrong_is_told_so_that_it_can_be_put_right(
    vera: Caller, program: Program, more: dict[str, object], pointer: str, message: str,
    expected: str,
) -> None:  # fmt: skip
    """Nobody could ever confirm such an address: its card would wait in vain."""
    entry = {"own_id": "crm-1", "phone": "+79161234567"} | more
    told = await vera.post("/programs/lavka-card/assignments", entry)
    assert told.status == 422
    (wrong,) = told.json["errors"]
    assert (wrong["pointer"], wrong["message"]) == (pointer, message)
    assert wrong["expected"].startswith(expected)
