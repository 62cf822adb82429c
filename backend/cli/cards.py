"""karman cards: what the bot does with cards, for operators and tests."""

import argparse

from backend.cli import cards_read
from backend.cli.verb import Verbs, verb


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "cards", "read the barcodes of pictures", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    cards_read.add(actions)


def run(arguments: argparse.Namespace) -> int:
    code: int = arguments.act(arguments)
    return code
