"""What an account tries out: whether somebody wants to see it."""

from backend.platform.words import Translator, spoken
from bot.screens.parts import home_button
from bot.screens.screen import Button, Screen
from bot.taps.choices import SamplesOff, SamplesOn
from models.account import Account


def samples(words: Translator, account: Account, *, wanted: bool, token: str = "") -> Screen:
    """Without a token they may end it, and not begin."""
    name = spoken(account, "legal_name", words.language)
    if wanted:
        off = Button(words("samples-turn-off"), tap=SamplesOff(account=account.id).pack())
        return Screen(words.html("samples-on", account=name), ((off,), (home_button(words),)))
    if not token:
        return Screen(words.html("samples-off", account=name), ((home_button(words),),))
    on = Button(words("samples-turn-on"), tap=SamplesOn(token=token).pack())
    return Screen(words.html("samples-ask", account=name), ((on,), (home_button(words),)))
