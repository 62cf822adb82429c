"""docs/onboarding.md and docs/partners.md are true: every command runs, in its order, and answers
what the page shows; what it says that one is told comes, signed.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.brands.load_pack import load_pack
from backend.cli.demo_partner import ACCOUNT, BRAND, PROGRAM, new_key
from backend.cli.opened import DEMO_PACK
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.platform.settings import Settings
from backend.web.run import listening
from backend.worker.jobs import keep_working
from backend.worker.schedules import keep_fed
from backend.worker.webhooks import keep_telling
from models.account import Account
from models.offer import Offer
from tests.support.database.sqlite import create_database
from tests.support.machine.processes import finish, start_karman
from tests.support.machine.running import in_background
from tests.support.machine.servers import free_port
from tests.support.machine.waiting import until
from tests.web.api.pages import blocks, check, differs, page, run
from tests.webhooks.endpoint import Endpoint, standing

FULL = frozenset(Right)


@asynccontextmanager
async def served(ctx: Context, hook: str) -> AsyncIterator[str]:
    """A server that may tell `hook`, and the parts of its worker that do and that work through
    files."""
    settings = Settings(listen="127.0.0.1:0", webhooks_http_hosts=urlsplit(hook).netloc)
    async with (
        listening(settings, ctx) as site,
        in_background(keep_fed()),
        in_background(keep_telling(ctx, settings)),
        in_background(keep_working(ctx)),
    ):
        yield site


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """Another installation: its address, and a key of its operator."""
    address = f"127.0.0.1:{free_port()}"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    environment = bare | {
        "KARMAN_DATABASE_URL": create_database(tmp_path / "elsewhere.db", migrated=True),
        "KARMAN_DATA_DIR": str(tmp_path / "elsewhere"),
        "KARMAN_LISTEN": address,
        "KARMAN_LOG_LEVEL": "error",
    }
    words = ("api-keys", "issue", "--operator", "--scopes", "all", "--name", "duty")
    told = await finish(await start_karman(*words, environment=environment))
    key = next(word for word in told.split() if word.startswith("karman_"))
    web = await start_karman("web", environment=environment)
    try:
        yield f"http://{address}", key
    finally:
        web.terminate()
        await web.communicate()


async def the_engineers_tour(folder: Path, site: str, endpoint: Endpoint, **known: str) -> None:
    await check(folder, page("partners.md"), KARMAN=site, **known)
    # Whatever was sent before its secret was known here is verified now.
    endpoint.secret = json.loads((folder / "webhook.json").read_text())["secret"]
    assert all(endpoint.is_signed(body, headers) for body, headers in endpoint.raw)
    await until(lambda: "card.assigned" in endpoint.types, "the webhook")


async def test_a_brand_comes_on_board_and_its_engineer_starts(
    database: str, ctx: Context, tmp_path: Path, elsewhere: tuple[str, str]
) -> None:
    duty = await issue_key(ctx.acting(OPERATOR, CLI), KeyOrder(None, "duty", FULL))
    other, other_duty = elsewhere
    endpoint = Endpoint()
    async with standing(endpoint) as hook, served(ctx, hook) as site:
        await until_it_answers(other)
        names = {"ELSEWHERE": other, "OPERATOR_ELSEWHERE": other_duty}
        await check(tmp_path, page("onboarding.md"), KARMAN=site, OPERATOR=duty.text, **names)
        assert (await Offer.get()).status == "published"
        made = KeyOrder((await Account.get()).id, "CRM", FULL - {Right.OPERATOR})
        key = (await issue_key(ctx.acting(OPERATOR, CLI), made)).text
        known = {"KEY": key, "PROGRAM": "lavka-card", "BRAND": "lavka", "HOOK": hook}
        await the_engineers_tour(tmp_path, site, endpoint, **known)


async def test_the_engineer_starts_with_the_demo(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    await load_pack(ctx.acting(OPERATOR, CLI), DEMO_PACK)
    account = await Account.get(key=ACCOUNT)
    key = (await new_key(ctx.acting(OPERATOR, CLI), account, "tour")).text
    endpoint = Endpoint()
    async with standing(endpoint) as hook, served(ctx, hook) as site:
        known = {"KEY": key, "PROGRAM": PROGRAM, "BRAND": BRAND, "HOOK": hook}
        await the_engineers_tour(tmp_path, site, endpoint, **known)


async def until_it_answers(site: str) -> None:
    async def answers() -> bool:
        shell = f"curl -s {site}/readyz || true"
        return "ok" in (await run(Path.cwd(), [(shell, None)]))[0]

    await until(answers, site)


def test_what_differs_is_seen() -> None:
    assert differs({"a": ["…", 1]}, {"a": ["x", 1], "b": 2}) == ""
    assert differs({"a": ["…", 1]}, {"a": ["x", 2]}) == "/a/1: 2"
    assert differs({"a": 1}, {}) == ": no ['a']"
    assert len(blocks("```sh\nls\n```\n\n```json\n[]\n```\n")) == 1
