"""karman brands: load a brand pack, and write an account out as one."""

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context

_SAID = {"low": "few free numbers are left", "empty": "no free number is left"}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "brands", "load brand packs, write accounts out as packs", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    load = actions.add_parser("load", help="check a brand pack and load it, all or nothing")
    load.add_argument("folder", type=Path, metavar="DIR")
    load.add_argument("--dry-run", action="store_true", help="check it and write nothing")
    out = actions.add_parser("export", help="write an account out as a pack, a folder or a ZIP")
    out.add_argument("account", metavar="ACCOUNT", help="the account's key")
    out.add_argument("target", type=Path, metavar="DIR|FILE.zip", help="new, or an empty folder")
    contact = actions.add_parser("contact", help="where letters about an account's own things go")
    contact.add_argument("account", metavar="ACCOUNT", help="the account's key")
    contact.add_argument("email", metavar="EMAIL|none", help="of those who look after it")


def run(arguments: argparse.Namespace) -> int:
    from backend.cli.explain import CannotRun

    if arguments.action == "contact":
        return run_async(_opened(arguments))
    if arguments.action == "export":
        target: Path = arguments.target
        zipped = target.suffix.lower() == ".zip"
        if target.exists() and (zipped or not target.is_dir() or any(target.iterdir())):
            what = "is there already, expected a new file or an empty folder"
            raise CannotRun(f"{target}: {what}")
        return run_async(export(arguments.account, target, zipped=zipped))
    if not arguments.folder.is_dir():
        raise CannotRun(f"{arguments.folder}: no such folder")
    return run_async((check if arguments.dry_run else load)(arguments.folder))


async def check(folder: Path) -> None:
    """Touches neither the database nor the data folder."""
    from backend.brands.load_pack import check_pack
    from backend.cli.opened import start

    start()
    print("checked, nothing written: " + told(await check_pack(folder)))


async def load(folder: Path) -> None:
    from backend.brands.load_pack import load_pack
    from backend.cards.pool.pool_level import pools_in_need
    from backend.cli.opened import opened, start
    from backend.cli.verbs.keeping.consents import told_due
    from backend.consents.due import count_due

    async with opened(start(), migrated=True) as ctx:
        known = await count_due()
        loaded = await load_pack(ctx, folder)
        needy = await pools_in_need()
        fresh = [each for each in await count_due() if each not in known]
    print(told(loaded))
    for each in fresh:
        print(told_due(each))
    for key, level in needy:
        print(f"{key}: {_SAID[level]}; karman pools load {key} FILE.csv")


async def export(key: str, target: Path, *, zipped: bool) -> None:
    from backend.access.whose import account_called
    from backend.brands.pack.export_account import pack_files
    from backend.brands.pack.packed import write_file, write_folder
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start

    async with opened(start()):
        account = await account_called(key)
        if account is None:
            raise CannotRun(f"no account has the key {key}")
        if zipped:
            await write_file(pack_files(account), target)
        else:
            await write_folder(pack_files(account), target)
    print(f"{key} is in {target}")


async def _opened(arguments: argparse.Namespace) -> None:
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        await contact(arguments, ctx)


async def contact(arguments: argparse.Namespace, ctx: "Context") -> None:
    """Raises CannotRun for what is no address, and for no account."""
    from backend.brands.save_account import change_contact
    from backend.cli.explain import CannotRun
    from catalog.entries.account import is_address
    from models.refusal import Refusal

    key, email = arguments.account, arguments.email.strip()
    if email != "none" and not is_address(email):
        raise CannotRun(f"{email} is no address, expected one like it@brand.example, or none")
    try:
        await change_contact(ctx, key, "" if email == "none" else email)
    except Refusal as refusal:
        raise CannotRun(f"no account has the key {key}") from refusal
    print(f"letters about {key} go to {'nobody' if email == 'none' else email}")


def told(loaded: Counter[str]) -> str:
    """ "14 brands, 1 offer, …"."""
    return ", ".join(
        f"{count} {(noun[:-1] if count == 1 else noun).replace('_', ' ')}"
        for noun, count in loaded.items()
    )
