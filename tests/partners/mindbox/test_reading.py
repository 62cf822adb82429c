"""What people see under a card: balance, tier, history, promotions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from backend.partners.member import Balance, Operation, Promotion
from backend.partners.mindbox.processor import MindboxProcessor
from backend.platform.failures import NeedsSettings, TryLater
from tests.partners.faults import BEFORE, Fault
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Person, Project
from tests.partners.mindbox.wallet import (
    ANNA,
    NORTH_PROGRAM,
    SEA_PROGRAM,
    SETTINGS,
    number,
    processor,
)

CARD = number("2001")


@pytest.fixture
def mindbox(host: str, session: aiohttp.ClientSession) -> MindboxProcessor:
    return processor(host, session)


@pytest.fixture
def anna(project: Project) -> Person:
    person = project.add_person(ids={"KarmanID": "7"}, fields={"mobilePhone": "79001234567"})
    person.balances = {
        "Main": (Decimal("1500.50"), Decimal("1200.25"), Decimal("300.25")),
        "Sea": (Decimal(10), Decimal(10), Decimal(0)),
    }
    return person


@pytest.mark.parametrize("short", [False, True])
async def test_a_programs_own_balance_in_either_spelling(
    mindbox: MindboxProcessor, project: Project, anna: Person, short: bool
) -> None:
    project.short_balances = short
    north = await mindbox.balance(NORTH_PROGRAM, ANNA, CARD)
    assert north == Balance(Decimal("1200.25"), Decimal("1500.5"), Decimal("300.25"))
    sea = await mindbox.balance(SEA_PROGRAM, ANNA, CARD)
    assert sea == Balance(Decimal(10), Decimal(10), Decimal(0))


async def test_a_tier_of_a_field_and_of_a_segmentation(
    host: str, session: aiohttp.ClientSession, mindbox: MindboxProcessor, anna: Person
) -> None:
    anna.custom["Tier"] = "Золотой"
    told = await mindbox.balance(NORTH_PROGRAM, ANNA, CARD)
    assert told is not None
    assert told.tier == "Золотой"
    anna.segments = [("Other", "x"), ("Level", "Platinum")]
    programs = {"north": {"balance": "Main", "tier_segmentation": "Level"}}
    told = await processor(host, session, programs=programs).balance(NORTH_PROGRAM, ANNA, CARD)
    assert told is not None
    assert told.tier == "Platinum"


async def test_several_balances_and_none_named(
    host: str, session: aiohttp.ClientSession, anna: Person
) -> None:
    with pytest.raises(NeedsSettings, match=r"programs\.north\.balance: expected one of Main, Sea"):
        await processor(host, session, programs={}).balance(NORTH_PROGRAM, ANNA, CARD)
    del anna.balances["Sea"]
    told = await processor(host, session, programs={}).balance(NORTH_PROGRAM, ANNA, CARD)
    assert told is not None
    assert told.available == Decimal("1200.25")


async def test_whoever_is_not_there_has_no_balance(mindbox: MindboxProcessor) -> None:
    assert await mindbox.balance(NORTH_PROGRAM, ANNA, CARD) is None


def change(at: str, amount: Any, kind: str, order: str = "", **more: Any) -> dict[str, Any]:
    one = {"changeAmount": amount, "balanceChangeKind": {"systemName": kind}} | more
    told: dict[str, Any] = {"dateTimeUtc": at, "customerBalanceChanges": [one]}
    return told | ({"order": {"ids": {"externalId": order}}} if order else {})


async def test_history_is_the_changes_and_the_orders_that_no_change_tells_of(
    mindbox: MindboxProcessor, anna: Person
) -> None:
    sea: dict[str, Any] = {"balanceType": {"ids": {"systemName": "Sea"}}}
    anna.changes = [
        change("2026-11-01T10:00:00Z", 99.5, "RetailOrderBonus", "o-1"),
        change("2026-11-03T10:00:00Z", -50, "Custom", comment="Подарок другу"),
        change("2026-11-02T10:00:00Z", 7, "RetailOrderBonus", **sea),
        change("2026-11-02T10:00:00Z", 0, "Custom"),
    ]
    anna.orders = [
        {"ids": {"externalId": "o-1"}, "totalPrice": 1990, "createDateTimeUtc": "2026-11-01T09:59"},
        {
            "ids": {"externalId": "o-2"},
            "totalPrice": 12345.5,
            "createDateTimeUtc": "2026-11-02T12:00:00Z",
        },
        {"ids": {}, "totalPrice": 5, "createDateTimeUtc": "2026-11-02T12:00:00Z"},
    ]
    told = await mindbox.history(NORTH_PROGRAM, ANNA, CARD, 10)
    assert told == [
        Operation(datetime(2026, 11, 3, 10, tzinfo=UTC), Decimal(-50), "Подарок другу"),
        Operation(
            datetime(2026, 11, 2, 12, tzinfo=UTC),
            Decimal(0),
            "Покупка на 12\u00a0345,50\u00a0₽",
            "o-2",
        ),
        Operation(
            datetime(2026, 11, 1, 10, tzinfo=UTC), Decimal("99.5"), "Баллы за покупку", "o-1"
        ),
    ]
    assert await mindbox.history(NORTH_PROGRAM, ANNA, CARD, 1) == list(told[:1])


@pytest.mark.parametrize("oldest_first", [True, False])
async def test_the_newest_are_found_whichever_come_first(
    host: str, session: aiohttp.ClientSession, anna: Person, oldest_first: bool
) -> None:
    days = range(1, 26) if oldest_first else range(25, 0, -1)
    anna.changes = [change(f"2026-11-{day:02d}T10:00:00Z", day, "Custom") for day in days]
    mindbox = processor(host, session, history_page=12)
    told = await mindbox.history(NORTH_PROGRAM, ANNA, CARD, 5)
    assert [line.amount for line in told] == [25, 24, 23, 22, 21]


async def test_promotions_with_their_codes(mindbox: MindboxProcessor, anna: Person) -> None:
    anna.promotions = [
        {
            "ids": {"externalId": "promotion-46"}, "name": "Скидка", "description": "На всё",
            "promoCodes": [{"ids": {"value": "AA006"}}, {"ids": {"value": "AA017"}}],
            "startDateTimeUtc": "2024-10-08T14:16:37.7943206Z",
            "endDateTimeUtc": "2026-12-31T20:59:59Z",
        },
        {"ids": {"externalId": "promotion-51"}, "name": "Округление"},
        {"ids": {"externalId": "nameless"}},
    ]  # fmt: skip
    assert await mindbox.promotions(NORTH_PROGRAM, ANNA, CARD) == [
        Promotion("promotion-46", "Скидка", "На всё\nПромокоды: AA006, AA017",
                  date(2024, 10, 8), date(2026, 12, 31)),
        Promotion("promotion-51", "Округление"),
    ]  # fmt: skip


async def test_words_of_a_history_can_be_the_brands(
    host: str, session: aiohttp.ClientSession, anna: Person
) -> None:
    kinds = ("Birthday", "Custom", "Expired")
    anna.changes = [change(f"2026-11-0{9 - n}T10:00:00Z", 5, kind) for n, kind in enumerate(kinds)]
    mindbox = processor(host, session, history_words={"Birthday": "С днём рождения"})
    lines = await mindbox.history(NORTH_PROGRAM, ANNA, CARD, 5)
    assert [line.text for line in lines] == [
        "С днём рождения", "Изменение баланса", "Баллы сгорели",
    ]  # fmt: skip


async def test_a_reading_that_fails_twice_is_later(
    mindbox: MindboxProcessor, double: MindboxDouble, anna: Person
) -> None:
    double.faults.choose = lambda request, position: (BEFORE, Fault.WRONG_TYPE)
    with pytest.raises(TryLater):
        await mindbox.balance(NORTH_PROGRAM, ANNA, CARD)
    assert double.faults.requests == 2
    assert SETTINGS["endpoint"] == "Wallet"
