"""The same over SFTP, with a real server: files come, answers go, the check says what it finds."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncssh
import pytest
from aiohttp import ClientSession

from backend.partners.registries.check import check
from backend.partners.registries.settings import Secrets, Settings
from backend.partners.way import Way
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.reading.reader import Reader
from backend.worker.registries import Turns
from models.connection import Connection, ConnectionStatus
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from tests.jobs.registries.conftest import SETTINGS, Trade, make_trade, unzipped, zipped
from tests.partners.registries.server import PASSWORD, USER, SftpServer, serving
from tests.support.clock import StoppedClock
from tests.support.machine.servers import free_port


def settings_for(server: SftpServer) -> dict[str, object]:
    reached = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": USER,
        "host_keys": [f"sftp.example {server.public_line}"],
    }
    return {"folder": None, "sftp": reached}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[SftpServer]:
    root = tmp_path / "lavka" / "files"
    root.mkdir(parents=True)
    async with serving(SftpServer(root)) as running:
        yield running


@pytest.fixture
async def far(
    database: str, ctx: Context, reader: Reader, tmp_path: Path, server: SftpServer
) -> AsyncIterator[Trade]:
    secrets = {"password": PASSWORD}
    trade = await make_trade(ctx, reader, tmp_path, secrets, **settings_for(server))
    yield trade
    await trade.connections.close()


async def test_files_go_both_ways(far: Trade, clock: StoppedClock) -> None:
    far.reserved("A1;", "A2;", ";A3")
    await far.turns()
    assert [row.printed_number for row in await PoolNumber.all().order_by("id")] == ["A1", "A2"]
    assert far.rejected() == ["4;card_number;is empty;a value"]
    await far.settles(gives=["issued", "clients"])
    await far.turn()
    await far.turn()
    given = far.told("out")
    assert list(given) == ["Lavka_clients_20261121.csv.zip", "Lavka_issued_20261121.csv.zip"]
    assert all(len(unzipped(content)) == 1 for content in given.values())


async def test_a_changed_host_key_stops_everything(far: Trade, server: SftpServer) -> None:
    far.reserved("A1;")
    await far.turn()
    server.key = asyncssh.generate_private_key("ssh-ed25519")
    other = SftpServer(server.root, key=server.key)
    async with serving(other):
        await far.settles(sftp={**far.connection.settings["sftp"], "port": other.port})  # type: ignore[dict-item]
        with pytest.raises(NeedsSettings) as changed:
            await far.turn()
    assert f"another host key than agreed ({other.fingerprint})" in changed.value.reason
    assert "ask the partner by another way" in changed.value.reason
    assert (other.logins, await PoolNumber.all().count()) == (0, 0)


async def test_people_are_told_once_what_to_mend(far: Trade) -> None:
    """By the worker's turn; cards go on meanwhile from what was loaded."""
    turns = Turns(far.ctx, far.connections)
    (far.root / "in").rename(far.root / "gone")
    for _ in range(2):
        await turns.step()
        await turns.idle()
        turns.rests.clear()
    told = await OutboxEvent.filter(kind="ConnectionStopped")
    assert len(told) == 1
    connection = await Connection.get()
    assert connection.status is ConnectionStatus.ACTIVE
    assert connection.reason == "registries: a directory of the exchange is missing on the server"
    (far.root / "gone").rename(far.root / "in")
    await turns.step()
    await turns.idle()
    assert (await Connection.get()).reason == ""
    await turns.end()


async def test_a_resting_connection_is_left_alone(far: Trade, server: SftpServer) -> None:
    turns = Turns(far.ctx, far.connections)
    (far.root / "in").rename(far.root / "gone")
    await turns.step()
    await turns.idle()
    before = server.logins
    await turns.step()
    await turns.idle()
    assert server.logins == before
    await Connection.all().update(version=2)
    await turns.step()
    await turns.idle()
    assert server.logins == before + 1, "changed settings are tried at once"
    await turns.end()


async def test_a_server_that_is_away_is_tried_later(far: Trade) -> None:
    await far.settles(sftp={**far.connection.settings["sftp"], "port": free_port()})  # type: ignore[dict-item]
    with pytest.raises(TryLater, match="cannot be reached"):
        await far.turn()


async def test_an_address_inside_needs_the_operators_leave(far: Trade) -> None:
    opened = await far.connections.open(far.connection)
    assert isinstance(opened.settings, Settings)
    way = Way(opened.way.session, far.ctx.clock, far.ctx.vault)
    found = [each async for each in check(opened.settings, opened.secrets, way)]
    assert [(each.good, each.what) for each in found] == [
        (False, "registries: the server's address is inside a network: refused")
    ]


async def findings(trade: Trade) -> list[tuple[bool, str]]:
    opened = await trade.connections.open(trade.connection)
    assert isinstance(opened.settings, Settings)
    found = check(opened.settings, opened.secrets, opened.way)
    return [(each.good, each.what) async for each in found]


async def test_a_check_says_what_it_finds(far: Trade) -> None:
    far.reserved("A1;")
    assert await findings(far) == [
        (True, "the place of the files is there and lets us in"),
        (True, "the directory 'in' can be read: 1 registries"),
        (True, "the directory 'out' can be written"),
        (True, "the directory 'reject' can be written"),
    ]
    far.puts("Lavka_klients_20261121.csv.zip", zipped(""))
    (far.root / "out").rmdir()
    found = await findings(far)
    assert found[1] == (
        False,
        "the directory 'in' can be read: 1 registries, and 1 files that have no name of a "
        "registry: 'Lavka_klients_20261121.csv.zip'",
    )
    assert found[2][0] is False
    assert "missing on the server" in found[2][1]
    assert far.told("reject") == {}, "a check leaves nothing behind"


async def test_a_folder_is_checked_alike(
    trade: Trade, http: ClientSession, clock: StoppedClock, tmp_path: Path
) -> None:
    assert [good for good, _ in await findings(trade)] == [True] * 4
    settings, way = Settings.model_validate(SETTINGS), Way(http, clock)
    found = [each async for each in check(settings, Secrets(), way)]
    assert [each.what for each in found] == ["registries: this process exchanges no folders"]
