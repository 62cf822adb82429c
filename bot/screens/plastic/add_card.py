"""On the way from plastic to the pocket: what was seen, whose card it is, under which name."""

from backend.cards.plastic.candidates import Candidate
from backend.cards.plastic.seen_card import SeenCard
from backend.cards.pocket.add_seen import COLORS
from backend.pictures.card_picture import CardFace
from backend.platform.words import Translator
from bot.screens.parts import brand_name, cards_button, cut, home_button, primary
from bot.screens.screen import Button, Picture, Rows, Screen, Style
from bot.taps.exchange import ImportCards
from bot.taps.plastic import (
    AddNamed,
    AddOther,
    AddTo,
    FixFound,
    KeepPhoto,
    PaintCard,
    SureFound,
    TakeFound,
    TypeCard,
)
from bot.taps.pocket import OpenCard
from models.brand import Brand
from models.card import Card

_DOTS = ("🔵", "🔴", "🟢", "🟡", "🟣", "⚫")


def add_prompt(words: Translator) -> Screen:
    rows: Rows = (
        (Button(words("add-type-button"), tap=TypeCard().pack()),),
        (Button(words("import-button"), tap=ImportCards().pack()),),
        (cards_button(words), home_button(words)),
    )
    return Screen(words.html("add-prompt"), rows)


def unread(words: Translator, key: str) -> Screen:
    """`key` is one of the `add-unread-…` wordings."""
    typed = Button(words("add-type-button"), tap=TypeCard().pack())
    return Screen(words.html(key), ((typed,), (home_button(words),)), fresh=True)


def several(words: Translator, found: list[tuple[int, SeenCard]]) -> Screen:
    rows = tuple(
        (Button(cut(_label(words, seen), 60), tap=TakeFound(finding=key).pack()),)
        for key, seen in found
    )
    text = words.html("add-several", count=len(found))
    return Screen(text, (*rows, (home_button(words),)), fresh=True)


def _label(words: Translator, seen: SeenCard) -> str:
    return f"{seen.number} · {words(f'format-{seen.format}')}"


def compare(words: Translator, key: int, seen: SeenCard) -> Screen:
    """The number as it was read, to be held against the card."""
    rows: Rows = (
        (
            Button(
                words("add-compare-yes"),
                tap=SureFound(finding=key).pack(),
                style=Style.SUCCESS,
            ),
        ),
        (Button(words("add-compare-no"), tap=FixFound(finding=key).pack()),),
        (home_button(words),),
    )
    return Screen(words.html("add-compare", number=_spaced(seen.number)), rows, fresh=True)


def _spaced(number: str) -> str:
    """In groups of four, easier to read; copied without the spaces nobody needs."""
    if not number.isdigit():
        return number
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def which(
    words: Translator,
    key: int,
    seen: SeenCard,
    fitting: list[Candidate],
    logos: bytes | None = None,
) -> Screen:
    """Whose card it is: with one candidate its logo is shown, with several `logos`, a picture
    of all of them in the order of the buttons."""
    rows = [(_candidate(words, key, one, alone=len(fitting) == 1),) for one in fitting]
    other = Button(words("add-other" if fitting else "add-own"), tap=AddOther(finding=key).pack())
    fix = Button(words("add-fix"), tap=FixFound(finding=key).pack())
    kind = "none" if not fitting else "one" if len(fitting) == 1 else "several"
    brand = brand_name(words, fitting[0].brand) if fitting else ""
    text = words.html(f"add-which-{kind}", number=seen.number, brand=brand)
    if seen.format and seen.value != seen.number:
        text += "\n" + words.html("add-encoded", value=seen.value)
    logo = fitting[0].brand.logo_id if len(fitting) == 1 else None
    picture = Picture(media=logo) if logo else Picture(photo=logos) if logos else None
    return Screen(text, (*rows, (other,), (fix,), (home_button(words),)), picture, fresh=True)


def _candidate(words: Translator, key: int, one: Candidate, *, alone: bool) -> Button:
    name = brand_name(words, one.brand)
    tap = AddTo(finding=key, offer=one.offer_id).pack()
    return primary(words("add-yes", brand=name), tap) if alone else Button(name, tap=tap)


def ask(words: Translator, key: str, **values: str) -> Screen:
    """A question that the next text answers: `add-number`, `add-name` or what was wrong."""
    return Screen(words.html(key, **values), ((home_button(words),),), fresh=True)


def alike(words: Translator, key: int, typed: str, brands: list[Brand]) -> Screen:
    """Brands whose name is like the typed one lend it their name and colour."""
    rows = tuple(
        (Button(brand_name(words, brand), tap=AddNamed(finding=key, brand=brand.id).pack()),)
        for brand in brands
    )
    kept = cut(words("add-keep-typed", name=typed), 60)
    last = (Button(kept, tap=AddNamed(finding=key).pack()),)
    return Screen(words.html("add-alike"), (*rows, last), fresh=True)


def kept(words: Translator, shown: Card, name: str, color: str, key: int, *, photo: bool) -> Screen:
    """`photo`: the picture that was sent can become the card's photo."""
    dots = tuple(
        Button(dot, tap=PaintCard(card=shown.id, finding=key, color=place).pack())
        for place, dot in enumerate(_DOTS[: len(COLORS)])
    )
    keep = Button(words("add-keep-photo"), tap=KeepPhoto(card=shown.id, finding=key).pack())
    rows: Rows = (
        (primary(words("offer-open-card"), OpenCard(id=shown.id).pack()),),
        dots,
        *(((keep,),) if photo else ()),
        (cards_button(words), home_button(words)),
    )
    face = CardFace(
        brand=name,
        primary=color,
        secondary=None,
        logo=None,
        holder="",
        balance=None,
        tier=None,
        printed_number=shown.printed_number,
        barcode_value=shown.barcode_value,
        barcode_format=shown.barcode_format,
    )
    text = words.html("add-kept", name=name, number=shown.printed_number)
    return Screen(text, rows, Picture(card=face))
