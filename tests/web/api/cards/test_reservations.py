"""A CDP reserves a number, gives it to somebody, and frees what was set aside."""

from backend.cards.pool.end_reservation import expire_reservations
from backend.changes.feed_events import feed_events
from backend.platform.context import Context
from models.account import Account
from models.account_change import AccountChange
from models.pool_number import NumberStatus, PoolNumber
from tests.support.caller import Caller
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_program
from tests.web.api.onboarding.test_resources import as_declared

RESERVATIONS = "/programs/lavka-card/numbers/reservations"
DECLARED = "/programs/{program}/numbers/reservations"
QUARANTINE = "/programs/lavka-card/numbers/quarantine"


async def test_from_the_pool_to_somebody(vera: Caller, lavka: Account) -> None:
    await make_program(lavka, "lavka-card", numbers=3)
    made = await vera.post(RESERVATIONS, {"minutes": 30}, idempotency_key="lost")
    again = await vera.post(RESERVATIONS, {"minutes": 30}, idempotency_key="lost")
    assert (made.status, again.json) == (201, made.json)
    shown = as_declared(made, DECLARED, "post")
    assert (shown["state"], shown["expires_at"]) == ("reserved", "2026-11-21T09:30:00Z")
    where = made.headers["Location"]
    assert (await vera.get(where)).json == made.json
    for _ in range(2):
        told = await vera.post(f"{where}/commit", None)
        assert (told.status, told.json["state"]) == (200, "committed")
    assert (await vera.post(f"{where}/release", None)).code == "reservation_ended"
    pool = (await vera.get("/programs/lavka-card/numbers")).json
    assert (pool["free"], pool["reserved"], pool["issued"]) == (2, 0, 1)
    assert pool["empty_in_days"] == 2
    assert [each["id"] for each in (await vera.get(RESERVATIONS)).json["items"]] == [shown["id"]]
    assert (await vera.get(f"{RESERVATIONS}?state=reserved")).json["items"] == []


async def test_what_runs_out_is_told(
    vera: Caller, lavka: Account, ctx: Context, clock: StoppedClock
) -> None:
    await make_program(lavka, "lavka-card", numbers=1)
    made = await vera.post(RESERVATIONS, {"minutes": 1})
    assert (await vera.post(RESERVATIONS, {})).code == "pool_empty"
    clock.advance(minutes=2)
    await expire_reservations(ctx)
    await feed_events()
    change = await AccountChange.get(kind="reservations.expired")
    assert change.data == {"program": "lavka-card", "reservations": [made.json["id"]]}
    assert (await vera.get(made.headers["Location"])).json["state"] == "expired"
    assert (await vera.post(RESERVATIONS, {})).status == 201


async def test_what_was_set_aside(vera: Caller, lavka: Account) -> None:
    await make_program(lavka, "lavka-card", numbers=3)
    first, second, _ = await PoolNumber.all().order_by("id")
    await PoolNumber.filter(id=first.id).update(status=NumberStatus.QUARANTINED)
    await PoolNumber.filter(id=second.id).update(status=NumberStatus.QUARANTINED, reason="replaced")
    listed = (await vera.get(f"{QUARANTINE}?fields=number,reason")).json["items"]
    assert listed == [
        {"number": first.printed_number},
        {"number": second.printed_number, "reason": "replaced"},
    ]
    names = {"numbers": [second.printed_number, first.printed_number]}
    told = await vera.post(f"{QUARANTINE}/release", names)
    assert told.json == {"freed": [first.printed_number], "kept": [second.printed_number]}
