"""Answer documents that changed since the person agreed to them."""

from backend.consents.consent_answer import ConsentAnswer
from backend.consents.due import DueDocument, due_documents, must_be_ticked
from backend.consents.record import write_answers
from backend.consents.standing_answers import standing_answers
from backend.consents.withdrawal import after
from backend.events.people import ConsentAnswered
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from models.consent_record import ConsentAction
from models.customer import Customer
from models.refusal import Code, Refusal


async def answer_again(
    ctx: Context,
    customer: Customer,
    account_id: int,
    shown: list[int],
    ticked: set[int],
    channels: tuple[str, ...],
) -> None:
    """Agree to what one controller asks again. `shown`: the documents on the screen, `ticked`
    those with a tick. Refuses with document_changed when others are due by now, and with
    consent_required while one that must be ticked is not (advertising never must)."""
    async with transaction():
        stands = await standing_answers(customer.id, locked=True)
        now = after(ctx.clock(), stands)
        due = await due_documents(customer.id, customer.language, account_id, now)
        if not due:
            return
        if [each.document.id for each in due] != shown:
            raise Refusal(Code.DOCUMENT_CHANGED)
        for each in due:
            if must_be_ticked(each.document) and each.document.id not in ticked:
                raise Refusal(Code.CONSENT_REQUIRED, purpose=each.document.purpose.value)
        answers = [_answer(ctx, customer.id, each, channels) for each in due]
        await write_answers(answers, customer.id, now)
        await announce(now, ConsentAnswered(customer.id, account_id))
    ctx.wake.set()


def _answer(
    ctx: Context, customer_id: int, due: DueDocument, channels: tuple[str, ...]
) -> ConsentAnswer:
    document = due.document
    advertising = not must_be_ticked(document)
    wanted = tuple(c for c in document.channels if c in channels) if advertising else ()
    said = ConsentAction.GRANTED if wanted or not advertising else ConsentAction.DECLINED
    return ConsentAnswer(
        document=document,
        action=said,
        key=f"again:{customer_id}:{document.id}:{due.agreed_version}",
        how=ctx.door,
        subject_id=document.account_id if advertising else due.subject_ids[0],
        brand_ids=due.subject_ids if advertising else (),
        channels=wanted,
        context={"agreed_version": due.agreed_version, **ctx.actor.in_evidence()},
    )
