"""What may come from 1С: columns by their names in Russian and English, and how each is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backend.partners.onec.wire.values import currency, moment, number, plain, state

Read = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """`columns`: what a column is called by others → how its values are read. `names`: what 1С may
    call it, small and without spaces."""

    name: str
    columns: Mapping[str, Read]
    names: Mapping[str, str]

    def column(self, text: str) -> str:
        """As others call it; what nobody knows stays."""
        bare = text.strip().lower().replace(" ", "").replace("_", "")
        known = {each.replace("_", ""): each for each in self.columns}
        return self.names.get(bare) or known.get(bare) or text.strip().lower()

    def value(self, column: str, text: str) -> str:
        return self.columns.get(column, plain)(text)


CARDS = Kind(
    "cards",
    {"number": plain, "balance": number, "tier": plain, "state": state},
    {
        "номер": "number", "номеркарты": "number", "карта": "number", "штрихкод": "number",
        "кодкарты": "number", "баланс": "balance", "бонусы": "balance", "остаток": "balance",
        "баллы": "balance", "уровень": "tier", "статус": "tier", "состояние": "state",
    },
)  # fmt: skip
SALES = Kind(
    "sales",
    {
        "id": plain, "card": plain, "at": moment, "amount": number, "number": plain,
        "store": plain, "currency": currency,
    },
    {
        "ид": "id", "идентификатор": "id", "ссылка": "id", "гуид": "id", "карта": "card",
        "номеркарты": "card", "штрихкод": "card", "кодкарты": "card", "дата": "at",
        "датавремя": "at", "период": "at", "сумма": "amount", "суммачека": "amount",
        "номер": "number", "номерчека": "number", "чек": "number", "магазин": "store",
        "склад": "store", "подразделение": "store", "валюта": "currency",
    },
)  # fmt: skip
KINDS = {kind.name: kind for kind in (CARDS, SALES)}
