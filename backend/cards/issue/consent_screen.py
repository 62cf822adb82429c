"""What a controller's consent screen shows, and a tick on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.cards.issue.application import OpenApplication
from backend.consents.documents import ControllerDocuments, documents_for, to_shown
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.spoken import spoken
from models.account import Account
from models.application import Application, ApplicationStatus
from models.brand import Brand
from models.consent_document import ConsentDocument
from models.customer import Customer
from models.refusal import Code, Refusal

# What is ticked on one controller's screen: documents, channels, and once agreed `shown`,
# `agreed`, by which `door`, and the `actor` when that was not the person.
Choice = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One controller's screen. `ticked` holds document ids; nothing is ticked beforehand.
    `cards`: the brands that each card is good for, as in Journey.cards."""

    documents: ControllerDocuments
    cards: list[tuple[Brand, ...]]
    program_names: dict[int, str]
    ticked: set[int]
    channels: list[str]
    number: int
    total: int
    # Of all controllers.
    all_cards: int

    def missing(self) -> list[ConsentDocument]:
        return [doc for doc in self.documents.required() if doc.id not in self.ticked]


async def consent_view(
    ctx: Context, customer: Customer, current: OpenApplication, account: Account
) -> ConsentView:
    programs = [program.id for program in current.programs_under(account.id)]
    documents = await documents_for(account, programs, customer.language, ctx.clock())
    choice = current.application.choices.get(str(account.id), {})
    controllers = [each.id for each in current.controllers]
    return ConsentView(
        documents=documents,
        cards=current.cards(account.id),
        program_names={
            program.id: spoken(program, "name", customer.language)
            for program in current.programs_under(account.id)
        },
        ticked=set(choice.get("documents", [])),
        channels=list(choice.get("channels", [])),
        number=controllers.index(account.id) + 1,
        total=len(controllers),
        all_cards=len(current.programs),
    )


def next_controller(current: OpenApplication) -> Account | None:
    """The first controller whose screen has not been agreed to yet."""
    choices = current.application.choices
    for account in current.controllers:
        if not choices.get(str(account.id), {}).get("agreed"):
            return account
    return None


def in_hand(current: OpenApplication, account_id: int) -> bool:
    """Whether this controller's screen is the one that the person is at."""
    account = next_controller(current) if current.asking is None and current.checked else None
    return account is not None and account.id == account_id


async def tick_document(
    ctx: Context, current: OpenApplication, view: ConsentView, doc_id: int, on: bool | None = None
) -> None:
    """Tick or untick personal data or terms; without `on`, whatever it is not now. Refuses with
    document_changed when the document on the person's screen is no longer the one in force."""
    if doc_id not in {doc.id for doc in view.documents.required()}:
        raise Refusal(Code.DOCUMENT_CHANGED)

    def change(choice: Choice) -> Choice:
        ticked = set(choice.get("documents", []))
        tick = doc_id not in ticked if on is None else on
        ticked = ticked | {doc_id} if tick else ticked - {doc_id}
        return {"documents": sorted(ticked), "channels": choice.get("channels", [])}

    await _change(ctx, current, view, change)


async def tick_channel(
    ctx: Context, current: OpenApplication, view: ConsentView, channel: str, on: bool | None = None
) -> None:
    """Tick or untick advertising by one channel; without `on`, whatever it is not now."""
    offered = view.documents.advertising.channels
    if channel not in offered:
        raise Refusal(Code.DOCUMENT_CHANGED)

    def change(choice: Choice) -> Choice:
        ticked = set(choice.get("channels", []))
        tick = channel not in ticked if on is None else on
        ticked = ticked | {channel} if tick else ticked - {channel}
        channels = [each for each in offered if each in ticked]
        return {"documents": choice.get("documents", []), "channels": channels}

    await _change(ctx, current, view, change)


async def agree(ctx: Context, current: OpenApplication, view: ConsentView) -> None:
    """Close this controller's screen. Refuses with consent_required while a required
    document is not ticked (details: the purpose)."""
    required, advertising = view.documents.required(), view.documents.advertising

    def change(choice: Choice) -> Choice:
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

    await _change(ctx, current, view, change)


async def _change(
    ctx: Context, current: OpenApplication, view: ConsentView, change: Callable[[Choice], Choice]
) -> None:
    """To what is stored, not to what was read: of two taps at once neither is lost."""
    account_id = str(view.documents.account.id)
    async with transaction():
        application = (
            await Application.filter(id=current.application.id, status=ApplicationStatus.OPEN)
            .select_for_update()
            .first()
        )
        if application is None:
            raise Refusal(Code.APPLICATION_CLOSED)
        choice = change(application.choices.get(account_id, {}))
        application.choices = {**application.choices, account_id: choice}
        application.updated_at = ctx.clock()
        await application.save(update_fields=["choices", "updated_at"])
    current.application.choices = application.choices
