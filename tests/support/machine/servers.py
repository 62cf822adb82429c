"""Servers that the whole test run shares: started once, by whichever worker needs it first.

The process that was started first (with pytest-xdist the controller) owns them; their
addresses lie in a folder that it names in the environment of its workers. Where the machine has
memory to spare the folder lies there, and with it all that tests write: thousands of databases are
made and thrown away, and a disk's file system takes ten times as long for that.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from tests.support.machine import keeper

FOLDER = "TEST_SERVERS_FOLDER"
OWNER = "TEST_SERVERS_OWNER"
MEMORY = Path("/dev/shm")
MEMORY_FREE = 6 << 30
"""Bytes: a run takes under two gigabytes."""


def open_folder(*, in_memory: bool = False) -> bool:
    """Called before any worker starts. False: whoever started this process (a run of mutants, each
    a run of tests) shares its own folder and closes it. `in_memory`: where the machine has some to
    spare, and nothing is measured."""
    if FOLDER in os.environ:
        return False
    swift = in_memory and _memory_to_spare()
    os.environ[FOLDER] = tempfile.mkdtemp(
        prefix="karman-tests-", dir=MEMORY if swift else _place_for_all()
    )
    os.environ[OWNER] = str(os.getpid())
    folder().chmod(0o711)
    if swift:
        (folder() / "tmp").mkdir()
        os.environ["TMPDIR"] = str(folder() / "tmp")
        tempfile.tempdir = None
    return True


def close_folder() -> None:
    """Called in the owner at the end: stop what was started and wait until it is gone."""
    keepers = [int(path.read_text()) for path in folder().glob("*/keeper.pid")]
    for pid in keepers:
        os.kill(pid, signal.SIGTERM)
    for pid in keepers:
        os.waitstatus_to_exitcode(_collect(pid))
    shutil.rmtree(folder(), ignore_errors=True)
    if os.environ.get("TMPDIR") == str(folder() / "tmp"):
        del os.environ["TMPDIR"]
        tempfile.tempdir = None
    del os.environ[FOLDER]


def _collect(pid: int) -> int:
    """The exit status of our child, or 0 when another worker was its parent."""
    try:
        return os.waitpid(pid, 0)[1]
    except ChildProcessError:
        ended = keeper.owner_watch(pid)
        deadline = time.monotonic() + 2 * keeper.PATIENCE_SECONDS
        while not ended(0.2) and time.monotonic() < deadline:
            pass
        return 0


def folder() -> Path:
    return Path(os.environ[FOLDER])


def once(name: str, make: Callable[[Path], str]) -> str:
    """What `make` answered the first time in this run, in any worker."""
    answer = folder() / f"{name}.answer"
    with FileLock(folder() / f"{name}.lock"):
        if not answer.exists():
            home = folder() / name
            home.mkdir(mode=0o711)
            try:
                answer.write_text(make(home))
            except BaseException:
                # The next test sees the same error, not one about the leftovers.
                shutil.rmtree(home)
                raise
    return answer.read_text()


def start(
    home: Path,
    command: list[str],
    *,
    ready: Callable[[], bool],
    uid: int | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    seconds: float = 30,
) -> None:
    """Start a server under a keeper and wait until it answers. Raises RuntimeError with its
    log."""
    script = [sys.executable, keeper.__file__, os.environ[OWNER], str(int(stop_signal))]
    process = subprocess.Popen(
        [*script, "" if uid is None else str(uid), str(home), *command],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            process.terminate()
            process.wait()
            raise RuntimeError(f"{command[0]} did not start:\n{(home / 'log').read_text()}")
        time.sleep(0.02)
    (home / "keeper.pid").write_text(str(process.pid))
    # Collected in close_folder, or by nobody when we are a worker: both are meant.
    process.returncode = 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> int | None:
    """For servers that refuse root: the user to run them as; None for an ordinary user."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def open_to_all(path: Path) -> bool:
    """Whether any user can enter the folder: all above it have the x bit for others."""
    whole = [path.resolve(), *path.resolve().parents]
    return all(step.stat().st_mode & 0o001 for step in whole)


def _memory_to_spare() -> bool:
    """Programs must be able to start from there, and whoever chose another place is heeded."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return False
    here = os.statvfs(MEMORY)
    free = min(here.f_bavail * here.f_frsize, _available_memory())
    return not here.f_flag & os.ST_NOEXEC and free >= MEMORY_FREE


def _available_memory() -> int:
    """Bytes, as the kernel counts what programs could take."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) << 10
    return 0


def _place_for_all() -> str | None:
    usual = Path(tempfile.gettempdir())
    return None if os.geteuid() != 0 or open_to_all(usual) else "/tmp"
