"""Whose cards are offered to phones, as the settings say it."""

from backend.platform.settings import Settings, load_settings
from backend.platform.world.phones import NO_PHONES, phones_of
from models.wallet_pass import WalletKind
from tests.passes.apple.chain import chain
from tests.passes.google.account import ISSUER, key_file

TOKEN = "123456789:AAExampleExampleExampleExampleExample"


def settings(**others: str) -> Settings:
    pem = (chain().signer + chain().intermediate).decode()
    passes = {"apple_passes": pem, "google_passes": f"lavka={ISSUER}:{key_file()}"}
    return load_settings(**{**passes, **others})


def test_each_account_has_its_own_wallets() -> None:
    phones = phones_of(settings(base_url="https://karman.example", bot_token=TOKEN))
    assert phones.of_account("lavka") == (WalletKind.APPLE, WalletKind.GOOGLE)
    assert phones.of_account("romashka") == (WalletKind.APPLE,)
    assert not phones_of(Settings()).offered


def test_no_button_that_telegram_would_refuse() -> None:
    """A real chat, and pages that no phone reaches."""
    assert phones_of(settings(bot_token=TOKEN)) == NO_PHONES
    assert phones_of(settings(bot_token=TOKEN, bot_api_url="http://127.0.0.1:9")).offered
    assert phones_of(settings()).offered
