"""Вера of «Лавка» reads the feed and looks after her webhooks over HTTP."""

from datetime import timedelta

from backend.changes.append import append
from backend.changes.draft import Draft
from backend.changes.forget_changes import forget_changes
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.webhooks.plan import plan_some
from models.account import Account
from models.account_change import ChangeKind
from models.webhook import WebhookDelivery
from tests.support.caller import Caller

URL = "https://crm.lavka.example/karman"


async def happen(ctx: Context, account: Account, *names: str) -> None:
    async with transaction():
        await append(
            [
                Draft(account.id, ChangeKind.POOL_LOW, name, ctx.clock(), {"program": name})
                for name in names
            ]
        )


async def test_the_feed_goes_on_from_where_it_was(
    vera: Caller, ctx: Context, lavka: Account
) -> None:
    first = (await vera.get("/changes")).json
    assert first["items"] == []
    assert (await vera.get(f"/changes?cursor={first['next']}")).json["items"] == []
    await happen(ctx, lavka, "a", "b", "c")
    page = (await vera.get(f"/changes?limit=2&cursor={first['next']}")).json
    assert [(each["seq"], each["type"]) for each in page["items"]] == [
        (1, "pool.low"),
        (2, "pool.low"),
    ]
    rest = (await vera.get(f"/changes?cursor={page['next']}")).json
    assert [each["data"] for each in rest["items"]] == [{"program": "c"}]
    again = (await vera.get(f"/changes?cursor={page['next']}")).json
    assert again["items"] == rest["items"]
    assert await forget_changes(ctx.clock() + timedelta(days=1)) == 3
    gone = await vera.get(f"/changes?cursor={page['next']}")
    assert (gone.status, gone.code) == (410, "cursor_expired")
    assert (await vera.get(f"/changes?cursor={rest['next']}")).json["items"] == []


async def test_a_webhook_from_beginning_to_end(vera: Caller, ctx: Context, lavka: Account) -> None:
    made = await vera.post("/webhooks", {"url": URL})
    assert made.status == 201
    assert made.json["secret"].startswith("whsec_")
    path = f"/webhooks/{made.json['id']}"
    assert (await vera.get(path)).json["status"] == "active"
    assert (await vera.get(path)).json["notice"] == "no_mail"
    assert "secret" not in (await vera.get(path)).text
    rotated = await vera.post(f"{path}/rotate", {"overlap_hours": 1})
    assert rotated.json["secret"] != made.json["secret"]

    await happen(ctx, lavka, "a")
    await plan_some(ctx.clock())
    test = await vera.post(f"{path}/test", None)
    listed = (await vera.get(f"{path}/deliveries")).json["items"]
    assert [each["type"] for each in listed] == ["webhook.test", "pool.low"]
    assert listed[0]["id"] == test.json["id"]
    await WebhookDelivery.all().update(state="delivered", ended_at=ctx.clock())
    assert (await vera.get(f"{path}/deliveries?state=waiting")).json["items"] == []
    replayed = await vera.post(f"{path}/replay", {"message": listed[1]["id"]})
    assert replayed.json == {"messages": 1}
    assert (await vera.post(f"{path}/replay", {})).status == 422
    nobody = await vera.post(f"{path}/replay", {"message": "msg_1"})
    assert (nobody.status, nobody.code) == (404, "delivery_not_found")

    assert (await vera.post(f"{path}/pause", None)).json["status"] == "paused"
    assert (await vera.post(f"{path}/resume", None)).json["status"] == "active"
    assert (await vera.delete(path)).status == 204
    ended = await vera.post(f"{path}/test", None)
    assert (ended.status, ended.code) == (409, "webhook_ended")
    assert [each["status"] for each in (await vera.get("/webhooks")).json["items"]] == ["ended"]


async def test_an_address_inside_is_refused(vera: Caller) -> None:
    told = await vera.post("/webhooks", {"url": "https://10.0.0.1/hook"})
    assert (told.status, told.code) == (422, "webhook_url_refused")
    assert told.json["details"] == {"reason": "inside"}


async def test_what_is_no_id_is_not_found(vera: Caller) -> None:
    for odd in ("a" * 64, "%D0%B0" * 17, "0"):
        assert (await vera.get(f"/webhooks/{odd}")).code == "webhook_not_found"
