"""The fields of a face: what a design says that is to be shown, with what stands on the card."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from backend.passes.face import Shown
from backend.platform.words import Words
from catalog.bilingual import Bilingual
from catalog.figures import amount_text, field_value, short_day
from catalog.looks.card_design import PassField, Shows
from catalog.looks.card_fields import card_fields_of
from models.card import Card

LOCALES = Path(__file__).parent / "locales"


@cache
def wallet_words() -> Words:
    return Words(LOCALES)


def both(key: str) -> Bilingual:
    return Bilingual(wallet_words().text("ru", key), wallet_words().text("en", key))


@dataclass(frozen=True, slots=True)
class Stands:
    """On a card, with what is known around it. `zone`: where its owner is."""

    card: Card
    holder: str
    ends: datetime | None
    zone: ZoneInfo


def shown(fields: Sequence[PassField], stands: Stands) -> Iterator[Shown]:
    """In their order; what has no value is left out."""
    for each in fields:
        value = _value(each, stands)
        if value is not None:
            label = each.label or _label(each, stands.card)
            yield Shown(each.place, each.shows, each.key, label, value, each.change)


def _value(field: PassField, stands: Stands) -> Bilingual | None:
    card, ends = stands.card, stands.ends
    match field.shows:
        case Shows.EXPIRES:
            return None if ends is None else short_day(ends.astimezone(stands.zone).date())
        case Shows.OWN:
            return _own(field.own, card)
        case Shows.TEXT:
            return field.text
    texts = {
        Shows.BALANCE: "" if card.balance is None else amount_text(card.balance),
        Shows.TIER: card.tier,
        Shows.HOLDER: stands.holder,
        Shows.NUMBER: card.printed_number,
    }
    return _alike(texts[field.shows])


def _own(key: str, card: Card) -> Bilingual | None:
    kept = card.own_fields.get(key)
    if not kept or card.program is None:
        return None
    named = (each for each in card_fields_of(card.program) if each.key == key)
    declared = next(named, None)
    return None if declared is None else field_value(declared, kept)


def _label(field: PassField, card: Card) -> Bilingual:
    """The usual one; of the design's own text none."""
    if field.shows is Shows.OWN and card.program is not None:
        named = (each for each in card_fields_of(card.program) if each.key == field.own)
        declared = next(named, None)
        return declared.label if declared is not None else Bilingual("", "")
    return Bilingual("", "") if field.shows is Shows.TEXT else both(field.shows.value)


def _alike(text: str) -> Bilingual | None:
    return Bilingual(text, text) if text else None
