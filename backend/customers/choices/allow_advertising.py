"""Turn advertising of one brand on by one more channel."""

from backend.consents.consent_answer import ConsentAnswer
from backend.consents.documents import advertising_in_force
from backend.consents.record import write_answers
from backend.consents.standing_answers import StandingAnswer, standing_answers
from backend.consents.withdrawal import after, newest_record
from backend.events.people import ConsentAnswered
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.scope import brands_of
from models.channel import CHANNEL_NAMES
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction
from models.customer import Customer
from models.refusal import Code, Refusal


async def allow_advertising(
    ctx: Context, customer: Customer, brand_id: int, document_id: int, channel: str
) -> None:
    """The whole answer is recorded: this channel and those that were on. `document_id` is the
    text that the person was shown: refuses with document_changed when it is not the
    one in force, and with consent_required when personal data may not be kept at all. What was
    allowed in an older version only is not carried over: that text was not shown."""
    document = await _document_before_the_eyes(ctx, customer, brand_id, document_id, channel)
    async with transaction():
        standing = await standing_answers(customer.id, locked=True)
        if not _data_may_be_kept(standing, document.account_id):
            raise Refusal(Code.CONSENT_REQUIRED)
        mine = [
            each
            for each in standing
            if each.purpose is ConsentPurpose.ADVERTISING and each.subject_id == brand_id
        ]
        on = {each.channel for each in mine if each.granted and each.version == document.version}
        if channel in on:
            return
        now = after(ctx.clock(), mine)
        answer = await _yes(ctx, customer, brand_id, document, channel, on)
        await write_answers([answer], customer.id, now)
        await announce(now, ConsentAnswered(customer.id, document.account_id))
    ctx.wake.set()


async def _document_before_the_eyes(
    ctx: Context, customer: Customer, brand_id: int, document_id: int, channel: str
) -> ConsentDocument:
    """Refuses with document_changed and, for a brand of another controller, offer_not_found."""
    document = await advertising_in_force(document_id, customer.language, ctx.clock())
    if document is None or channel not in document.channels:
        raise Refusal(Code.DOCUMENT_CHANGED)
    if not await brands_of(document.account_id).filter(id=brand_id).exists():
        raise Refusal(Code.OFFER_NOT_FOUND)
    return document


def _data_may_be_kept(standing: list[StandingAnswer], account_id: int) -> bool:
    return any(
        each.purpose is ConsentPurpose.PERSONAL_DATA
        and each.subject_id == account_id
        and each.granted
        for each in standing
    )


async def _yes(
    ctx: Context,
    customer: Customer,
    brand_id: int,
    document: ConsentDocument,
    channel: str,
    on: set[str],
) -> ConsentAnswer:
    """To `channel` and to those that are `on`. Under the person's turn
    (backend.consents.record)."""
    last = await newest_record(customer.id)
    granted = on | {channel}
    return ConsentAnswer(
        document=document,
        action=ConsentAction.GRANTED,
        key=f"on:{customer.id}:{document.id}:{brand_id}:{channel}:after:{last}",
        how=ctx.door,
        subject_id=document.account_id,
        brand_ids=(brand_id,),
        channels=tuple(c for c in CHANNEL_NAMES if c in granted and c in document.channels),
        context=ctx.actor.in_evidence(),
    )
