"""docs/partners.md is true: every command runs, in its order, and answers what the page shows."""

import asyncio
import json
import os
import re
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path
from typing import Any

from tests.support.caller import Caller
from tests.support.source import ROOT

PAGE = ROOT / "docs" / "partners.md"
_BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "<<< the end of a block >>>"


def blocks() -> list[tuple[str, Any]]:
    """Each command with what the page says is answered, None where it does not."""
    found: list[tuple[str, Any]] = []
    for kind, text in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "sh":
            found.append((text, None))
        else:
            found[-1] = (found[-1][0], json.loads(text))
    return found


async def run(folder: Path, site: str, operator: str) -> list[str]:
    """What each block has printed. One shell for all, as a reader has."""
    script = ["set -euo pipefail", *(f"{text}\necho '{_END}'" for text, _ in blocks())]
    process = await create_subprocess_exec(
        "bash", "-c", "\n".join(script), cwd=folder, stdout=PIPE, stderr=PIPE,
        env={**os.environ, "KARMAN": site, "OPERATOR": operator},
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


async def test_every_command_runs_and_answers_what_is_shown(duty: Caller, tmp_path: Path) -> None:
    site = str(duty.session._base_url).rstrip("/")
    printed = await run(tmp_path, site, duty.key)
    assert len(printed) == len(blocks()) > 10
    for (command, shown), told in zip(blocks(), printed, strict=True):
        if shown is not None:
            assert differs(shown, json.loads(told)) == "", f"{command}\n{told}"


def test_what_differs_is_seen() -> None:
    assert differs({"a": ["…", 1]}, {"a": ["x", 1], "b": 2}) == ""
    assert differs({"a": ["…", 1]}, {"a": ["x", 2]}) == "/a/1: 2"
    assert differs({"a": 1}, {}) == ": no ['a']"
