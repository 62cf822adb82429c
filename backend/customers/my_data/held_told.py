"""«My data»: by what brands find whom they mean: what is made of answers, what their own systems
have told of the person, in which lists of theirs a card of the person stands."""

from backend.customers.my_data.held_values import Json, at
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.dialect import moment
from catalog.traits import AgeBand
from models.customer import Customer
from models.trait import Attribute, Trait

# of all: whichever account has listed a card of the person
_LISTS = """
SELECT a.legal_name_ru, a.legal_name_en, s.name, l.card_id, s.changed_at FROM listed_cards l
JOIN cards k ON k.id = l.card_id JOIN card_lists s ON s.id = l.list_id
JOIN accounts a ON a.id = s.account_id WHERE k.customer_id = $1 ORDER BY l.id
"""


async def traits(_ctx: Context, customer: Customer) -> list[Json]:
    """For each account that was given the answers of which they are made."""
    found = Trait.filter(customer_id=customer.id).order_by("id").select_related("account")
    return [
        {
            "controller": _name(trait.account.legal_name_ru, trait.account.legal_name_en, customer),
            "age_band": next((str(band) for band in AgeBand if band.first == trait.age), None),
            "gender": trait.gender,
            "birthday": _day(trait.birthday),
            "made_anew_at": trait.look_at.isoformat() if trait.look_at else None,
        }
        for trait in await found
    ]


async def attributes(_ctx: Context, customer: Customer) -> list[Json]:
    found = Attribute.filter(customer_id=customer.id).order_by("id").select_related("account")
    return [
        {
            "controller": _name(each.account.legal_name_ru, each.account.legal_name_en, customer),
            "attribute": each.key,
            "told_value": _value(each),
            "told_at": at(each.told_at),
        }
        for each in await found
    ]


async def lists(_ctx: Context, customer: Customer) -> list[Json]:
    return [
        {
            "controller": _name(row["legal_name_ru"], row["legal_name_en"], customer),
            "card_list": row["name"],
            "card": row["card_id"],
            "changed_at": at(moment(row["changed_at"])),
        }
        for row in await rows(_LISTS, [customer.id])
    ]


def _name(ru: str, en: str, customer: Customer) -> str:
    return ru if customer.language == "ru" else en


def _day(birthday: int | None) -> str | None:
    """As people write it: 24.03."""
    return None if birthday is None else f"{birthday % 100:02d}.{birthday // 100:02d}"


def _value(each: Attribute) -> str | bool | None:
    if each.number is not None:
        return f"{each.number:f}".rstrip("0").rstrip(".")
    return each.text if each.flag is None else each.flag
