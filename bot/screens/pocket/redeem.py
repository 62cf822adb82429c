"""A promo code or a receipt for a card: asked for, taken, refused."""

from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.words import Translator
from bot.screens.parts import back_button, home_button
from bot.screens.pocket.card import name_of
from bot.screens.screen import Screen
from bot.taps.pocket import OpenCard, Operations

KINDS = ("promo-code", "receipt")


def redeem_prompt(words: Translator, shown: WalletCard, kind: str, wrong: str = "") -> Screen:
    """`kind`: one of KINDS; `wrong`: why the last one was not taken."""
    lines = [wrong] if wrong else []
    lines.append(words.html(f"redeem-prompt-{kind}", name=name_of(words, shown)))
    back = (back_button(words, Operations(card=shown.id).pack()), home_button(words))
    return Screen("\n\n".join(lines), (back,), fresh=bool(wrong))


def redeemed(words: Translator, shown: WalletCard, kind: str) -> Screen:
    back = (back_button(words, OpenCard(id=shown.id).pack()), home_button(words))
    return Screen(words.html(f"redeem-done-{kind}", name=name_of(words, shown)), (back,))
