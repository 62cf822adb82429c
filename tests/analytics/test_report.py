"""karman report: a period in numbers, as a table and for a spreadsheet."""

import argparse
import csv
import io
from datetime import date

import pytest

from backend.analytics.add import Counted, add_facts
from backend.analytics.report import report
from backend.cli.verbs.reaching.report import _print, _safe, _write
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.tenant import Scope
from models.account import Account
from models.brand import Brand
from models.fact import FactKind
from tests.support.factory.brands import make_account, make_offer, make_program

pytestmark = pytest.mark.usefixtures("database")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


async def two_shops() -> tuple[Account, Account]:
    accounts = []
    for key in ("romashka", "vasilek"):
        account = await make_account(key)
        offer = await make_offer(await make_program(account, f"{key}-club"), key)
        brand = await Brand.get(id=offer.brand_id)
        async with transaction():
            for day in (FIRST, FIRST, LAST, date(2026, 12, 1)):
                key_ = Counted(account.id, brand.id, day, FactKind.CARD_ISSUED, "=1+1")
                told = Counted(
                    account.id, brand.id, day, FactKind.MESSAGE_DELIVERED, "promo", "sms"
                )
                await add_facts([(key_, 0), (told, 289)])
        accounts.append(account)
    async with transaction():
        await add_facts([(Counted(0, 0, FIRST, FactKind.CUSTOMER_JOINED), 0)])
    return accounts[0], accounts[1]


async def test_a_period_summed_up(ctx: Context) -> None:
    await two_shops()
    lines = await report(FIRST, LAST)
    assert [(line.account, line.brand, line.kind, line.n, line.kopecks) for line in lines] == [
        ("", "", "customer_joined", 1, 0),
        ("romashka", "romashka", "card_issued", 3, 0),
        ("romashka", "romashka", "message_delivered", 3, 867),
        ("vasilek", "vasilek", "card_issued", 3, 0),
        ("vasilek", "vasilek", "message_delivered", 3, 867),
    ]
    assert await report(FIRST, LAST, account="vasilek") == lines[3:]
    assert await report(FIRST, LAST, brand="romashka") == lines[1:3]
    assert await report(date(2027, 1, 1), date(2027, 1, 2)) == []


async def test_for_a_spreadsheet(ctx: Context, capsys: pytest.CaptureFixture[str]) -> None:
    """By day; a label that a spreadsheet would run is a text."""
    await two_shops()
    _write(await report(FIRST, LAST, brand="romashka", daily=True))
    written = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["day"], row["kind"], row["source"], row["n"]) for row in written] == [
        ("2026-11-01", "card_issued", "'=1+1", "2"),
        ("2026-11-01", "message_delivered", "promo", "2"),
        ("2026-11-30", "card_issued", "'=1+1", "1"),
        ("2026-11-30", "message_delivered", "promo", "1"),
    ]
    assert [_safe(text) for text in ("@a", "-1", "a=b", "")] == ["'@a", "'-1", "a=b", ""]


async def test_for_a_reader(ctx: Context, capsys: pytest.CaptureFixture[str]) -> None:
    await two_shops()
    _print(await report(FIRST, LAST, brand="romashka"), FIRST, LAST)
    told = capsys.readouterr().out
    assert "2026-11-01 to 2026-11-30" in told
    assert "promo sms" in told
    assert "8.67 RUB" in told
    _print([], FIRST, LAST)
    assert "nothing happened from 2026-11-01 to 2026-11-30" in capsys.readouterr().out


async def test_a_tenant_sees_its_own_facts(ctx: Context) -> None:
    first, _ = await two_shops()
    seen = await Scope.of([first.id]).facts()
    assert {fact.account_id for fact in seen} == {first.id}
    assert len(seen) == 6


async def test_a_day_is_a_day() -> None:
    from backend.cli.verbs.reaching.report import _day

    assert _day("2026-11-27") == date(2026, 11, 27)
    with pytest.raises(argparse.ArgumentTypeError, match="expected a day such as"):
        _day("yesterday")
