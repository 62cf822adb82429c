"""The connections that a process has opened: each with its session, its breaker and its rate."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from pydantic import ValidationError

from backend.partners.breaker import Breaker
from backend.partners.common_settings import CommonSettings
from backend.partners.processor import Processor
from backend.partners.rate import Rate
from backend.partners.vendors import Vendor, vendor
from backend.partners.way import Way
from backend.platform.clock import Clock
from backend.platform.failures import NeedsSettings
from backend.platform.secrets.master_key import CannotOpen
from backend.platform.secrets.vault import Vault
from backend.platform.world.http import open_http
from models.account import Account
from models.connection import Connection

SERVICE = "partners"
# Below the data folder: where files are exchanged with partners on this machine.
FOLDER_OF_REGISTRIES = "registries"
# A request of a reaction; a person waits for `patience`.
SECONDS = 15.0


@dataclass(slots=True)
class Opened:
    """`processor` is None where the vendor owns no numbers."""

    version: int
    vendor: Vendor
    settings: CommonSettings
    secrets: Any
    way: Way
    processor: Processor | None
    rate: Rate
    breaker: Breaker = field(default_factory=Breaker)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)


class Connections:
    """`inside`: hosts in the house that the operator lets connections go to (with a port or
    without); `folders`: where files may be exchanged."""

    def __init__(
        self,
        vault: Vault,
        clock: Clock,
        inside: frozenset[str] = frozenset(),
        folders: Path | None = None,
    ) -> None:
        self._vault, self._clock, self._inside, self._folders = vault, clock, inside, folders
        self._opened: dict[int, Opened] = {}
        self._opening = asyncio.Lock()

    async def open(self, connection: Connection) -> Opened:
        """Anew when its settings were changed. Raises NeedsSettings when they cannot be used."""
        async with self._opening:
            there = self._opened.get(connection.id)
            if there is not None and there.version >= connection.version:
                return there
            fresh = await self._open(connection)
            self._opened[connection.id] = fresh
            if there is not None:
                await there.stack.aclose()
            return fresh

    async def _open(self, connection: Connection) -> Opened:
        kind, settings, secrets = self.read(connection)
        stack = AsyncExitStack()
        inside = bool(hosts_of(settings) & self._inside)
        session = await stack.enter_async_context(
            open_http(
                seconds=SECONDS,
                limit=settings.at_once,
                inside=inside,
                reuses=settings.keep_alive,
            )
        )
        folders = await self._folders_of(connection)
        way = Way(session, self._clock, self._vault, self._inside, folders)
        processor = kind.open(settings, secrets, way) if kind.open is not None else None
        rate = Rate(settings.per_minute)
        version = connection.version
        return Opened(version, kind, settings, secrets, way, processor, rate, stack=stack)

    async def _folders_of(self, connection: Connection) -> Path | None:
        """The account's own: what another exchanges there is nothing of theirs."""
        if self._folders is None:
            return None
        account = await Account.get(id=connection.account_id)
        return self._folders / account.key

    def read(self, connection: Connection) -> tuple[Vendor, CommonSettings, Any]:
        """Raises NeedsSettings."""
        try:
            kind = vendor(connection.vendor)
        except KeyError:
            raise NeedsSettings(f"this version knows no {connection.vendor}") from None
        try:
            settings = kind.settings.model_validate(connection.settings)
            secrets = kind.secrets.model_validate(self.unsealed(connection))
        except CannotOpen:
            raise NeedsSettings("its secrets open with another key: enter them again") from None
        except ValidationError as wrong:
            raise NeedsSettings(first_mistake(wrong)) from None
        return kind, settings, secrets

    def unsealed(self, connection: Connection) -> Any:
        return orjson.loads(self._vault.open_service(SERVICE, connection.sealed))

    async def close(self) -> None:
        opened, self._opened = self._opened, {}
        for each in opened.values():
            await each.stack.aclose()


def sealed(vault: Vault, secrets: Mapping[str, Any]) -> bytes:
    return vault.seal_service(SERVICE, orjson.dumps(dict(secrets)))


def first_mistake(wrong: ValidationError) -> str:
    """ "secret_key: Field required"; never a value, which may be a secret."""
    mistake = wrong.errors(include_input=False, include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in mistake["loc"]) or "settings"
    return f"{where}: {mistake['msg']}"


def hosts_of(settings: CommonSettings) -> frozenset[str]:
    """Where a connection goes, as an operator may name it: with the port and without."""
    parts = urlsplit(str(getattr(settings, "url", "")))
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    return frozenset({str(parts.hostname), f"{parts.hostname}:{port}"})
