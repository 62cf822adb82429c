"""Each day the partner gets its files once: what was issued, and who agreed to be known."""

import hashlib
from datetime import UTC, datetime

import pytest

from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.customers.contacts.save_contact import save_contact
from backend.customers.person.profile import seal_profile
from backend.platform.failures import NeedsSettings
from models.card import Card, CardOrigin
from models.contact import ContactKind
from models.customer import Customer
from models.registry_file import FileState, RegistryFile
from tests.jobs.registries.conftest import Trade, unzipped
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_offer
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

HEAD = (
    "card_number;barcode;date;first_name;last_name;patronymic_name;phone;email;sex;birthday;"
    "bonus_balance;discount;status"
)
# 01:30 in Moscow, where the partner is; its files are due at three.
NIGHT = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


@pytest.fixture
async def busy(trade: Trade, clock: StoppedClock) -> Trade:
    clock.now = NIGHT
    trade.reserved(*(f"A{n};" for n in range(1, 9)))
    await trade.turns()
    await trade.settles(gives=["issued", "clients"])
    return trade


async def someone_issued(trade: Trade, chat: int, phone: str = "") -> Customer:
    offers = [await make_offer(trade.program, f"welcome-{chat}")]
    customer = await someone(trade.ctx, chat)
    if phone:
        await save_contact(trade.ctx, customer, ContactKind.PHONE, phone, verified_by="telegram")
    (outcome,) = await issued(trade.ctx, customer, offers)
    assert outcome.card is not None
    return await Customer.get(id=customer.id)


async def profile_of(trade: Trade, customer: Customer, **known: str) -> None:
    customer.profile = seal_profile(trade.ctx, customer, known)
    await customer.save()


def lines(trade: Trade, kind: str, day: int) -> list[str]:
    return unzipped(trade.told("out")[f"Lavka_{kind}_202611{day}.csv.zip"])


async def test_the_night_has_its_hour(busy: Trade, clock: StoppedClock) -> None:
    await someone_issued(busy, 1)
    await busy.turn()
    assert busy.told("out") == {}
    clock.advance(hours=1, minutes=30)
    for _ in range(3):
        await busy.turn()
    assert list(busy.told("out")) == [
        "Lavka_clients_20261122.csv.zip",
        "Lavka_issued_20261122.csv.zip",
    ]
    assert lines(busy, "issued", 22) == ["card_number;barcode;date;status"], "today is tomorrow's"


async def test_each_card_is_told_once(busy: Trade, clock: StoppedClock) -> None:
    """Also when the wallet was away for days."""
    await someone_issued(busy, 1)
    clock.advance(hours=4)
    await busy.turn()
    await someone_issued(busy, 2)
    clock.advance(days=1)
    await busy.turn()
    await someone_issued(busy, 3)
    brought = await someone_issued(busy, 4)
    await Card.filter(customer_id=brought.id).update(origin=CardOrigin.DUPLICATED)
    clock.advance(days=3)
    await busy.turn()
    assert lines(busy, "issued", 22)[1:] == []
    assert lines(busy, "issued", 23)[1:] == ["A1;A1;20261122;active", "A2;A2;20261122;active"]
    assert lines(busy, "issued", 26)[1:] == ["A3;A3;20261123;active"]
    assert len(busy.told("out")) == 6


async def test_clients_are_those_who_agreed(busy: Trade, clock: StoppedClock) -> None:
    anna = await someone_issued(busy, 1, "+79161234567")
    await save_contact(busy.ctx, anna, ContactKind.EMAIL, "anna@example.ru", verified_by="link")
    known = {"given_name": "Анна;", "surname": '=И"в', "patronymic": "О\nна", "gender": "female"}
    await profile_of(busy, anna, **known, birth_date="1990-01-02")
    await Card.filter(customer_id=anna.id).update(balance="120.50")
    boris = await someone_issued(busy, 2)
    await withdraw_personal_data(busy.ctx, boris, busy.account.id)
    carol = await someone_issued(busy, 3)
    await save_contact(busy.ctx, carol, ContactKind.EMAIL, "typed@example.ru")
    dina = await someone_issued(busy, 4)
    await Customer.filter(id=dina.id).update(profile=b"damaged")
    clock.advance(hours=4)
    await busy.turn()
    assert lines(busy, "clients", 22) == [
        HEAD,
        'A1;A1;20261122;"Анна;";"\'=И""в";О на;79161234567;anna@example.ru;f;19900102;120;;active',
        "A3;A3;20261122;;;;;;;;;;active",
    ]


async def test_a_kill_between_file_and_row_writes_no_second(
    busy: Trade, clock: StoppedClock
) -> None:
    await someone_issued(busy, 1)
    clock.advance(hours=4)
    await busy.turn()
    before = busy.told("out")
    await RegistryFile.filter(direction="out").update(state=FileState.WRITING)
    await someone_issued(busy, 2)
    await busy.turn()
    assert busy.told("out") == before
    states = {row.state for row in await RegistryFile.filter(direction="out")}
    assert states == {FileState.WRITTEN}
    # Killed before the file was there: what was to be written is made anew.
    for path in (busy.root / "out").iterdir():
        path.unlink()
    await RegistryFile.filter(direction="out").update(state=FileState.WRITING)
    await busy.turn()
    assert len(lines(busy, "clients", 22)) == 3
    (file,) = await RegistryFile.filter(kind="clients")
    content = busy.told("out")[file.name]
    assert file.digest == hashlib.sha256(content).hexdigest()
    assert file.lines == 2


async def test_a_restored_database_writes_over_nothing(busy: Trade, clock: StoppedClock) -> None:
    """The file of that day was written in the time that was lost: the next tells what is new."""
    await someone_issued(busy, 1)
    clock.advance(days=1, hours=4)
    await busy.turn()
    before = busy.told("out")
    await RegistryFile.filter(direction="out").delete()
    await someone_issued(busy, 2)
    await busy.turn()
    assert busy.told("out") == before
    left = await RegistryFile.filter(direction="out")
    assert {row.state for row in left} == {FileState.LEFT}
    clock.advance(days=1)
    await busy.turn()
    assert lines(busy, "issued", 24)[1:] == ["A1;A1;20261122;active", "A2;A2;20261123;active"]


async def test_a_missing_directory_is_for_a_human(busy: Trade, clock: StoppedClock) -> None:
    clock.advance(hours=4)
    (busy.root / "out").rmdir()
    with pytest.raises(NeedsSettings, match="directory of the exchange is missing"):
        await busy.turn()
    (busy.root / "out").mkdir()
    await busy.turn()
    assert len(busy.told("out")) == 2
