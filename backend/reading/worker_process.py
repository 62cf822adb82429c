"""What runs in a worker process of `Reader`: jobs come in, answers go out, all as bytes.

The process holds no secret, opens no file and may use only so much memory and time: a decoder
that is broken by a hostile file dies alone. It stands back behind whoever serves people.
"""

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from backend.reading.frames import LENGTH, Frame, packed, unpacked
from backend.reading.jobs import answer

MEMORY = 900 * 1024 * 1024
"""Bytes of address space."""


def main() -> None:
    """Does jobs from standard input until it closes."""
    # Ctrl-C is told to every process of a terminal: whoever started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(packed(Frame({"ready": True})))
    answers.flush()
    while (job := _next_job(jobs)) is not None:
        _bound_time(int(job.head["seconds"]))
        for frame in _answered(job):
            answers.write(packed(frame))
        answers.flush()


def _next_job(jobs: BinaryIO) -> Frame | None:
    head = jobs.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    length = LENGTH.unpack(head)[0]
    body = jobs.read(length)
    return unpacked(body) if len(body) == length else None


def _answered(job: Frame) -> Iterator[Frame]:
    """Every job is answered; a bug that a file has found is told by its place, not its text."""
    try:
        yield from answer(job)
    except MemoryError:
        yield Frame({"end": True, "failed": "memory"})
    except Exception as bug:  # noqa: BLE001  whatever a library raises of a hostile file
        last = traceback.extract_tb(bug.__traceback__)[-1]
        place = f"{type(bug).__name__} at {Path(last.filename).name}:{last.lineno}"
        yield Frame({"end": True, "failed": place})


if sys.platform == "win32":

    def _bound_memory() -> None:
        """Windows knows no such limits; the reader's time limit holds there too."""

    def _bound_time(_seconds: int) -> None:
        """See above."""

else:
    import resource

    def _bound_memory() -> None:
        os.nice(10)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def _bound_time(seconds: int) -> None:
        """Of CPU, from now on: the kernel ends the process, also when its parent is gone."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


if __name__ == "__main__":
    main()
