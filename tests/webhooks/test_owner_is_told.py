"""A webhook is paused: whoever looks after «Ромашка» gets a letter, once."""

from dataclasses import dataclass, field

import pytest

from backend.brands.tell_webhook_paused import tell_webhook_paused
from backend.events.brands import WebhookPaused
from backend.messaging.channel import Handed, NoTurn, OutcomeUnknown, Turn, Unreachable
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.handover import Handover
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.webhooks.find import told_of_no_pause
from backend.webhooks.subscribe import MOST, WebhookOrder, subscribe
from models.account import Account
from models.message import Message
from models.refusal import Code, Refusal
from models.webhook import Webhook, WebhookStatus
from tests.support.edge.gates import service_goes
from tests.support.outbox import happened

pytestmark = pytest.mark.usefixtures("database")
URL = "https://crm.romashka.example/karman?a=1&b=<2>"


@dataclass
class Mailbox:
    """Notes what it was to send; raises what it was told to."""

    letters: list[Handover] = field(default_factory=list)
    raises: Exception | None = None

    async def turn(self, _handover: Handover) -> Turn:
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        if self.raises is not None:
            raise self.raises
        self.letters.append(handover)
        return Handed("1")


@pytest.fixture
async def paused(ctx: Context, romashka: Account) -> WebhookPaused:
    await Account.filter(id=romashka.id).update(contact_email="it@romashka.example")
    made = await subscribe(ctx, WebhookOrder(romashka.id, URL))
    await Webhook.all().update(status=WebhookStatus.PAUSED.value)
    return WebhookPaused(made.webhook.id, romashka.id, "failed for three days: answers 503")


async def tell(ctx: Context, event: WebhookPaused, mailbox: Mailbox | None, times: int = 1) -> None:
    channels = {"email": mailbox} if mailbox else {}
    once = happened(event)
    for _ in range(times):
        await tell_webhook_paused(GatedChannels(channels, service_goes), ctx, once)


async def test_a_letter_in_both_languages(ctx: Context, paused: WebhookPaused) -> None:
    mailbox = Mailbox()
    await tell(ctx, paused, mailbox, times=2)
    letter, again = mailbox.letters
    assert isinstance(letter.message, Message)
    assert letter.message.once == again.message.once, "mail programs show it once"
    assert letter.person == "it@romashka.example"
    assert letter.message.data["subject"] == "Вебхук приостановлен / A webhook is paused"
    body = letter.message.body
    assert body.count("failed for three days: answers 503") == 2
    assert "a=1&amp;b=&lt;2&gt;" in body
    assert not await Message.exists(), "it is no message to a customer"


async def test_nobody_is_told_of_what_is_over(ctx: Context, paused: WebhookPaused) -> None:
    mailbox = Mailbox()
    await Webhook.all().update(status=WebhookStatus.ACTIVE.value)
    await tell(ctx, paused, mailbox)
    assert mailbox.letters == []


async def test_what_is_in_the_way_is_said(
    ctx: Context, paused: WebhookPaused, romashka: Account
) -> None:
    with pytest.raises(NeedsSettings, match="KARMAN_SMTP_URL"):
        await tell(ctx, paused, None)
    with pytest.raises(TryLater):
        await tell(ctx, paused, Mailbox(raises=OutcomeUnknown()))
    with pytest.raises(GiveUp, match="contact_email"):
        await tell(ctx, paused, Mailbox(raises=Unreachable("no such mailbox", gone=True)))
    assert (await told_of_no_pause(mail=True), await told_of_no_pause(mail=False)) == (
        [], [romashka.key]
    )  # fmt: skip
    await Account.all().update(contact_email="")
    with pytest.raises(GiveUp, match="no contact_email"):
        await tell(ctx, paused, Mailbox())
    assert await told_of_no_pause(mail=True) == [romashka.key]
    await Webhook.all().update(status=WebhookStatus.ENDED.value)
    assert await told_of_no_pause(mail=True) == []


async def test_an_account_has_so_many(ctx: Context, romashka: Account) -> None:
    order = WebhookOrder(romashka.id, URL)
    for _ in range(MOST):
        await subscribe(ctx, order)
    with pytest.raises(Refusal) as refused:
        await subscribe(ctx, order)
    assert (refused.value.code, refused.value.details) == (Code.TOO_MANY_WEBHOOKS, {"most": MOST})
    first = await Webhook.first()
    assert first is not None
    await Webhook.filter(id=first.id).update(status=WebhookStatus.ENDED.value)
    await subscribe(ctx, order)
