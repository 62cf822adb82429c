"""A folder shared with 1С: each file once, also after a kill; what was wrong comes back."""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from backend.onec import folder as module
from backend.onec.folder import exchange_folder
from backend.onec.write_out import write_out
from backend.platform.database import rows
from models.card import Card
from models.exchange import ExchangeFile, ExchangeOut
from models.job import Job
from models.sale import Sale
from tests.onec.conftest import House


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    (folder / "in").mkdir(parents=True, exist_ok=True)
    (folder / "in" / name).write_bytes(text.encode(encoding))


def names(folder: Path, part: str) -> list[str]:
    return sorted(each.name for each in (folder / part).iterdir())


async def turns(house: House, folder: Path) -> None:
    """Until nothing is left to do."""
    while True:
        did = await exchange_folder(house.ctx, house.program, folder)
        await house.work()
        if not did and not names(folder, "in"):
            return


async def test_files_are_read_and_answered(house: House, tmp_path: Path) -> None:
    number = house.card.printed_number
    put(tmp_path, "cards-1.csv", f"Номер;Баланс\r\n{number};10,50\r\n", "cp1251")
    put(tmp_path, "cards-2.csv", f"Номер;Баланс\r\n{number};12\r\n77;1\r\n")
    put(
        tmp_path,
        "sales-1.json",
        f'[{{"id": "a", "card": "{number}", "at": "27.11.2026", "amount": 5}}]',
    )
    put(tmp_path, ".cards-3.csv", "half of a file")
    put(tmp_path, "letter.docx", "?")
    await exchange_folder(house.ctx, house.program, tmp_path)
    await house.work()
    await exchange_folder(house.ctx, house.program, tmp_path)
    assert names(tmp_path, "in") == [".cards-3.csv"]
    assert names(tmp_path, "done") == ["cards-1.csv", "cards-2.csv", "letter.docx", "sales-1.json"]
    assert (await Card.get(id=house.card.id)).balance == Decimal("12.00"), "in their order"
    assert await Sale.all().count() == 1
    results = [name for name in names(tmp_path, "out") if name.startswith("result-")]
    assert results == [f"result-{each}.csv" for each in ("cards-1", "cards-2", "letter", "sales-1")]
    told = (tmp_path / "out/result-cards-2.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == "line;field;what;expected"
    assert told[1].startswith("3;number;no card has this number;")
    wrong = (tmp_path / "out/result-letter.csv").read_text(encoding="utf-8-sig")
    assert "cards-2026-11-27.csv" in wrong


async def test_the_same_file_again_is_not_read_again(house: House, tmp_path: Path) -> None:
    text = f"number;balance\n{house.card.printed_number};1\n"
    put(tmp_path, "cards-1.csv", text)
    await turns(house, tmp_path)
    await Card.filter(id=house.card.id).update(balance=Decimal(7))
    put(tmp_path, "cards-1.csv", text)
    await turns(house, tmp_path)
    assert (await Card.get(id=house.card.id)).balance == Decimal("7.00")
    put(tmp_path, "cards-1.csv", text.replace(";1", ";2"))
    await turns(house, tmp_path)
    assert (await Card.get(id=house.card.id)).balance == Decimal("2.00"), "another content"
    assert await ExchangeFile.all().count() == 2


class Killed(BaseException):
    """As if the process were gone: nothing after it runs."""


@pytest.mark.parametrize("where", ["_tell", "_move", "job_of"])
async def test_killed_anywhere_each_record_is_written_once(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    number = house.card.printed_number
    put(tmp_path, "sales-1.csv", f"id;card;at;amount\na;{number};2026-11-27;5\n")
    real: Callable[..., object] = getattr(module, where)
    calls = 0

    def dies(*told: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise Killed
        return real(*told)

    monkeypatch.setattr(module, where, dies)
    died = 0
    for _ in range(6):
        try:
            await exchange_folder(house.ctx, house.program, tmp_path)
        except Killed:
            died += 1
        await house.work()
    assert died == 1
    assert names(tmp_path, "in") == []
    assert (await Sale.all().count(), await Job.all().count()) == (1, 1)
    assert "result-sales-1.csv" in names(tmp_path, "out")


async def test_cards_and_owners_are_written_out_once(house: House, tmp_path: Path) -> None:
    await turns(house, tmp_path)
    (name,) = names(tmp_path, "out")
    assert name == "cards-a000000000000.csv"
    lines = (tmp_path / "out" / name).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith(
        "id;number;barcode;format;state;issued_at;balance;tier;owner;last_name"
    )
    assert f";{house.card.printed_number};" in lines[1]
    assert ";Анна;" in lines[1]
    assert not await write_out(house.ctx, house.program, tmp_path / "out")
    # Killed before it was kept that the file was written.
    await rows("UPDATE exchange_outs SET cursor = ''")
    assert await write_out(house.ctx, house.program, tmp_path / "out")
    assert names(tmp_path, "out") == [name]
    assert (await ExchangeOut.get()).cursor.isdigit()


async def test_what_lies_for_long_goes_and_unread_cards_are_told_again(
    house: House, tmp_path: Path
) -> None:
    put(tmp_path, "cards-1.csv", f"number;balance\n{house.card.printed_number};1\n")
    await turns(house, tmp_path)
    assert names(tmp_path, "done") == ["cards-1.csv"]
    now = house.ctx.clock()
    for part in ("done", "out"):
        for name in names(tmp_path, part):
            old = (now - timedelta(days=31)).timestamp()
            os.utime(tmp_path / part / name, (old, old))
    await exchange_folder(house.ctx, house.program, tmp_path)
    assert names(tmp_path, "done") == []
    assert names(tmp_path, "out") == ["cards-a000000000000.csv"], "and nothing that is old"


async def test_what_is_no_file_is_left_alone(house: House, tmp_path: Path) -> None:
    put(tmp_path, "cards-1.csv", "number;balance\n")
    (tmp_path / "secret.csv").write_text("number;balance\n")
    (tmp_path / "in" / "cards-2.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "in" / "cards-3.csv").mkdir()
    await exchange_folder(house.ctx, house.program, tmp_path)
    await house.work()
    await exchange_folder(house.ctx, house.program, tmp_path)
    assert names(tmp_path, "in") == ["cards-2.csv", "cards-3.csv"]
    assert names(tmp_path, "done") == ["cards-1.csv"]
