"""What a person allows to whom, brand by brand: for the settings."""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.consents.documents import DocumentsMissing, ShownDocument, documents_for
from backend.consents.standing_answers import StandingAnswer, standing_answers
from backend.platform.context import Context
from catalog.scope import brands_of
from models.account import Account
from models.brand import Brand
from models.consent_document import ConsentPurpose
from models.customer import Customer


@dataclass(frozen=True, slots=True)
class BrandView:
    """One brand of a controller that may keep this person's data. `on`: the channels by which
    it may advertise; `advertising` is the text in force, None when there is none."""

    brand: Brand
    account: Account
    on: frozenset[str]
    advertising: ShownDocument | None
    personal_data: StandingAnswer


async def consents_of(ctx: Context, customer: Customer) -> list[BrandView]:
    """The brands that this person has answered about, by name."""
    stands = await standing_answers(customer.id)
    found: list[BrandView] = []
    for given in stands:
        if given.purpose is ConsentPurpose.PERSONAL_DATA and given.granted:
            found += await _under(ctx, customer, given, stands)
    return sorted(found, key=lambda view: view.brand.name_ru)


async def consents_of_brand(ctx: Context, customer: Customer, brand_id: int) -> BrandView | None:
    """None when its controller may keep nothing."""
    return next((v for v in await consents_of(ctx, customer) if v.brand.id == brand_id), None)


async def _under(
    ctx: Context, customer: Customer, given: StandingAnswer, stands: Iterable[StandingAnswer]
) -> list[BrandView]:
    about: dict[int, set[str]] = {}
    for each in stands:
        if each.purpose is ConsentPurpose.ADVERTISING and each.account_id == given.account_id:
            on = about.setdefault(each.subject_id, set())
            if each.granted:
                on.add(each.channel)
    account = await Account.get(id=given.account_id)
    try:
        documents = await documents_for(account, [], customer.language, ctx.clock())
        advertising = documents.advertising
    except DocumentsMissing:
        advertising = None
    brands = await brands_of(account.id).filter(id__in=list(about))
    return [BrandView(b, account, frozenset(about[b.id]), advertising, given) for b in brands]
