"""An account tries a template out: on somebody who has said that they want to see such things.

Nobody else can be reached by it: who has not said so in the bot is not found, whatever the account
knows of them.
"""

from dataclasses import dataclass
from datetime import timedelta

from backend.brands.templates.save_template import template_named
from backend.customers.contacts.told_to_brands import whose_contact
from backend.events.brands import SampleAsked
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.contact import ContactKind
from models.message import SAMPLE, Delivery, Message
from models.message_purpose import MessagePurpose
from models.refusal import Code, Refusal
from models.template import MessageTemplate

# To one person, whoever sends them.
MOST_IN_A_DAY = 50
_DAY = timedelta(days=1)
_RECENT = """
SELECT COUNT(*) AS n FROM messages WHERE customer_id = $1 AND kind = 'sample' AND created_at > $2
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """To whom (their id, or the phone that they have confirmed) and how. `base_url`: where an
    uploaded picture is to be seen."""

    channel: str
    customer_id: int | None = None
    phone: str | None = None
    base_url: str = ""


async def try_template(
    ctx: Context, scope: Scope, account_id: int, key: str, trial: Trial
) -> Delivery:
    """A message that waits to be sent. Refuses with template_not_found, reader_not_found and
    too_many_tries."""
    async with transaction():
        row = await template_named(scope, account_id, key)
        reader = await _reader(ctx, scope, account_id, trial)
        await _check_room(ctx, reader)
        message = await Message.create(
            customer_id=reader, purpose=MessagePurpose.SERVICE, kind=SAMPLE,
            data=_data(row, trial), created_at=ctx.clock(),
        )  # fmt: skip
        delivery = await Delivery.create(
            message=message, channel=trial.channel, created_at=ctx.clock(),
            changed_at=ctx.clock(),
        )  # fmt: skip
        await announce(ctx.clock(), SampleAsked(delivery_id=delivery.id, account_id=account_id))
        await note(ctx, Verb.TRY_TEMPLATE, "template", row.id, account_id=account_id)
    return delivery


async def _reader(ctx: Context, scope: Scope, account_id: int, trial: Trial) -> int:
    """One who is not there and one who has not said yes are the same."""
    ids = [trial.customer_id or 0]
    if trial.phone:
        ids = await whose_contact(ctx, ContactKind.PHONE, trial.phone)
    readers = scope.sample_readers().filter(account_id=account_id, customer_id__in=ids or [0])
    found = await readers.order_by("id").first()
    if found is None:
        raise Refusal(Code.READER_NOT_FOUND)
    return int(found.customer_id)


async def _check_room(ctx: Context, customer_id: int) -> None:
    found = await rows(_RECENT, [customer_id, ctx.clock() - _DAY])
    if found[0]["n"] >= MOST_IN_A_DAY:
        raise Refusal(Code.TOO_MANY_TRIES)


def _data(row: MessageTemplate, trial: Trial) -> dict[str, object]:
    """Of the template alone; what it says to them is read when it is sent."""
    told: dict[str, object] = {"name": row.name, "template": row.id, "version": row.version}
    picture = str(row.content.get("picture", ""))
    if picture:
        ours = not picture.startswith("https://")
        told["picture"] = f"{trial.base_url}/media/{picture}" if ours else picture
    return told
