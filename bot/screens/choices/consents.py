"""Consents in the settings: every brand, one brand, taking back the data."""

from collections.abc import Sequence
from datetime import tzinfo

from backend.customers.choices.consents_of import BrandView
from backend.platform.words import Translator
from bot.screens.issue.consent import account_name
from bot.screens.parts import back_button, brand_name, cut, home_button, long_date, pager, tick
from bot.screens.screen import Button, Rows, Screen, Style
from bot.taps.choices import (
    AdsDigest,
    AdsSwitch,
    AllAdsOff,
    BrandConsentRead,
    BrandConsents,
    Consents,
    Receipt,
    WithdrawData,
)
from bot.taps.home import OpenSettings
from bot.taps.pocket import OpenCard
from catalog.days import day_in
from models.account import Account
from models.brand import Brand
from models.card import Card

PAGE = 8


def consents(words: Translator, views: Sequence[BrandView], page: int, *, digest: bool) -> Screen:
    """`digest`: advertising comes once a day."""
    pages = max(1, -(-len(views) // PAGE))
    page = min(max(page, 0), pages - 1)
    rows: list[tuple[Button, ...]] = [
        (Button(_label(words, view), tap=BrandConsents(brand=view.brand.id).pack()),)
        for view in views[page * PAGE : (page + 1) * PAGE]
    ]
    numbers = pager(words, page, pages, lambda number: Consents(page=number).pack())
    if numbers:
        rows.append(numbers)
    if any(view.on for view in views):
        daily = AdsDigest(on=not digest).pack()
        rows.append((Button(tick(digest, words("consents-digest")), tap=daily),))
        off = Button(words("consents-all-off"), tap=AllAdsOff().pack(), style=Style.DANGER)
        rows.append((off,))
    rows.append((back_button(words, OpenSettings().pack()), home_button(words)))
    text = words.html("consents-title" if views else "consents-none")
    if digest and any(view.on for view in views):
        text += "\n\n" + words.html("consents-digest-on")
    return Screen(text, tuple(rows))


def _label(words: Translator, view: BrandView) -> str:
    offered = view.advertising.channels if view.advertising is not None else sorted(view.on)
    on = ", ".join(words(f"consent-channel-{c}") for c in offered if c in view.on)
    return cut(f"{brand_name(words, view.brand)} · {on or words('consents-no-ads')}", 60)


def brand_consents(words: Translator, view: BrandView, zone: tzinfo, card: int = 0) -> Screen:
    """Switches per channel, the texts, the receipt, and the way out. `zone`: the person's."""
    text = "\n\n".join(
        (
            words.html("consents-brand-title", brand=brand_name(words, view.brand))
            + "\n"
            + words.html(
                "consent-controller", name=account_name(words, view.account), inn=view.account.inn
            ),
            words.html("consents-brand-ads"),
            words.html(
                "consents-brand-data",
                version=view.personal_data.version,
                date=long_date(words, day_in(zone, view.personal_data.at)),
            ),
        )
    )
    return Screen(text, _brand_rows(words, view, card))


def _brand_rows(words: Translator, view: BrandView, card: int) -> Rows:
    brand = view.brand.id
    rows: list[tuple[Button, ...]] = []

    def read(label: str, document: int) -> Button:
        tap = BrandConsentRead(brand=brand, document=document, card=card)
        return Button(words(label), tap=tap.pack())

    texts = [read("consents-read-data", view.personal_data.document_id)]
    if view.advertising is not None:
        switches = [_switch(words, view, channel, card) for channel in view.advertising.channels]
        rows += [tuple(switches[n : n + 2]) for n in range(0, len(switches), 2)]
        texts.append(read("consents-read-ads", view.advertising.id))
    rows.append(tuple(texts))
    receipt = Receipt(brand=brand, card=card).pack()
    rows.append((Button(words("consents-receipt"), tap=receipt),))
    withdraw = WithdrawData(account=view.account.id).pack()
    rows.append((Button(words("consents-withdraw"), tap=withdraw),))
    back = OpenCard(id=card).pack() if card else Consents().pack()
    rows.append((back_button(words, back), home_button(words)))
    return tuple(rows)


def _switch(words: Translator, view: BrandView, channel: str, card: int) -> Button:
    assert view.advertising is not None
    on = channel in view.on
    tap = AdsSwitch(
        brand=view.brand.id, channel=channel, document=view.advertising.id, on=not on, card=card
    )
    return Button(tick(on, words(f"consent-channel-{channel}")), tap=tap.pack())


def stopped(words: Translator, brand: Brand, channel: str) -> Screen:
    """Under a promo message: it is off, and what else could be wanted."""
    text = words.html(
        "ads-stopped", brand=brand_name(words, brand), channel=words(f"consent-channel-{channel}")
    )
    more = Button(words("ads-stopped-all"), tap=AllAdsOff().pack())
    settings = Button(words("ads-stopped-settings"), tap=BrandConsents(brand=brand.id).pack())
    return Screen(text, ((more,), (settings,), (home_button(words),)), fresh=True)


def withdraw_sure(words: Translator, account: Account, cards: Sequence[Card]) -> Screen:
    """What goes with the consent, before it goes."""
    named = [c.printed_number if c.brand is None else brand_name(words, c.brand) for c in cards]
    listed = ", ".join(f"«{name}»" for name in named)
    name = account_name(words, account)
    text = words.html("withdraw-sure", name=name)
    if listed:
        text += "\n\n" + words.html("withdraw-cards", count=len(cards), cards=cut(listed, 600))
    text += "\n\n" + words.html("withdraw-kept", email=account.privacy_email)
    yes = WithdrawData(account=account.id, sure=True).pack()
    rows: Rows = (
        (Button(words("withdraw-yes"), tap=yes, style=Style.DANGER),),
        (back_button(words, Consents().pack()), home_button(words)),
    )
    return Screen(text, rows)


def withdrawn(words: Translator, account: Account, cards: int) -> Screen:
    text = words.html("withdraw-done", name=account_name(words, account), count=cards)
    back = back_button(words, Consents().pack())
    return Screen(text, ((back, home_button(words)),))
