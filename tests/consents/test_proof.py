"""A brand asks for the proof about Анна: checked with nothing but hashes."""

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from backend.consents.chain import extend_chain
from backend.consents.heads import heads
from backend.consents.proof import NothingToProve, prove_customer, prove_delivery
from backend.customers.choices.stop_advertising import stop_advertising
from backend.platform.context import Context
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.customers import someone


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


def unpacked(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check(files: dict[str, bytes], folder: str) -> dict[str, Any]:
    """What README.md says to do; returns the index."""
    index: dict[str, Any] = json.loads(files[f"{folder}/index.json"])
    lines = [line.split("\t") for line in files[f"{folder}/chain.txt"].decode().splitlines()]
    links = {}
    before = None
    for what, digest in lines:
        _, seq, previous, record = what.split(":")
        assert sha256(what.encode()) == digest
        assert before in {None, previous}
        before = digest
        links[int(seq)] = record
    assert before == index["head"]["hash"]
    for record in index["records"]:
        assert (
            sha256(files[f"{folder}/{record['document']['file']}"]) == record["document"]["sha256"]
        )
        hashed = files[f"{folder}/{record['record_file']}"]
        assert sha256(hashed) == record["record_sha256"] == links[record["seq"]]
        assert json.loads(hashed)["document_sha256"] == record["document"]["sha256"]
    return index


async def street_of(ctx: Context, clock: StoppedClock) -> Agreed:
    """Борис before Анна, Вера after her; Анна withdraws."""
    boris = await agreed(ctx)
    at = (boris.account, boris.program, boris.brand)
    clock.advance(minutes=1)
    anna = await agreed(ctx, at)
    clock.advance(minutes=1)
    await agreed(ctx, at)
    await extend_chain(anna.account.id)
    clock.advance(days=1)
    await stop_advertising(ctx, anna.customer.id, channel="telegram")
    await extend_chain(anna.account.id)
    return anna


async def promo_to(ctx: Context, anna: Agreed) -> Delivery:
    message = await Message.create(
        once="push:1",
        customer=anna.customer,
        brand=anna.brand,
        purpose=MessagePurpose.PROMO,
        kind="promo-push",
        data={"text": "Кофе дешевле", "advertiser": "ООО «Ромашка»", "inn": "1", "erid": " · e"},
        created_at=ctx.clock(),
    )
    return await Delivery.create(
        message=message,
        channel="telegram",
        state=DeliveryState.DELIVERED,
        provider_id="77",
        created_at=ctx.clock(),
        changed_at=ctx.clock(),
    )


async def test_a_person(ctx: Context, clock: StoppedClock) -> None:
    anna = await street_of(ctx, clock)
    await promo_to(ctx, anna)
    exported = await heads(ctx.clock())
    clock.advance(hours=1)
    await agreed(ctx, (anna.account, anna.program, anna.brand))
    await extend_chain(anna.account.id)
    pack = await prove_customer(anna.customer.id, exported)
    files = unpacked(pack)
    index = check(files, "romashka")
    assert [r["answer"] for r in index["records"]] == ["granted"] * 3 + ["withdrawn"]
    assert index["exported_heads"][0]["seq"] == 10 < index["head"]["seq"] == 13
    subject = json.loads(files["subject.json"])
    assert subject["customer_id"] == anna.customer.id
    (sent,) = subject["deliveries"]
    assert (sent["text"], sent["provider_id"]) == ("Кофе дешевле", "77")
    assert pack == await prove_customer(anna.customer.id, exported), "the same bytes again"


async def test_nobody_else_is_in_it(ctx: Context, clock: StoppedClock) -> None:
    anna = await street_of(ctx, clock)
    files = unpacked(await prove_customer(anna.customer.id))
    records = [name for name in files if "/records/" in name]
    assert len(records) == 4
    for name in records:
        assert json.loads(files[name])["customer_id"] == anna.customer.id


async def test_a_delivery(ctx: Context, clock: StoppedClock) -> None:
    anna = await street_of(ctx, clock)
    delivery = await promo_to(ctx, anna)
    files = unpacked(await prove_delivery(delivery.id))
    check(files, "romashka")
    subject = json.loads(files["subject.json"])
    assert subject["delivery_id"] == delivery.id
    assert [d["delivery_id"] for d in subject["deliveries"]] == [delivery.id]


async def test_who_said_nothing_proves_nothing(ctx: Context) -> None:
    dina = await someone(ctx)
    with pytest.raises(NothingToProve):
        await prove_customer(dina.id)
    with pytest.raises(NothingToProve):
        await prove_delivery(404)
