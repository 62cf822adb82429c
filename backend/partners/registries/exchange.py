"""The place of a connection's files, opened; its troubles as the rest of the house knows them."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from backend.partners.registries.settings import Secrets, Settings, SftpSettings
from backend.partners.registries.wire.errors import Denied, OtherHostKey, PlaceError
from backend.partners.registries.wire.folder import Folder
from backend.partners.registries.wire.place import Place
from backend.partners.registries.wire.server import Server
from backend.partners.way import Way
from backend.platform.failures import Failure, NeedsSettings, TryLater
from backend.platform.world.http import is_public

_CHANGED = (
    "the SFTP server shows another host key than agreed ({shown}): ask the partner by another way "
    "than this server whether they have changed it, then put it into `host_keys`"
)


@asynccontextmanager
async def open_place(settings: Settings, secrets: Secrets, way: Way) -> AsyncIterator[Place]:
    """Raises NeedsSettings and TryLater, also for what goes wrong inside."""
    try:
        if settings.sftp is None:
            yield Folder(_root(settings.folder, way.folders))
        else:
            server = _server(settings.sftp, secrets, way.inside)
            async with _sftp().open_sftp(server) as place:
                yield place
    except PlaceError as wrong:
        raise failure_of(wrong) from wrong


def _sftp() -> Any:
    """SSH takes some megabytes: it is read by who exchanges files, and not at a tap."""
    return importlib.import_module("backend.partners.registries.wire.sftp")


def failure_of(wrong: PlaceError) -> Failure:
    if isinstance(wrong, OtherHostKey):
        return NeedsSettings(_CHANGED.format(shown=wrong.shown))
    if isinstance(wrong, Denied):
        return NeedsSettings(f"registries: {wrong}")
    return TryLater(f"registries: {wrong}")


def _root(name: str | None, folders: Path | None) -> Path:
    if folders is None or name is None:
        raise NeedsSettings("registries: this process exchanges no folders")
    return folders / name


def _server(sftp: SftpSettings, secrets: Secrets, inside: frozenset[str]) -> Server:
    within = {sftp.host, f"{sftp.host}:{sftp.port}"} & inside

    def allowed(address: str) -> bool:
        return bool(within) or is_public(address)

    return Server(
        host=sftp.host,
        port=sftp.port,
        user=sftp.user,
        host_keys=frozenset(sftp.host_keys),
        password=secrets.password.get_secret_value(),
        private_key=secrets.private_key.get_secret_value(),
        passphrase=secrets.passphrase.get_secret_value(),
        root=sftp.root,
        allowed=allowed,
    )
