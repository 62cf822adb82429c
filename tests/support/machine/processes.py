"""Real Python processes for the tests that need more than one, or one that can be killed.

Each is forked from a server that has imported the product once (`preloaded.py`): a second of CPU
less for each of some hundreds. What a process does not share with its test is as if it had been
started from a shell: arguments, environment, folder, output, signals, exit code. Tests of a start
itself (what is imported, how much memory it takes) start one of their own.
"""

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
import tempfile
from asyncio import StreamReader
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.reduction import DupFd
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any

from tests.support.machine import servers

ROOT = Path(__file__).parents[3]
_SERVER: ForkServerContext = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.support.machine.preloaded"])


class Process:
    """As asyncio's own: the same names mean the same. Without a standard input."""

    def __init__(self, process: ForkServerProcess, stdout: StreamReader, stderr: StreamReader):
        self._process = process
        self.stdout, self.stderr = stdout, stderr
        self.returncode: int | None = None
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(process.sentinel, self._end)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def _end(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._process.join()
        self.returncode = self._process.exitcode
        self._ended.set()

    async def wait(self) -> int:
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """All that it prints, to its end."""
        out, err, _ = await asyncio.gather(self.stdout.read(), self.stderr.read(), self.wait())
        return out, err

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


async def start_python(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Process:
    """`python -m module arguments…` in the repository, output captured. `environment`: all of it;
    the test's own unless it is given."""
    _make_place()
    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    process = _SERVER.Process(
        target=_run,
        args=(
            module,
            arguments,
            dict(environment or os.environ),
            _Passed(out_end),
            _Passed(err_end),
        ),
    )
    process.start()
    os.close(out_end)
    os.close(err_end)
    return Process(process, await _reader(out), await _reader(err))


async def start_karman(*arguments: str, environment: Mapping[str, str] | None = None) -> Process:
    """`karman arguments…`, as an operator would type it."""
    return await start_python("backend.cli.main", *arguments, environment=environment)


async def finish(process: Process, seconds: float = 60) -> str:
    """Its output; fails with what it printed when it did not end well."""
    try:
        async with asyncio.timeout(seconds):
            out, err = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    assert process.returncode == 0, f"exit code {process.returncode}\n{err.decode()}"
    return out.decode()


@cache
def _make_place() -> None:
    """Where the server listens: removed when this process ends, which is after the run's folder has
    gone with all that is in it."""
    usual = tempfile.tempdir
    tempfile.tempdir = str(servers.folder().parent)
    try:
        get_temp_dir()
    finally:
        tempfile.tempdir = usual


class _Passed:
    """A file descriptor that arrives in the process with its arguments."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __reduce__(self) -> tuple[Callable[[Any], int], tuple[Any]]:
        return _arrived, (DupFd(self._number),)


def _arrived(passed: Any) -> int:
    return int(passed.detach())


def _run(
    module: str, arguments: tuple[str, ...], environment: dict[str, str], out: int, err: int
) -> None:
    for number, ours in ((out, 1), (err, 2)):
        os.dup2(number, ours)
        os.close(number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    if environment.get("PYTHONUNBUFFERED"):
        sys.stdout.reconfigure(line_buffering=True, write_through=True)  # type: ignore[union-attr]
    sys.argv[1:] = arguments
    sys.modules.pop(module, None)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


async def _reader(number: int) -> StreamReader:
    # Whoever does not read must not hold up the process.
    reader = StreamReader(limit=1 << 30)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(number, "rb", buffering=0)
    )
    return reader
