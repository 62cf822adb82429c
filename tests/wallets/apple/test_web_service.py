"""Apple's web service: its status codes, tags and dates, and that it tells strangers nothing."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from backend.passes.apple.dev_chain import TYPE
from backend.platform.context import Context
from backend.wallets.address import file_address, files_address
from backend.wallets.apple.devices import (
    MOST_DEVICES,
    VOID_KEPT,
    apns_token_of,
    forget_void,
    types_in_phones,
)
from backend.wallets.settle import settle
from backend.wallets.token import pass_token
from models.card import Card
from models.customer import Customer
from models.outbox import OutboxEvent
from models.wallet_pass import WalletDevice, WalletKind, WalletPass, WalletRegistration
from tests.passes.apple.chain import chain, openssl_verifies
from tests.passes.apple.rules import Read
from tests.support.clock import StoppedClock
from tests.wallets.apple.served import BASE, DEVICE, pass_of, site
from tests.wallets.conftest import GiveCard


async def change(ctx: Context, held: WalletPass, points: int) -> WalletPass:
    await Card.filter(id=held.card_id).update(balance=Decimal(points))
    await settle(ctx, [held.id])
    return await WalletPass.get(id=held.id)


def serials(said: dict[str, object] | None) -> object:
    return said and said["serialNumbers"]


async def test_from_the_first_registration_to_the_last(ctx: Context, give_card: GiveCard) -> None:
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        await phone.fetch(held.serial)
        assert await phone.register(held.serial) == 201
        assert (await WalletPass.get(id=held.id)).installed_at == ctx.clock()
        # Again it brings a newer token for pushes.
        assert await phone.register(held.serial, token="cd" * 32) == 200
        device = await WalletDevice.get()
        assert apns_token_of(ctx, device.apns_token) == "cd" * 32
        assert DEVICE not in device.name
        said = await phone.changed()
        assert said == {"serialNumbers": [held.serial], "lastUpdated": str(held.version)}
        assert await phone.changed(said["lastUpdated"]) is None
        assert await phone.unregister(held.serial) == 200
        assert await phone.unregister(held.serial) == 200
        assert await phone.changed() is None
    assert await WalletDevice.all().count() == await WalletRegistration.all().count() == 0
    assert (await WalletPass.get(id=held.id)).removed_at == ctx.clock()
    told = [event.kind for event in await OutboxEvent.all().order_by("id")]
    assert told == ["CardInstalled", "CardUninstalled"]


async def test_two_phones_hold_one_card(ctx: Context, give_card: GiveCard) -> None:
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        assert await phone.register(held.serial) == 201
        assert await phone.register(held.serial, device="other", token="cd" * 32) == 201
        assert await phone.unregister(held.serial) == 200
        assert (await WalletPass.get(id=held.id)).removed_at is None
        assert await phone.unregister(held.serial, device="other") == 200
    assert (await WalletPass.get(id=held.id)).removed_at is not None


async def test_a_pass_is_the_newest_one_and_304_when_it_is_known(
    ctx: Context, give_card: GiveCard, clock: StoppedClock, tmp_path: Path
) -> None:
    held = await pass_of(ctx, await give_card(balance=Decimal(120)))
    async with site(ctx) as phone:
        answer, body = await phone.fetch(held.serial)
        assert answer.status == 200
        assert answer.content_type == "application/vnd.apple.pkpass"
        read = Read(body)
        assert read.said["serialNumber"] == held.serial
        assert read.said["authenticationToken"] == pass_token(ctx.vault, held.serial)
        assert read.said["webServiceURL"] == f"{BASE}/wallet/apple"
        assert read.field("balance")["value"] == "120"
        files = read.files
        assert openssl_verifies(
            tmp_path, files["manifest.json"], files["signature"], chain().root
        ).good
        since = answer.headers["Last-Modified"]
        assert since == "Sat, 21 Nov 2026 09:00:00 GMT"
        answer, body = await phone.fetch(held.serial, since=since)
        assert (answer.status, body) == (304, b"")
        # Two changes in one second are two moments.
        seen = {since}
        for points in (121, 122, 123):
            await change(ctx, held, points)
            answer, body = await phone.fetch(held.serial, since=since)
            assert answer.status == 200
            assert Read(body).field("balance")["value"] == str(points)
            seen.add(since := answer.headers["Last-Modified"])
            answer, _ = await phone.fetch(held.serial, since=since)
            assert answer.status == 304
        assert len(seen) == 4


async def test_a_change_that_nobody_has_come_to_yet_has_its_version_when_it_is_fetched(
    ctx: Context, give_card: GiveCard
) -> None:
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        first, _ = await phone.fetch(held.serial)
        await phone.register(held.serial)
        await Card.filter(id=held.card_id).update(balance=Decimal(7))
        answer, body = await phone.fetch(held.serial, since=first.headers["Last-Modified"])
        assert Read(body).field("balance")["value"] == "7"
        await settle(ctx, [held.id])
        later = answer.headers["Last-Modified"]
        answer, _ = await phone.fetch(held.serial, since=later)
        assert answer.status == 304


async def test_what_changed_between_download_and_registration_is_not_lost(
    ctx: Context, give_card: GiveCard
) -> None:
    other = await pass_of(ctx, await give_card())
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        await phone.fetch(other.serial)
        await phone.register(other.serial)
        answer, _ = await phone.fetch(held.serial)
        held = await change(ctx, held, 1)
        other = await change(ctx, other, 1)
        tag = (await phone.changed())["lastUpdated"]
        assert int(tag) > held.version
        await phone.register(held.serial)
        now = await WalletPass.get(id=held.id)
        assert now.version > now.told
        assert serials(await phone.changed(tag)) == [held.serial]
        answer, body = await phone.fetch(held.serial, since=answer.headers["Last-Modified"])
        assert answer.status == 200
        assert Read(body).field("balance")["value"] == "1"


async def test_whoever_has_no_token_learns_nothing(ctx: Context, give_card: GiveCard) -> None:
    mine, theirs = await pass_of(ctx, await give_card()), await pass_of(ctx, await give_card())
    strangers = [
        "", "ApplePass", "ApplePass ", "Bearer x", "ApplePass " + "0" * 64, "ApplePass " + "é" * 64,
        f"ApplePass {pass_token(ctx.vault, theirs.serial)}",
        f"ApplePass {pass_token(ctx.vault, mine.serial).upper()}",
    ]  # fmt: skip
    async with site(ctx) as phone:
        bodies = set()
        for authorized in strangers:
            for serial in (mine.serial, "guessed-serial", "x" * 200):
                assert await phone.register(serial, authorized=authorized) == 401
                assert await phone.unregister(serial, authorized=authorized) == 401
                answer, body = await phone.fetch(serial, authorized=authorized)
                assert answer.status == 401
                bodies.add((body, answer.headers.get("Last-Modified")))
        assert bodies == {(b"", None)}
        # A token that is right, for a pass of another type, and of one that is not there.
        for wrong in (mine.serial, "neverMade"):
            answer, _ = await phone.fetch(wrong, type_="pass.example.other")
            assert answer.status == 401
            assert await phone.register(wrong, type_="pass.example.other") == 401
        assert (await phone.fetch("neverMade"))[0].status == 401
        assert await phone.changed(device="guessed") is None
    assert not await WalletDevice.exists()


async def test_google_has_no_pass_here(ctx: Context, give_card: GiveCard) -> None:
    held = await pass_of(ctx, await give_card())
    await WalletPass.filter(id=held.id).update(wallet=WalletKind.GOOGLE)
    async with site(ctx) as phone:
        assert (await phone.fetch(held.serial))[0].status == 401


@pytest.mark.parametrize("token", ["", None, 7, "a/../b", "a b", "я" * 20, "x" * 201, ["ab" * 32]])
async def test_a_push_token_that_is_none(ctx: Context, give_card: GiveCard, token: object) -> None:
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        assert await phone.register(held.serial, token=token) == 400


@pytest.mark.parametrize("tag", ["x", "-1", "1" * 19, "١٢", "1.5", "' OR 1=1"])
async def test_a_tag_that_is_none_is_as_if_it_were_not_there(
    ctx: Context, give_card: GiveCard, tag: str
) -> None:
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        await phone.register(held.serial)
        assert serials(await phone.changed(tag)) == [held.serial]


@pytest.mark.parametrize(
    "since",
    [
        "yesterday", "Sat, 21 Nov 2026 09:00:00 +9999999999999999", "Sat, 99 Nov 2026 09:00:00 GMT",
        "Sat, 21 Nov 99999999999 09:00:00 GMT", "((((", "Sat, 21 Nov 2025 09:00:00 GMT",
    ],
)  # fmt: skip
async def test_a_date_that_is_none_is_as_if_it_were_not_there(
    ctx: Context, give_card: GiveCard, since: str
) -> None:
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        assert (await phone.fetch(held.serial, since=since))[0].status == 200


async def test_who_names_many_devices_has_no_more_than_anybody(
    ctx: Context, give_card: GiveCard
) -> None:
    held = await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        for number in range(MOST_DEVICES + 3):
            assert await phone.register(held.serial, device=f"device-{number}") == 201
        assert await phone.changed(device="device-0") is None
        assert serials(await phone.changed(device=f"device-{MOST_DEVICES + 2}")) == [held.serial]
    assert await WalletRegistration.all().count() == MOST_DEVICES
    assert await WalletDevice.all().count() == MOST_DEVICES
    assert await types_in_phones() == [TYPE]


async def test_a_huge_body_and_many_complaints(ctx: Context) -> None:
    async with site(ctx) as phone:
        log = "/wallet/apple/v1/log"
        with capture_logs() as told:
            lines = ["Get pass task: " + "ab" * 32 + "\nforged line " + "x" * 5000] * 60
            said = await phone.client.post(log, data=json.dumps({"logs": lines[:2]}))
            assert said.status == 200
            said = await phone.client.post(log, data=json.dumps({"logs": lines}))
            assert said.status == 413
            for body in (b"", b"[1]", b"{", json.dumps({"logs": "no"}).encode()):
                assert (await phone.client.post(log, data=body)).status == 200
            many = json.dumps({"logs": ["no"] * 500})
            assert (await phone.client.post(log, data=many)).status == 200
            statuses = [(await phone.client.post(log, data=many)).status for _ in range(10)]
            assert statuses[-1] == 429
        ours = [each["said"] for each in told if "complains" in each["event"]]
        assert 0 < len(ours) < 100
        assert all(len(each) <= 400 for each in ours)
        assert not any("ab" * 32 in each for each in ours)


async def test_a_card_as_a_file_and_several_in_one(ctx: Context, give_card: GiveCard) -> None:
    first, second = await pass_of(ctx, await give_card()), await pass_of(ctx, await give_card())
    async with site(ctx) as phone:
        path = file_address(ctx.vault, "", first.serial)
        answer = await phone.client.get(path)
        assert answer.content_type == "application/vnd.apple.pkpass"
        assert Read(await answer.read()).said["serialNumber"] == first.serial
        both = files_address(ctx.vault, "", [first.serial, second.serial])
        answer = await phone.client.get(both)
        assert answer.content_type == "application/vnd.apple.pkpasses"
        assert (await answer.read()).startswith(b"PK")
        forged = path.replace(first.serial, second.serial)
        assert (await phone.client.get(forged)).status == 404
        eleven = "&".join([both.partition("?")[2]] * 1 + [f"card={n}" for n in range(9)])
        assert (await phone.client.get(f"/wallet/passes.pkpasses?{eleven}")).status == 404
        assert (await phone.client.get("/wallet/passes.pkpasses")).status == 404


async def test_a_deleted_persons_pass_is_void_and_its_address_leads_nowhere(
    ctx: Context, give_card: GiveCard, clock: StoppedClock
) -> None:
    held = await pass_of(ctx, await give_card(name="Аннабелла"))
    async with site(ctx) as phone:
        await phone.fetch(held.serial)
        await phone.register(held.serial)
        card = await Card.get(id=held.card_id)
        await Customer.filter(id=card.customer_id).update(
            deleted_at=clock(), profile=None, data_key=None
        )
        await settle(ctx, [held.id])
        assert serials(await phone.changed(str(held.version))) == [held.serial]
        answer, body = await phone.fetch(held.serial)
        assert answer.status == 200
        read = Read(body)
        assert read.said["voided"] is True
        assert "barcodes" not in read.said
        whole = b"".join(read.files.values()).decode("utf-8", "ignore")
        assert "Аннабелла" not in whole
        assert card.printed_number not in whole
        assert (await phone.client.get(file_address(ctx.vault, "", held.serial))).status == 404
    clock.advance(days=VOID_KEPT / timedelta(days=1) + 1)
    await forget_void(ctx)
    assert await WalletDevice.all().count() == await WalletRegistration.all().count() == 0


async def test_without_a_certificate_of_its_type_nothing_is_handed_out(
    ctx: Context, give_card: GiveCard
) -> None:
    held = await pass_of(ctx, await give_card())
    await WalletPass.filter(id=held.id).update(issuer="pass.example.old")
    async with site(ctx) as phone:
        answer, _ = await phone.fetch(held.serial, type_="pass.example.old")
        assert answer.status == 503
        assert (await WalletPass.get(id=held.id)).fetched == 0
