"""What the processes of tests import, once for all of them: see processes.py."""

import gc

from backend.messaging.telegram import lean_aiogram  # noqa: F401  before aiogram itself

# isort: split
import uvloop  # noqa: F401

from backend.cli import explain, opened, together  # noqa: F401
from backend.cli.main import build_parser
from backend.web import run  # noqa: F401

build_parser()
gc.collect()
gc.freeze()
