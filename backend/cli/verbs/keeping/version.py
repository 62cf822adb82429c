"""karman version."""

import argparse

from backend.cli.verb import Verbs, verb


def add(verbs: Verbs) -> None:
    verb(verbs, "version", "print the version", run)


def run(_arguments: argparse.Namespace) -> int:
    from importlib.metadata import version

    print(f"karman {version('karman')}")
    return 0
