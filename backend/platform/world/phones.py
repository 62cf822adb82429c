"""Whose cards can be put into the wallets of phones, as the settings say it: read without what
signs them."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from backend.platform.settings import Settings
from backend.platform.world.apple import parse_sources
from backend.platform.world.google import parse_issuers
from models.wallet_pass import WalletKind

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Phones:
    """`apple`, `google`: keys of accounts, "" for all others. `base_url`: of our own pages."""

    base_url: str = ""
    apple: frozenset[str] = frozenset()
    google: frozenset[str] = frozenset()

    @property
    def offered(self) -> bool:
        """Whether there is any wallet for anybody."""
        return bool(self.apple or self.google)

    def of_account(self, key: str) -> tuple[WalletKind, ...]:
        """In the order in which they are shown."""
        both = ((WalletKind.APPLE, self.apple), (WalletKind.GOOGLE, self.google))
        return tuple(wallet for wallet, whose in both if _has(whose, key))


NO_PHONES = Phones()


def phones_of(settings: Settings) -> Phones:
    """Nothing where no phone reaches our pages: Telegram takes no message with such a button."""
    if not _reached(settings):
        return NO_PHONES
    apple = parse_sources(settings.apple_passes.get_secret_value())
    google = parse_issuers(settings.google_passes.get_secret_value())
    return Phones(
        settings.base_url,
        frozenset(each.account for each in apple),
        frozenset(each.account for each in google),
    )


def _reached(settings: Settings) -> bool:
    """By https; and on this machine, where the chat is here too."""
    chat = urlsplit(settings.bot_api_url).hostname or ""
    return settings.base_url.startswith("https://") or settings.sandboxed or chat in _HERE


def _has(whose: Collection[str], key: str) -> bool:
    return key in whose or "" in whose
