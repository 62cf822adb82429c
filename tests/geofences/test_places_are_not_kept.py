"""Where people are is in no row, no file and no line of the log; what it comes to is."""

import base64
import io
import struct
from datetime import timedelta
from typing import Any

from backend.geofences.fences import Fences, Passed
from backend.geofences.pass_by import pass_by
from backend.platform.context import Context
from backend.platform.watch.log import configure_log
from bot.intake.places import without_places
from bot.intake.store import Inbox, Taken
from bot.intake.update import Raw
from bot.place import RESOLVED, Place
from models.city import City
from models.consent_state import ConsentState
from models.telegram_update import TelegramUpdate
from models.trigger import TriggerEvent
from tests.support.clock import StoppedClock
from tests.support.database.dump import dump_of
from tests.support.factory.customers import someone
from tests.support.factory.places import a_store
from tests.triggers.given import a_member, a_shop, a_trigger, dropped, react, told

BOT, CHAT = 4321, 77
LAT, LON = 55.7512345, 37.6198765
PLACE = {"latitude": LAT, "longitude": LON, "horizontal_accuracy": 12.75, "live_period": 900}
VENUE = {"location": PLACE, "title": "Дом", "address": f"у {LAT}"}


def spelt(degrees: float) -> list[bytes]:
    """As somebody might find it: the first four decimals are eleven metres."""
    texts = [str(degrees), f"{degrees:.4f}"[:-1], f"{degrees:.4f}"[:-1].replace(".", ",")]
    texts += [f"{degrees:.3f}".replace(".", ""), f"{degrees:.5e}"[:8]]
    coded = [base64.b64encode(text.encode())[:-4] for text in texts[:2]]
    packed = [struct.pack(form, degrees) for form in ("<d", ">d")]
    return [
        *(text.encode() for text in texts),
        *coded,
        *packed,
        *(p.hex().encode() for p in packed),
    ]


SPELT = [*spelt(LAT), *spelt(LON), b"12.75"]


def update(number: int, kind: str = "message", **content: Any) -> Raw:
    chat = {"id": CHAT, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": {"id": CHAT, "is_bot": False}}
    return {"update_id": number, kind: {**message, **content}}


UPDATES = (
    update(1, location=PLACE),
    update(2, "edited_message", location=PLACE, edit_date=2),
    update(3, location=PLACE, venue=VENUE),
    update(4, text="где?", reply_to_message={"location": PLACE, "venue": VENUE}),
    update(5, text="тут", external_reply={"location": PLACE}, quote={"text": "место"}),
    {
        "update_id": 6,
        "callback_query": {
            "id": "1", "from": {"id": CHAT}, "data": "x",
            "message": {"chat": {"id": CHAT}, "reply_to_message": {"venue": VENUE}},
        },
    },
    {"update_id": 7, "inline_query": {"id": "1", "from": {"id": CHAT}, "location": PLACE}},
    {"update_id": 8, "chosen_inline_result": {"from": {"id": CHAT}, "location": PLACE}},
    update(9, pinned_message={"new": [{"deeper": {"location": PLACE}}]}),
    update(10, "edited_message", location={**PLACE, "heading": 7, "proximity_alert_radius": 5}),
)  # fmt: skip


async def held(ctx: Context, url: str) -> bytes:
    """All that the database keeps: its files, and what it has sealed."""
    sealed = [bytes(row.payload) for row in await TelegramUpdate.all()]
    opened = [ctx.vault.open_service("inbox", each) for each in sealed if each]
    return b"\n".join([*(await dump_of(url)).values(), *opened])


def assert_nowhere(kept: bytes) -> None:
    assert [place for place in SPELT if place in kept] == []


async def test_no_place_is_stored_whatever_it_comes_in(ctx: Context, database: str) -> None:
    at = await a_shop()
    await a_trigger(ctx, at[2], TriggerEvent.NEAR_STORE, options={"radius_m": 1000})
    store, (who, _) = await a_store(at[2], 55.7558, 37.6173), await a_member(ctx, at)
    lines = io.StringIO()
    configure_log("debug", stream=lines)
    inbox = Inbox(ctx, BOT)
    await inbox.store(UPDATES)
    assert_nowhere(await held(ctx, database))
    seen: list[tuple[int, Place]] = []
    while lanes := await inbox.lanes(10):
        taken = await inbox.take(lanes)
        seen += [await handled(ctx, inbox, each, who.customer.id) for each in taken]
    await react(ctx)
    assert_nowhere(await held(ctx, database))
    assert_nowhere(lines.getvalue().encode())
    located = {number for number, place in seen if place.here == (LAT, LON)}
    assert located == {1, 2, 3, 10}
    assert {number for number, place in seen if place.passed} == located
    assert {place.passed[0].store_id for _, place in seen if place.passed} == {store.id}
    assert await told() == [(who.customer.id, "near-store")]


async def handled(ctx: Context, inbox: Inbox, taken: Taken, person: int) -> tuple[int, Place]:
    place = Place.read(inbox.open(taken).get(RESOLVED, {}))
    await pass_by(ctx, person, place.passed)
    # What cannot be handled stays for days.
    await (inbox.set_aside(taken, "KeyError") if taken.update_id % 3 else inbox.done(taken))
    return taken.update_id, place


async def test_another_process_knows_the_city_and_the_stores_alone(
    ctx: Context, database: str
) -> None:
    at = await a_shop()
    trigger = await a_trigger(ctx, at[2], TriggerEvent.NEAR_STORE)
    store = await a_store(at[2], LAT, LON, radius_m=50)
    await Inbox(ctx, BOT).store(UPDATES[:2])
    other, places = Inbox(ctx, BOT), []
    for _ in range(2):
        (taken,) = await other.take([CHAT])
        places.append(Place.read(other.open(taken)[RESOLVED]))
        await other.done(taken)
    near = (Passed(trigger.id, store.id),)
    assert places == [Place((await City.get()).id, near), Place(None, near)]


async def test_two_thousand_steps_make_one_message_for_each_store_and_period(
    ctx: Context, database: str, clock: StoppedClock
) -> None:
    """Somebody walks past three stores and back, for hours, while others walk without a card,
    without consent, or where nothing is."""
    at = await a_shop()
    await a_trigger(ctx, at[2], TriggerEvent.NEAR_STORE, options={"radius_m": 100, "hours": 2})
    for number in range(3):
        await a_store(at[2], 55.75, 37.60 + number * 0.01)
    (who, _), stranger = await a_member(ctx, at), await someone(ctx)
    refused, _ = await a_member(ctx, at)
    await ConsentState.filter(customer_id=refused.customer.id).update(granted=False)
    fences, begun = Fences(), clock()
    for step in range(2000):
        along = step % 400
        lon = 37.595 + 0.0001 * min(along, 400 - along) * 1.5
        passed = await fences.near(clock(), 55.75, lon)
        for person in (who.customer.id, refused.customer.id, stranger.id):
            await pass_by(ctx, person, passed)
        clock.advance(seconds=9)
        if step % 100 == 99:
            await react(ctx)
    # Five hours: each store at the first, and once more after two and after four.
    assert timedelta(hours=4, minutes=59) < clock() - begun <= timedelta(hours=5)
    assert await told() == [(who.customer.id, "near-store")] * 9
    assert set(await dropped()) == {"no consent"}


def test_what_says_nothing_of_a_place_is_left_as_it_is() -> None:
    for text in ("location", '"location"', "venue"):
        said = update(1, text=text)
        assert without_places(said) == said
    deep: Raw = {"location": PLACE}
    for _ in range(200):
        deep = {"in": deep}
    assert str(LAT) not in str(without_places({"update_id": 1, "message": deep}))
    for wrong in ({"latitude": "x"}, {"latitude": 1e400, "longitude": 0.0}, {}):
        bare = without_places(update(1, location=wrong))
        assert bare["message"]["location"] == {"latitude": 0.0, "longitude": 0.0}
