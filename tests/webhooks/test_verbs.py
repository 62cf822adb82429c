"""The operator steers webhooks at the command line."""

from argparse import Namespace

import pytest

from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.partners import webhooks
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.webhooks.sender import Sender
from models.account import Account
from models.audit_entry import AuditEntry
from models.webhook import Webhook
from tests.webhooks.conftest import Follow, Tell
from tests.webhooks.endpoint import Endpoint
from tests.webhooks.sending import sent

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def operator(ctx: Context) -> Context:
    return ctx.acting(OPERATOR, CLI)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """Without the log, which a process writes elsewhere."""
    lines = capsys.readouterr().out.splitlines(keepends=True)
    return "".join(line for line in lines if "[info" not in line)


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["webhooks", *words])


async def test_added_tested_rotated(
    operator: Context, romashka: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "https://crm.romashka.example/karman"
    await webhooks.new(typed("add", romashka.key, url, "--events", "pool.low"), operator)
    secret, kept, *_ = printed(capsys).split("\n")
    name = (await Webhook.get()).public_id
    assert secret.startswith("whsec_")
    assert name in kept
    await webhooks.listed(typed("list", romashka.key), operator)
    line = f"{name}  active  romashka  {url}  pool.low\n"
    assert printed(capsys) == line
    await webhooks.rotate(typed("rotate", name), operator)
    assert printed(capsys).split("\n")[0] != secret
    await webhooks.test(typed("test", name), operator)
    for verb, status in (("pause", "paused"), ("resume", "active"), ("end", "ended")):
        await webhooks.steer(typed(verb, name), operator)
        assert (await Webhook.get()).status == status
    verbs = [each.verb for each in await AuditEntry.all().order_by("id")]
    assert verbs == [
        "save_webhook", "rotate_webhook", "test_webhook", "pause_webhook", "resume_webhook",
        "end_webhook",
    ]  # fmt: skip
    assert secret not in repr(await AuditEntry.all().values())


async def test_what_was_sent_and_again(
    operator: Context, follow: Follow, tell: Tell, sender: Sender, endpoint: Endpoint,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    name = (await follow()).webhook.public_id
    await tell(1)
    await sent(sender)
    await webhooks.deliveries(typed("deliveries", name), operator)
    message, attempt, *_ = printed(capsys).split("\n")
    assert message.startswith(f"{endpoint.ids[0]}  delivered")
    assert attempt.rstrip().endswith("ms  204")
    await webhooks.replay_some(typed("replay", name, "--message", endpoint.ids[0]), operator)
    assert printed(capsys) == "messages that go again: 1\n"
    await sent(sender)
    assert endpoint.ids[0] == endpoint.ids[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "nobody", "https://a.example/"), "no account has the key nobody"),
        (("add", "romashka", "https://a.example/", "--events", "card.lost"), "--events: expected"),
    ],
)
async def test_a_mistake_is_one_line(
    operator: Context, romashka: Account, words: tuple[str, ...], said: str
) -> None:
    del romashka
    with pytest.raises(CannotRun, match=said):
        await webhooks.new(typed(*words), operator)


async def test_a_span_or_a_message(operator: Context) -> None:
    with pytest.raises(CannotRun, match="--message ID, or --since TIME"):
        await webhooks.replay_some(typed("replay", "x"), operator)
