"""A customer as a partner's system may know them: what the program asked for, while they agree."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from backend.customers.person.profile import open_contact, read_profile
from backend.partners.member import Member, Subscription
from backend.platform.context import Context
from backend.platform.database import among, rows
from catalog.questions.question import STANDARD_FIELDS, FieldType
from models.city import City
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.program import Program

_SEXES = {"male", "female"}
# of all: the brands of the connection's programs
_SAID = """
SELECT b.key AS brand, s.channel, s.granted
FROM consent_states s JOIN brands b ON b.id = s.subject_id
WHERE s.customer_id = $1 AND s.purpose = 'advertising' AND b.program_id {programs}
ORDER BY b.key, s.channel
"""


async def agrees(customer_id: int, account_id: int) -> bool:
    """Whether the account may know of this person at all."""
    return await ConsentState.filter(
        customer_id=customer_id,
        purpose=ConsentPurpose.PERSONAL_DATA,
        subject_id=account_id,
        granted=True,
    ).exists()


async def member_of(
    ctx: Context,
    customer: Customer,
    programs: Sequence[Program],
    *,
    theirs: str = "",
) -> Member:
    """What these programs ask for, of what is known; contacts that are not confirmed stay here.
    Whoever calls has asked `agrees`."""
    known = read_profile(ctx, customer)
    asked = {item["type"] for program in programs for item in program.questionnaire}
    values = {key: value for key, value in known.items() if key in asked}
    phone, email = await _contacts(ctx, customer, asked)
    return Member(
        id=str(customer.id),
        theirs=theirs,
        phone=phone,
        phone_verified=bool(phone),
        email=email,
        email_verified=bool(email),
        last_name=str(values.get(FieldType.SURNAME) or ""),
        first_name=str(values.get(FieldType.GIVEN_NAME) or ""),
        middle_name=str(values.get(FieldType.PATRONYMIC) or ""),
        birth_date=_day(values.get(FieldType.BIRTH_DATE)),
        sex=_sex(values.get(FieldType.GENDER)),
        city=await _city(values.get(FieldType.CITY)),
        answers=_own_answers(programs, known),
    )


async def _contacts(ctx: Context, customer: Customer, asked: Collection[str]) -> tuple[str, str]:
    """Phone and e-mail, empty where there is none that may be told."""
    found = await Contact.filter(customer_id=customer.id, verified_at__isnull=False)
    told = {
        contact.kind: open_contact(ctx, customer, contact)
        for contact in found
        if contact.kind.value in asked
    }
    return told.get(ContactKind.PHONE, ""), told.get(ContactKind.EMAIL, "")


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _sex(word: Any) -> str:
    return word if word in _SEXES else ""


async def _city(key: Any) -> str:
    if not key:
        return ""
    city = await City.get_or_none(key=str(key))
    return city.name_ru if city is not None else str(key)


def _own_answers(programs: Sequence[Program], known: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to what the programs ask of their own, by the keys of their questionnaires."""
    found = {}
    for program in programs:
        for item in program.questionnaire:
            value = known.get(f"{program.key}.{item['key']}")
            if item["type"] not in STANDARD_FIELDS and value is not None:
                found[item["key"]] = value
    return found


async def subscriptions_of(customer_id: int, program_ids: Collection[int]) -> list[Subscription]:
    """What stands for each brand and channel that this person was ever asked about."""
    statement = _SAID.format(programs=among(2))
    found = await rows(statement, [customer_id, sorted(program_ids)])
    return [Subscription(row["brand"], row["channel"], bool(row["granted"])) for row in found]
