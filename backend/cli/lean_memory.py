"""Keep glibc from holding on to memory that the start has used and given back."""

import ctypes
import gc
import sys

_M_ARENA_MAX = -8
_ARENAS = 2
# New objects before the collector looks at them. A tap makes thousands and leaves few behind: at
# the usual 700 it looked several times within each.
_YOUNG = 10_000


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
    libc = _libc()
    if libc is not None and hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform == "linux" else None
