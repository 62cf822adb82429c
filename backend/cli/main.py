"""The command line: `karman VERB`. Each verb is a file of backend/cli/verbs/."""

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence

# In the order in which help shows them. A module has `add(verbs)` and imports what is heavy
# only when its verb runs.
VERBS = (
    "up", "web", "bot", "worker", "migrate", "backup", "restored", "demo", "doctor", "brands",
    "design", "offers", "pools", "jobs", "ledger", "api_keys", "facades", "webhooks", "partners",
    "hooks", "sms", "outbox", "consents", "templates", "campaigns", "triggers", "messaging",
    "push", "keys", "customers", "cards", "passes", "audit", "report", "segments", "spending",
    "version",
)  # fmt: skip


def build_parser(only: str = "") -> argparse.ArgumentParser:
    """`only`: a verb as it was typed; when there is one of that name, no other is looked at."""
    parser = argparse.ArgumentParser(
        prog="karman",
        description="Karman: a self-hosted wallet of loyalty cards.",
        epilog="Settings are KARMAN_* variables; karman doctor shows what is set up.",
    )
    verbs = parser.add_subparsers(title="verbs", dest="verb", metavar="VERB", required=True)
    named = only.replace("-", "_")
    for name in (named,) if named in VERBS else VERBS:
        importlib.import_module(f"backend.cli.verbs.{name}").add(verbs)
    return parser


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
