"""kill -9 between the reading of the feed, the request and what is written down of it."""

import signal
from collections import Counter

import pytest

from backend.platform.context import Context
from backend.webhooks.sender import Sender
from models.webhook import WebhookAttempt, WebhookDelivery
from tests.support.clock import StoppedClock
from tests.support.machine.processes import start_python
from tests.webhooks.conftest import Follow, Tell
from tests.webhooks.endpoint import Endpoint
from tests.webhooks.sending import sent

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE webhooks SET read_seq",
        "INSERT INTO webhook_attempts",
        "UPDATE webhook_deliveries SET state",
    ],
)
async def test_nothing_is_lost_and_the_ids_stay(
    statement: str, database: str, follow: Follow, tell: Tell, sender: Sender,
    endpoint: Endpoint, ctx: Context, clock: StoppedClock,
) -> None:  # fmt: skip
    await follow()
    await tell(1, 2, 3, 1)
    key = ctx.vault.service["webhooks"].hex()
    process = await start_python("tests.webhooks.process_killed", database, key, statement)
    _, err = await process.communicate()
    assert process.returncode == -signal.SIGKILL, err.decode()
    heard = 0 if "read_seq" in statement else 3
    assert len(endpoint.got) == heard
    # The process went by the real time, which has gone on.
    clock.advance(minutes=5)
    await sent(sender)
    times = Counter(endpoint.ids)
    assert sorted(times.values()) == [1] + [1 + (heard > 0)] * 3
    customers = [m["data"]["seq"] for _, m in endpoint.got if m["data"]["customer"] == 1]
    assert customers == sorted(customers)
    assert {each.state for each in await WebhookDelivery.all()} == {"delivered"}
    assert await WebhookAttempt.all().count() == 4
