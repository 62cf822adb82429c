"""The reader's processes: bounded, replaceable, and without secrets."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.reading.reader import Reader
from backend.reading.result import Unreadable
from tests.reading import hostile_files as hostile
from tests.support.machine.waiting import until

CARD = hostile.saved(hostile.card(), "PNG")


def told_by_kernel(pid: int, name: str) -> bytes:
    return Path(f"/proc/{pid}/{name}").read_bytes()


def has_ended(pid: int) -> bool:
    """Gone, or dead and not collected yet."""
    try:
        return told_by_kernel(pid, "stat").rpartition(b") ")[2].startswith(b"Z")
    except (FileNotFoundError, ProcessLookupError):
        return True


def cpu_of(pid: int) -> int:
    """What it has used so far, in ticks."""
    return int(told_by_kernel(pid, "stat").rpartition(b") ")[2].split()[11])


async def test_whoever_comes_after_a_full_queue_is_told_so() -> None:
    async with Reader(waiting=2) as reader:
        readings = await asyncio.gather(*(reader.read(CARD) for _ in range(5)))
    refused = [reading.refused for reading in readings]
    assert refused == [None, None, None, Unreadable.BUSY, Unreadable.BUSY]


async def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    async with Reader(seconds=20) as reader:
        await reader.read(CARD)
        slow = Reader(seconds=0.05)
        async with slow:
            assert (await slow.read(hostile.explosive_pdf())).refused is Unreadable.TOO_DEMANDING
            assert slow.pids == []
        assert len((await reader.read(CARD)).barcodes) == 1


async def test_a_process_that_dies_is_replaced(reader: Reader) -> None:
    await reader.read(CARD)
    (pid,) = reader.pids
    os.kill(pid, signal.SIGKILL)
    await until(lambda: has_ended(pid), "the end of the process")
    assert len((await reader.read(CARD)).barcodes) == 1
    assert reader.pids != [pid]


async def test_ctrl_c_in_the_terminal_is_for_the_parent(reader: Reader) -> None:
    """It reaches the whole group of processes; the libraries' farewells would fill the screen."""
    await reader.read(CARD)
    pids = reader.pids
    # A signal that is not ignored comes before the process does anything else.
    os.kill(pids[0], signal.SIGINT)
    assert len((await reader.read(CARD)).barcodes) == 1
    assert reader.pids == pids


async def test_anna_goes_away_while_her_photo_is_read(reader: Reader) -> None:
    await reader.read(CARD)
    (pid,) = reader.pids
    before = cpu_of(pid)
    reading = asyncio.create_task(reader.read(hostile.picture_bomb_pdf(8000)))
    await until(lambda: cpu_of(pid) > before, "a file that is being read")
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert len((await reader.read(CARD)).barcodes) == 1


async def test_closing_ends_the_processes_and_answers_who_waits() -> None:
    reader = Reader()
    await reader.read(CARD)
    (pid,) = reader.pids
    waiting = [asyncio.create_task(reader.read(CARD)) for _ in range(3)]
    await asyncio.sleep(0)
    await reader.close()
    began = time.monotonic()
    readings = await asyncio.gather(*waiting)
    assert time.monotonic() - began < 10
    assert {reading.refused for reading in readings} <= {
        Unreadable.BUSY,
        Unreadable.TOO_DEMANDING,
    }
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert (await reader.read(CARD)).refused is Unreadable.BUSY
    assert reader.pids == []


async def test_the_process_is_bounded_and_knows_no_secret(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KARMAN_MASTER_KEY", "do not tell")
    await reader.read(CARD)
    (pid,) = reader.pids
    assert b"KARMAN" not in told_by_kernel(pid, "environ")
    limits = told_by_kernel(pid, "limits").decode()
    rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert int(rows["Max address space"]) == 900 * 1024 * 1024
    assert rows["Max file size"] == "0"
    assert rows["Max core file size"] == "0"
    assert int(rows["Max cpu time"]) < 120


def test_who_asks_does_not_load_what_reads() -> None:
    loads = "import sys, backend.reading.reader; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", loads], check=True, capture_output=True, text=True)
    assert not {"numpy", "zxingcpp", "pypdfium2"} & set(run.stdout.split())
