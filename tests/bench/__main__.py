"""`python -m tests.bench [only NAME …]`: runs the benches beside this file."""

import asyncio
import importlib
import inspect
import pkgutil
import sys
import traceback
from pathlib import Path
from types import ModuleType

from tests.bench.harness import RESULTS, Report, header, say


def benches() -> dict[str, ModuleType]:
    """Every module here with a NAME and a `run(report)`, plain or async."""
    found = {}
    for module in sorted(pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda m: m.name):
        if module.name == "__main__":
            continue
        loaded = importlib.import_module(f"tests.bench.{module.name}")
        if hasattr(loaded, "NAME") and hasattr(loaded, "run"):
            found[str(loaded.NAME)] = loaded
    return found


def run(name: str, bench: ModuleType) -> bool:
    """Runs one bench; a failure is printed and does not stop the others."""
    try:
        outcome = bench.run(Report(name))
        if inspect.iscoroutine(outcome):
            asyncio.run(outcome)
    except Exception:  # noqa: BLE001 - whatever breaks one bench, the others still report
        say(f"{name}: failed")
        traceback.print_exc()
        return False
    return True


def main(arguments: list[str]) -> int:
    """0 when all chosen benches ran, 1 when one failed, 2 for an unknown name."""
    every = benches()
    chosen = arguments[1:] if arguments[:1] == ["only"] else arguments
    if unknown := [name for name in chosen if name not in every]:
        say(f"no bench named {', '.join(unknown)}; there are: {', '.join(every)}")
        return 2
    if not chosen:
        RESULTS.unlink(missing_ok=True)
    say(header())
    finished = [run(name, every[name]) for name in chosen or every]
    return 0 if all(finished) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
