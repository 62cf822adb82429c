"""karman keys: which master keys are in use, a new one, and the change to it."""

import argparse
import base64
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.secrets.master_key import MasterKeys
    from backend.platform.settings import Settings


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "keys", "show master keys, make a new one, change to it", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("status", help="how many rows each master key wraps")
    actions.add_parser("new", help="make a new master key; nothing is changed to it yet")
    actions.add_parser("rotate", help="wrap everything under the newest key; safe to repeat")


def run(arguments: argparse.Namespace) -> int:
    actions = {"status": status, "new": new, "rotate": rotate}
    return run_async(actions[arguments.action]())


async def status() -> int:
    """1 when a key that wraps something is not at hand."""
    from backend.cli.opened import master_keys, start
    from backend.customers.person.rotate_keys import key_counts
    from backend.platform.database import connect, disconnect
    from backend.platform.secrets.master_key import key_id

    settings = start()
    await connect(settings.database)
    try:
        masters = await master_keys(settings)
        counts = await key_counts()
    finally:
        await disconnect()
    known = {key_id(key): "older" for key in masters.older} | {key_id(masters.current): "newest"}
    print(f"keys from {_place(settings)}")
    for made_by in [*known, *(other for other in counts if other not in known)]:
        held = counts.get(made_by, {})
        people, service = held.get("customers", 0), held.get("service_keys", 0)
        name = known.get(made_by, "MISSING")
        print(f"{made_by.hex()}  {name:8} {people:>9} customers {service:>4} service keys")
    return 0 if counts.keys() <= known.keys() else 1


async def new() -> None:
    from backend.cli.opened import master_keys, start
    from backend.platform.database import connect, disconnect
    from backend.platform.secrets.key_file import FILE_NAME, add_key
    from backend.platform.secrets.master_key import new_key

    settings = start()
    key = new_key()
    if settings.master_key.get_secret_value():
        print(f"a new key: {base64.b64encode(key).decode()}")
        print("Put it before the others in KARMAN_MASTER_KEY (a comma between), restart every")
        print("process, then run karman keys rotate.")
        return
    await connect(settings.database)
    try:
        await master_keys(settings)
    finally:
        await disconnect()
    add_key(settings.data_dir / FILE_NAME, key)
    print(f"a new key stands on the first line of {_place(settings)}")
    print("Keep a copy of the file apart from the database's backups; then karman keys rotate.")


async def rotate() -> int:
    """1 when some data keys could not be opened."""
    from backend.cli.opened import opened, start
    from backend.customers.person.rotate_keys import rotate_keys

    settings = start()
    async with opened(settings) as ctx:
        masters = ctx.vault.masters
        done = await rotate_keys(ctx, told=_progress)
    if done.unknown:
        print(f"{done.unknown} customers are wrapped by a key that is not at hand: add it to")
        print(f"{_place(settings)} and run this again. The old keys are still needed.")
        return 1
    print(f"{done.customers} customers and {done.service_keys} service keys wrapped anew")
    _old_keys(masters)
    return 0


def _progress(done: int) -> None:
    print(f"{done} customers", flush=True)


def _old_keys(masters: "MasterKeys") -> None:
    if masters.older:
        print("Restart processes that do not read the key file, run this once more, and take")
        print("the older keys away when karman keys status shows nothing under them. Backups")
        print("made before today open with the older keys alone: keep those beside the backups.")


def _place(settings: "Settings") -> str:
    from backend.platform.secrets.key_file import FILE_NAME

    if settings.master_key.get_secret_value():
        return "KARMAN_MASTER_KEY"
    return str((settings.data_dir / FILE_NAME).absolute())
