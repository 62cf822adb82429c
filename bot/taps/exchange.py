"""Cards from and to other wallets."""

from bot.tap_codec import Tap


class ImportCards(Tap, prefix="impt"):
    """How to bring the cards of another wallet."""


class ExportCards(Tap, prefix="expt"):
    """In which format."""


class ExportAs(Tap, prefix="expa"):
    """`locked`: ask for a password first."""

    format: str
    locked: bool = False
