"""karman cards: what the bot does with cards, for operators and tests."""

import argparse

from backend.cli.verb import Verbs, verb
from backend.cli.verbs.people import cards_exchange, cards_read


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "cards", "read pictures of cards, import and export cards", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    cards_read.add(actions)
    cards_exchange.add(actions)


def run(arguments: argparse.Namespace) -> int:
    code: int = arguments.act(arguments)
    return code
