"""A mail server that keeps letters, as real as a test needs it: pymap, in memory."""

import asyncio
import imaplib
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer

from backend.platform.world.outside import ImapTarget


@dataclass(frozen=True, slots=True)
class Post:
    target: ImapTarget

    async def arrives(self, letter: bytes) -> None:
        """In the mailbox that is read."""
        await asyncio.to_thread(self._append, letter)

    async def unseen(self) -> int:
        return await asyncio.to_thread(self._unseen)

    def _append(self, letter: bytes) -> None:
        with self._client() as client:
            assert client.append("INBOX", None, None, letter)[0] == "OK"

    def _unseen(self) -> int:
        with self._client() as client:
            assert client.select("INBOX", readonly=True)[0] == "OK"
            return len(client.uid("SEARCH", "UNSEEN")[1][0].split())

    def _client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self.target.host, self.target.port, timeout=10)
        client.login(self.target.user, self.target.password)
        return client


@asynccontextmanager
async def mail_server() -> AsyncIterator[Post]:
    named = {"demo_data": False, "demo_user": "bounces", "demo_password": "s3cret"}
    arguments = Namespace(**named, host=None, port="0", tls=False, cert=None, key=None, debug=False)
    arguments.proxy_protocol, arguments.passlib_cfg, arguments.inherited_sockets = None, None, None
    backend, config = await DictBackend.init(arguments)
    speak, visits = IMAPServer(backend.login, config), set[asyncio.Task[None]]()

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visits.add(cast("asyncio.Task[None]", asyncio.current_task()))
        try:
            await speak(reader, writer, SocketInfoLocal(writer.transport))
        finally:
            writer.close()

    server = await asyncio.start_server(visit, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield Post(ImapTarget("127.0.0.1", port, "bounces", "s3cret", tls=False, starttls=False))
        await asyncio.gather(*visits)
