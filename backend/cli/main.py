"""The command line: `karman VERB`. Each verb is a file in a room of backend/cli/verbs/."""

import argparse
import gc
import importlib
import sys
from collections.abc import Mapping, Sequence

# In the order in which help shows them; a room is a folder of backend/cli/verbs/. A module has
# `add(verbs)` and imports what is heavy only when its verb runs.
ROOMS = {
    "running": ("up", "web", "bot", "worker"),
    "brands": ("demo", "brands", "design", "offers", "pools", "jobs", "ledger"),
    "partners": ("api_keys", "facades", "webhooks", "partners", "hooks", "sms"),
    "people": ("customers", "cards", "passes"),
    "reaching": (
        "templates", "campaigns", "triggers", "messaging", "push", "segments", "report", "spending",
    ),
    "keeping": (
        "migrate", "backup", "restored", "doctor", "keys", "outbox", "consents", "audit", "version",
    ),
}  # fmt: skip
ROOM_OF = {name: room for room, names in ROOMS.items() for name in names}
WIDEST = 11


def build_parser(only: str = "") -> argparse.ArgumentParser:
    """`only`: a verb as it was typed; when there is one of that name, no other is looked at."""
    parser = argparse.ArgumentParser(
        prog="karman",
        usage="karman [-h] VERB ...",
        description="Karman: a self-hosted wallet of loyalty cards.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(
        prog="karman", dest="verb", metavar="VERB", required=True, help=argparse.SUPPRESS
    )
    named = only.replace("-", "_")
    for name in (named,) if named in ROOM_OF else ROOM_OF:
        importlib.import_module(f"backend.cli.verbs.{ROOM_OF[name]}.{name}").add(verbs)
    parser.epilog = _epilog(verbs.choices)
    return parser


def _epilog(parsers: Mapping[str, argparse.ArgumentParser]) -> str:
    """The verbs by their rooms, as argparse cannot."""
    lines = []
    for room, names in ROOMS.items():
        here = [name for name in (each.replace("_", "-") for each in names) if name in parsers]
        if here:
            lines.append(importlib.import_module(f"backend.cli.verbs.{room}").__doc__ or room)
            lines += [f"  {name:{WIDEST}}{parsers[name].description}" for name in here]
            lines.append("")
    return "\n".join(
        [*lines, "Settings are KARMAN_* variables; karman doctor shows what is set up."]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0, 1 for an error told in one line, 2 for a wrong command."""
    typed = sys.argv[1:] if arguments is None else arguments
    chosen = build_parser(*typed[:1]).parse_args(typed)
    try:
        code: int = chosen.run(chosen) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from backend.cli.explain import explain, wants_trace

        line = explain(error)
        if line is None or wants_trace():
            raise
        print(line, file=sys.stderr)
        return 1
    finally:
        # What was frozen for the collector would be reported as leaked by the barcode library.
        gc.unfreeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
