"""Values of a pass: each label of theirs is the balance, the tier or a field of the program here.

What a label means, say the login's settings; without them the usual words do, and the labels and
keys of the program's own fields. What means nothing here is left out, and the answer names it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from backend.cards.passes.find_pass import Pass
from backend.cards.passes.stands import Stands
from backend.web.compat.call import Call
from backend.web.compat.fields import items, text
from backend.web.compat.wrong import Wrong
from catalog.looks.card_fields import CardField, ValueRefused, card_fields_of, kept_value, money
from catalog.questions.phone import shared_phone
from models.program import Program
from models.refusal import Refusal

MOST_VALUES = 50
LONGEST_VALUE = 1000
BALANCE, TIER, PHONE, EMAIL = "balance", "tier", "phone", "email"
_USUAL: Mapping[str, str] = {
    **dict.fromkeys(("баланс", "бонусы", "баллы", "balance", "bonus"), BALANCE),
    **dict.fromkeys(("уровень", "статус", "tier", "level"), TIER),
    **dict.fromkeys(("телефон", "номер телефона", "phone"), PHONE),
    **dict.fromkeys(("e-mail", "email", "почта", "электронная почта"), EMAIL),
}
_SHOWN = {BALANCE: "Баланс", TIER: "Уровень"}
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
# What stands around an amount.
_AROUND = str.maketrans("", "", " \u00a0\u202f₽'")


@dataclass(frozen=True, slots=True)
class Told:
    """What the values of a call say. `lines`: what a push tells of them, as they came."""

    stands: Stands
    phone: str = ""
    email: str = ""
    ignored: Sequence[str] = ()
    lines: Sequence[str] = ()


@dataclass(slots=True)
class _Reading:
    program: Program
    meanings: Mapping[str, str]
    fields: Mapping[str, CardField]
    found: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def add(self, value: Any) -> None:
        if not isinstance(value, dict):
            raise Wrong(400, "400", "values: expected objects with label and value")
        label, given = text(value, "label", 200), text(value, "value", LONGEST_VALUE)
        meaning = self.meanings.get(label.casefold()) or self._field_key(label, value)
        if not meaning:
            self.ignored.append(label)
            return
        self.found[meaning] = given.translate(_SPACES)
        change = text(value, "changeMsg", 500)
        if meaning not in (PHONE, EMAIL):
            self.lines.append(change.replace("%@", given) if change else f"{label}: {given}")

    def _field_key(self, label: str, value: Mapping[str, Any]) -> str:
        for name in (text(value, "key", 64), label):
            if name in self.fields:
                return name
        folded = label.casefold()
        labels = {
            each: key
            for key, one in self.fields.items()
            for each in (one.label.ru.casefold(), one.label.en.casefold())
        }
        return labels.get(folded, "")


def read_values(call: Call, program: Program) -> Told:
    """Raises Wrong."""
    fields = {each.key: each for each in card_fields_of(program)}
    own = {label.casefold(): meaning for label, meaning in call.settings.labels.items()}
    reading = _Reading(program, {**_USUAL, **own}, fields)
    for value in items(call.body, "values", MOST_VALUES, needed=False):
        reading.add(value)
    found = reading.found
    stands = Stands(
        balance=_amount(found[BALANCE]) if BALANCE in found else None,
        tier=_tier(found[TIER]) if TIER in found else None,
        fields={key: _kept(fields[key], found[key]) for key in fields if key in found},
    )
    return Told(
        stands, _phone(found.get(PHONE, "")), found.get(EMAIL, "").lower(),
        tuple(reading.ignored), tuple(reading.lines),
    )  # fmt: skip


def _amount(given: str) -> str:
    """`1 250,50 ₽` is 1250.50."""
    try:
        amount = money(given.translate(_AROUND).replace(",", "."))
    except ValueRefused:
        amount = "-1"
    if Decimal(amount) < 0:
        raise Wrong(400, "400", "the balance is no amount such as 120 or 120.50")
    return amount


def _tier(given: str) -> str:
    if len(given) > 64:
        raise Wrong(400, "400", "the tier has over 64 characters")
    return given


def _kept(one: CardField, given: str) -> str:
    try:
        return kept_value(one, given)
    except ValueRefused as wrong:
        told = f"{one.key} {wrong.what}; expected {wrong.expected}"
        raise Wrong(400, "400", told) from None


def _phone(given: str) -> str:
    """What is no phone names nobody: then the link alone leads to the card."""
    try:
        return shared_phone(given) if given else ""
    except Refusal:
        raise Wrong(400, "400", "the phone is no phone such as +79161234567") from None


def shown_values(call: Call, found: Pass) -> list[dict[str, Any]]:
    """As they stand, under the labels by which they come."""
    by_meaning = {meaning: label for label, meaning in call.settings.labels.items()}
    shown = []
    for meaning, value, label in _standing(found):
        if value not in (None, ""):
            name = by_meaning.get(meaning, label)
            shown.append({"label": name, "key": meaning, "value": str(value)})
    return shown


def _standing(found: Pass) -> list[tuple[str, Any, str]]:
    """Meaning, value and the label of ours."""
    fields = card_fields_of(found.program)
    if found.card is not None:
        card = found.card
        kept: Mapping[str, Any] = card.own_fields
        balance, tier = card.balance, card.tier
    else:
        stands = Stands.read(found.row.waits if found.row is not None else {})
        kept, tier = stands.fields, stands.tier or ""
        balance = None if stands.balance is None else Decimal(stands.balance)
    return [
        (BALANCE, None if balance is None else f"{balance:.2f}", _SHOWN[BALANCE]),
        (TIER, tier, _SHOWN[TIER]),
        *((each.key, kept.get(each.key), each.label.ru) for each in fields),
    ]
