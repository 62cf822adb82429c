"""Вера of «Лавка» has people told of their orders, and of what is back."""

from typing import Any

from backend.platform.context import Context
from backend.web.api.v1.triggers.trigger_shown import ENTRY
from models.account import Account
from models.audit_entry import AuditEntry
from models.customer import Customer
from models.message import Message
from models.program import Program
from models.trigger import Trigger, TriggerWait, Watch
from tests.support.caller import Caller
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import agreed
from tests.support.factory.brands import make_brand, make_program
from tests.support.factory.customers import someone, with_chat
from tests.triggers.given import react
from tests.web.api.onboarding.test_resources import as_declared

MADE = {"key": "order-ready", "brand": "lavka", **ENTRY}
STOCK_ENTRY: dict[str, Any] = {
    "name": "Back",
    "when": {"event": "back_in_stock"},
    "purpose": "service",
    "content": {
        "ru": {"text": "{product} снова в продаже, {name}"},
        "fallbacks": {"name": {"ru": "друг"}},
    },
}


async def people(ctx: Context, account: Account) -> Customer:
    program: Program = await make_program(account, "lavka-card")
    brand = await make_brand(program, "lavka")
    who = await agreed(
        ctx, (account, program, brand), customer=await with_chat(await someone(ctx), 4711)
    )
    return who.customer


async def test_an_order_and_what_is_back(
    vera: Caller, lavka: Account, ctx: Context, clock: StoppedClock
) -> None:
    anna = await people(ctx, lavka)
    made = await vera.post("/triggers", MADE)
    assert made.status == 201, made.text
    shown = as_declared(made, "/triggers", "post")
    assert {name: shown[name] for name in MADE} == MADE
    assert shown["on"] is False
    where = f"/triggers/{shown['id']}"
    assert (await vera.post("/triggers", MADE)).code == "key_taken"
    assert as_declared(await vera.post(f"{where}/on", None), "/triggers/{trigger}/on", "post")["on"]
    back = await vera.post("/triggers", {"key": "back", "brand": "lavka", **STOCK_ENTRY})
    assert back.status == 201, back.text
    await vera.post(f"/triggers/{back.json['id']}/on", None)
    listed = as_declared(await vera.get("/triggers?brand=lavka"), "/triggers")["items"]
    assert [each["key"] for each in listed] == ["order-ready", "back"]

    values = {"order": "1017", "status": "ready"}
    event = {"name": "order_status", "customer": anna.id, "values": values}
    stranger = {"name": "order_status", "phone": "+79160000000", "values": values}
    told = as_declared(
        await vera.post("/events", {"brand": "lavka", "events": [event, stranger, event]}),
        "/events", "post",
    )  # fmt: skip
    assert told == {"taken": 2, "unknown": [1], "turns": 1}
    (waits,) = as_declared(await vera.get(f"{where}/waiting"), "/triggers/{trigger}/waiting")[
        "items"
    ]
    assert waits["customer"] == anna.id
    assert waits["values"] == values

    wanted = {"brand": "lavka", "product": "boots-38", "title": "Ботинки", "customer": anna.id}
    watch = as_declared(await vera.post("/watches", wanted), "/watches", "post")
    assert as_declared(await vera.post("/watches", wanted), "/watches", "post") == watch
    item = {"product": "boots-38", "title": "Ботинки, 38", "in_stock": True}
    for news in (1, 0):
        stock = await vera.post("/stock", {"brand": "lavka", "items": [item]})
        assert as_declared(stock, "/stock", "post") == {"news": news}
    clock.advance(minutes=5)
    await react(ctx)
    said = {message.kind: message.data for message in await Message.all().order_by("id")}
    assert len(said) == 1
    texts = [message.data for message in await Message.all().order_by("id")]
    assert values in texts
    assert {"product": "Ботинки, 38"} in texts
    count = as_declared(await vera.get(f"{where}/counts"), "/triggers/{trigger}/counts")
    assert count == {"waiting": 0, "fired": 1, "dropped": {}}
    assert not await Watch.all().exists()

    # What is changed, switched off and taken away.
    row = await vera.get(where)
    other = {**ENTRY, "content": {"ru": {"text": "Заказ {order} ждёт"}}}
    put = as_declared(await vera.put(where, other, if_match=row.etag), "/triggers/{trigger}", "put")
    assert put["content"] == other["content"]
    assert len((await Trigger.get(id=shown["id"])).wordings) == 2
    event["values"] = {"order": "1018", "status": "ready"}
    await vera.post("/events", {"brand": "lavka", "events": [event]})
    await vera.post(f"{where}/off", None)
    assert (await TriggerWait.all().order_by("-id").first()).reason == "cancelled"  # type: ignore[union-attr]
    assert (await vera.delete(where)).status == 204
    assert (await vera.get(where)).code == "trigger_not_found"
    assert (await vera.post("/triggers", MADE)).code == "key_taken"
    verbs = {entry.verb for entry in await AuditEntry.filter(subject_kind="trigger")}
    assert verbs == {"save_trigger", "switch_trigger_on", "switch_trigger_off", "remove_trigger"}


async def test_mistakes_are_told_all_at_once(vera: Caller, lavka: Account, ctx: Context) -> None:
    await people(ctx, lavka)

    async def wrong(**entry: Any) -> dict[str, str]:
        told = await vera.post("/triggers", {**MADE, **entry})
        assert told.status == 422, told.text
        return {each["pointer"]: each["message"] for each in told.json["errors"]}

    found = await wrong(when={"event": "birthday", "statuses": ["x"]}, purpose="nothing")
    assert found["/when/statuses"].endswith("is no option of birthday")
    assert "/purpose" in found
    assert "/when/above" in await wrong(when={"event": "balance_above"})
    # The text may say what its event tells, and nothing else.
    (said,) = (await wrong(when={"event": "birthday"})).items()
    assert said[0] == "/content/ru/text"
    own: dict[str, Any] = {"event": "partner_event", "name": "cart", "values": ["product", "name"]}
    assert "/when/values/1" in await wrong(when=own)
    own["values"] = ["product"]
    text: dict[str, Any] = {"ru": {"text": "{product}?"}}
    assert "/content/fallbacks/product/ru" in await wrong(when=own, content=text)
    text["fallbacks"] = {"product": {"ru": "Товар"}}
    fine = await vera.post("/triggers", {**MADE, "when": own, "content": text})
    assert fine.status == 201, fine.text
