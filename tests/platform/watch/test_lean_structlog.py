"""The log does without what only draws tracebacks."""

import subprocess
import sys

from tests.support.source import ROOT

ASKED = """
import sys
import backend.platform.watch.log
print([name for name in sys.modules if name.partition(".")[0] in {"rich", "pygments"}])
import rich
"""


def test_rich_stays_out_of_memory_and_can_be_had_by_others() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]", told.stderr
