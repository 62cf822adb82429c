"""Servers of the bench's own, and a folder; both are gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.machine import servers


@contextmanager
def scratch() -> Iterator[Path]:
    servers.open_folder()
    try:
        with tempfile.TemporaryDirectory(prefix="karman-bench-") as folder:
            yield Path(folder)
    finally:
        servers.close_folder()
