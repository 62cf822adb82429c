"""Keep glibc from holding on to memory that the start has used and given back."""

import asyncio
import ctypes
import gc
import os
import sys
from pathlib import Path

_M_ARENA_MAX = -8
_ARENAS = 2
# New objects before the collector looks at them. A tap makes thousands and leaves few behind: at
# the usual 700 it looked several times within each.
_YOUNG = 10_000
# By then the bot has made its menu and the worker its first round.
SETTLED_SECONDS = 6.0
_LOOK_SECONDS = 10.0
# Drawn pictures leave as much behind in a moment.
_GROWN_BYTES = 4 << 20


def few_arenas() -> None:
    """Call before threads start. glibc makes an arena of tens of megabytes' address space per
    thread; the threads here (SQLite, pictures) do little at once."""
    libc = _libc()
    if libc is not None and hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Call when everything is up, and again when it has settled: collects what imports and
    the first start left behind."""
    gc.collect()
    # What is there now stays to the end: later collections need not walk it.
    gc.freeze()
    gc.set_threshold(_YOUNG)
    _trim()


async def keep_lean() -> None:
    """Gives back once all has settled, and then whatever pieces of pictures and answers were freed
    between others; until cancelled."""
    await asyncio.sleep(SETTLED_SECONDS)
    give_back()
    held = _resident()
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        if _resident() - held > _GROWN_BYTES:
            # 20 ms where much is in pieces.
            await asyncio.to_thread(_trim)
            held = _resident()


def _trim() -> None:
    libc = _libc()
    if libc is not None and hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)


def _resident() -> int:
    """Bytes; 0 where the kernel does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform == "linux" else None
