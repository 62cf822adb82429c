"""The wallet and one card: its picture, number, messages, offers."""

from collections.abc import Callable

from backend.cards.wallet import balance_text
from backend.passes.card_picture import CardFace
from bot import taps
from bot.screens.home import offer_rows
from bot.screens.parts import (
    back_button,
    brand_name,
    cards_button,
    cut,
    home_button,
    long_date,
    offers_button,
    pager,
    primary,
)
from bot.screens.screen import Button, Picture, Rows, Screen, Style
from bot.words import Translator
from models.card import Card
from models.message import Message
from models.offer import Offer

PAGE = 8


def name_of(words: Translator, card: Card) -> str:
    if card.brand is None:
        return card.printed_number
    return brand_name(words, card.brand)


def wallet(words: Translator, cards: list[Card], hidden: int, page: int) -> Screen:
    rows, pages = _listed(words, cards, page, lambda n: taps.Cards(page=n).pack())
    if hidden:
        rows += ((Button(words("cards-hidden", count=hidden), tap=taps.HiddenCards().pack()),),)
    way_on = (offers_button(words), home_button(words))
    text = words.html("cards-title", count=len(cards)) if cards else words.html("cards-empty")
    return Screen(text, (*rows, *pages, way_on))


def hidden_cards(words: Translator, cards: list[Card], page: int) -> Screen:
    rows, pages = _listed(words, cards, page, lambda n: taps.HiddenCards(page=n).pack())
    back = (back_button(words, taps.Cards().pack()), home_button(words))
    return Screen(words.html("cards-hidden-title"), (*rows, *pages, back))


def _listed(
    words: Translator, cards: list[Card], page: int, to: Callable[[int], str]
) -> tuple[Rows, Rows]:
    count = max(1, -(-len(cards) // PAGE))
    page = min(max(page, 0), count - 1)
    rows = tuple(
        (Button(_card_label(words, card), tap=taps.OpenCard(id=card.id).pack()),)
        for card in cards[page * PAGE : (page + 1) * PAGE]
    )
    numbers = pager(words, page, count, to)
    return rows, ((numbers,) if numbers else ())


def _card_label(words: Translator, card: Card) -> str:
    balance = balance_text(card)
    extra = f" · {balance}" if balance else f" · …{card.printed_number[-4:]}"
    return cut(f"💳 {name_of(words, card)}{extra}", 60)


def card(words: Translator, shown: Card, holder: str, logo: bytes | None, note: str = "") -> Screen:
    """The picture with the barcode. `note` stands above: «your card is ready»."""
    lines = [note] if note else []
    lines.append(f"<b>{words.html('card-name', name=name_of(words, shown))}</b>")
    lines.append(words.html("card-number", number=shown.printed_number))
    balance = balance_text(shown)
    if balance is not None and shown.balance_at is not None:
        date = long_date(words, shown.balance_at)
        lines.append(words.html("card-balance-at", balance=balance, date=date))
    if shown.tier:
        lines.append(words.html("card-tier", tier=shown.tier))
    lines += [words.html(f"card-recheck-{kind}") for kind in shown.recheck_for.split(",") if kind]
    face = face_of(words, shown, holder, logo)
    return Screen("\n".join(lines), _rows(words, shown), Picture(card=face))


def face_of(words: Translator, shown: Card, holder: str, logo: bytes | None) -> CardFace:
    balance = balance_text(shown)
    return CardFace(
        brand=name_of(words, shown),
        primary=shown.brand.primary_color if shown.brand else "#2B5278",
        secondary=shown.brand.secondary_color if shown.brand else None,
        logo=logo,
        holder=holder,
        balance=words("card-picture-balance", balance=balance) if balance else None,
        tier=shown.tier or None,
        printed_number=shown.printed_number,
        barcode_value=shown.barcode_value,
        barcode_format=shown.barcode_format,
    )


def _rows(words: Translator, shown: Card) -> Rows:
    hide = taps.HideCard(id=shown.id, hidden=not shown.hidden).pack()
    label = words("card-unhide") if shown.hidden else words("card-hide")
    recheck: Rows = ()
    if shown.recheck_at is not None:
        recheck = ((primary(words("card-recheck-button"), taps.Contacts().pack()),),)
    consents: Rows = ()
    if shown.brand_id is not None:
        tap = taps.BrandConsents(brand=shown.brand_id, card=shown.id).pack()
        consents = ((Button(words("card-consents"), tap=tap),),)
    return (
        (Button(words("card-copy"), copy=shown.printed_number[:256]),),
        *recheck,
        (
            Button(words("card-offers"), tap=taps.BrandOffers(card=shown.id).pack()),
            Button(words("card-history"), tap=taps.History(card=shown.id).pack()),
        ),
        *consents,
        (
            Button(label, tap=hide),
            Button(words("card-remove"), tap=taps.RemoveCard(id=shown.id).pack()),
        ),
        (cards_button(words), home_button(words)),
    )


def remove_sure(words: Translator, shown: Card) -> Screen:
    yes = Button(
        words("card-remove-yes"),
        tap=taps.RemoveCard(id=shown.id, sure=True).pack(),
        style=Style.DANGER,
    )
    back = back_button(words, taps.OpenCard(id=shown.id).pack())
    return Screen(words.html("card-remove-sure", brand=name_of(words, shown)), ((back, yes),))


def brand_offers(words: Translator, shown: Card, offers: list[Offer]) -> Screen:
    title = words.html("card-brand-offers", brand=name_of(words, shown))
    if not offers:
        title += "\n\n" + words.html("card-brand-offers-none")
    back = (back_button(words, taps.OpenCard(id=shown.id).pack()), home_button(words))
    return Screen(title, (*offer_rows(words, offers), back))


def history(
    words: Translator, shown: Card, said: list[tuple[Message, str]], page: int, pages: int
) -> Screen:
    """`said`: messages newest first, each with its wording."""
    title = words.html("history-title", brand=name_of(words, shown))
    lines = [
        words.html("history-line", date=long_date(words, message.created_at), text=cut(text, 300))
        for message, text in said
    ]
    body = "\n\n".join(lines) if lines else words.html("history-none")
    numbers = pager(words, page, pages, lambda n: taps.History(card=shown.id, page=n).pack())
    back = (back_button(words, taps.OpenCard(id=shown.id).pack()), home_button(words))
    return Screen(f"{title}\n\n{body}", (*((numbers,) if numbers else ()), back))
