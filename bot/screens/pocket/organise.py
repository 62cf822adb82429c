"""What an owner keeps with a card: note, last day, photos, its place in the list."""

from datetime import datetime

from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.words import Translator
from bot.screens.parts import ago, back_button, cut, home_button
from bot.screens.pocket.card import expiry_line, name_of
from bot.screens.screen import Button, Picture, Rows, Screen, Style
from bot.taps.choices import BrandConsents
from bot.taps.pocket import (
    BrandOffers,
    CardExpiry,
    CardMore,
    CardNote,
    CardPhotoAsk,
    CardPhotoDrop,
    CardPhotoShow,
    HideCard,
    History,
    MoveCard,
    OpenCard,
    Operations,
    Purchases,
    RemoveCard,
)
from bot.taps.share import CardShares

SIDES = ("front", "back")


def card_more(words: Translator, shown: WalletCard, here: datetime, *, sharing: bool) -> Screen:
    lines = [words.html("more-title", name=name_of(words, shown))]
    if shown.own.note:
        lines.append(words.html("card-note-line", note=cut(shown.own.note, 2000)))
    if shown.expires_at is not None:
        lines.append(expiry_line(words, shown.expires_at, here))
    if shown.entry is not None and shown.entry.last_used_at is not None:
        when = ago(words, shown.entry.last_used_at, here)
        lines.append(words.html("more-used", count=shown.uses, when=when))
    return Screen("\n".join(lines), _more_rows(words, shown, sharing=sharing))


def _more_rows(words: Translator, shown: WalletCard, *, sharing: bool) -> Rows:
    one = shown.card
    share = Button(words("more-share"), tap=CardShares(id=one.id).pack())
    hide = "card-unhide" if one.hidden else "card-hide"
    return (
        *_of_brand(words, shown),
        *(((share,),) if sharing else ()),
        (
            Button(words("more-note"), tap=CardNote(id=one.id).pack()),
            Button(words("more-expiry"), tap=CardExpiry(id=one.id).pack()),
        ),
        tuple(_photo_button(words, shown, side) for side in SIDES),
        (
            Button(words("more-up"), tap=MoveCard(id=one.id, up=True).pack()),
            Button(words("more-down"), tap=MoveCard(id=one.id, up=False).pack()),
        ),
        (
            Button(words(hide), tap=HideCard(id=one.id, hidden=not one.hidden).pack()),
            Button(words("card-remove"), tap=RemoveCard(id=one.id).pack()),
        ),
        (back_button(words, OpenCard(id=one.id).pack()), home_button(words)),
    )


def _of_brand(words: Translator, shown: WalletCard) -> Rows:
    one = shown.card
    if one.brand_id is None:
        return ()
    consents = BrandConsents(brand=one.brand_id, card=one.id).pack()
    there = Button(words("card-operations"), tap=Operations(card=one.id).pack())
    connected = one.program is not None and one.program.connection_id is not None
    return (
        *(((there,),) if connected else ()),
        (
            Button(words("card-offers"), tap=BrandOffers(card=one.id).pack()),
            Button(words("card-history"), tap=History(card=one.id).pack()),
        ),
        (
            Button(words("card-purchases"), tap=Purchases(card=one.id).pack()),
            Button(words("card-consents"), tap=consents),
        ),
    )


def _photo_button(words: Translator, shown: WalletCard, side: str) -> Button:
    if side in shown.photos:
        tap = CardPhotoShow(id=shown.id, side=side).pack()
        return Button(words(f"more-photo-{side}"), tap=tap)
    tap = CardPhotoAsk(id=shown.id, side=side).pack()
    return Button(words(f"more-photo-{side}-add"), tap=tap)


def note_prompt(words: Translator, shown: WalletCard) -> Screen:
    clear = (Button(words("note-clear"), tap=CardNote(id=shown.id, clear=True).pack()),)
    rows = (*((clear,) if shown.own.note else ()), _back(words, shown.id))
    return Screen(words.html("note-prompt", name=name_of(words, shown)), rows)


def expiry_prompt(words: Translator, shown: WalletCard, *, wrong: bool = False) -> Screen:
    clear = (Button(words("expiry-clear"), tap=CardExpiry(id=shown.id, clear=True).pack()),)
    rows = (*((clear,) if shown.expires_at else ()), _back(words, shown.id))
    if wrong:
        return Screen(words.html("expiry-wrong"), rows, fresh=True)
    return Screen(words.html("expiry-prompt", name=name_of(words, shown)), rows)


def photo_prompt(words: Translator, card_id: int, side: str, *, wrong: bool = False) -> Screen:
    key = "photo-wrong" if wrong else f"photo-prompt-{side}"
    return Screen(words.html(key), (_back(words, card_id),), fresh=wrong)


def photo_shown(words: Translator, shown: WalletCard, side: str, photo: bytes) -> Screen:
    rows: Rows = (
        (
            Button(words("photo-again"), tap=CardPhotoAsk(id=shown.id, side=side).pack()),
            Button(
                words("photo-drop"),
                tap=CardPhotoDrop(id=shown.id, side=side).pack(),
                style=Style.DANGER,
            ),
        ),
        _back(words, shown.id),
    )
    text = words.html(f"photo-shown-{side}", name=name_of(words, shown))
    return Screen(text, rows, Picture(photo=photo))


def _back(words: Translator, card_id: int) -> tuple[Button, ...]:
    return (back_button(words, CardMore(id=card_id).pack()), home_button(words))
