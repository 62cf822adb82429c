"""A server that speaks SFTP: its key is agreed on beforehand, and nothing of this machine's own
SSH (configuration, agent, keys of its user) is used."""

import asyncio
import stat
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from posixpath import join
from typing import cast

import asyncssh

from .errors import AlreadyThere, Away, Denied, Gone, OtherHostKey, PlaceError, TooLarge
from .place import PIECE, PROBE, Entry, one_name, temporary
from .server import Server

_ALL = (asyncssh.Error, OSError, EOFError)
_DENIED = {
    asyncssh.PermissionDenied: "the server does not accept our user with this key or password",
    asyncssh.SFTPPermissionDenied: "the server does not let us read or write there",
    asyncssh.SFTPNoSuchFile: "a directory of the exchange is missing on the server",
    asyncssh.SFTPNoSuchPath: "a directory of the exchange is missing on the server",
}


class _Pinned(asyncssh.SSHClient):
    """Believes in the keys that were agreed on, and remembers which other one was shown."""

    def __init__(self, trusted: Collection[str]) -> None:
        self._trusted = trusted
        self.other = ""

    def validate_host_public_key(
        self, host: str, addr: str, port: int, key: asyncssh.SSHKey
    ) -> bool:
        shown = str(key.get_fingerprint())
        if shown in self._trusted:
            return True
        self.other = shown
        return False


class Sftp:
    """A Place. See `open_sftp`."""

    def __init__(self, client: asyncssh.SFTPClient, server: Server) -> None:
        self._client, self._server = client, server

    async def entries(self, directory: str, most: int) -> list[Entry]:
        found: list[Entry] = []
        async with _safely(self._server.seconds):
            async for each in self._client.scandir(self._at(directory)):
                name, attrs = str(each.filename), each.attrs
                if not name.startswith(".") and _is_plain(attrs) and "/" not in name:
                    found.append(Entry(name, attrs.size or 0, int(attrs.mtime or 0)))
                if len(found) == most:
                    break
        return sorted(found, key=lambda entry: entry.name)

    async def read(self, directory: str, name: str, most: int) -> bytes:
        path = join(self._at(directory), one_name(name))
        async with _safely(self._server.seconds_of_a_file):
            try:
                return await self._content(path, most)
            except asyncssh.SFTPNoSuchFile:
                raise Gone("a file of the exchange is gone") from None

    async def _content(self, path: str, most: int) -> bytes:
        if not _is_plain(await self._client.lstat(path)):
            raise Gone("a file of the exchange is no file any more")
        found = bytearray()
        async with self._client.open(path, "rb") as file:
            while piece := await file.read(PIECE, len(found)):
                found += cast("bytes", piece)
                if len(found) > most:
                    raise TooLarge(f"has more than {most} bytes")
        return bytes(found)

    async def write(self, directory: str, name: str, content: bytes) -> None:
        folder = self._at(directory)
        path, beside = join(folder, one_name(name)), join(folder, temporary(name))
        async with _safely(self._server.seconds_of_a_file):
            if await self._client.exists(path):
                raise AlreadyThere("a file of this name is there")
            async with self._client.open(beside, "wb") as file:
                for start in range(0, len(content), PIECE):
                    await file.write(content[start : start + PIECE], start)
            # SFTP's own rename (not the POSIX extension) leaves what is there alone.
            await self._client.rename(beside, path)

    async def try_writing(self, directory: str) -> None:
        beside = join(self._at(directory), temporary(PROBE))
        async with _safely(self._server.seconds):
            async with self._client.open(beside, "wb") as file:
                await file.write(b"")
            await self._client.remove(beside)

    def _at(self, directory: str) -> str:
        return join(self._server.root, *[one_name(part) for part in directory.split("/")])


@asynccontextmanager
async def open_sftp(server: Server) -> AsyncIterator[Sftp]:
    """Raises PlaceError."""
    pinned = _Pinned(server.host_keys)
    async with _safely(server.seconds, pinned):
        address = await _address(server)
        connection = await asyncssh.connect(
            address,
            server.port,
            client_factory=lambda: pinned,
            username=server.user,
            password=server.password or None,
            client_keys=_keys(server),
            preferred_auth=["publickey", "keyboard-interactive", "password"],
            known_hosts=([], [], []),
            server_host_key_algs="default",
            agent_path=None,
            config=None,
            connect_timeout=server.seconds,
            login_timeout=server.seconds,
            keepalive_interval=30,
        )
    async with connection:
        async with _safely(server.seconds):
            # A name that is no UTF-8 is nothing of ours, and stops nothing.
            client = await connection.start_sftp_client(
                path_encoding="utf-8", path_errors="surrogateescape"
            )
        async with client:
            yield Sftp(client, server)


async def _address(server: Server) -> str:
    """The first address of the host that may be spoken to, so that a name which answers
    differently a second time leads nowhere else."""
    found = await asyncio.get_running_loop().getaddrinfo(server.host, server.port)
    for *_, address in found:
        if server.allowed(str(address[0])):
            return str(address[0])
    raise Denied("the server's address is inside a network: refused")


def _keys(server: Server) -> list[asyncssh.SSHKey] | None:
    if not server.private_key:
        return None
    try:
        key = asyncssh.import_private_key(server.private_key, server.passphrase or None)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        raise Denied("our private key cannot be read, or its passphrase is wrong") from None
    return [key]


def _is_plain(attrs: asyncssh.SFTPAttrs) -> bool:
    return attrs.permissions is not None and stat.S_ISREG(attrs.permissions)


@asynccontextmanager
async def _safely(seconds: float, pinned: _Pinned | None = None) -> AsyncIterator[None]:
    """No answer for too long is an error like another; each has one of our names."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except PlaceError:
        raise
    except _ALL as error:
        raise _named(error, pinned) from error


def _named(error: Exception, pinned: _Pinned | None) -> PlaceError:
    if pinned is not None and pinned.other:
        return OtherHostKey(pinned.other)
    if isinstance(error, asyncssh.SFTPFileAlreadyExists):
        return AlreadyThere("a file of this name is there")
    if isinstance(error, TimeoutError):
        return Away("the server takes too long")
    for kinds, what in _DENIED.items():
        if isinstance(error, kinds):
            return Denied(what)
    return Away(f"the server cannot be reached, or broke off ({type(error).__name__})")
