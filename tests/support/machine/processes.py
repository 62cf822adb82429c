"""Real Python processes for the tests that need more than one, or one that can be killed."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

ROOT = Path(__file__).parents[3]


async def start_python(module: str, *arguments: str) -> Process:
    """`python -m module arguments…` in the repository, output captured."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, env=dict(os.environ),
        stdout=PIPE, stderr=PIPE,
    )  # fmt: skip


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
