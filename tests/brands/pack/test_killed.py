"""kill -9 while a pack is loaded: all of it or nothing."""

import signal
from pathlib import Path

import pytest

from backend.brands.load_pack import load_pack
from backend.platform.context import Context
from models.account import Account
from models.city import City
from models.media import Media
from models.offer import Offer
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from models.store import Store
from tests.support.machine.processes import start_python
from tests.support.pictures.small_pack import write_small_pack

pytestmark = [pytest.mark.slow, pytest.mark.sample("postgres")]


@pytest.mark.parametrize("statement", ['INSERT INTO "offers"', 'DELETE FROM "stores"'])
async def test_a_pack_is_loaded_whole(
    statement: str, database: str, ctx: Context, tmp_path: Path
) -> None:
    pack = write_small_pack(tmp_path / "pack")
    process = await start_python("tests.brands.pack.process_killed", database, str(pack), statement)
    _, err = await process.communicate()
    assert process.returncode == -signal.SIGKILL, err.decode()
    for table in (Account, PoolNumber, Media, Offer, Store, City, OutboxEvent):
        assert not await table.exists(), table.__name__
    await load_pack(ctx, pack)
    assert await Offer.exists()
