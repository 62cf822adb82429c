"""WebhookPaused → whoever looks after the account gets a letter."""

from backend.events.brands import WebhookPaused
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.staff_letter import StaffLetter, send_staff_letter
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.failures import GiveUp
from models.account import Account
from models.webhook import Webhook, WebhookStatus

NO_ADDRESS = "the account has no contact_email"


async def tell_webhook_paused(
    post: GatedChannels, _ctx: Context, happened: Happened[WebhookPaused]
) -> None:
    """Nothing when it has been resumed or ended meanwhile. Raises GiveUp without an address, and
    what sending raises."""
    event = happened.event
    # of all: the webhook that the event names
    webhook = await Webhook.filter(id=event.webhook_id, status=WebhookStatus.PAUSED.value).first()
    if webhook is None:
        return
    account = await Account.get(id=event.account_id)
    if not account.contact_email:
        raise GiveUp(NO_ADDRESS)
    told = {"id": webhook.public_id, "url": webhook.url, "reason": event.reason}
    once = f"webhook-paused:{happened.id}"
    await send_staff_letter(post, StaffLetter(account.contact_email, "webhook-paused", once, told))
