"""A turn in every folder that a connection to 1С names."""

from pathlib import Path

from pydantic import ValidationError

from backend.onec.folder import exchange_folder
from backend.partners.onec.settings import Settings
from backend.platform.context import Context
from backend.platform.watch.use_case_log import log_of
from models.connection import Connection, ConnectionStatus
from models.program import Program


async def exchange_all(ctx: Context, root: Path) -> bool:
    """`root`/account/folder, each apart; whether something was done."""
    # of all: the worker serves every account
    found = Connection.filter(vendor="onec", status=ConnectionStatus.ACTIVE)
    done = False
    for connection in await found.order_by("id").select_related("account"):
        for key, name in _folders(ctx, connection).items():
            program = await Program.get_or_none(account_id=connection.account_id, key=key)
            if program is None:
                log_of(ctx, __name__).warning(
                    "an exchange names no program", connection=connection.key
                )
                continue
            folder = root / connection.account.key / name
            done = await _turn(ctx, program, folder) or done
    return done


def _folders(ctx: Context, connection: Connection) -> dict[str, str]:
    try:
        return dict(Settings.model_validate(connection.settings).folders)
    except ValidationError:
        log_of(ctx, __name__).warning("an exchange has other settings", connection=connection.key)
        return {}


async def _turn(ctx: Context, program: Program, folder: Path) -> bool:
    """What is wrong with one folder keeps nobody from the next."""
    try:
        return await exchange_folder(ctx, program, folder)
    except OSError as wrong:
        log_of(ctx, __name__).warning(
            "a folder cannot be used", program=program.key, why=type(wrong).__name__
        )
        return False
