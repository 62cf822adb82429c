"""karman webhooks: where accounts are told of what happens, and what was sent there."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from backend.cli.moment import moment
from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from backend.webhooks.log_of_deliveries import Logged
    from backend.webhooks.subscribe import Subscribed
    from models.webhook import Webhook

T = TypeVar("T")
OVERLAP_HOURS = 24
MOST_HOURS = 24 * 90
_REFUSED = {
    "webhook_not_found": "no webhook has this id; karman webhooks list shows them",
    "webhook_ended": "this webhook has ended: add another one",
    "webhook_url_refused": "the address is refused ({reason}): expected https and a public host",
    "too_many_webhooks": "an account has {most} webhooks at most: end one that is not needed",
    "delivery_not_found": "no message with this id was sent there, or it has gone",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "webhooks", "add, list, steer webhooks; what was sent, and again", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = actions.add_parser("add", help="tell an address of what happens; shows the secret, once")
    new.add_argument("account", metavar="ACCOUNT", help="the account's key")
    new.add_argument("url", metavar="URL", help="https://…")
    new.add_argument("--events", default="", metavar="A,B", help="only these kinds (all)")
    listed = actions.add_parser("list", help="webhooks, the newest first")
    listed.add_argument("account", nargs="?", metavar="ACCOUNT", help="the account's key")
    for name, explained in _NAMED.items():
        named = actions.add_parser(name, help=explained)
        named.add_argument("webhook", metavar="ID", help="as list shows it")
        _options(name, named)


_NAMED = {
    "pause": "send nothing until it is resumed",
    "resume": "go on from where it was",
    "end": "send nothing ever again",
    "rotate": "a new secret; for a while messages are signed by both",
    "test": "send a test message",
    "deliveries": "what was sent and answered, the newest first",
    "replay": "send again what was sent or given up",
}


def _options(name: str, named: argparse.ArgumentParser) -> None:
    if name == "rotate":
        hours = f"until the old secret ends ({OVERLAP_HOURS})"
        named.add_argument("--overlap", type=int, default=OVERLAP_HOURS, metavar="H", help=hours)
    if name == "deliveries":
        named.add_argument("--state", choices=("waiting", "delivered", "failed"), help="only these")
        named.add_argument("--limit", type=int, default=20, metavar="N", help="how many (20)")
    if name == "replay":
        named.add_argument("--message", default="", metavar="ID", help="one message")
        named.add_argument("--since", metavar="TIME", help="2026-11-27, or with T12:30; UTC")
        named.add_argument("--until", metavar="TIME", help="without this moment")


def run(arguments: argparse.Namespace) -> int:
    actions = {
        "add": new, "list": listed, "pause": steer, "resume": steer, "end": steer,
        "rotate": rotate, "test": test, "deliveries": deliveries, "replay": replay_some,
    }  # fmt: skip
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def new(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cli.explain import CannotRun
    from backend.platform.settings import load_settings
    from backend.webhooks.subscribe import WebhookOrder, subscribe
    from models.account_change import ChangeKind

    try:
        names = [each.strip() for each in arguments.events.split(",") if each.strip()]
        kinds = frozenset(ChangeKind(name) for name in names)
    except ValueError:
        raise CannotRun(f"--events: expected some of {', '.join(ChangeKind)}") from None
    order = WebhookOrder(await _account_id(arguments.account), arguments.url, kinds)
    show(await subscribe(ctx, order, load_settings().http_hosts))


async def _account_id(key: str) -> int:
    from backend.access.whose import account_called
    from backend.cli.explain import CannotRun

    account = await account_called(key)
    if account is None:
        raise CannotRun(f"no account has the key {key}")
    return int(account.id)


async def listed(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.webhooks.find import list_webhooks

    account = await _account_id(arguments.account) if arguments.account else None
    for webhook in await list_webhooks(account):
        print(told(webhook))


async def steer(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.webhooks.steer import steer
    from models.webhook import WebhookStatus

    to = {"pause": WebhookStatus.PAUSED, "resume": WebhookStatus.ACTIVE, "end": WebhookStatus.ENDED}
    webhook = await steer(ctx, None, arguments.webhook, to[arguments.action])
    print(f"{webhook.public_id} is {webhook.status}")


async def rotate(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cli.explain import CannotRun
    from backend.webhooks.rotate_secret import rotate_secret

    if not 0 <= arguments.overlap <= MOST_HOURS:
        raise CannotRun(f"--overlap {arguments.overlap}: expected 0 to {MOST_HOURS} hours")
    overlap = timedelta(hours=arguments.overlap)
    show(await rotate_secret(ctx, None, arguments.webhook, overlap))


async def test(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.webhooks.send_test import send_test

    print(await send_test(ctx, None, arguments.webhook))


async def deliveries(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.webhooks.find import webhook_named
    from backend.webhooks.log_of_deliveries import log_of_deliveries

    webhook = await webhook_named(None, arguments.webhook)
    for logged in await log_of_deliveries(webhook, arguments.state, arguments.limit):
        print("\n".join(lines_of(logged)))


async def replay_some(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cli.explain import CannotRun
    from backend.webhooks.replay import Span, replay

    since, until = moment("--since", arguments.since), moment("--until", arguments.until)
    if bool(arguments.message) == bool(since):
        raise CannotRun("expected --message ID, or --since TIME")
    span = Span(arguments.message, since, until)
    number = await replay(ctx, None, arguments.webhook, span)
    print(f"messages that go again: {number}")


def show(made: "Subscribed") -> None:
    """The secret alone on the first line, so that a script can take it."""
    print(made.secret)
    print(f"Keep it: it is shown this once. The webhook's id is {made.webhook.public_id}.")


def told(webhook: "Webhook") -> str:
    """ "8fJ2kQ0aZx  active  romashka  https://…  card.registered,…"."""
    kinds = ",".join(webhook.kinds) or "all"
    why = f"  {webhook.reason}" if webhook.reason else ""
    whose = webhook.account.key
    return f"{webhook.public_id}  {webhook.status:6}  {whose}  {webhook.url}  {kinds}{why}"


def lines_of(logged: "Logged") -> list[str]:
    """The message, and a line for each attempt."""
    one = logged.delivery
    lines = [f"{one.message_id}  {one.state:9}  {one.created_at:%Y-%m-%d %H:%M:%S}  {one.kind}"]
    for each in logged.attempts:
        answer = " ".join(each.answer.split())[:200]
        said = f"{each.status} {answer}" if each.status is not None else each.error
        lines.append(f"    {each.at:%Y-%m-%d %H:%M:%S}  {each.took_ms} ms  {said}")
    return lines
