"""karman passes: cards in the wallets of phones, for operators and tests."""

import argparse
from pathlib import Path

from backend.cli.verb import Verbs, run_async, verb

_NO_CARD = "no card {}, or several: name it as PROGRAM/NUMBER; a removed one has no pass"
_NOT_SET = "no certificate for the card's account: set KARMAN_APPLE_PASSES (karman doctor)"


def add(verbs: Verbs) -> None:
    parser = verb(
        verbs, "passes", "write a card as Apple Wallet has it; certificates to try with", run
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    make = actions.add_parser("make", help="write one card as a .pkpass")
    make.add_argument("card", metavar="CARD", help="PROGRAM/NUMBER, a number alone, or its id")
    make.add_argument("-o", dest="file", type=Path, required=True, metavar="FILE")
    certs = actions.add_parser(
        "dev-certs", help="a chain of one's own: no phone takes it, everything else does"
    )
    certs.add_argument("folder", type=Path, metavar="DIR")


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "make":
        return run_async(make(arguments.card, arguments.file))
    return dev_certs(arguments.folder)


async def make(card: str, file: Path) -> None:
    """Raises CannotRun."""
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.passes.apple.settings import apple_passes
    from backend.platform.secrets.private_file import write_private
    from backend.wallets.apple.make_file import find_card, make_file
    from catalog.tenant import Scope
    from models.refusal import Refusal

    settings = start()
    passes = apple_passes(settings)
    async with opened(settings) as ctx:
        try:
            found = await find_card(await Scope.of_operator(), card)
            content = await make_file(ctx, passes, found, settings.base_url)
        except Refusal as refusal:
            raise CannotRun(_NO_CARD.format(card)) from refusal
    if content is None:
        raise CannotRun(_NOT_SET)
    write_private(file, content)
    print(f"{file}: {len(content)} bytes")


def dev_certs(folder: Path) -> int:
    """Files of a chain, its root, and `env`, the variables that use it. Raises CannotRun."""
    from backend.cli.explain import CannotRun
    from backend.passes.apple.dev_chain import ENV, dev_files
    from backend.platform.clock import utc_now
    from backend.platform.secrets.private_file import private_folder, write_private

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotRun(f"{folder}: expected an empty folder, or none: keys are not written over")
    private_folder(folder)
    for name, content in dev_files(folder.absolute(), utc_now()).items():
        write_private(folder / name, content)
    print(f"made: {folder / ENV} has the variables (set -a; . {folder / ENV}; set +a)")
    return 0
