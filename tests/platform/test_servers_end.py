"""The tests' own servers never outlive the tests, however those ended."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.machine import keeper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "run" / "server"
    home.mkdir(parents=True)
    return home


def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])


def keep(owner: int, folder: Path) -> subprocess.Popen[bytes]:
    """A keeper of a server that writes down its pid and then sleeps."""
    server = "import os, pathlib, time; pathlib.Path('pid').write_text(str(os.getpid()))"
    kept = subprocess.Popen(
        [sys.executable, keeper.__file__, str(owner), str(int(signal.SIGTERM)), "", str(folder),
         sys.executable, "-c", f"{server}; time.sleep(100)"]
    )  # fmt: skip
    assert wait_for_pid(folder)
    return kept


def wait_for_pid(folder: Path) -> int:
    written = folder / "pid"
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if written.exists() and (text := written.read_text()):
            return int(text)
        time.sleep(0.02)
    return 0


def is_gone(pid: int) -> bool:
    return keeper.owner_watch(pid)(5)


def test_a_killed_run_leaves_no_server_and_no_files(folder: Path) -> None:
    owner = sleeper()
    kept = keep(owner.pid, folder)
    server = wait_for_pid(folder)
    owner.kill()
    owner.wait()
    assert kept.wait(20) == 0
    assert is_gone(server)
    assert not folder.parent.exists()


def test_a_run_that_ends_stops_its_server(folder: Path) -> None:
    owner = sleeper()
    kept = keep(owner.pid, folder)
    server = wait_for_pid(folder)
    kept.terminate()
    assert kept.wait(20) == 0
    assert is_gone(server)
    assert owner.poll() is None
    owner.kill()
    owner.wait()
