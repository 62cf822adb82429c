"""Анна lives with many cards: star, order, note, last day, photos, search."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from backend.cards.pocket.expiry import noon_of, read_day
from backend.cards.pocket.find_cards import find_cards
from backend.cards.pocket.organise import (
    archive_card,
    count_use,
    expire_card,
    move_card,
    note_card,
    star_card,
)
from backend.cards.pocket.photograph import photograph_card
from backend.cards.pocket.wallet import open_wallet_card, wallet_in_order
from backend.platform.context import Context
from backend.reading.reader import Reader
from catalog.days import USUAL_ZONE
from models.refusal import Code, Refusal
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.factory.customers import someone

JPEG = b"\xff\xd8\xff\xe0 a card"


async def names(ctx: Context, customer: object, sort: str = "") -> list[str]:
    found = await wallet_in_order(ctx, customer, sort=sort)  # type: ignore[arg-type]
    return [kept.name("ru") for kept in found]


async def test_the_orders_of_the_list(
    ctx: Context, clock: StoppedClock, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    bread, tea, shoes = [
        await carry(anna, name, number)
        for name, number in (("Булочная", "1001"), ("Чай", "1002"), ("Ботинки", "1003"))
    ]
    assert await names(ctx, anna) == ["Булочная", "Чай", "Ботинки"]
    assert await count_use(ctx, anna, tea.id)
    assert not await count_use(ctx, anna, tea.id), "the same till, a minute later"
    clock.advance(hours=2)
    assert await count_use(ctx, anna, tea.id)
    await star_card(anna, shoes.id, starred=True)
    assert await names(ctx, anna) == ["Ботинки", "Чай", "Булочная"]
    assert await names(ctx, anna, "new") == ["Ботинки", "Чай", "Булочная"]
    assert await move_card(ctx, anna, bread.id, up=True) == 2
    assert await names(ctx, anna) == ["Ботинки", "Булочная", "Чай"], "her own order from now on"
    assert await names(ctx, anna, "used") == ["Ботинки", "Чай", "Булочная"]
    assert (await open_wallet_card(ctx, anna, tea.id)).uses == 2


async def test_archive_note_and_last_day(ctx: Context, database: str, carry: CarryCard) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Аптека", "5550001")
    await note_card(ctx, anna, card.id, "  Скидка по средам  ")
    entry = await WalletEntry.get(card_id=card.id)
    assert entry.own is not None
    assert "Скидка".encode() not in bytes(entry.own), "sealed"
    day = read_day("31.12.2027", date(2026, 11, 21))
    await expire_card(ctx, anna, card.id, noon_of(day, USUAL_ZONE))
    kept = await open_wallet_card(ctx, anna, card.id)
    assert (kept.own.note, kept.own.name) == ("Скидка по средам", "Аптека")
    assert kept.expires_at is not None
    assert kept.expires_at.astimezone(USUAL_ZONE).date() == day
    await archive_card(anna, card.id, archived=True)
    assert await wallet_in_order(ctx, anna) == []
    assert [k.id for k in await wallet_in_order(ctx, anna, archived=True)] == [card.id]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31.12.2027", date(2027, 12, 31)),
        ("1/3/27", date(2027, 3, 1)),
        ("2027-02-28", date(2027, 2, 28)),
        ("02/28", date(2028, 2, 29)),
    ],
)
def test_a_typed_last_day(typed: str, day: date) -> None:
    assert read_day(typed, date(2026, 11, 21)) == day


@pytest.mark.parametrize("typed", ["", "завтра", "31.02.2027", "20.11.2026", "13/27", "1.1.2999"])
def test_no_day_to_come(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_day(typed, date(2026, 11, 21))
    assert refused.value.code is Code.INVALID_ANSWER


async def test_somebody_elses_card_is_out_of_reach(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Аптека", "5550001")
    for act in (
        star_card(boris, card.id, starred=True),
        archive_card(boris, card.id, archived=True),
        note_card(ctx, boris, card.id, "моё"),
        photograph_card(ctx, Reader(), boris, card.id, "front", JPEG),
        move_card(ctx, boris, card.id, up=True),
    ):
        with pytest.raises(Refusal) as refused:
            await act
        assert refused.value.code is Code.CARD_NOT_FOUND


async def test_found_by_name_and_by_last_digits(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    for number in range(250):
        await carry(anna, f"Лавка {number}", f"77{number:06d}")
    await carry(anna, "Ёлкин дом", "9900 4821")
    await carry(anna, "Вольтобор", "5550001")
    await carry(anna, "Кофе у Лены", "5550002")
    found = await wallet_in_order(ctx, anna)
    assert len(found) == 253
    # A typo, letters swapped, the other layout, the other alphabet, a word of several.
    for typed in ("вальтобор", "воьлтобор", "djkmnj,jh", "voltobor", "Вольт"):
        assert [k.name("ru") for k in find_cards(found, typed)] == ["Вольтобор"], typed
    for typed in ("лены", "kofe", "rjat", "кофе лены", "лены кофе"):
        assert find_cards(found, typed)[0].name("ru") == "Кофе у Лены", typed
    assert [k.name("ru") for k in find_cards(found, "елкин")] == ["Ёлкин дом"]
    assert [k.name("ru") for k in find_cards(found, "elkin")] == ["Ёлкин дом"]
    assert [k.name("ru") for k in find_cards(found, "04821")] == ["Ёлкин дом"]
    assert [k.name("ru") for k in find_cards(found, "000249")] == ["Лавка 249"]
    assert find_cards(found, "нет такой") == []


def test_a_last_day_is_the_same_day_wherever_its_owner_moves() -> None:
    names = ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Vladivostok", "Asia/Kamchatka")
    zones = [ZoneInfo(name) for name in names]
    day = date(2027, 12, 31)
    for typed_in in zones:
        kept = noon_of(day, typed_in)
        assert {kept.astimezone(zone).date() for zone in (*zones, ZoneInfo("UTC"))} == {day}
