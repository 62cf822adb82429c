"""Runs one server for the tests and ends it when its owner is gone, however that ended.

Started as a script in a session of its own, so that Ctrl-C in the terminal reaches the
tests and not the server; a `kill -9` of the tests is noticed all the same. Stands alone:
standard library only.

Usage: keeper.py OWNER_PID STOP_SIGNAL UID FOLDER COMMAND…   (UID "" keeps the present one)
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_SECONDS = 5


def owner_watch(owner: int) -> Callable[[float], bool]:
    """A function that waits up to so many seconds and says whether the owner is gone."""
    if not hasattr(os, "pidfd_open"):
        return lambda seconds: _gone_after(owner, seconds)
    try:
        # Readable once the process ended, even while nobody has collected its exit code.
        handle = os.pidfd_open(owner)
    except ProcessLookupError:
        return lambda seconds: True
    return lambda seconds: bool(select.select([handle], [], [], seconds)[0])


def _gone_after(pid: int, seconds: float) -> bool:
    time.sleep(seconds)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def keep(owner: int, stop_signal: int, uid: int | None, folder: Path, command: list[str]) -> None:
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: stopped.append(number))
    gone = owner_watch(owner)
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
            user=uid, group=uid, extra_groups=None if uid is None else [],
        )  # fmt: skip
    try:
        while server.poll() is None and not stopped and not gone(0.2):
            pass
    finally:
        end(server, stop_signal)
        if gone(0):
            # Nobody is left to tidy up what the run shared.
            shutil.rmtree(folder.parent, ignore_errors=True)


def end(server: subprocess.Popen[bytes], stop_signal: int) -> None:
    if server.poll() is not None:
        return
    server.send_signal(stop_signal)
    try:
        server.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    owner_text, signal_text, uid_text, folder_text, *server_command = sys.argv[1:]
    keep(
        int(owner_text),
        int(signal_text),
        int(uid_text) if uid_text else None,
        Path(folder_text),
        server_command,
    )
