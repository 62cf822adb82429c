"""What a controller's consent screen shows, and a tick on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import orjson

from backend.cards.issue.application import Choice, OpenApplication
from backend.cards.issue.cards_of import cards_of
from backend.consents.documents import ControllerDocuments, ShownDocument, documents_for
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.words import spoken
from models.account import Account
from models.application import Application, ApplicationStatus
from models.brand import Brand
from models.customer import Customer
from models.refusal import Code, Refusal

# When it stands as it was read.
_CHOOSE = """
UPDATE applications SET choices = {chosen}, updated_at = $2
WHERE id = $1 AND customer_id = $5 AND status = 'open' AND {stands} RETURNING id
"""
_CHOOSE_ON_POSTGRES = _CHOOSE.format(chosen="$3::jsonb", stands="choices = $4::jsonb")
_CHOOSE_ON_SQLITE = _CHOOSE.format(chosen="$3", stands="json(choices) = json($4)")


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One controller's screen. `ticked` holds document ids; nothing is ticked beforehand.
    `cards`: the brands that each card is good for, as in cards_of."""

    documents: ControllerDocuments
    cards: list[tuple[Brand, ...]]
    program_names: dict[int, str]
    ticked: set[int]
    channels: list[str]
    number: int
    total: int
    # Of all controllers.
    all_cards: int

    def missing(self) -> list[ShownDocument]:
        return [doc for doc in self.documents.required() if doc.id not in self.ticked]


async def consent_view(
    ctx: Context, customer: Customer, current: OpenApplication, account: Account
) -> ConsentView:
    programs = current.programs_under(account.id)
    asked = [program.id for program in programs]
    documents = await documents_for(account, asked, customer.language, ctx.clock())
    choice = current.choices.get(str(account.id), {})
    controllers = [each.id for each in current.controllers]
    return ConsentView(
        documents=documents,
        cards=await cards_of(current, account.id),
        program_names={each.id: spoken(each, "name", customer.language) for each in programs},
        ticked=set(choice.get("documents", [])),
        channels=list(choice.get("channels", [])),
        number=controllers.index(account.id) + 1,
        total=len(controllers),
        all_cards=len(current.programs),
    )


async def tick_document(
    ctx: Context, current: OpenApplication, view: ConsentView, doc_id: int, on: bool | None = None
) -> ConsentView:
    """Tick or untick personal data or terms; without `on`, whatever it is not now. Refuses with
    document_changed when the document on the person's screen is no longer the one in force."""
    if doc_id not in {doc.id for doc in view.documents.required()}:
        raise Refusal(Code.DOCUMENT_CHANGED)

    def change(choice: Choice) -> Choice:
        ticked = set(choice.get("documents", []))
        tick = doc_id not in ticked if on is None else on
        ticked = ticked | {doc_id} if tick else ticked - {doc_id}
        return {"documents": sorted(ticked), "channels": choice.get("channels", [])}

    return await _ticked(ctx, current, view, change)


async def tick_channel(
    ctx: Context, current: OpenApplication, view: ConsentView, channel: str, on: bool | None = None
) -> ConsentView:
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

    return await _ticked(ctx, current, view, change)


async def _ticked(
    ctx: Context, current: OpenApplication, view: ConsentView, change: Callable[[Choice], Choice]
) -> ConsentView:
    """The screen as it is now."""
    choice = await change_choice(ctx, current, view.documents.account.id, change)
    return replace(view, ticked={*choice["documents"]}, channels=[*choice["channels"]])


async def change_choice(
    ctx: Context, current: OpenApplication, account_id: int, change: Callable[[Choice], Choice]
) -> Choice:
    """What is stored, not what was read: of two taps at once neither is lost. Refuses with
    application_closed."""
    application = current.application
    choice = change(application.choices.get(str(account_id), {}))
    chosen = {**application.choices, str(account_id): choice}
    values = [orjson.dumps(each).decode() for each in (chosen, application.choices)]
    statement = _CHOOSE_ON_POSTGRES if is_postgres() else _CHOOSE_ON_SQLITE
    of_whom = application.customer_id
    if await rows(statement, [application.id, ctx.clock(), *values, of_whom]):
        application.choices = chosen
        return choice
    return await _changed_meanwhile(ctx, current, account_id, change)


async def _changed_meanwhile(
    ctx: Context, current: OpenApplication, account_id: int, change: Callable[[Choice], Choice]
) -> Choice:
    """After another tap that was quicker."""
    async with transaction():
        application = (
            await Application.filter(id=current.application.id, status=ApplicationStatus.OPEN)
            .select_for_update()
            .first()
        )
        if application is None:
            raise Refusal(Code.APPLICATION_CLOSED)
        choice = change(application.choices.get(str(account_id), {}))
        application.choices = {**application.choices, str(account_id): choice}
        application.updated_at = ctx.clock()
        await application.save(update_fields=["choices", "updated_at"])
    current.application.choices = application.choices
    return choice
