"""The partner of the sandbox page: made once, kept over starts, and made anew when it must be."""

import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from backend.access.find_keys import is_good
from backend.access.revoke_key import revoke_key
from backend.cli.demo_partner import ACCOUNT, COMMAND_LINE, new_key, with_partner
from backend.platform.context import Context
from backend.platform.settings import Settings
from bot.sandbox.partner import Partner
from bot.sandbox.server import Sandbox
from models.account import Account
from models.api_key import ApiKey
from models.webhook import Webhook, WebhookStatus
from tests.support.factory.brands import make_account


@pytest.fixture
async def account(database: str) -> Account:
    return await make_account(ACCOUNT)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def started(
    ctx: Context, settings: Settings, port: int = 0
) -> AbstractAsyncContextManager[tuple[Partner, Settings, int]]:
    """As one start of the product has it."""

    @asynccontextmanager
    async def start() -> AsyncIterator[tuple[Partner, Settings, int]]:
        sandbox = Sandbox(settings.data_dir / "sandbox")
        await sandbox.start(port=port)
        try:
            async with with_partner(ctx, settings, "http://127.0.0.1:8080", sandbox) as allowing:
                assert sandbox.box.partner is not None
                yield sandbox.box.partner, allowing, int(sandbox.url.rpartition(":")[2])
        finally:
            await sandbox.stop()

    return start()


async def open_webhooks() -> list[str]:
    return [each.url for each in await Webhook.filter(status=WebhookStatus.ACTIVE)]


async def test_the_next_start_has_the_same_key_and_webhook(
    ctx: Context, account: Account, settings: Settings
) -> None:
    async with started(ctx, settings) as (first, allowing, port):
        assert f"127.0.0.1:{port}" in allowing.http_hosts
        assert await open_webhooks() == [f"http://127.0.0.1:{port}/sandbox/partner/told"]
    async with started(ctx, settings, port) as (again, _, _):
        assert (again.key, again.secret) == (first.key, first.secret)
    assert await ApiKey.all().count() == 1
    kept = settings.data_dir / "sandbox" / "partner.json"
    assert kept.stat().st_mode & 0o777 == 0o600


async def test_at_another_address_and_with_a_damaged_file_they_are_made_anew(
    ctx: Context, account: Account, settings: Settings
) -> None:
    """Also covered: killed after the key and the webhook were made and before the file was."""
    kept = settings.data_dir / "sandbox" / "partner.json"
    keys: list[Any] = []
    for damage in ("none", "other port", "half a file", "killed before the file", "revoked"):
        if damage == "half a file":
            kept.write_bytes(kept.read_bytes()[:20])
        elif damage == "killed before the file":
            kept.unlink()
        elif damage == "revoked":
            key = await ApiKey.all().order_by("-id").first()
            assert key is not None
            await revoke_key(ctx, None, key.public_id)
        async with started(ctx, settings) as (partner, _, port):
            keys.append(partner.key)
            assert await open_webhooks() == [f"http://127.0.0.1:{port}/sandbox/partner/told"]
            good = [key for key in await ApiKey.all() if is_good(key, ctx.clock())]
            assert len(good) == 1
            assert json.loads(kept.read_bytes())["key"] == partner.key
    assert len(set(keys)) == len(keys)


async def test_without_the_demo_brand_there_is_no_partner(
    ctx: Context, database: str, settings: Settings
) -> None:
    sandbox = Sandbox(settings.data_dir / "sandbox")
    await sandbox.start()
    try:
        async with with_partner(ctx, settings, "http://127.0.0.1:8080", sandbox) as allowing:
            assert sandbox.box.partner is None
            assert allowing == settings
    finally:
        await sandbox.stop()


async def test_the_key_of_the_command_line_ends_the_one_before(
    ctx: Context, account: Account
) -> None:
    await new_key(ctx, account, "CRM")
    first = await new_key(ctx, account, COMMAND_LINE, 30)
    second = await new_key(ctx, account, COMMAND_LINE, 30)
    good = {key.public_id for key in await ApiKey.all() if is_good(key, ctx.clock())}
    assert second.key.public_id in good
    assert first.key.public_id not in good
    assert len(good) == 2, "the CRM's own stays"
