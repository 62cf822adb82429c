"""Pages of docs/ whose commands are run: what they say, what is answered, and where it differs."""

import asyncio
import json
import os
import re
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path
from typing import Any

from tests.support.source import ROOT

_BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "<<< the end of a block >>>"
Block = tuple[str, Any]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    """Each command with what the page says is answered, None where it does not."""
    found: list[Block] = []
    for kind, part in _BLOCK.findall(text):
        if kind == "sh":
            found.append((part, None))
        else:
            found[-1] = (found[-1][0], json.loads(part))
    return found


async def run(folder: Path, told: list[Block], **known: str) -> list[str]:
    """What each block has printed. One shell for all, as a reader has, which knows these."""
    script = ["set -euo pipefail", *(f"{text}\necho '{_END}'" for text, _ in told)]
    process = await create_subprocess_exec(
        "bash", "-c", "\n".join(script), cwd=folder, stdout=PIPE, stderr=PIPE,
        env={**os.environ, **known},
    )  # fmt: skip
    async with asyncio.timeout(120):
        out, err = await process.communicate()
    printed = out.decode().split(_END)[:-1]
    assert process.returncode == 0, f"block {len(printed) + 1}: {out.decode()}{err.decode()}"
    return printed


def differs(shown: Any, told: Any, way: str = "") -> str:
    """Where the answer is not as shown, "" when it is: it may have more, and … is anything."""
    if isinstance(shown, dict):
        missing = [name for name in shown if name not in told]
        if missing:
            return f"{way}: no {missing}"
        return next(filter(None, (differs(shown[n], told[n], f"{way}/{n}") for n in shown)), "")
    if isinstance(shown, list):
        if len(shown) != len(told):
            return f"{way}: {len(told)} items"
        pairs = enumerate(zip(shown, told, strict=True))
        return next(filter(None, (differs(a, b, f"{way}/{n}") for n, (a, b) in pairs)), "")
    if isinstance(shown, str) and "…" in shown:
        pattern = ".+".join(re.escape(part) for part in shown.split("…"))
        return "" if re.fullmatch(pattern, str(told)) else f"{way}: {told}"
    return "" if shown == told else f"{way}: {told}"


async def check(folder: Path, text: str, **known: str) -> None:
    """Every command of the page runs, in its order, and answers what is shown."""
    told = blocks(text)
    printed = await run(folder, told, **known)
    assert len(printed) == len(told) > 3
    for (command, shown), answer in zip(told, printed, strict=True):
        if shown is not None:
            assert differs(shown, json.loads(answer)) == "", f"{command}\n{answer}"
