"""One card: its picture, number, messages, offers."""

from dataclasses import replace
from datetime import datetime, tzinfo

from backend.cards.pocket.expiry import days_left
from backend.cards.pocket.view_card import CardView
from backend.cards.pocket.wallet_card import WalletCard
from backend.pictures.barcode_sheet import Sheet
from backend.pictures.card_picture import CardFace
from backend.platform.words import Translator
from bot.screens.home.home import offer_rows
from bot.screens.parts import (
    ago,
    back_button,
    balance_text,
    brand_name,
    cards_button,
    cut,
    home_button,
    long_date,
    pager,
    primary,
)
from bot.screens.pocket.own_fields import own_lines
from bot.screens.screen import Button, Picture, Rows, Screen, Style
from bot.taps.contacts import Contacts
from bot.taps.pocket import (
    BecomeReal,
    CardMore,
    FullBarcode,
    History,
    OpenCard,
    PointsHistory,
    RemoveCard,
    ShowKind,
    StarCard,
)
from catalog.days import day_here, day_in
from catalog.looks.card_design import Look
from models.brand import Brand
from models.message import Message
from models.offer import Offer
from models.program import ProcessorKind


def name_of(words: Translator, shown: WalletCard) -> str:
    return shown.name(words.language)


def card(words: Translator, view: CardView, note: str = "") -> Screen:
    """The picture with the barcode; `note` stands above: «your card is ready»."""
    shown = view.shown
    lines = [note] if note else []
    lines.append(f"<b>{words.html('card-name', name=name_of(words, shown))}</b>")
    lines.append(words.html("card-number", number=shown.card.printed_number))
    if shown.blocked:
        lines.append(words.html("card-blocked"))
    lines += _about(words, view)
    recheck = shown.card.recheck_for.split(",")
    lines += [words.html(f"card-recheck-{kind}") for kind in recheck if kind]
    return Screen(
        "\n".join(lines),
        _rows(words, view),
        _picture(words, view),
        keys=words.language,
    )


def _about(words: Translator, view: CardView) -> list[str]:
    lines, shown = [], view.shown
    balance = balance_text(shown.card)
    if balance is not None and shown.card.balance_at is not None:
        age = ago(words, shown.card.balance_at, view.here)
        lines.append(words.html("card-balance-at", balance=balance, date=age))
    if shown.card.tier:
        lines.append(words.html("card-tier", tier=shown.card.tier))
    lines += own_lines(words, shown.card)
    lines += [words.html(f"card-in-{wallet}") for wallet in view.phones.installed]
    if not shown.drawn:
        lines.append(words.html("card-undrawn"))
    if shown.card.hidden:
        lines.append(words.html("card-archived"))
    if shown.expires_at is not None:
        lines.append(expiry_line(words, shown.expires_at, view.here))
    if shown.own.note:
        lines.append(words.html("card-note-line", note=cut(shown.own.note, 300)))
    return lines


def expiry_line(words: Translator, expires_at: datetime, here: datetime) -> str:
    left = days_left(expires_at, here)
    date = long_date(words, day_here(here, expires_at))
    if left < 0:
        return words.html("card-expired", date=date)
    return words.html("card-expires", date=date, days=left)


def _picture(words: Translator, view: CardView) -> Picture | None:
    shown = view.shown
    if shown.shows_barcode:
        return owners_picture(words, shown, view.holder)
    return Picture(photo=view.photo) if view.photo is not None else None


def owners_picture(words: Translator, shown: WalletCard, holder: str) -> Picture:
    balance = balance_text(shown.card)
    told = words("card-picture-balance", balance=balance) if balance else None
    bare = _face(words, shown, shown.look)
    face = replace(bare, holder=holder, balance=told, tier=shown.card.tier or None)
    return _drawn(face, shown, shown.look)


def bare_picture(words: Translator, shown: WalletCard) -> Picture:
    return _drawn(bare_face(words, shown), shown, shown.bare)


def _drawn(face: CardFace, shown: WalletCard, look: Look | None) -> Picture:
    """With the pictures of the look, else the brand's own logo."""
    brand = shown.card.brand
    logo = look.logo if look is not None else None
    return Picture(
        card=face,
        logo=logo or (brand.logo_id if brand else None),
        strip=look.strip if look is not None else None,
    )


def bare_face(words: Translator, shown: WalletCard) -> CardFace:
    """The barcode with nothing of the owner, whose tier would be told by its colours too."""
    return _face(words, shown, shown.bare)


def _face(words: Translator, shown: WalletCard, look: Look | None) -> CardFace:
    brand = shown.card.brand
    return CardFace(
        brand=name_of(words, shown),
        primary=look.primary if look is not None else shown.color,
        secondary=_secondary(look, brand),
        ink=look.ink if look is not None else None,
        logo=None,
        holder="",
        balance=None,
        tier=None,
        printed_number=shown.card.printed_number,
        barcode_value=shown.card.barcode_value,
        barcode_format=shown.card.barcode_format,
    )


def _secondary(look: Look | None, brand: Brand | None) -> str | None:
    if look is not None:
        return look.secondary
    return brand.secondary_color if brand is not None else None


def _rows(words: Translator, view: CardView) -> Rows:
    """Few: the barcode is what the page is for, the rest stands behind «More»."""
    shown = view.shown
    one = shown.card
    starred = shown.starred
    star = "card-unstar" if starred else "card-star"
    keep = [Button(words(star), tap=StarCard(id=one.id, on=not starred).pack())]
    if one.program_id is None:
        keep.append(Button(words("card-edit"), tap=ShowKind(id=one.id).pack()))
    if one.program is not None and one.program.processor == ProcessorKind.LEDGER:
        keep.append(Button(words("card-points"), tap=PointsHistory(card=one.id).pack()))
    keep.append(Button(words("card-more"), tap=CardMore(id=one.id).pack()))
    return (
        *_first(words, view),
        _show(words, shown),
        *wallet_rows(words, view),
        tuple(keep),
        (cards_button(words), home_button(words)),
    )


def _first(words: Translator, view: CardView) -> Rows:
    """What the card itself waits for."""
    if view.shown.card.recheck_at is not None:
        return ((primary(words("card-recheck-button"), Contacts().pack()),),)
    if view.joined is not None:
        brand = cut(brand_name(words, view.joined), 30)
        label = words("card-join-button", brand=brand)
        return ((primary(label, BecomeReal(id=view.shown.id).pack()),),)
    return ()


def _show(words: Translator, shown: WalletCard) -> tuple[Button, ...]:
    copy = Button(words("card-copy"), copy=shown.card.printed_number[:256])
    if not shown.shows_barcode:
        return (copy,)
    return (Button(words("card-full"), tap=FullBarcode(id=shown.id).pack()), copy)


def wallet_rows(words: Translator, view: CardView) -> Rows:
    """The card can be put into a phone's wallet while it is good."""
    phones = view.phones
    if view.shown.blocked or not phones.offered:
        return ()
    return (
        tuple(
            Button(words(f"card-to-{wallet}"), url=f"{phones.page}/{wallet}")
            for wallet in phones.offered
        ),
    )


def full_barcode(words: Translator, shown: WalletCard) -> Screen:
    """Nothing but the barcode and the way back."""
    one = shown.card
    sheet = Sheet(one.printed_number, one.barcode_value, one.barcode_format)
    back = Button(words("card-full-back"), tap=OpenCard(id=one.id).pack())
    return Screen("", ((back,),), Picture(sheet=sheet))


def remove_sure(words: Translator, shown: WalletCard) -> Screen:
    yes = Button(
        words("card-remove-yes"),
        tap=RemoveCard(id=shown.id, sure=True).pack(),
        style=Style.DANGER,
    )
    back = back_button(words, CardMore(id=shown.id).pack())
    return Screen(words.html("card-remove-sure", brand=name_of(words, shown)), ((back, yes),))


def brand_offers(words: Translator, shown: WalletCard, offers: list[Offer]) -> Screen:
    title = words.html("card-brand-offers", brand=name_of(words, shown))
    if not offers:
        title += "\n\n" + words.html("card-brand-offers-none")
    back = (back_button(words, CardMore(id=shown.id).pack()), home_button(words))
    return Screen(title, (*offer_rows(words, offers), back))


def history(
    words: Translator,
    shown: WalletCard,
    said: list[tuple[Message, str]],
    page: int,
    pages: int,
    zone: tzinfo,
) -> Screen:
    """`said`: messages newest first, each with its wording. `zone`: the person's."""
    title = words.html("history-title", brand=name_of(words, shown))
    lines = [
        words.html(
            "history-line",
            date=long_date(words, day_in(zone, message.created_at)),
            text=cut(text, 300),
        )
        for message, text in said
    ]
    body = "\n\n".join(lines) if lines else words.html("history-none")
    numbers = pager(words, page, pages, lambda n: History(card=shown.id, page=n).pack())
    back = (back_button(words, CardMore(id=shown.id).pack()), home_button(words))
    return Screen(f"{title}\n\n{body}", (*((numbers,) if numbers else ()), back))
