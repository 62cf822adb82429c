"""A worker reads the feed on and sends by itself, until it is stopped."""

from pathlib import Path

from backend.platform.context import Context
from backend.platform.settings import load_settings
from backend.worker.webhooks import keep_telling
from models.webhook import WebhookDelivery
from tests.support.machine.running import in_background
from tests.support.machine.waiting import until
from tests.webhooks.conftest import Follow, Tell
from tests.webhooks.endpoint import Endpoint


async def test_told_by_a_worker(
    database: str, follow: Follow, tell: Tell, endpoint: Endpoint, ctx: Context, tmp_path: Path
) -> None:
    settings = load_settings(
        database_url=database, data_dir=tmp_path, webhooks_http_hosts="127.0.0.1"
    )
    await follow()

    async def all_delivered() -> bool:
        return await WebhookDelivery.filter(state="delivered").count() == 3

    async with in_background(keep_telling(ctx, settings)):
        await tell(1, 2, 1)
        await until(all_delivered)
    assert len(endpoint.got) == 3
