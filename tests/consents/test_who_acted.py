"""Evidence says by which door it came and, when that was not the person, who acted."""

import hashlib
import io
import zipfile
from datetime import UTC

import orjson
import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.consents.proof import prove_customer
from backend.consents.receipt import make_receipt
from backend.consents.receipt_page import receipt_page
from backend.consents.sweep import extend_all_chains
from backend.consents.verify import verify_chain
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.my_data.delete_data import delete_data
from backend.platform.context import OPERATOR, Actor, ActorKind, Context, person
from backend.platform.door import CLI
from models.application import Application
from models.consent_record import ConsentRecord
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import NAME, make_account, make_offer, make_program
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone

KEY = Actor(ActorKind.KEY, 3)


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def holds(anna: Agreed) -> bool:
    await extend_all_chains()
    verdict = await verify_chain(anna.account.id)
    return (verdict.broken, verdict.unlinked) == (None, 0)


async def last_record() -> ConsentRecord:
    record = await ConsentRecord.all().order_by("-id").select_related("document").first()
    assert record is not None
    return record


async def test_what_a_person_says_in_the_bot_is_hashed_as_ever(
    ctx: Context, clock: StoppedClock
) -> None:
    """The very bytes of records made before there were actors: nobody is named in them."""
    anna = await agreed(ctx, channels=("telegram",))
    clock.advance(days=1)
    by_anna = ctx.acting(person(anna.customer.id), "bot:push_button")
    await stop_advertising(by_anna, anna.customer.id, brand_id=anna.brand.id, tapped_at=clock())
    record = await last_record()
    hashed = (
        f'{{"account_id":{anna.account.id},"action":"withdrawn",'
        f'"answer_key":"{record.answer_key}","at":"2026-11-22T09:00:00+00:00",'
        f'"brand_ids":[{anna.brand.id}],"channels":["telegram"],'
        '"context":{"tapped_at":"2026-11-22T09:00:00+00:00"},'
        f'"customer_id":{anna.customer.id},"document_id":{record.document_id},'
        f'"document_sha256":"{record.document.sha256}","how":"bot:push_button"}}'
    )
    assert record.sha256 == hashlib.sha256(hashed.encode()).hexdigest()
    assert await holds(anna)


async def test_the_operator_who_deletes_is_named(ctx: Context, clock: StoppedClock) -> None:
    anna = await agreed(ctx)
    clock.advance(days=1)
    await delete_data(ctx.acting(OPERATOR, CLI), anna.customer.id)
    said = await ConsentRecord.filter(action="withdrawn")
    assert [(each.how, each.context) for each in said] == [("cli", {"actor": "operator"})] * 3
    assert await holds(anna)


async def test_whoever_names_another_actor_breaks_the_chain(ctx: Context) -> None:
    """The actor is hashed: it cannot be changed afterwards."""
    anna = await agreed(ctx)
    await stop_advertising(ctx.acting(OPERATOR, CLI), anna.customer.id)
    record = await last_record()
    with zipfile.ZipFile(io.BytesIO(await prove_customer(anna.customer.id))) as pack:
        written = pack.read(f"{anna.account.key}/records/{record.id}.json")
        index = orjson.loads(pack.read(f"{anna.account.key}/index.json"))
    assert hashlib.sha256(written).hexdigest() == record.sha256
    assert hashlib.sha256(written.replace(b"operator", b"person:9")).hexdigest() != record.sha256
    acted = [(each["answer"], each["how"], each["by"]) for each in index["records"]]
    assert acted[-1] == ("withdrawn", "cli", "operator")
    assert {by for _, _, by in acted[:-1]} == {"person"}
    receipt = await make_receipt(anna.customer.id, anna.account.id, "ru", ctx.clock())
    assert receipt is not None
    assert receipt.values["records"][-1]["by"] == "operator"
    page = receipt_page(receipt, UTC).decode()
    assert page.count("оператор сервиса") == 1


async def test_a_yes_says_where_it_was_given_and_not_where_the_card_was_made(
    ctx: Context, clock: StoppedClock
) -> None:
    """Борис agrees on the screen; the pool is empty, and the card is made from another place."""
    program = await make_program(await make_account(), fields=(NAME,), numbers=1)
    boris = await someone(ctx, 2)
    there = ctx.acting(person(boris.id), "bot:consent_screen")
    await applied(there, boris, [await make_offer(program)], answers={"given_name": "Борис"})
    clock.advance(hours=1)
    later = ctx.acting(person(boris.id), "bot:wallet")
    await issue_cards(later, boris, await current_application(ctx, boris))
    assert {each.how for each in await ConsentRecord.all()} == {"bot:consent_screen"}
    named = {key for each in await ConsentRecord.all() for key in each.context}
    assert named == {"application", "source"}


async def test_a_key_that_agreed_for_somebody_is_named(ctx: Context) -> None:
    program = await make_program(await make_account(), fields=(NAME,), numbers=1)
    vera = await someone(ctx, 3)
    await applied(ctx.by(KEY), vera, [await make_offer(program)], answers={"given_name": "Вера"})
    await issue_cards(ctx, vera, await current_application(ctx, vera))
    said = await ConsentRecord.all()
    assert {each.context["actor"] for each in said} == {"key:3"}
    assert {each.how for each in said} == {ctx.door}


async def test_what_was_agreed_to_before_doors_were_written_down_came_by_the_screen(
    ctx: Context, clock: StoppedClock
) -> None:
    """Глеб ticked everything in the version before, and taps the last button in this one."""
    program = await make_program(await make_account(), fields=(NAME,), numbers=1)
    gleb = await someone(ctx, 4)
    await applied(ctx, gleb, [await make_offer(program)], answers={"given_name": "Глеб"})
    application = await Application.get()
    for choice in application.choices.values():
        del choice["door"]
    await application.save(update_fields=["choices"])
    clock.advance(minutes=1)
    await issue_cards(ctx, gleb, await current_application(ctx, gleb))
    assert {each.how for each in await ConsentRecord.all()} == {"bot:consent_screen"}
