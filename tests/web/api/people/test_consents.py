"""«Лавка» reads what its customers agree to, ends it when they ask, and fetches the proof."""

import hashlib
import io
import zipfile

import pytest

from backend.consents.sweep import extend_all_chains
from backend.customers.choices.stop_advertising import stop_advertising
from backend.platform.context import Context, person
from backend.reactions import reactions
from models.account import Account
from models.audit_entry import AuditEntry
from models.card import Card
from models.consent_record import ConsentRecord
from models.customer import Customer
from models.offer import Offer
from models.outbox import OutboxEvent
from tests.support.caller import Caller, caller
from tests.support.edge.notebook import Notebook
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.outbox import run_due
from tests.web.api.onboarding.test_resources import as_declared


@pytest.fixture
async def offer(lavka: Account) -> Offer:
    return await make_offer(await make_program(lavka, "lavka-card", numbers=3), "lavka")


@pytest.fixture
async def anna(ctx: Context, offer: Offer) -> Customer:
    """Agreed to everything of «Лавка», and of «Василёк» too."""
    other = await make_offer(
        await make_program(await make_account("vasilek"), "club", numbers=3), "vasilek"
    )
    anna = await someone(ctx, 1)
    for each in (offer, other):
        await issued(ctx, anna, [each], channels=("telegram", "email"))
    return anna


async def standing(vera: Caller, anna: Customer) -> dict[tuple[str, str], bool]:
    told = await vera.get(f"/customers/{anna.id}/consents")
    whole = as_declared(told, "/customers/{customer}/consents")
    assert whole["digest"] is (await Customer.get(id=anna.id)).ads_digest
    shown = whole["consents"]
    return {(each["purpose"], each.get("channel", "")): each["granted"] for each in shown}


async def withdraw(vera: Caller, anna: Customer, **what: str) -> int:
    path = "/customers/{customer}/consents/withdraw"
    told = await vera.post(path.format(customer=anna.id), what)
    if told.status == 200:
        as_declared(told, path, "post")
    return told.status


async def test_what_stands_is_the_account_s_own(vera: Caller, anna: Customer) -> None:
    assert await standing(vera, anna) == {
        ("personal_data", ""): True, ("program_terms", ""): True,
        ("advertising", "telegram"): True, ("advertising", "email"): True,
        ("advertising", "sms"): False, ("advertising", "wallet"): False,
    }  # fmt: skip


async def test_advertising_ends_on_their_behalf(vera: Caller, ctx: Context, anna: Customer) -> None:
    assert await withdraw(vera, anna, purpose="advertising", channel="email") == 200
    assert (await standing(vera, anna))["advertising", "email"] is False
    record = await ConsentRecord.filter(action="withdrawn").get()
    assert record.how == "api:v1/consents"
    assert record.context["actor"].startswith("key:")
    assert (await AuditEntry.get(verb="withdraw_consent")).subject_id == anna.id
    assert await withdraw(vera, anna, purpose="advertising", channel="email") == 200
    assert await ConsentRecord.filter(action="withdrawn").count() == 1, "again changes nothing"
    assert await withdraw(vera, anna, purpose="advertising", brand="lavka") == 200
    assert (await standing(vera, anna))["advertising", "telegram"] is False
    other = await caller(vera.session, ctx, await Account.get(key="vasilek"))
    assert (await standing(other, anna))["advertising", "telegram"] is True


async def test_with_the_personal_data_everything_ends(vera: Caller, anna: Customer) -> None:
    assert await withdraw(vera, anna, purpose="personal_data") == 200
    assert set((await standing(vera, anna)).values()) == {False}
    assert await Card.filter(removed_at=None).count() == 1, "of «Василёк»"
    assert await withdraw(vera, anna, purpose="personal_data") == 200
    told = [event.payload for event in await OutboxEvent.filter(kind="ConsentWithdrawn")]
    assert [each["purpose"] for each in told if each["for_them"]] == ["personal_data"]


async def test_the_person_is_told(vera: Caller, ctx: Context, anna: Customer) -> None:
    """Of what the brand has done for them, and not of what they did themselves."""
    notebook = Notebook()
    await stop_advertising(ctx.acting(person(anna.id), "bot:settings"), anna.id, channel="email")
    await withdraw(vera, anna, purpose="advertising")
    await run_due(ctx, reactions({"telegram": notebook}, ctx.clock))
    told = [each for each in notebook.sent if each.kind.endswith("-withdrawn")]
    assert [(each.customer_id, each.kind) for each in told] == [(anna.id, "advertising-withdrawn")]
    await withdraw(vera, anna, purpose="personal_data")
    await run_due(ctx, reactions({"telegram": notebook}, ctx.clock))
    told = [each for each in notebook.sent if each.kind.endswith("-withdrawn")]
    assert [each.kind for each in told] == ["advertising-withdrawn", "data-withdrawn"]


async def test_what_cannot_be_withdrawn(vera: Caller, anna: Customer) -> None:
    for what in ({}, {"purpose": "program_terms"}, {"purpose": "advertising", "channel": "fax"}):
        assert await withdraw(vera, anna, **what) == 422, what
    assert await withdraw(vera, anna, purpose="advertising", brand="vasilek") == 404


async def test_the_proof_is_the_account_s_own_and_holds(vera: Caller, anna: Customer) -> None:
    await extend_all_chains()
    told = await vera.session.get(
        f"/api/v1/customers/{anna.id}/consents/proof",
        headers={"Authorization": f"Bearer {vera.key}"},
    )
    assert (told.status, told.content_type) == (200, "application/zip")
    pack = zipfile.ZipFile(io.BytesIO(await told.read()))
    assert pack.testzip() is None
    names = pack.namelist()
    assert {name.partition("/")[0] for name in names} == {"README.md", "lavka", "subject.json"}
    for record in await ConsentRecord.filter(account_id=(await Account.get(key="lavka")).id):
        kept = pack.read(f"lavka/records/{record.id}.json")
        assert hashlib.sha256(kept).hexdigest() == record.sha256
    for line in pack.read("lavka/chain.txt").decode().splitlines():
        hashed, told_hash = line.split("\t")
        assert hashlib.sha256(hashed.encode()).hexdigest() == told_hash


async def test_whoever_never_answered_is_nobody(vera: Caller, ctx: Context, anna: Customer) -> None:
    stranger = await someone(ctx, 2)
    for path in ("", "/proof"):
        told = await vera.get(f"/customers/{stranger.id}/consents{path}")
        assert (told.status, told.code) == (404, "customer_not_found")
    assert await withdraw(vera, stranger, purpose="personal_data") == 404
