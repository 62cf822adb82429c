"""What a controller's consent screen shows, and a tick on it."""

from dataclasses import dataclass
from typing import Any

from backend.cards.application import Journey
from backend.consents.documents import ControllerDocuments, documents_for, to_shown
from backend.platform.context import Context
from backend.platform.database import transaction
from models.account import Account
from models.application import Application, ApplicationStatus
from models.consent_document import ConsentDocument
from models.customer import Customer
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One controller's screen. `ticked` holds document ids; nothing is ticked beforehand."""

    documents: ControllerDocuments
    brand_names: list[str]
    program_names: dict[int, str]
    ticked: set[int]
    channels: list[str]
    number: int
    total: int

    def missing(self) -> list[ConsentDocument]:
        return [doc for doc in self.documents.required() if doc.id not in self.ticked]


async def consent_view(
    ctx: Context, customer: Customer, journey: Journey, account: Account
) -> ConsentView:
    programs = [program.id for program in journey.programs_under(account.id)]
    documents = await documents_for(account, programs, customer.language, ctx.clock())
    choice = journey.application.choices.get(str(account.id), {})
    names = [
        o.brand.name_ru if customer.language == "ru" else o.brand.name_en
        for o in journey.offers
        if o.brand.program.account_id == account.id
    ]
    controllers = [each.id for each in journey.controllers]
    return ConsentView(
        documents=documents,
        brand_names=list(dict.fromkeys(names)),
        program_names={
            program.id: program.name_ru if customer.language == "ru" else program.name_en
            for program in journey.programs_under(account.id)
        },
        ticked=set(choice.get("documents", [])),
        channels=list(choice.get("channels", [])),
        number=controllers.index(account.id) + 1,
        total=len(controllers),
    )


def next_controller(journey: Journey) -> Account | None:
    """The first controller whose screen has not been agreed to yet."""
    choices = journey.application.choices
    for account in journey.controllers:
        if not choices.get(str(account.id), {}).get("agreed"):
            return account
    return None


async def tick_document(ctx: Context, journey: Journey, view: ConsentView, doc_id: int) -> None:
    """Tick or untick personal data or terms. Refuses with document_changed when the document
    on the person's screen is no longer the one in force."""
    if doc_id not in {doc.id for doc in view.documents.required()}:
        raise Refusal(Code.DOCUMENT_CHANGED)
    ticked = view.ticked ^ {doc_id}
    await _keep(ctx, journey, view, {"documents": sorted(ticked), "channels": view.channels})


async def tick_channel(ctx: Context, journey: Journey, view: ConsentView, channel: str) -> None:
    """Tick or untick advertising by one channel."""
    offered = view.documents.advertising.channels
    if channel not in offered:
        raise Refusal(Code.DOCUMENT_CHANGED)
    channels = [c for c in offered if (c in view.channels) != (c == channel)]
    await _keep(ctx, journey, view, {"documents": sorted(view.ticked), "channels": channels})


async def agree(ctx: Context, journey: Journey, view: ConsentView) -> None:
    """Close this controller's screen. Refuses with consent_required while a required
    document is not ticked (details: the purpose)."""
    missing = view.missing()
    if missing:
        raise Refusal(Code.CONSENT_REQUIRED, purpose=missing[0].purpose.value)
    required, advertising = view.documents.required(), view.documents.advertising
    choice = {
        "documents": sorted(doc.id for doc in required),
        "channels": view.channels,
        "shown": [to_shown(document) for document in (*required, advertising)],
        "agreed": ctx.clock().isoformat(),
    }
    await _keep(ctx, journey, view, choice)


async def _keep(ctx: Context, journey: Journey, view: ConsentView, choice: dict[str, Any]) -> None:
    """Taps of one person arrive one after another (the inbox sees to that), so the choice is
    written whole."""
    account_id = str(view.documents.account.id)
    async with transaction():
        application = await Application.get_or_none(
            id=journey.application.id, status=ApplicationStatus.OPEN
        )
        if application is None:
            raise Refusal(Code.APPLICATION_CLOSED)
        application.choices = {**application.choices, account_id: choice}
        application.updated_at = ctx.clock()
        await application.save(update_fields=["choices", "updated_at"])
    journey.application.choices = application.choices
