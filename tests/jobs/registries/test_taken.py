"""Files of a partner have effect once, and what was wrong in them is told."""

import os
import shutil
from dataclasses import replace

import pytest

from backend.jobs import limits, receive
from backend.jobs.registries.take_files import drop_broken_off
from backend.jobs.registries.work import Hands
from backend.partners.member import Member
from backend.partners.pool.processor import number_index
from backend.partners.processor import NumberState
from backend.partners.registries.processor import RegistriesProcessor
from backend.platform.failures import NeedsSettings
from models.card import Card, CardStatus
from models.issued_plastic import IssuedPlastic, PlasticState
from models.job import Job, JobState
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code, Refusal
from models.registry_file import FileState, RegistryFile
from models.restoration import NoticedBy, Restoration
from tests.jobs.conftest import all_done
from tests.jobs.registries.conftest import Trade, zipped
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_offer
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

CLIENTS = "Lavka_clients_20261121.csv.zip"
HEAD = (
    "card_number;barcode;date;first_name;last_name;patronymic_name;phone;email;sex;birthday;"
    "bonus_balance;discount;store;status"
)
ANNA = Member(id="w-1", phone="+79161234567", phone_verified=True)


def clients(*lines: str) -> bytes:
    return zipped("\r\n".join([HEAD, *lines, ""]))


async def in_pool() -> list[str]:
    return [row.printed_number for row in await PoolNumber.all().order_by("id")]


async def processor_of(trade: Trade) -> RegistriesProcessor:
    opened = await trade.connections.open(trade.connection)
    assert isinstance(opened.processor, RegistriesProcessor)
    return opened.processor


async def test_reserved_numbers_fill_the_pool(trade: Trade) -> None:
    trade.reserved("A 1;A1", "A2;", "A3;X3")
    await trade.turn()
    assert not await trade.jobs(), "somebody may still be writing it"
    await trade.turns()
    assert await in_pool() == ["A 1", "A2", "A3"]
    (file,) = await RegistryFile.all()
    assert (file.state, file.lines, file.kind) == (FileState.ANSWERED, 3, "reserved")
    assert trade.told("reject") == {}
    for _ in range(3):
        await trade.turn()
    assert len(await trade.jobs()) == 1


async def test_wrong_lines_come_back_as_a_file(trade: Trade) -> None:
    trade.puts(
        CLIENTS,
        clients(
            "P1;;20260101;Анна;И;;79161234567;anna@example.ru;f;19900102;100;0;7;active",
            "P2;;;;;;12;;;;;;;",
            "P3;;;;;;;anna;;;;;;",
            "P4;;;;;;;;;;lots;;;",
            "P5;;;;;;;;;;;;;lost",
            f"{'9' * 51};;;;;;;;;;;;;",
            "P7;only;a;few",
            ";;;;;;79161234567;;;;;;;",
        ),
    )
    await trade.turns()
    assert trade.rejected() == [
        "3;phone;of 2 characters is no phone;digits with the country, such as 79161234567",
        "4;email;has no @;such as anna@example.ru, or nothing",
        "5;bonus_balance;is 'lots';an amount such as 120 or 120.50",
        "6;status;is 'lost';active, inactive or blocked, or nothing",
        "7;card_number;is too long or unprintable;1 to 50 characters",
        "8;;has 4 columns;14, as in the first line",
        "9;card_number;is empty;a value",
    ]
    assert await IssuedPlastic.all().count() == 1
    text = b"".join(trade.told("reject").values())
    assert b"anna@" not in text.replace(b"such as anna@", b""), "nobody's data"
    assert "Анн".encode() not in text


async def test_a_list_knows_its_people(trade: Trade) -> None:
    """By phone, without asking anybody; the number is given back as it is printed."""
    trade.puts(CLIENTS, clients("77 01;2100;;;;;79161234567;;;;;;;active"))
    await trade.turns()
    processor = await processor_of(trade)
    found = await processor.find_by_contact(trade.program, ANNA)
    assert found is not None
    assert (found.number.printed, found.number.barcode) == ("77 01", "2100")
    assert (
        await processor.find_by_contact(trade.program, replace(ANNA, phone="+79990000000")) is None
    )
    unproven = replace(ANNA, phone_verified=False)
    assert await processor.find_by_contact(trade.program, unproven) is None
    index = trade.ctx.vault.blind_index("phone", ANNA.phone)
    for number in ("2100", "77 01", "7701"):
        known = await processor.find_card(trade.ctx, trade.program, [number])
        assert (known.state, known.holders) == (NumberState.BOUND, {"phone": index}), number
    unknown = await processor.find_card(trade.ctx, trade.program, ["7702"])
    assert (unknown.state, unknown.listed) == (NumberState.UNKNOWN, True)
    (row,) = await IssuedPlastic.all()
    assert row.sealed is not None
    assert b"2100" not in row.sealed


async def test_of_several_cards_the_newest_list_decides(trade: Trade, clock: StoppedClock) -> None:
    processor = await processor_of(trade)
    trade.puts(CLIENTS, clients("P1;;;;;;79161234567;;;;;;;active"))
    await trade.turns()
    clock.advance(days=1)
    trade.puts(
        "Lavka_clients_20261122.csv.zip",
        clients("P2;;;;;;79161234567;;;;;;;active", "P3;;;;;;79161234567;;;;;;;blocked"),
    )
    await trade.turns()
    found = await processor.find_by_contact(trade.program, ANNA)
    assert found is not None
    assert found.number.printed == "P2"
    clock.advance(days=1)
    trade.puts(
        "Lavka_clients_20261123.csv.zip",
        clients("P1;;;;;;79161234567;;;;;;;active", "P2;;;;;;79161234567;;;;;;;active"),
    )
    await trade.turns()
    with pytest.raises(Refusal) as refused:
        await processor.find_by_contact(trade.program, ANNA)
    assert refused.value.code is Code.NUMBER_BOUND
    clock.advance(days=1)
    lines = [f"{number};;;;;;79161234567;;;;;;;blocked" for number in ("P1", "P2")]
    trade.puts("Lavka_clients_20261124.csv.zip", clients(lines[0]))
    await trade.turns()
    await IssuedPlastic.exclude(
        number_index=number_index(trade.ctx, trade.program.id, "P1")
    ).delete()
    with pytest.raises(Refusal) as refused:
        await processor.find_by_contact(trade.program, ANNA)
    assert refused.value.code is Code.CARD_BLOCKED
    assert (await IssuedPlastic.get()).state is PlasticState.BLOCKED


async def test_what_stands_on_our_cards(trade: Trade) -> None:
    """The partner's registry names cards that were issued here, too."""
    trade.reserved("A1;", "A2;", "A3;")
    await trade.turns()
    offer = await make_offer(trade.program, "welcome")
    (anna,) = await issued(trade.ctx, await someone(trade.ctx, 1), [offer])
    (boris,) = await issued(trade.ctx, await someone(trade.ctx, 2), [offer])
    assert anna.card is not None
    assert boris.card is not None
    numbers = anna.card.printed_number, boris.card.printed_number
    trade.puts(
        CLIENTS,
        clients(
            f"{numbers[0]};;;;;;;;;;1250;;;active",
            f"{numbers[1]};;;;;;;;;;;;;blocked",
            "A3;;;;;;;;;;;;;active",
        ),
    )
    await trade.turns()
    first, second = await Card.all().order_by("id")
    assert (str(first.balance), first.status) == ("1250.00", CardStatus.ACTIVE)
    assert second.status is CardStatus.BLOCKED
    pool = {row.printed_number: row.status for row in await PoolNumber.all()}
    assert pool["A3"] is NumberStatus.QUARANTINED, "somebody in a shop has it"
    assert trade.rejected()[0].startswith("4;card_number;is one of the numbers that were reserved")


async def test_a_file_that_grows_is_left_alone(trade: Trade) -> None:
    whole = zipped("card_number\nA1\n")
    trade.puts("Lavka_reserved_20261121.csv.zip.tmp", whole)
    for size in (10, 50, 60):
        trade.puts("Lavka_reserved_20261121.csv.zip", whole[:size])
        await trade.turn()
    trade.puts("Lavka_reserved_20261121.csv.zip", whole)
    await trade.turns()
    assert await in_pool() == ["A1"]
    assert trade.told("reject") == {}
    trade.puts("Lavka_other_20261121.csv.zip", whole)
    await trade.turns()
    assert await RegistryFile.all().count() == 1, "neither a .tmp nor what nobody asked for"


async def test_a_file_put_again_is_the_same_and_a_changed_one_is_not(trade: Trade) -> None:
    name = "Lavka_reserved_20261121.csv.zip"
    trade.puts(name, zipped("card_number\nA1\n"))
    await trade.turns()
    os.utime(trade.root / "in" / name, (1_700_000_000, 1_700_000_000))
    await trade.turns()
    assert len(await trade.jobs()) == 1
    trade.puts(name, zipped("card_number\nA1\nA2\n"))
    await trade.turns()
    assert len(await trade.jobs()) == 2
    assert await in_pool() == ["A1", "A2"]


async def test_a_killed_process_leaves_no_half_job(trade: Trade) -> None:
    """As if it had been killed between the file and the commit: what came in is dropped, and the
    file is taken again."""
    trade.reserved("A1;", "A2;")
    await trade.turn()
    await trade.turn()
    await RegistryFile.all().delete()
    await Job.all().update(state=JobState.RECEIVING)
    await drop_broken_off(trade.ctx)
    assert not await trade.jobs()
    trade.hands = Hands(trade.reader)
    await trade.turns()
    assert await in_pool() == ["A1", "A2"]


async def test_a_restored_database_takes_again_what_it_lost(
    trade: Trade, clock: StoppedClock
) -> None:
    """What came back may have been given to somebody in the time that was lost."""
    trade.reserved("A1;", "A2;")
    await trade.turns()
    trade.reserved("A2;", "B1;", day=22)
    stamp(trade, clock, 22)
    await trade.turns()
    clock.advance(hours=1)
    # The backup was made after the first file.
    await RegistryFile.filter(name__contains="22").delete()
    await PoolNumber.filter(printed_number="B1").delete()
    loss = await Restoration.create(noticed_at=clock(), noticed_by=NoticedBy.OPERATOR)
    clock.advance(minutes=1)
    trade.hands = Hands(trade.reader)
    await trade.turns()
    trade.reserved("C1;", day=23)
    stamp(trade, clock, 23)
    await trade.turns()
    pool = {row.printed_number: (row.status, row.reason) for row in await PoolNumber.all()}
    assert pool == {
        "A1": (NumberStatus.FREE, ""),
        "A2": (NumberStatus.FREE, ""),
        "B1": (NumberStatus.QUARANTINED, f"restored:{loss.id}"),
        "C1": (NumberStatus.FREE, ""),
    }


def stamp(trade: Trade, clock: StoppedClock, day: int) -> None:
    at = clock().timestamp()
    os.utime(trade.root / "in" / f"Lavka_reserved_202611{day}.csv.zip", (at, at))


async def test_too_many_jobs_wait_for_their_turn(
    trade: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "MOST_WAITING", 1)
    trade.reserved("A1;")
    trade.reserved("B1;", day=22)
    await trade.turn()
    await trade.turn()
    assert len(await trade.jobs()) == 1
    assert limits.MOST_WAITING > 1
    await all_done(trade.ctx)
    await trade.turn()
    await trade.turns()
    assert await in_pool() == ["A1", "B1"]


async def test_an_answer_that_cannot_be_written_is_written_later(trade: Trade) -> None:
    trade.reserved("A1;", ";X")
    await trade.turn()
    await trade.turn()
    await all_done(trade.ctx)
    (trade.root / "reject").rmdir()
    with pytest.raises(NeedsSettings, match="directory of the exchange is missing"):
        await trade.turn()
    (trade.root / "reject").mkdir()
    await trade.turn()
    assert trade.rejected() == ["3;card_number;is empty;a value"]
    # Killed between the file and its row: it is there, and stays.
    await RegistryFile.all().update(state=FileState.TAKEN)
    await trade.turn()
    assert trade.rejected() == ["3;card_number;is empty;a value"]


async def test_a_program_of_another_connection_is_not_touched(trade: Trade) -> None:
    await trade.settles(programs={"lavka-card": "Lavka", "others-card": "Other"})
    shutil.copy(
        _written(trade, "Lavka_reserved_20261121.csv.zip"),
        trade.root / "in" / "Other_reserved_20261121.csv.zip",
    )
    await trade.turns()
    assert await RegistryFile.all().count() == 1


def _written(trade: Trade, name: str) -> str:
    trade.puts(name, zipped("card_number\nA1\n"))
    return str(trade.root / "in" / name)
