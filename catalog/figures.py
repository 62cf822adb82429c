"""How amounts and days are written where people read them."""

from datetime import date
from decimal import Decimal

from catalog.bilingual import Bilingual
from catalog.looks.card_fields import CardField, CardFieldKind, ValueRefused, kept_value

# What people write instead of the code; other currencies are told by theirs.
SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def amount_text(points: Decimal) -> str:
    """`1 250`, `-1 250,50`."""
    amount = points.quantize(Decimal("0.01"))
    whole, _, cents = f"{amount:,.2f}".partition(".")
    spaced = whole.replace(",", "\u00a0")
    return spaced if cents == "00" else f"{spaced},{cents}"


def money_text(kept: str, currency: str) -> str:
    return f"{amount_text(Decimal(kept))}\u00a0{SIGNS.get(currency, currency)}"


def short_day(day: date) -> Bilingual:
    """`31.12.2026`, `31 Dec 2026`."""
    return Bilingual(f"{day:%d.%m.%Y}", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def field_value(field: CardField, kept: str) -> Bilingual:
    """Of a brand's own field, short. What was kept while it was of another type is shown as it
    stands."""
    try:
        kept = kept_value(field, kept)
    except ValueRefused:
        return Bilingual(kept, kept)
    match field.kind:
        case CardFieldKind.MONEY:
            shown = money_text(kept, field.currency)
            return Bilingual(shown, shown)
        case CardFieldKind.DATE:
            return short_day(date.fromisoformat(kept))
        case CardFieldKind.NUMBER:
            return Bilingual(kept.replace(".", ","), kept)
        case CardFieldKind.TEXT:
            return Bilingual(kept, kept)
