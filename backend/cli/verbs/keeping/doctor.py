"""karman doctor: check everything that must be right, and say what to do."""

import argparse
import shutil
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.settings import Settings

_LEAST_FREE_BYTES = 200 * 1024 * 1024
Check = Callable[["Settings"], Awaitable[str]]


class Wrong(Exception):
    """What is wrong and what to do."""


class Look(Exception):
    """Nothing is broken, and somebody should do something all the same."""


def add(verbs: Verbs) -> None:
    verb(verbs, "doctor", "check settings, database, pools, Redis, Telegram, disk and fonts", run)


def run(_arguments: argparse.Namespace) -> int:
    return run_async(doctor())


async def doctor() -> int:
    """0 when all is well, 1 otherwise."""
    from backend.cli.explain import explain
    from backend.cli.opened import start

    settings = start()
    print("ok     settings")
    wrong: set[str] = set()
    for name, check in CHECKS.items():
        if cause := next((each for each in BUILT_ON.get(name, ()) if each in wrong), None):
            print(f"-      {name}: looked at when that is right: {cause}")
            continue
        try:
            print(f"ok     {name}: {await check(settings)}")
        except Look as advice:
            print(f"LOOK   {name}: {advice}")
        except Exception as error:  # noqa: BLE001  each check is told, and the next one runs
            wrong.add(name)
            told = str(error) if isinstance(error, Wrong) else explain(error) or repr(error)
            print(f"WRONG  {name}: {told.removeprefix('karman: ')}")
    return 1 if wrong else 0


async def _database(settings: "Settings") -> str:
    from backend.platform.database import connect, disconnect, is_postgres

    await connect(settings.database)
    try:
        return "PostgreSQL" if is_postgres() else "SQLite"
    finally:
        await disconnect()


async def _migrations(settings: "Settings") -> str:
    from importlib import resources

    from backend.platform.database import connect, disconnect, rows

    files = (each.name for each in resources.files("models.migrations").iterdir())
    known = {name.removesuffix(".py") for name in files if name[0].isdigit()}
    await connect(settings.database)
    try:
        applied = {row["name"] for row in await rows("SELECT name FROM tortoise_migrations")}
    except Exception as error:
        raise Wrong("the database is empty: run karman migrate") from error
    finally:
        await disconnect()
    if known - applied:
        raise Wrong(f"{len(known - applied)} to apply: run karman migrate")
    if applied - known:
        raise Wrong("the database is of a newer version of Karman: update this one")
    return f"{len(applied)} applied"


async def _master_key(settings: "Settings") -> str:
    from backend.cli.opened import opened

    async with opened(settings):
        return "opens this database"


async def _restored(settings: "Settings") -> str:
    from backend.cli.opened import opened
    from backend.restored.unsettled import unsettled

    async with opened(settings):
        standing = await unsettled()
    if standing is not None:
        raise Wrong(
            f"it went back in time (noticed by: {standing.noticed_by.value}), no card is issued:"
            " see 'Restore' in docs/operators.md and run karman restored"
        )
    return "knows everything that was handed out"


async def _pools(settings: "Settings") -> str:
    from tortoise.exceptions import OperationalError

    from backend.cards.pool.pool_level import pools_in_need
    from backend.platform.database import connect, disconnect
    from models.program import PoolLevel

    await connect(settings.database)
    try:
        found = await pools_in_need()
    except OperationalError as error:
        raise Wrong("no pools to look at: run karman migrate") from error
    finally:
        await disconnect()
    empty = [key for key, level in found if level is PoolLevel.EMPTY]
    low = [key for key, level in found if level is PoolLevel.LOW]
    if not found:
        return "every program has numbers"
    told = [f"no free numbers: {', '.join(empty)}"] if empty else []
    told += [f"few free numbers: {', '.join(low)}"] if low else []
    raise Look(f"{'; '.join(told)}; karman pools load PROGRAM FILE.csv")


async def _mail(settings: "Settings") -> str:
    from tortoise.exceptions import OperationalError

    from backend.platform.database import connect, disconnect
    from backend.webhooks.find import told_of_no_pause

    await connect(settings.database)
    try:
        untold = await told_of_no_pause(mail=settings.sends_letters)
    except OperationalError as error:
        raise Wrong("no accounts to look at: run karman migrate") from error
    finally:
        await disconnect()
    if untold and settings.sends_letters:
        keys = ", ".join(untold)
        raise Look(f"no contact_email, nobody is told of a paused webhook: {keys}")
    if untold:
        keys = ", ".join(untold)
        raise Look(f"KARMAN_SMTP_URL is not set, nobody is told of a paused webhook: {keys}")
    return "letters can be sent" if settings.sends_letters else "KARMAN_SMTP_URL is not set"


async def _apple_wallet(settings: "Settings") -> str:
    from backend.passes.apple.certificates import Standing
    from backend.passes.apple.settings import apple_passes
    from backend.platform.clock import utc_now

    certificates = apple_passes(settings).certificates
    if unsigned := await _unsigned({each.type for each in certificates}, settings):
        raise Wrong(
            f"cards in phones of a type that no certificate signs: {', '.join(unsigned)};"
            " name its certificate in KARMAN_APPLE_PASSES, a type is for ever"
        )
    if not certificates:
        return "KARMAN_APPLE_PASSES is not set: no cards in Apple Wallet"
    now = utc_now()
    told = {
        each: f"{each.type} {each.standing(now).value.replace('_', ' ')} ({each.ends:%Y-%m-%d})"
        for each in certificates
    }
    if over := [text for each, text in told.items() if not each.usable(now)]:
        raise Wrong(f"{', '.join(over)}: nobody gets cards signed by it; renew it at Apple's")
    if soon := [t for each, t in told.items() if each.standing(now) is not Standing.GOOD]:
        raise Look(f"{', '.join(soon)}: renew it at Apple's, it takes a day or two")
    if not settings.base_url.startswith("https://"):
        raise Look("KARMAN_BASE_URL is no https address: phones fetch no changes from it")
    return ", ".join(told.values())


async def _unsigned(signed: set[str], settings: "Settings") -> list[str]:
    from backend.platform.database import connect, disconnect
    from backend.wallets.apple.devices import types_in_phones

    await connect(settings.database)
    try:
        return [each for each in await types_in_phones() if each not in signed]
    finally:
        await disconnect()


async def _google_wallet(settings: "Settings") -> str:
    from backend.passes.google.settings import open_google
    from backend.platform.clock import utc_now
    from backend.platform.failures import Failure

    if not settings.has_google_wallet:
        return "KARMAN_GOOGLE_PASSES is not set: no cards in Google Wallet"
    async with open_google(settings, utc_now) as google:
        for each in google.passes.issuers:
            api = google.api(each.id)
            assert api is not None
            try:
                await api.ask_issuer(each.id)
            except Failure as failure:
                raise Wrong(f"issuer {each.id}: {failure.reason}") from None
    if not google.passes.callback:
        raise Look("KARMAN_BASE_URL is no https address: Google fetches no logos from it")
    return ", ".join(each.id for each in google.passes.issuers)


async def _redis(settings: "Settings") -> str:
    from backend.cli.opened import check_redis

    await check_redis(settings)
    return "in memory" if settings.redis_url.startswith("memory://") else "answers"


async def _telegram(settings: "Settings") -> str:
    if settings.sandboxed:
        return "no KARMAN_BOT_TOKEN: karman up starts the sandbox"
    from backend.messaging.telegram.ask import who_am_i

    return f"@{await who_am_i(settings)}"


async def _disk(settings: "Settings") -> str:
    from backend.platform.secrets.private_file import OTHERS, private_folder, write_private

    private_folder(settings.data_dir)
    probe = settings.data_dir / ".doctor"
    write_private(probe, b"karman")
    probe.unlink()
    free = shutil.disk_usage(settings.data_dir).free
    if free < _LEAST_FREE_BYTES:
        raise Wrong(f"{free // 2**20} MB free in {settings.data_dir}: make room")
    open_to_all = settings.data_dir.stat().st_mode & OTHERS
    advice = "; everybody on this machine may look into it: chmod 700 it" if open_to_all else ""
    return f"{free // 2**30} GB free in {settings.data_dir}{advice}"


async def _fonts(_settings: "Settings") -> str:
    from backend.pictures.card_picture import CardFace, draw_card
    from models.barcode_format import BarcodeFormat

    face = CardFace(
        "Карман", "#112233", "#ffffff", None, "Анна", None, None, "1", "1", BarcodeFormat.QR, None
    )
    return f"a card picture is drawn ({len(draw_card(face)) // 1024} KB)"


CHECKS: dict[str, Check] = {
    "database": _database,
    "migrations": _migrations,
    "master key": _master_key,
    "history": _restored,
    "pools": _pools,
    "mail": _mail,
    "apple wallet": _apple_wallet,
    "google wallet": _google_wallet,
    "redis": _redis,
    "telegram": _telegram,
    "disk": _disk,
    "fonts": _fonts,
}
# What cannot be looked at while something else is wrong: one mistake is told once.
BUILT_ON = {
    "migrations": ("database",),
    "master key": ("database", "migrations"),
    "history": ("database", "migrations", "master key"),
    "pools": ("database", "migrations", "master key"),
    "mail": ("database", "migrations", "master key"),
    "apple wallet": ("database", "migrations"),
}
