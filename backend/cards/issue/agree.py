"""Agree on a controller's screen. After the last one the cards are made: a single card of a pool
in the transaction that writes down what was agreed to."""

from dataclasses import replace

from tortoise.exceptions import IntegrityError

from backend.cards.issue.applicant import applicant_of, claim_for
from backend.cards.issue.application import Choice, OpenApplication, Step, current_application
from backend.cards.issue.claim_card import claim_card
from backend.cards.issue.consent_screen import change_choice
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.consents.documents import ControllerDocuments, documents_for, to_shown
from backend.platform.context import Context
from models.customer import Customer
from models.refusal import Code, Refusal


async def agree(
    ctx: Context, customer: Customer, account_id: int, *, shown: bool = False
) -> tuple[OpenApplication, list[Outcome]]:
    """Where the person is now, and what became of each card when this was the last screen.
    `shown`: see issue_cards. When another step is current (the tap came from an older screen),
    nothing changes. Refuses with application_closed, or with consent_required while a required
    document is not ticked (details: the purpose)."""
    current = await current_application(ctx, customer)
    account = current.next_controller
    if account is None or not current.in_hand(account_id):
        return current, []
    asked = [program.id for program in current.programs_under(account_id)]
    documents = await documents_for(account, asked, customer.language, ctx.clock())
    choices, key = current.choices, str(account_id)
    choice = _agreed(ctx, documents, choices.get(key, {}))
    last = replace(current, agreed={**choices, key: choice})
    if last.step is Step.CARDS and last.takes_one_number:
        made = await issue_agreed(ctx, customer, last, shown=shown)
        if made is not None:
            return last, [made]
    await keep_agreement(ctx, current, documents)
    if current.step is not Step.CARDS:
        return current, []
    return current, await issue_cards(ctx, customer, current, shown=shown)


async def issue_agreed(
    ctx: Context, customer: Customer, last: OpenApplication, *, shown: bool = False
) -> Outcome | None:
    """The only card, with what was agreed to on the last screen (`last.agreed`), in one
    transaction. None when no card is made: then nothing was written, and once the
    agreement is kept alone issue_cards tells what is in the way."""
    (offer,) = last.offers
    try:
        person = applicant_of(ctx, customer, last, shown=shown)
        card = await claim_card(claim_for(person, offer, ctx.clock()))
    except (Refusal, IntegrityError):
        return None
    if card is None:
        return None
    if person.profile is not None:
        customer.profile = person.profile
    # Before anybody sees the number.
    ctx.mark.advance(card.id)
    ctx.wake.set()
    return Outcome(offer, card=card, new=True)


async def keep_agreement(
    ctx: Context, current: OpenApplication, documents: ControllerDocuments
) -> None:
    """Write down alone what was agreed to on this controller's screen. Refuses like agree."""
    account_id = documents.account.id
    await change_choice(ctx, current, account_id, lambda choice: _agreed(ctx, documents, choice))


def _agreed(ctx: Context, documents: ControllerDocuments, choice: Choice) -> Choice:
    """What was ticked, with all that a consent record needs of what was shown."""
    required, advertising = documents.required(), documents.advertising
    missing = [doc for doc in required if doc.id not in choice.get("documents", [])]
    if missing:
        raise Refusal(Code.CONSENT_REQUIRED, purpose=missing[0].purpose.value)
    ticked = choice.get("channels", [])
    return {
        "documents": sorted(doc.id for doc in required),
        "channels": [each for each in advertising.channels if each in ticked],
        "shown": [to_shown(document) for document in (*required, advertising)],
        "agreed": ctx.clock().isoformat(),
        "door": ctx.door,
        **ctx.actor.in_evidence(),
    }
