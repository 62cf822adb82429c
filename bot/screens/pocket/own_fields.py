"""Fields of a brand's own, as a card shows them: label and value in the person's language."""

from collections.abc import Iterator
from datetime import date

from backend.platform.words import Translator
from bot.screens.parts import long_date
from catalog.figures import money_text
from catalog.looks.card_fields import (
    CardField,
    CardFieldKind,
    ValueRefused,
    card_fields_of,
    kept_value,
)
from models.card import Card


def own_lines(words: Translator, card: Card) -> Iterator[str]:
    """In the order of the program; what has no value is left out."""
    if card.program is None or not card.own_fields:
        return
    for field in card_fields_of(card.program):
        value = card.own_fields.get(field.key)
        if value:
            label = field.label.ru if words.language == "ru" else field.label.en
            shown = value_text(words, field, value)
            yield words.html("card-own-field", label=label, value=shown)


def value_text(words: Translator, field: CardField, kept: str) -> str:
    """«1 250,50 ₽», «5 марта 2027», «12.5»; in Russian with a comma. What was kept while the field
    was of another type is shown as it stands."""
    try:
        kept = kept_value(field, kept)
    except ValueRefused:
        return kept
    match field.kind:
        case CardFieldKind.MONEY:
            return money_text(kept, field.currency)
        case CardFieldKind.DATE:
            return long_date(words, date.fromisoformat(kept))
        case CardFieldKind.NUMBER:
            return kept.replace(".", ",") if words.language == "ru" else kept
        case CardFieldKind.TEXT:
            return kept
