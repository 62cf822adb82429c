"""docket is imported without what checks a store that nobody here uses."""

import subprocess
import sys

ALONE = """
import sys
import backend.worker.queue, bot.run, backend.web.app, backend.worker.run
heavy = {"beartype", "asyncpg", "rapidfuzz"}
print(sorted({name.partition(".")[0] for name in sys.modules} & heavy))
import beartype
from beartype.claw import beartype_this_package
print(beartype.__file__ is not None, beartype_this_package.__module__)
"""


def test_what_only_some_need_is_not_imported_and_the_real_beartype_is_there_later() -> None:
    found = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, check=True
    )
    first, second = found.stdout.splitlines()
    assert first == "[]"
    assert second.startswith("True beartype.claw")
