"""«Лавка» exchanges registries: in a folder, at whatever time the test says."""

import zipfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from backend.jobs.registries.exchange import exchange
from backend.jobs.registries.work import Hands
from backend.partners.opened import Connections, sealed
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from backend.reading.reader import Reader
from models.account import Account
from models.connection import Connection
from models.job import Job
from models.program import Program
from tests.jobs.conftest import House, all_done, make_house
from tests.support.clock import StoppedClock

SETTINGS: dict[str, Any] = {"programs": {"lavka-card": "Lavka"}, "folder": "files", "gives": []}


def zipped(
    text: str | bytes,
    name: str = "registry.csv",
    others: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
        for other, content in others.items():
            archive.writestr(other, content)
    return packed.getvalue()


def unzipped(content: bytes) -> list[str]:
    """The lines of the only file, whose name is that of the ZIP without its end."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        (name,) = archive.namelist()
        assert name.endswith(".csv")
        return archive.read(name).decode("utf-8").split("\r\n")[:-1]


@dataclass
class Trade:
    """The partner's side: files are put into `root/in`, and read in the others."""

    ctx: Context
    house: House
    connections: Connections
    connection: Connection
    reader: Reader
    root: Path
    hands: Hands = field(init=False)

    def __post_init__(self) -> None:
        self.hands = Hands(self.reader)

    @property
    def program(self) -> Program:
        return self.house.program

    @property
    def account(self) -> Account:
        return self.house.account

    def puts(self, name: str, content: bytes) -> None:
        (self.root / "in" / name).write_bytes(content)

    def reserved(self, *lines: str, day: int = 21, head: str = "card_number;barcode") -> None:
        text = "\r\n".join([head, *lines, ""])
        self.puts(f"Lavka_reserved_202611{day}.csv.zip", zipped(text))

    async def turn(self) -> int:
        return await exchange(self.ctx, self.connections, self.connection, self.hands)

    async def turns(self) -> None:
        """Look, look again and take, work it through, answer."""
        await self.turn()
        await self.turn()
        await all_done(self.ctx)
        await self.turn()

    async def settles(self, **more: Any) -> None:
        settings = {**self.connection.settings, **more}
        await Connection.filter(id=self.connection.id).update(
            settings=settings, version=self.connection.version + 1
        )
        self.connection = await Connection.get(id=self.connection.id)

    def told(self, directory: str) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((self.root / directory).iterdir())}

    def rejected(self) -> list[str]:
        """The lines of the only answer, without the first."""
        ((name, content),) = self.told("reject").items()
        assert name.endswith(".rejected.csv")
        first, *lines = content.decode("utf-8").split("\r\n")[:-1]
        assert first == "line;field;what;expected"
        return lines

    async def jobs(self) -> list[Job]:
        return await Job.all().order_by("id")


async def make_trade(
    ctx: Context,
    reader: Reader,
    folders: Path,
    secrets: Mapping[str, str] | None = None,
    **more: Any,
) -> Trade:
    connections = Connections(ctx.vault, ctx.clock, frozenset({"127.0.0.1"}), folders)
    ctx = replace(ctx, processors=ConnectedProcessors(connections, ctx.clock))
    house = await make_house(ctx)
    ctx = ctx.acting(CLOCK, WORKER)
    for name in ("in", "out", "reject"):
        (folders / "lavka" / "files" / name).mkdir(parents=True, exist_ok=True)
    connection = await Connection.create(
        account=house.account,
        key="files",
        vendor="registries",
        settings={**SETTINGS, **more},
        sealed=sealed(ctx.vault, secrets or {}),
        created_at=ctx.clock(),
    )
    await Program.filter(id=house.program.id).update(connection_id=connection.id)
    house.program.connection_id = connection.id
    return Trade(ctx, house, connections, connection, reader, folders / "lavka" / "files")


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with Reader() as opened:
        yield opened


@pytest.fixture
async def trade(
    database: str, ctx: Context, clock: StoppedClock, reader: Reader, tmp_path: Path
) -> AsyncIterator[Trade]:
    made = await make_trade(ctx, reader, tmp_path / "registries")
    yield made
    await made.connections.close()
