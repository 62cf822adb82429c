"""What the operator and the clock did stands in the trail, once it was done and only then."""

from datetime import timedelta
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from backend.brands.load_numbers import load_numbers
from backend.brands.load_pack import load_pack
from backend.campaigns.start_campaign import CampaignOrder, CampaignRefused, start_campaign
from backend.consents.states import differences
from backend.customers.choices.mend_states import mend_states
from backend.customers.my_data.delete_data import delete_data
from backend.customers.my_data.to_export import customer_to_export
from backend.customers.person.rotate_keys import rotate_keys
from backend.platform.context import CLOCK, OPERATOR, Actor, ActorKind, Context, person
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.door import CLI, WORKER
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import Vault
from backend.platform.settings import Settings
from backend.platform.watch.audit import Wanted, note, trail
from backend.worker.keep_private import forget_all
from models.account import Account
from models.audit_entry import AuditEntry, Verb
from models.brand import Brand
from models.consent_state import ConsentState
from models.evidence import Evidence
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import agreed
from tests.support.factory.brands import NAME, make_account, make_offer, make_program
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone
from tests.support.source import ROOT

ANY = Wanted()


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


@pytest.fixture
def operator(ctx: Context) -> Context:
    return ctx.acting(OPERATOR, CLI)


async def told(wanted: Wanted = ANY) -> list[str]:
    """Oldest first, without the time."""
    found = reversed(await trail(wanted, 100))
    return [
        f"{e.actor_kind} {e.door} {e.verb} {e.subject_kind} {e.subject_id} {e.amount}"
        for e in found
    ]


async def whose() -> set[int | None]:
    """The accounts whose trails tell of it."""
    return {each.account_id for each in await AuditEntry.all()}


async def test_a_pack_and_numbers(operator: Context, tmp_path: Path) -> None:
    await load_pack(operator, ROOT / "demo")
    accounts = [each.id for each in await Account.all().order_by("id")]
    packs = [f"operator cli load_pack account {id_} None" for id_ in accounts]
    assert await told(Wanted(verb=Verb.LOAD_PACK)) == packs
    brands = [f"operator cli save_brand brand {one.id} None" for one in await Brand.all()]
    assert sorted(await told(Wanted(verb=Verb.SAVE_BRAND))) == sorted(brands), (
        "and each thing in it"
    )
    program = await make_program(await make_account())
    csv = tmp_path / "numbers.csv"
    csv.write_text("printed_number\n9000000001\n9000000002\n")
    for fresh in (2, 0):
        await load_numbers(operator, program.key, csv)
        line = f"operator cli load_numbers program {program.id} {fresh}"
        assert (await told())[-1] == line, "each time it was done"


async def test_a_deleted_person_and_a_second_time(operator: Context) -> None:
    anna = await agreed(operator)
    for _ in range(2):
        await delete_data(operator, anna.customer.id)
    assert await told() == [f"operator cli delete_customer customer {anna.customer.id} None"]
    assert await whose() == {anna.account.id}


async def test_a_person_who_deletes_their_own_data_is_nobodys_business(ctx: Context) -> None:
    anna = await agreed(ctx)
    await delete_data(ctx.acting(person(anna.customer.id), "bot:delete_my_data"), anna.customer.id)
    assert await told() == []


async def test_a_copy_of_everything_held(operator: Context) -> None:
    boris = await someone(operator, 2)
    assert await customer_to_export(operator, boris.id) is not None
    assert await told() == [f"operator cli export_customer customer {boris.id} None"]
    assert await whose() == {None}, "no account has ever heard of them"
    await delete_data(operator, boris.id)
    assert await customer_to_export(operator, boris.id) is None
    assert await customer_to_export(operator, 404) is None
    assert await AuditEntry.filter(verb=Verb.EXPORT_CUSTOMER).count() == 1


async def test_a_campaign_ordered_twice_under_one_key_is_one(operator: Context) -> None:
    anna = await agreed(operator)
    order = CampaignOrder(brand=anna.brand.key, text="Кофе дешевле", once="friday")
    campaign = await start_campaign(operator, order)
    await start_campaign(operator, order)
    with pytest.raises(CampaignRefused):
        await start_campaign(operator, CampaignOrder(brand="nobody", text="Кофе"))
    assert await told() == [f"operator cli start_campaign campaign {campaign.id} None"]
    assert await whose() == {anna.account.id}


async def test_consents_put_right(operator: Context) -> None:
    anna = await agreed(operator, channels=("sms",))
    await ConsentState.filter(channel="sms").update(granted=False)
    for _ in range(2):
        await mend_states(operator, anna.account.id, anna.customer.id)
    assert [each async for each in differences(anna.account.id)] == []
    assert await told() == [f"operator cli mend_consents customer {anna.customer.id} 1"]
    assert await whose() == {anna.account.id}


async def test_keys_wrapped_anew(operator: Context, vault: Vault) -> None:
    for number in range(3):
        await someone(operator, number + 1)
    newer = MasterKeys(bytes(32), (vault.masters.current,))
    fresh = Context(operator.clock, Vault(newer, vault.service), operator.wake, OPERATOR, CLI)
    done = await rotate_keys(fresh, batch=2, pause=0)
    assert done.customers == 3
    assert await told() == [
        "operator cli rotate_keys customer None 2",
        "operator cli rotate_keys customer None 1",
    ]


async def test_what_the_clock_takes_from_people(ctx: Context, clock: StoppedClock) -> None:
    by_clock, settings = ctx.acting(CLOCK, WORKER), Settings(_env_file=None)
    program = await make_program(await make_account(), fields=(NAME,), numbers=1)
    vera = await someone(ctx, 3)
    await applied(ctx, vera, [await make_offer(program)], answers={"given_name": "Вера"})
    gleb = await someone(ctx, 4)
    await delete_data(ctx, gleb.id)
    clock.advance(days=31)
    await forget_all(by_clock, settings)
    assert await told() == ["clock worker drop_applications application None 1"]
    clock.advance(days=4 * 365)
    await forget_all(by_clock, settings)
    await forget_all(by_clock, settings)
    assert (await told())[1:] == ["clock worker forget_evidence evidence None 1"]
    assert not await Evidence.exists()


async def test_what_was_rolled_back_was_never_done(operator: Context) -> None:
    async def interrupted() -> None:
        async with transaction():
            await note(operator, Verb.DELETE_CUSTOMER, "customer", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await interrupted()
    assert await told() == []


async def test_the_trail_can_be_asked(operator: Context, clock: StoppedClock) -> None:
    began = clock()
    key = operator.acting(Actor(ActorKind.KEY, 3), CLI)
    async with transaction():
        await note(operator, Verb.LOAD_NUMBERS, "program", 1, 10)
        await note(key, Verb.LOAD_NUMBERS, "program", 2, 20)
        clock.advance(days=1)
        await note(operator.acting(CLOCK, WORKER), Verb.FORGET_CONTACTS, "contact", amount=1)
    second = began + timedelta(days=1)
    passes = {
        Wanted(actor=ActorKind.KEY): [2],
        Wanted(door=WORKER): [None],
        Wanted(verb=Verb.LOAD_NUMBERS): [1, 2],
        Wanted(subject="program"): [1, 2],
        Wanted(subject="program", subject_id=1): [1],
        Wanted(since=second): [None],
        Wanted(until=second): [1, 2],
        Wanted(actor=ActorKind.STAFF): [],
    }
    for wanted, subjects in passes.items():
        found = [each.subject_id for each in reversed(await trail(wanted, 10))]
        assert found == subjects, wanted
    newest = await trail(ANY, 1)
    assert [each.verb for each in newest] == [Verb.FORGET_CONTACTS]
    assert (await AuditEntry.get(subject_id=2)).actor_id == 3


async def test_nobody_changes_or_removes_an_entry(operator: Context) -> None:
    async with transaction():
        await note(operator, Verb.LOAD_NUMBERS, "program", 1, 10)
    ways = ["UPDATE audit_entries SET amount = 1", "DELETE FROM audit_entries"]
    for way in [*ways, *(["TRUNCATE audit_entries"] if is_postgres() else [])]:
        with pytest.raises((IntegrityError, OperationalError), match="append-only"):
            await rows(way)
    assert await told() == ["operator cli load_numbers program 1 10"]
