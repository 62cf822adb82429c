"""The start that every verb shares: settings, log, database, vault."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType

from backend.cli import lean_tortoise  # noqa: F401  before Tortoise itself
from backend.cli.explain import CannotRun
from backend.partners.opened import FOLDER_OF_REGISTRIES, Connections
from backend.partners.registry import ConnectedProcessors
from backend.platform.clock import utc_now
from backend.platform.context import OPERATOR, Context, Wake
from backend.platform.database import connect, disconnect
from backend.platform.door import CLI
from backend.platform.mark import FileMark
from backend.platform.migrate import migrate
from backend.platform.secrets.key_file import (
    FILE_NAME,
    MasterKeyRefused,
    load_or_make_key_file,
    open_key_file,
    parse_master_key,
)
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import Settings, load_settings, unknown_variables
from backend.platform.watch.log import configure_log, get_log
from backend.platform.world.phones import phones_of
from backend.restored.mark_lags import notice_what_is_lost
from models.service_key import ServiceKey

_KEY_GONE = (
    "{}: the master key is not there, and the database was sealed with one; put its copy there "
    "or set KARMAN_MASTER_KEY (a new key would open nothing, so none was made)"
)
DEMO_PACK = Path(__file__).parents[2] / "demo"
log = get_log(__name__)


def start() -> Settings:
    """Read the settings and set up the log. Raises SettingsRefused."""
    settings = load_settings()
    configure_log(settings.log_level)
    for slip in unknown_variables():
        log.warning(slip)
    sys.excepthook = _crashed
    return settings


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug ends the process: its trace goes the way of the log, without anybody's data."""
    log.critical("ended by a bug", exc_info=(kind, error, trace))


@asynccontextmanager
async def opened(settings: Settings, *, migrated: bool = False) -> AsyncIterator[Context]:
    """The database connected and the vault open; `migrated`: first bring it up to date."""
    if migrated:
        await migrate(settings.direct_database)
    await connect(settings.database)
    try:
        vault = await open_vault(await master_keys(settings), utc_now())
        connections = Connections(
            vault, utc_now, settings.hosts_inside, settings.data_dir / FOLDER_OF_REGISTRIES
        )
        ctx = Context(
            clock=utc_now,
            vault=vault,
            wake=Wake(),
            actor=OPERATOR,
            door=CLI,
            sms_countries=settings.sms_regions,
            mark=FileMark(settings.data_dir, vault),
            processors=ConnectedProcessors(connections, utc_now),
            phones=phones_of(settings),
        )
        await notice_what_is_lost(ctx)
        try:
            yield ctx
        finally:
            await connections.close()
    finally:
        await disconnect()


async def master_keys(settings: Settings) -> MasterKeys:
    """From KARMAN_MASTER_KEY, or from the key file of the data folder, which is made when the
    connected database was never sealed with a key. Raises CannotRun."""
    texts = [text for text in settings.master_key.get_secret_value().split(",") if text]
    if texts:
        keys = [parse_master_key(text) for text in texts]
        return MasterKeys(keys[0], tuple(keys[1:]))
    path = settings.data_dir / FILE_NAME
    if not path.exists() and await ServiceKey.exists():
        raise CannotRun(_KEY_GONE.format(path))
    try:
        _, made = load_or_make_key_file(settings.data_dir)
        keys_in_file = open_key_file(path)
    except MasterKeyRefused as wrong:
        raise CannotRun(f"{path}: {wrong}") from None
    if made:
        log.warning(
            "made a master key: keep a copy apart from the database's backups, without it "
            "nobody can open what the database holds",
            file=str(path.absolute()),
        )
    return keys_in_file


def require_token(settings: Settings) -> None:
    """Only `karman up` starts the sandbox. Raises CannotRun."""
    if settings.sandboxed:
        raise CannotRun("KARMAN_BOT_TOKEN is not set: expected the token from BotFather")


async def check_redis(settings: Settings) -> None:
    """Raises redis' ConnectionError when it is away."""
    if settings.redis_url.startswith("memory://"):
        return
    from redis.asyncio import Redis

    async with Redis.from_url(settings.redis_url, socket_connect_timeout=5) as redis:
        await redis.ping()
