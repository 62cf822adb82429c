"""A data folder as `karman demo` makes it, made once per run and copied for every test that is
about something else than the first start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.machine import servers
from tests.support.source import ROOT


def install(folder: Path) -> None:
    """`folder` must not be there yet."""
    shutil.copytree(servers.once("installed", _make), folder)


def _make(home: Path) -> str:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    subprocess.run(
        [sys.executable, "-m", "backend.cli.main", "demo"],
        check=True,
        env=mine | {"KARMAN_DATA_DIR": str(home / "data")},
        capture_output=True,
        cwd=ROOT,
    )
    return str(home / "data")
