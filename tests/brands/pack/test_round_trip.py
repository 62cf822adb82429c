"""An account goes out as a pack and comes in elsewhere: it is the same account, to the byte."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from PIL import Image

from backend.brands.keep_picture import keep_picture
from backend.brands.load_pack import load_pack
from backend.brands.pack.export_account import pack_files
from backend.brands.pack.packed import write_folder, write_zip, zip_of
from backend.brands.save_program import save_program
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.web.api.v1.onboarding.programs import program_shown
from catalog.entries.picture import LOGO, STRIP, measure
from catalog.entries.program import ProgramEntry
from catalog.pack.problems import PackRefused
from catalog.pack.read import read_pack
from catalog.tenant import Scope
from models.account import Account
from models.brand import Brand
from models.connection import Connection
from models.offer import Offer
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program
from models.refusal import Code, Refusal
from tests.support.database import sqlite
from tests.support.pictures.small_pack import write_small_pack
from tests.support.source import ROOT

DEMO = ROOT / "demo"
MOST = 40 * 1024 * 1024

CONNECTED = {"connection", "local_pool"}


async def packs() -> dict[str, bytes]:
    """A ZIP of every account."""
    accounts = await Account.all().order_by("key")
    return {each.key: await zip_of(pack_files(each), MOST) for each in accounts}


async def whole(folder: Path) -> None:
    for account in await Account.all():
        await write_folder(pack_files(account), folder)


def unzipped(packed: dict[str, bytes], folder: Path) -> Path:
    for each in packed.values():
        with ZipFile(BytesIO(each)) as archive:
            archive.extractall(folder)
    return folder


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_every_demo_pack(ctx: Context, database: str, tmp_path: Path) -> None:
    """Out of either database, into SQLite, and out again."""
    await load_pack(ctx, DEMO)
    first = await packs()
    assert len(first) > 10
    counted = [await table.all().count() for table in (Brand, Offer, PoolNumber)]
    await disconnect()
    await connect(sqlite.create_database(tmp_path / "elsewhere.db", migrated=True))
    await load_pack(ctx, unzipped(first, tmp_path / "out"))
    assert [await table.all().count() for table in (Brand, Offer, PoolNumber)] == counted
    assert await packs() == first


async def test_only_free_numbers_go_out(ctx: Context, database: str, tmp_path: Path) -> None:
    await load_pack(ctx, write_small_pack(tmp_path / "pack"))
    numbers = await PoolNumber.all().order_by("id")
    await PoolNumber.filter(id=numbers[0].id).update(status=NumberStatus.ISSUED)
    account = await Account.get()
    found: dict[str, bytes] = {}
    async for name, content in pack_files(account):
        found[name] = found.get(name, b"") + content
    (told,) = [found[name] for name in found if name.endswith("numbers.csv")]
    assert told.decode().splitlines()[0] == "printed_number,barcode_value"
    assert len(told.decode().splitlines()) == len(numbers)
    assert numbers[0].barcode_value not in told.decode()
    without = {name: content async for name, content in pack_files(account, numbers=False)}
    (told,) = [without[name] for name in without if name.endswith("numbers.csv")]
    assert told == b"printed_number,barcode_value\n"


async def test_a_folder_and_a_zip_are_the_same(ctx: Context, database: str, tmp_path: Path) -> None:
    await load_pack(ctx, write_small_pack(tmp_path / "pack"))
    account = await Account.get()
    (tmp_path / "folder").mkdir()
    count = await write_folder(pack_files(account), tmp_path / "folder")
    with (tmp_path / "pack.zip").open("wb") as file:
        await write_zip(pack_files(account), file)
    with ZipFile(tmp_path / "pack.zip") as archive:
        for name in archive.namelist():
            assert (tmp_path / "folder" / name).read_bytes() == archive.read(name)
        assert len(archive.namelist()) == count
    with pytest.raises(Refusal) as refused:
        await zip_of(pack_files(account), 1000)
    assert refused.value.code is Code.PACK_TOO_LARGE


async def test_a_brand_without_a_logo_stays_without(
    ctx: Context, database: str, tmp_path: Path
) -> None:
    await load_pack(ctx, write_small_pack(tmp_path / "pack"))
    await Brand.all().update(logo_id=None)
    first = await packs()
    await load_pack(ctx, unzipped(first, tmp_path / "out"))
    assert (await Brand.get()).logo_id is None
    assert await packs() == first


async def whole_design(ctx: Context, label: dict[str, str]) -> dict[str, Any]:
    """All that a design can say, with two strips of which one stands twice."""
    kept = []
    for bounds, size, colour in ((LOGO, 256, "red"), (STRIP, 432, "red"), (STRIP, 432, "blue")):
        file = BytesIO()
        width = size if bounds is LOGO else 1125
        Image.new("RGB", (width, size), colour).save(file, "PNG")
        kept.append(measure(file.getvalue(), bounds))
        await keep_picture(ctx, kept[-1], file.getvalue())
    logo, red, blue = (each.sha256 for each in kept)
    text = {"shows": "text", "label": label, "text": {"ru": "Раз.\nДва.", "en": "One.\nTwo."}}
    front = [{"place": "header", "shows": "own", "own": "visits", "label": label,
              "change": {"ru": "{value}", "en": "Now {value}"}}]  # fmt: skip
    return {
        "primary": "#1F6F50", "secondary": "#F4C95D", "ink": "#FFFFFF", "label": "#F4C95D",
        "logo": logo, "strip": red, "front": front, "back": [text, {"shows": "number"}],
        "links": [{"label": label, "url": "tel:+78430000000"}],
        "locations": [{"lat": 55.7903, "lon": -49.1, "text": label}],
        "stores": False, "in_place": "code128", "rotating": False,
        "variants": [
            {"name": "yes", "tiers": ["Gold"], "strip": blue, "front": []},
            {"name": "b", "tiers": ["Silver"], "logo": logo, "strip": red, "ink": "#EEEEEE"},
        ],
    }  # fmt: skip


async def test_nothing_that_may_be_entered_is_left_out(
    ctx: Context, database: str, tmp_path: Path
) -> None:
    """A program with all that there is: whoever adds a key adds it to export_program.py."""
    pack = write_small_pack(tmp_path / "pack")
    await load_pack(ctx, pack)
    label = {"ru": "Вопрос", "en": "Question"}
    more = {
        "processor": "ledger",
        "questionnaire": [
            {"key": "birth_date", "min_age": 18, "required": True},
            {
                "key": "tea", "type": "choices", "label": label, "hint": label, "required": True,
                "choices": [{"key": "a", "ru": "А", "en": "A"}, {"key": "b", "ru": "Б", "en": "B"}],
            },
            {"key": "cups", "type": "number", "label": label, "smallest": -1, "largest": 9},
            {"key": "words", "type": "text", "label": label, "longest": 50},
        ],
        "recognition": [
            {
                "format": "code128", "prefix": "LV", "length": 10, "mask": "LV########",
                "check": "none", "example": "LV00000000",
            },
            {"format": "code128", "check": "luhn"},
        ],
        "unknown_numbers": "accept",
        "sharing": False,
        "status": "paused",
        "ledger": {
            "welcome": 200, "lot_days": 365, "hold_minutes": 60,
            "birthday": {"points": 500, "days_before": 7, "days_after": 14},
            "tiers": {
                "by": "spent", "months": 6,
                "levels": [{"name": "Silver", "least": 0}, {"name": "Gold", "least": 10}],
            },
        },
        "card_fields": [
            {"key": "visits", "label": label, "type": "number"},
            {"key": "debt", "label": label, "type": "money", "currency": "RUB"},
        ],
        "design": await whole_design(ctx, label),
    }  # fmt: skip
    program = await Program.get()
    shown = program_shown(await Program.get().select_related("account"))
    whole = {name: value for name, value in shown.items() if name not in {"key", "account"}} | more
    # A connection keeps the points itself: see the next test.
    assert set(whole) == set(ProgramEntry.model_fields) - {"connection"}
    entry = ProgramEntry.model_validate(whole)
    mine = Scope.of([program.account_id])
    await save_program(ctx, mine, "lavka", program.key, entry)
    first = await packs()
    out = unzipped(first, tmp_path / "out")
    (read,) = read_pack(out).accounts
    for name in ProgramEntry.model_fields:
        assert getattr(read.programs[0].entry, name) == getattr(entry, name), name
    await load_pack(ctx, out)
    assert await packs() == first
    told = yaml.safe_load((out / "accounts/lavka/programs/lavka-card/program.yaml").read_text())
    assert set(told) == {*ProgramEntry.model_fields, "numbers"} - CONNECTED


async def test_a_connected_program_goes_out_and_in(
    ctx: Context, database: str, tmp_path: Path
) -> None:
    """Into an account that has the connection; elsewhere the mistake says what comes first."""
    await load_pack(ctx, write_small_pack(tmp_path / "pack"))
    account = await Account.get()
    await Connection.create(
        account=account, key="crm", vendor="mindbox", sealed=b"x", created_at=ctx.clock()
    )
    program = await Program.get().select_related("account", "connection")
    whole = {k: v for k, v in program_shown(program).items() if k not in {"key", "account"}}
    entry = ProgramEntry.model_validate(
        whole | {"processor": "partner", "connection": "crm", "local_pool": True}
    )
    await save_program(ctx, Scope.of([account.id]), "lavka", program.key, entry)
    first = await packs()
    out = unzipped(first, tmp_path / "out")
    told = yaml.safe_load((out / "accounts/lavka/programs/lavka-card/program.yaml").read_text())
    assert set(told) >= CONNECTED
    await load_pack(ctx, out)
    assert await packs() == first
    await Program.all().update(connection_id=None)
    await Connection.all().delete()
    with pytest.raises(PackRefused, match="karman partners connect first"):
        await load_pack(ctx, out)
