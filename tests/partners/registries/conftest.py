"""A place of files, in a folder and on a server."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from backend.partners.registries.wire.folder import Folder
from backend.partners.registries.wire.place import Place
from backend.partners.registries.wire.server import Server
from backend.partners.registries.wire.sftp import open_sftp
from tests.partners.registries.server import PASSWORD, USER, SftpServer, serving

Opened = Callable[[], AbstractAsyncContextManager[Place]]


def reached(server: SftpServer, **more: object) -> Server:
    said = {"password": PASSWORD, "host_keys": frozenset({server.fingerprint}), **more}
    return Server(host="127.0.0.1", port=server.port, user=USER, **said)  # type: ignore[arg-type]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("in", "out", "reject"):
        (tmp_path / "exchange" / name).mkdir(parents=True)
    return tmp_path / "exchange"


@pytest.fixture
async def sftp(root: Path) -> AsyncIterator[SftpServer]:
    async with serving(SftpServer(root)) as server:
        yield server


@pytest.fixture(params=["folder", "sftp"])
async def place(request: pytest.FixtureRequest, root: Path) -> AsyncIterator[Place]:
    if request.param == "folder":
        yield Folder(root)
        return
    async with serving(SftpServer(root)) as server, open_sftp(reached(server)) as opened:
        yield opened


@asynccontextmanager
async def asked(server: SftpServer, **more: object) -> AsyncIterator[Place]:
    async with open_sftp(reached(server, **more)) as opened:
        yield opened
