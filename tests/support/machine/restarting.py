"""Servers of one test's own, to be stopped, crashed and started again under load."""

import asyncio
import os
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.database.postgres import Prepared, prepare
from tests.support.machine import servers, valkey

# Commits last through a crash of the server, not of the machine.
OPTIONS = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "32MB"}


class RestartingValkey:
    """`async with`: running at first, empty after each start."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._port = servers.free_port()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    async def start(self) -> None:
        self._server = self._launch()
        async with asyncio.timeout(60):
            while not valkey.answers(self._port):  # noqa: ASYNC110  another process
                await asyncio.sleep(0.02)

    def _launch(self) -> subprocess.Popen[bytes]:
        with (self._home / "valkey.out").open("ab") as log:
            command = valkey.command(self._port, self._home)
            return subprocess.Popen(command, stdout=log, stderr=log)

    async def kill(self) -> None:
        if self._server is not None:
            self._server.kill()
            await asyncio.to_thread(self._server.wait, 60)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()


class RestartingPostgres:
    """`async with`: running at first; `url` is its empty database."""

    def __init__(self, name: str) -> None:
        self._home: Path = servers.folder() / f"restarting-{name}-{os.getpid()}"
        self._prepared: Prepared | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        assert self._prepared is not None
        return f"{self._prepared.url}/postgres"

    async def __aenter__(self) -> Self:
        self._home.mkdir(mode=0o711)
        self._prepared = await asyncio.to_thread(prepare, self._home, OPTIONS)
        await self.start()
        return self

    async def start(self) -> None:
        assert self._prepared is not None
        self._server = self._launch(self._prepared)
        async with asyncio.timeout(60):
            while not self._prepared.accepts():
                assert self._server.poll() is None, (self._home / "log").read_text()
                await asyncio.sleep(0.02)

    def _launch(self, prepared: Prepared) -> subprocess.Popen[bytes]:
        uid = prepared.uid
        with (self._home / "log").open("ab") as log:
            return subprocess.Popen(
                prepared.command, cwd=self._home, user=uid, group=uid,
                extra_groups=None if uid is None else [], stdout=log, stderr=log,
            )  # fmt: skip

    async def stop(self, *, crash: bool) -> None:
        """Clean and at once (fast), or as if it had been killed."""
        assert self._server is not None
        self._server.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
        await asyncio.to_thread(self._server.wait, 60)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None and self._server.poll() is None:
            await self.stop(crash=True)
        shutil.rmtree(self._home, ignore_errors=True)
