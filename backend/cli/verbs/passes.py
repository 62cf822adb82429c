"""karman passes: cards in the wallets of phones, for operators and tests."""

import argparse
from pathlib import Path

from backend.cli.verb import Verbs, verb


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "passes", "make certificates to try cards in phones with", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    certs = actions.add_parser(
        "dev-certs", help="a chain of one's own: no phone takes it, everything else does"
    )
    certs.add_argument("folder", type=Path, metavar="DIR")


def run(arguments: argparse.Namespace) -> int:
    return dev_certs(arguments.folder)


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
