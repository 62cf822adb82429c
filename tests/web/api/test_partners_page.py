"""docs/partners.md is true: every command runs, in its order, and answers what the page shows; what
it says that one is told comes, signed.
"""

import asyncio
import json
import os
import re
from asyncio.subprocess import PIPE, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.platform.settings import Settings
from backend.web.run import listening
from backend.worker.jobs import keep_working
from backend.worker.schedules import keep_fed
from backend.worker.webhooks import keep_telling
from tests.support.machine.running import in_background
from tests.support.machine.waiting import until
from tests.support.source import ROOT
from tests.webhooks.endpoint import Endpoint, standing

PAGE = ROOT / "docs" / "partners.md"
_BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "<<< the end of a block >>>"


def blocks(page: str = "") -> list[tuple[str, Any]]:
    """Each command with what the page says is answered, None where it does not."""
    found: list[tuple[str, Any]] = []
    for kind, text in _BLOCK.findall(page or PAGE.read_text(encoding="utf-8")):
        if kind == "sh":
            found.append((text, None))
        else:
            found[-1] = (found[-1][0], json.loads(text))
    return found


async def run(folder: Path, told: list[tuple[str, Any]], **known: str) -> list[str]:
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


@asynccontextmanager
async def telling(ctx: Context, hook: str) -> AsyncIterator[tuple[str, str]]:
    """A server that may tell `hook`, the parts of its worker that do and that work through files,
    and the operator's key."""
    settings = Settings(listen="127.0.0.1:0", webhooks_http_hosts=urlsplit(hook).netloc)
    duty = await issue_key(ctx.acting(OPERATOR, CLI), KeyOrder(None, "duty", frozenset(Right)))
    async with (
        listening(settings, ctx) as site,
        in_background(keep_fed()),
        in_background(keep_telling(ctx, settings)),
        in_background(keep_working(ctx)),
    ):
        yield site, duty.text


async def test_every_command_runs_and_answers_what_is_shown(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    endpoint = Endpoint()
    async with standing(endpoint) as hook, telling(ctx, hook) as (site, operator):
        printed = await run(tmp_path, blocks(), KARMAN=site, OPERATOR=operator, HOOK=hook)
        # Whatever was sent before its secret was known here is verified now.
        endpoint.secret = json.loads((tmp_path / "webhook.json").read_text())["secret"]
        assert all(endpoint.is_signed(body, headers) for body, headers in endpoint.raw)
        await until(lambda: "card.assigned" in endpoint.types, "the webhook")
    assert len(printed) == len(blocks()) > 10
    for (command, shown), told in zip(blocks(), printed, strict=True):
        if shown is not None:
            assert differs(shown, json.loads(told)) == "", f"{command}\n{told}"


def test_what_differs_is_seen() -> None:
    assert differs({"a": ["…", 1]}, {"a": ["x", 1], "b": 2}) == ""
    assert differs({"a": ["…", 1]}, {"a": ["x", 2]}) == "/a/1: 2"
    assert differs({"a": 1}, {}) == ": no ['a']"
