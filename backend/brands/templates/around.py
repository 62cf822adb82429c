"""What a wording of an account is checked against."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from catalog.entries.values.around import Around
from catalog.looks.card_fields import card_fields_of
from catalog.tenant import Scope
from catalog.wordings.kinds import Kind
from catalog.wordings.lengths import label_room
from catalog.wordings.variables import Declared, declared_fields
from models.account import Account

NOTHING: Mapping[str, Declared] = {}


async def around_words(
    scope: Scope, account: Account, more: Mapping[str, Declared] = NOTHING
) -> Around:
    """`more`: what whoever makes the message knows beside the person's card, such as the number of
    an order. Fields of any program of the account may be said; who has none gets the fallback."""
    variables: dict[str, Declared] = {}
    for program in await scope.programs().filter(account_id=account.id).order_by("id"):
        for key, field in declared_fields(card_fields_of(program)).items():
            variables[key] = _either(variables.get(key), field)
    room = max(label_room(account.legal_name_ru), label_room(account.legal_name_en))
    return Around(ZoneInfo(account.timezone), variables={**variables, **more}, label_room=room)


def _either(known: Declared | None, field: Declared) -> Declared:
    """What two programs call alike and mean otherwise is a text."""
    if known is None or known.kind is field.kind:
        return field
    return Declared(field.key, Kind.TEXT, field.says, field.sample)
