"""What a brand may know of how to reach people: what it asked for, while they agree to it."""

from collections.abc import Collection, Mapping, Sequence

from backend.customers.person.profile import open_contact
from backend.platform.context import Context
from catalog.tenant import Scope
from models.consent_document import ConsentPurpose
from models.contact import Contact, ContactKind
from models.customer import Customer

Kinds = Mapping[int, Collection[ContactKind]]


async def contacts_told(
    ctx: Context, scope: Scope, people: Sequence[Customer]
) -> dict[int, dict[ContactKind, str]]:
    """By customer: confirmed contacts of those kinds that a program asks whose card they carry,
    and whose account they have let process their data. All others have none."""
    allowed = await _allowed(scope, [person.id for person in people])
    named = {person.id: person for person in people if allowed.get(person.id)}
    told: dict[int, dict[ContactKind, str]] = {person.id: {} for person in people}
    contacts = Contact.filter(customer_id__in=list(named) or [0], verified_at__isnull=False)
    for contact in await contacts:
        if contact.kind in allowed[contact.customer_id]:
            value = open_contact(ctx, named[contact.customer_id], contact)
            told[contact.customer_id][contact.kind] = value
    return told


async def whose_contact(ctx: Context, kind: ContactKind, value: str) -> list[int]:
    """Ids of who has confirmed it; `value` as it is kept (E.164, lower case). What a brand may
    know of them is asked with `contacts_told`."""
    index = ctx.vault.blind_index(kind.value, value)
    # of all: whether the brand may know of them is asked afterwards
    found = Contact.filter(kind=kind, blind_index=index, verified_at__isnull=False)
    return [contact.customer_id for contact in await found]


async def _allowed(scope: Scope, ids: Collection[int]) -> dict[int, set[ContactKind]]:
    agreed = scope.consent_states().filter(
        customer_id__in=list(ids) or [0], purpose=ConsentPurpose.PERSONAL_DATA, granted=True
    )
    accounts = {(row.customer_id, row.subject_id) for row in await agreed}
    cards = scope.cards().filter(customer_id__in=list(ids) or [0], removed_at__isnull=True)
    allowed: dict[int, set[ContactKind]] = {}
    for card in await cards.select_related("program"):
        assert card.program is not None
        if (card.customer_id, card.program.account_id) in accounts:
            asked = {item["type"] for item in card.program.questionnaire}
            kinds = {kind for kind in ContactKind if kind.value in asked}
            allowed.setdefault(card.customer_id, set()).update(kinds)
    return allowed
