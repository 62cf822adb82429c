"""Open the wallets of phones from the settings."""

from backend.messaging.wallet.send import PutNews, WalletChannel
from backend.platform.settings import Settings
from backend.platform.world.phones import phones_of


def wallet_channel(settings: Settings, put_news: PutNews | None) -> WalletChannel | None:
    """None while no card can be put into a phone, and in a process that tells nothing there."""
    if put_news is None or not phones_of(settings).offered:
        return None
    return WalletChannel(put_news)
