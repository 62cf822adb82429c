"""The operator asks about consents at the command line: real processes on a real database."""

import asyncio
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from backend.brands.load_pack import load_pack
from backend.consents.sweep import extend_all_chains
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.account import Account
from models.brand import Brand
from models.campaign import Campaign
from models.consent_document import ConsentPurpose
from tests.support.factory.agreeing import agreed
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone
from tests.support.factory.documents import make_document
from tests.support.machine.processes import ROOT, start_karman

pytestmark = [pytest.mark.slow, pytest.mark.sample("sqlite")]


async def karman(database: str, home: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and what was printed."""
    environment = os.environ | {
        "KARMAN_DATABASE_URL": database,
        "KARMAN_DATA_DIR": str(home),
        "KARMAN_LOG_LEVEL": "error",
    }
    process = await start_karman(*arguments, environment=environment)
    out, err = await asyncio.wait_for(process.communicate(), 90)
    return process.returncode or 0, out.decode() + err.decode()


async def test_verify_head_and_proof(database: str, ctx: Context, tmp_path: Path) -> None:
    anna = await agreed(ctx)
    await agreed(ctx, await shop("vasilek"))
    await extend_all_chains()
    heads, pack = tmp_path / "heads.jsonl", tmp_path / "proof.zip"
    code, told = await karman(database, tmp_path, "consents", "head", "--export", str(heads))
    assert (code, told.strip()) == (0, f"2 heads appended to {heads}")
    code, told = await karman(database, tmp_path, "consents", "verify", "--against", str(heads))
    assert code == 0
    assert "romashka: 3 links hold, head " in told
    assert "vasilek: 3 links hold" in told
    who = str(anna.customer.id)
    code, told = await karman(
        database, tmp_path, "consents", "proof", "--customer", who, "-o", str(pack)
    )
    assert code == 0, told
    with zipfile.ZipFile(pack) as archive:
        assert "README.md" in archive.namelist()
    code, told = await karman(
        database, tmp_path, "consents", "proof", "--delivery", "404", "-o", str(pack)
    )
    assert (code, told.strip()) == (1, "karman: there is no delivery 404")


async def test_a_broken_chain_is_an_exit_code(database: str, ctx: Context, tmp_path: Path) -> None:
    anna = await agreed(ctx)
    await extend_all_chains()
    trigger = "consent_records_append_only ON consent_records"
    await rows(f"DROP TRIGGER {trigger if is_postgres() else 'consent_records_no_UPDATE'}")
    await rows(
        "UPDATE consent_records SET how = 'paper'"
        " WHERE id = (SELECT min(id) + 1 FROM consent_records)"
    )
    code, told = await karman(
        database, tmp_path, "consents", "verify", "--account", anna.account.key
    )
    assert code == 1
    assert "romashka: BROKEN at link 2: record 2 was changed" in told


async def test_who_is_asked_again(database: str, ctx: Context, tmp_path: Path) -> None:
    anna = await agreed(ctx)
    await agreed(ctx, (anna.account, anna.program, anna.brand), channels=())
    code, told = await karman(database, tmp_path, "consents", "due")
    assert (code, told.strip()) == (0, "nobody: everybody agreed to the newest versions")
    await make_document(anna.account, ConsentPurpose.ADVERTISING, version=2)
    await make_document(anna.account, ConsentPurpose.PERSONAL_DATA, version=2, change="wording")
    _, told = await karman(database, tmp_path, "consents", "due")
    ads, data = told.splitlines()
    assert "advertising version 2 (another purpose" in ads
    assert "1 are asked again at their next visit, no advertising until they answer" in ads
    assert "personal_data version 2 (wording" in data
    assert "2 agreed to older words, nobody is asked" in data


async def test_loading_a_pack_says_whom_it_asks(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    """A new version with another purpose in the pack of the demo brand «Лукоград»."""
    pack = tmp_path / "pack"
    shutil.copytree(ROOT / "demo", pack)
    await load_pack(ctx, pack)
    brand = await Brand.get(key="lukograd").select_related("program")
    account = await Account.get(id=brand.program.account_id)
    await agreed(ctx, (account, brand.program, brand))
    for path in (pack / "accounts" / account.key / "documents").glob("personal-data.*.md"):
        text = path.read_text().replace("version: 1", "version: 2\nchange: purpose", 1)
        path.write_text(text + "\nИ ещё для одной цели.\n")
    code, told = await karman(database, tmp_path, "brands", "load", str(pack))
    assert code == 0, told
    assert f"{account.key} personal_data version 2 (another purpose" in told
    assert "1 are asked again at their next visit" in told


async def test_campaign_is_written_down_and_mistakes_are_one_line(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    await agreed(ctx, customer=await someone(ctx, telegram_id=5))
    order = ("push", "--brand", "romashka", "--text", "Привет", "--no-wait")
    code, told = await karman(database, tmp_path, *order)
    assert code == 1
    assert "karman: nobody is there to be asked: expected --yes" in told
    code, told = await karman(database, tmp_path, *order, "--dry-run")
    assert code == 0
    assert "nothing was sent" in told
    assert not await Campaign.exists()
    code, told = await karman(database, tmp_path, *order, "--yes", "--once", "a")
    assert code == 0
    assert "ru: Привет" in told
    assert "1 person may have it now" in told
    assert "warning: no --erid" in told
    assert "campaign 1 is written down; the worker sends it" in told
    code, told = await karman(database, tmp_path, *order, "--yes", "--once", "a")
    assert "campaign 1 was ordered before with this --once; the worker sends it" in told
    code, told = await karman(database, tmp_path, "push", "--brand", "nobody", "--text", "x")
    assert (code, told.strip()) == (1, "karman: no brand has the key nobody")
    code, told = await karman(database, tmp_path, "push", "--text", "x")
    assert (code, told.strip()) == (
        1, "karman: expected --brand KEY and --text TEXT, or --follow ID"
    )  # fmt: skip


async def test_a_state_that_differs_is_told_and_mended(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    anna = await agreed(ctx, channels=())
    await extend_all_chains()
    await rows("UPDATE consent_states SET granted = TRUE WHERE channel = 'email'")
    code, told = await karman(database, tmp_path, "consents", "verify")
    assert code == 1
    differs = f"advertising of {anna.brand.id} by email stands as yes, record"
    assert differs in told
    code, told = await karman(database, tmp_path, "consents", "mend")
    assert (code, "1 to be put right: nothing was written" in told) == (0, True)
    code, told = await karman(database, tmp_path, "consents", "mend", "--yes")
    assert (code, differs in told) == (0, True)
    code, told = await karman(database, tmp_path, "consents", "verify")
    assert code == 0, told
