"""SampleAsked → the template as it will be read, with the person's own values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.brands.templates.look import law_of
from backend.events.brands import SampleAsked
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver_row, give_up
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.said import Button, Said
from backend.messaging.wording import message_words
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from backend.templates.values_of import values_of
from models.account import Account
from models.message import Delivery, Message
from models.message_purpose import MessagePurpose
from models.template import MessageTemplate, TemplateVersion

# of all: the person whose sample it is
_CARD = """
SELECT k.id, b.id AS brand_id FROM cards k JOIN programs p ON p.id = k.program_id
JOIN brands b ON b.program_id = p.id
WHERE k.customer_id = $1 AND p.account_id = $2 AND k.removed_at IS NULL ORDER BY k.id, b.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class SampleSaid:
    """As everybody will read it, but for its button: no more samples. A letter says in its subject
    what it is."""

    template: TemplateSaid
    account_id: int
    address: str

    def html(self) -> str:
        return self.template.html()

    def text(self) -> str:
        return self.template.text()

    def subject(self) -> str:
        mark = message_words().text(self.template.language, "sample.subject")
        return f"{mark} {self.template.subject()}"

    def picture(self) -> str:
        return self.address

    def buttons(self) -> Sequence[Button]:
        label = message_words().text(self.template.language, "sample.button")
        stop = Action(ActionKind.STOP_SAMPLES, self.account_id)
        return [*self.template.buttons(), Button(label, stop)]


async def send_sample(post: GatedChannels, ctx: Context, happened: Happened[SampleAsked]) -> None:
    """Raises TryLater and NeedsSettings."""
    event = happened.event
    # of all: the sample of the event
    delivery = await Delivery.get(id=event.delivery_id).select_related("message")
    message = delivery.message
    said = await _said(ctx, message, event.account_id, delivery.channel)
    if said is None:
        return
    if delivery.channel not in post.channels:
        await give_up(ctx, post, delivery, f"the channel {delivery.channel} is not set up")
        return
    await deliver_row(ctx, post, message, delivery, said)


class _Words:
    """In the person's language, which is known when it is handed over."""

    def __init__(self, made: Mapping[str, Said]) -> None:
        self._made = made

    def __call__(self, language: str) -> Said:
        return self._made.get(language) or self._made["en"]


async def _said(ctx: Context, message: Message, account_id: int, channel: str) -> _Words | None:
    """None once the person's data is deleted, and with it what was to be said."""
    # of all: the template whose sample it is
    version = await TemplateVersion.get_or_none(
        template_id=message.data.get("template", 0), version=message.data.get("version", 0)
    )
    if version is None:
        return None
    content = Content.read(version.said["content"])
    values, card = await _values(ctx, message.customer_id, account_id, content)
    law = await _law(version, account_id)
    picture = str(message.data.get("picture", ""))
    return _Words(
        {
            language: SampleSaid(
                TemplateSaid(content, language, channel, values, law, card=card),
                account_id,
                picture,
            )
            for language in ("ru", "en")
        }
    )


async def _values(
    ctx: Context, customer_id: int, account_id: int, content: Content
) -> tuple[dict[str, str], int]:
    """Of a card of the account that they carry; without one nothing is known, and the fallbacks
    are seen."""
    found = await rows(_CARD, [customer_id, account_id])
    brand, card = (found[0]["brand_id"], found[0]["id"]) if found else (0, 0)
    values = await values_of(ctx, brand, [customer_id], content.variables())
    return values[customer_id], card


async def _law(version: TemplateVersion, account_id: int) -> Law | None:
    # of all: the account of the event
    account = await Account.get(id=account_id)
    told = {name: version.said[name] for name in ("advertiser", "inn", "erid")}
    return law_of(MessageTemplate(purpose=MessagePurpose(version.said["purpose"]), **told), account)
