"""A real SFTP server, of asyncssh itself, that shows one folder to one user."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh

USER, PASSWORD = "karman", "pa55 word"


@dataclass
class SftpServer:
    """`key` is the host's, `trusts` a public key of ours; `logins` counts passwords that came."""

    root: Path
    key: asyncssh.SSHKey = field(
        default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519")
    )
    trusts: asyncssh.SSHKey | None = None
    port: int = 0
    logins: int = 0

    @property
    def fingerprint(self) -> str:
        return str(self.key.get_fingerprint())

    @property
    def public_line(self) -> str:
        return self.key.export_public_key().decode().strip()


class _Door(asyncssh.SSHServer):
    def __init__(self, server: SftpServer) -> None:
        self._server = server

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self._server.logins += 1
        return (username, password) == (USER, PASSWORD)

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == USER and self._server.trusts == key


@asynccontextmanager
async def serving(server: SftpServer) -> AsyncIterator[SftpServer]:
    listening = await asyncssh.listen(
        "127.0.0.1",
        server.port,
        server_host_keys=[server.key],
        server_factory=lambda: _Door(server),
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(server.root).encode()),
        allow_scp=False,
    )
    server.port = listening.get_port()
    try:
        yield server
    finally:
        listening.close()
        await listening.wait_closed()
