"""What the verb files share."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

# What argparse calls its own private type.
Verbs = Any
Run = Callable[[argparse.Namespace], int | None]


def verb(verbs: Verbs, name: str, explained: str, run: Run) -> argparse.ArgumentParser:
    """Add a verb with its help and what it runs."""
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, description=explained[:1].upper() + explained[1:] + "."
    )
    parser.set_defaults(run=run)
    return parser


def run_async(main: Coroutine[Any, Any, int | None]) -> int:
    """Run to the end on the fastest loop at hand."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main) or 0


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop
