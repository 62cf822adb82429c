"""A CRM that pushes to «Кошелёк» pushes to Karman: the same calls, another address and login."""

import asyncio
import json
from typing import Any

import aiohttp

from backend.access.revoke_facade import revoke_facade
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from models.audit_entry import AuditEntry
from models.card import Card
from models.customer import Customer
from models.facade import FacadeLogin
from models.message import Message
from models.partner_message import BulkPiece, PartnerBulk, PartnerMessage
from tests.messages.people import Shop, facade, make_shop, member
from tests.support.factory.brands import make_offer, make_program
from tests.web.compat.conftest import ANNA, CHOSEN, KOSHELEK
from tests.web.compat.wallet import WalletCrm, push

Anna = tuple[Customer, Card]
NOBODY = 79990000000


async def test_the_password_comes_first(fresh: WalletCrm, anna: Anna) -> None:
    told = await fresh.push(ANNA)
    assert (told.status, told.json["code"]) == (401, "unauthorized")
    assert told.headers["WWW-Authenticate"].startswith("Basic ")
    first = fresh.password
    await fresh.connect(CHOSEN)
    assert (await fresh.push(ANNA)).json["state"] == "ENQUEUED"
    fresh.password = first
    assert (await fresh.push(ANNA)).status == 401, "good for nothing any more"
    assert [e.verb for e in await AuditEntry.filter(subject_kind="facade_login")] == [
        "issue_facade", "change_facade",
    ]  # fmt: skip
    kept = repr(await FacadeLogin.all().values())
    assert first not in kept
    assert CHOSEN not in kept


async def test_a_password_may_be_made(fresh: WalletCrm, anna: Anna) -> None:
    made = await fresh.ask("PUT", "/public/user/reset-password")
    fresh.password = made.json["password"]
    assert (await fresh.push(ANNA)).status == 200
    short = await fresh.ask("PUT", "/public/user/reset-password", {"newPassword": "короткий"})
    assert (short.status, short.json["code"]) == (400, "newPassword")
    wrong = await fresh.ask(
        "PUT", "/public/user/reset-password", {"oldPassword": "нет", "newPassword": CHOSEN}
    )
    assert (wrong.status, wrong.json["code"]) == (400, "oldPassword")


async def test_who_shows_no_login(site: aiohttp.ClientSession, database: str) -> None:
    for header in ("", "Basic", "Basic !!!", "Basic bm9ib2R5", "Bearer x", "Basic bm9ib2R5OnB3"):
        sent = {"Authorization": header} if header else {}
        async with site.post(f"{KOSHELEK}/push/delivery", headers=sent, data=b"{}") as answer:
            assert answer.status == 401, header
            assert (await answer.json())["code"] == "unauthorized"


async def test_a_true_state_at_once(crm: WalletCrm, ctx: Context, shop: Shop, anna: Anna) -> None:
    await member(ctx, shop, 2, "+79161234568", ads=False)
    told = await crm.push(ANNA)
    assert set(told.json) == {"messageId", "state"}
    assert len(told.json["messageId"]) == 36
    states = [
        (await crm.push(msisdn, kind)).json["state"]
        for msisdn, kind in [
            (ANNA, "TRANSACTION"), (ANNA, "PROMO"), (NOBODY, "SERVICE"), (79161234568, "SERVICE"),
            (79161234568, "PROMO"), (79161234568, "NEWS"),
        ]
    ]  # fmt: skip
    # What is classified as nothing is advertising.
    assert states == [
        "ENQUEUED", "ENQUEUED", "MSISDN_NOT_REGISTERED", "ENQUEUED", "NO_CONSENT", "NO_CONSENT",
    ]  # fmt: skip
    stands = await crm.ask("GET", f"/push/delivery/{told.json['messageId']}")
    assert stands.json == told.json
    assert (await crm.ask("GET", "/push/delivery/none")).status == 404


async def test_a_picture_comes_with_advertising_alone(crm: WalletCrm, anna: Anna) -> None:
    await crm.push(ANNA)
    await crm.push(ANNA, "PROMO")
    pictures = [m.data.get("picture") for m in await Message.all().order_by("id")]
    assert pictures == [None, "http://partnerdomain/logo.jpg"]


async def test_typography_is_no_control_character(crm: WalletCrm, anna: Anna) -> None:
    words = "Скидка\u00a010\u202f% 👨\u200d👩\u200d👧"
    told = await crm.ask("POST", "/push/delivery", push(ANNA, message=words))
    assert told.json["state"] == "ENQUEUED"
    assert (await Message.get()).data["text"] == words


async def test_a_login_of_one_brand_knows_its_offers_alone(
    ctx: Context, shop: Shop, site: aiohttp.ClientSession
) -> None:
    second = await make_program(shop.account, "second-club")
    other = await make_offer(second, "second")
    issued = await facade(ctx, shop, brand="romashka")
    crm = WalletCrm(KOSHELEK, issued.login.login, issued.secret, site)
    await crm.connect(CHOSEN)
    listed = (await crm.ask("GET", "/promo/v1/all")).json["items"]
    assert [one["promoId"] for one in listed] == [shop.offer.id]
    assert (await crm.ask("GET", f"/promo/v1/details?promoId={other.id}")).status == 404
    link = {"target": "campaign", "campaignId": str(other.id)}
    told = await crm.ask("POST", "/push/delivery", push(ANNA, deeplink=link))
    assert (told.status, told.json["code"]) == (400, "campaignId")


async def test_a_campaign_is_an_offer(crm: WalletCrm, shop: Shop, anna: Anna) -> None:
    other = await make_shop("vasilek")
    link = {"target": "campaign", "campaignId": str(shop.offer.id)}
    opens = []
    for deeplink in (link, {"target": "campaigns"}, {"target": "card"}):
        told = await crm.ask("POST", "/push/delivery", push(ANNA, deeplink=deeplink))
        row = await PartnerMessage.get(public_id=told.json["messageId"]).select_related("message")
        assert row.message is not None
        opens.append(row.message.data["opens"])
    offer = f"open_offer {shop.offer.id}"
    assert opens == [offer, offer, f"open_card {anna[1].id}"]
    for named in (str(other.offer.id), other.offer.key, "999999999999999999999"):
        theirs = push(ANNA, deeplink={"target": "campaign", "campaignId": named})
        told = await crm.ask("POST", "/push/delivery", theirs)
        assert (told.status, told.json["code"]) == (400, "campaignId")


WRONG: list[tuple[Any, str]] = [
    (push("8 916 123-45-67"), "msisdn"),
    (push(True), "msisdn"),
    (push([ANNA]), "msisdn"),
    (push(ANNA, title="т" * 51), "payload.title"),
    (push(ANNA, title=""), "payload.title"),
    (push(ANNA, message="т" * 151), "payload.message"),
    (push(ANNA, message={"a": 1}), "payload.message"),
    (push(ANNA, message="a\0b"), "payload.message"),
    (push(ANNA, deeplink={"target": "web"}), "payload.deeplink.target"),
    (push(ANNA, deeplink={"target": "campaign"}), "payload.deeplink.campaignId"),
    (push(ANNA, "PROMO", image="javascript:alert(1)"), "image"),
    ({"pushType": "PROMO", "msisdn": ANNA, "payload": []}, "payload"),
    ([], "body"),
]


async def test_their_limits(crm: WalletCrm, anna: Anna) -> None:
    for body, code in WRONG:
        told = await crm.ask("POST", "/push/delivery", body)
        assert (told.status, told.json["code"]) == (400, code)
    assert not await PartnerMessage.exists()


async def test_hostile_bodies(crm: WalletCrm) -> None:
    for data in (b"", b"{", b"\xff\xfe", b"[" * 5000, b'{"a":' * 900, b"null"):
        told = await crm.ask("POST", "/push/delivery", data=data)
        assert told.status == 400, data[:20]
        assert set(told.json) == {"code", "description"}


async def test_the_same_transaction_is_answered_the_same(crm: WalletCrm, anna: Anna) -> None:
    first = await crm.push(ANNA, X_Transaction_Id="t-1")
    again = await crm.push(ANNA, X_Transaction_Id="t-1")
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    by_query = await crm.ask("POST", "/push/delivery?transactionId=t-2", push(ANNA))
    assert by_query.json != first.json
    in_body = {**push(ANNA), "transactionId": "t-3"}
    told = [(await crm.ask("POST", "/push/delivery", in_body)).json for _ in range(2)]
    assert told[0] == told[1]
    other = await crm.push(NOBODY, X_Transaction_Id="t-1")
    assert (other.status, other.json["code"]) == (409, "transactionId")
    assert await Message.all().count() == 3


async def test_two_at_once_are_one(crm: WalletCrm, anna: Anna) -> None:
    told = await asyncio.gather(*(crm.push(ANNA, X_Transaction_Id="t") for _ in range(8)))
    assert len({one.data for one in told}) == 1
    assert await Message.all().count() == 1


async def test_another_account_sees_nothing(
    crm: WalletCrm, ctx: Context, anna: Anna, site: aiohttp.ClientSession
) -> None:
    """Its phones, its messages, its transaction ids."""
    vasilek = await facade(ctx, await make_shop("vasilek"))
    other = WalletCrm(KOSHELEK, vasilek.login.login, vasilek.secret, site)
    await other.connect(CHOSEN)
    mine = await crm.push(ANNA, X_Transaction_Id="t")
    theirs = await other.push(ANNA, X_Transaction_Id="t")
    assert (mine.json["state"], theirs.json["state"]) == ("ENQUEUED", "MSISDN_NOT_REGISTERED")
    looked = await other.ask("GET", f"/push/delivery/{mine.json['messageId']}")
    none = await other.ask("GET", "/push/delivery/00000000-0000-0000-0000-000000000000")
    assert (looked.status, looked.data) == (none.status, none.data) == (404, none.data)


async def test_a_revoked_login_is_nobody(crm: WalletCrm, ctx: Context, anna: Anna) -> None:
    assert (await crm.push(ANNA)).status == 200
    await revoke_facade(ctx.acting(OPERATOR, CLI), crm.login)
    assert (await crm.push(ANNA)).status == 401


async def test_a_short_list_is_answered_one_by_one(crm: WalletCrm, anna: Anna) -> None:
    told = await crm.ask("POST", "/bulk/single", push([ANNA, NOBODY, ANNA], "PROMO"))
    assert [(m["msisdn"], m["state"]) for m in told.json["messages"]] == [
        (ANNA, "ENQUEUED"), (NOBODY, "MSISDN_NOT_REGISTERED"),
    ]  # fmt: skip
    assert (await crm.ask("POST", "/bulk/single", push([]))).json["messages"] == []


async def test_a_long_list_streams(crm: WalletCrm, anna: Anna) -> None:
    """Its numbers before or after what is said, in chunks that cut them anywhere."""
    phones = [79990000000 + n for n in range(2500)]
    body = push([ANNA, *phones])
    for order in (body, dict(reversed(body.items()))):
        data = json.dumps(order).encode()
        pieces = _cut(data, 777)
        told = await crm.ask("POST", "/bulk/single", data=pieces)
        assert told.json["state"] == "ENQUEUED", told.data
        bulk = await PartnerBulk.get(public_id=told.json["messageId"])
        assert (bulk.numbers, bulk.state.value) == (2501, "queued")
        assert bulk.said["title"] == "Bonus points written off"
        stands = await crm.ask("GET", f"/bulk/single/{bulk.public_id}")
        assert stands.json["numbers"] == 2501


async def _cut(data: bytes, size: int) -> Any:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def test_the_same_long_list_is_one(crm: WalletCrm, anna: Anna) -> None:
    data = json.dumps(push([79990000000 + n for n in range(1500)])).encode()
    ids = {
        (await crm.ask("POST", "/bulk/single", data=data, X_Transaction_Id="b")).json["messageId"]
        for _ in range(2)
    }
    assert len(ids) == await PartnerBulk.all().count() == 1
    other = data.replace(b"Bonus", b"Bonuz")
    told = await crm.ask("POST", "/bulk/single", data=other, X_Transaction_Id="b")
    assert (told.status, await PartnerBulk.all().count()) == (409, 1)
    assert await BulkPiece.all().count() == 3


HOSTILE = [
    b'{"msisdn":[1,2',
    b'{"msisdn":[79990000000,"x"]}',
    b'{"msisdn":[[79990000000]]}',
    b'{"msisdn":' + b"9" * 200_000,
    b'{"msisdn":[' + b"9" * 200_000 + b"]}",
    b'{"payload":{"msisdn":[79990000000]}}',
    b'{"msisdn":[79990000000],"msisdn":[79990000000]}',
    b'{"a":"' + b"x" * 100_000,
    b"]" * 100,
    b'{"msisdn":[79990000000]}}',
    b"",
]


async def test_hostile_lists(crm: WalletCrm) -> None:
    for data in HOSTILE:
        told = await crm.ask("POST", "/bulk/single", data=data)
        assert told.status in {400, 413}, (data[:40], told.data)
    assert not await PartnerBulk.exists()


async def test_a_long_list_that_is_wrong_at_its_end_is_nothing(crm: WalletCrm) -> None:
    numbers = ",".join(str(79990000000 + n) for n in range(1500))
    told = await crm.ask("POST", "/bulk/single", data=f'{{"msisdn":[{numbers},x]}}'.encode())
    assert (told.status, told.json["code"]) == (400, "msisdn")
    assert not await PartnerBulk.exists()
    assert not await BulkPiece.exists()
