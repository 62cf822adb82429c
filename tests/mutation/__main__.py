"""`make mutants only=PACKAGE`: changes in the code that the package's own tests must notice.

    python -m tests.mutation PACKAGE [SAMPLE] [MINUTES]

SAMPLE: how many mutants of each room are tried, chosen by a fixed seed (`all`: every one).
MINUTES: after which the run stops; the next one goes on where it stopped.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.mutation.equivalent import equivalents
from tests.mutation.report import Figures, read_figures, total
from tests.mutation.rooms import NoSuchRoom, Quota, all_rooms, rooms_of
from tests.mutation.workplace import prepare
from tests.support.machine import servers

USUAL_SAMPLE, USUAL_MINUTES = 200, 60
AIM = 85
# For pytest to end the test in hand and write down what was tried.
GRACE_SECONDS = 60


def main(word: str, sample: str = "", minutes: str = "") -> int:
    try:
        rooms = rooms_of(word)
    except NoSuchRoom as wrong:
        print(wrong)
        return 2
    most = sys.maxsize if sample == "all" else int(sample or USUAL_SAMPLE)
    until = time.monotonic() + 60 * float(minutes or USUAL_MINUTES)
    servers.open_folder(in_memory=True)
    try:
        figures = [found for room in rooms if (found := _tried(room, most, until)) is not None]
    finally:
        servers.close_folder()
    for each in figures:
        for survivor in each.survived:
            print(f"\n{survivor}")
    print()
    for each in [*figures, total(figures)] if len(figures) > 1 else figures:
        print(each.line())
    return 0 if figures else 1


def _tried(room: Quota, most: int, until: float) -> Figures | None:
    """None when the time was over before this room's turn."""
    if time.monotonic() > until:
        print(f"{room.package}: no time left, run again")
        return None
    inner = [each.package for each in all_rooms() if each.package.startswith(f"{room.package}/")]
    place = prepare(room, inner)
    (place / "verdict.json").unlink(missing_ok=True)
    print(f"{room.package}: mutants against {', '.join(room.tests)}", flush=True)
    _run(place, most, until)
    if not (place / "verdict.json").exists():
        print((place / "log").read_text()[-3000:])
        return None
    return read_figures(room.package, place, equivalents())


def _run(place: Path, most: int, until: float) -> None:
    command = [sys.executable, "-m", "tests.mutation.inside", str(most)]
    environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    with (place / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=log, stderr=log)
        try:
            process.wait(max(until - time.monotonic(), 1))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            process.wait(GRACE_SECONDS)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
