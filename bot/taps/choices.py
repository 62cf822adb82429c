"""Consents that stand, and documents that changed."""

from bot.tap_codec import Tap


class Consents(Tap, prefix="cns"):
    """Every brand with what it may send."""

    page: int = 0


class BrandConsents(Tap, prefix="cnb"):
    """One brand. `card`: the card to go back to, 0 is the list."""

    brand: int
    card: int = 0


class BrandConsentRead(Tap, prefix="cnr"):
    """A text that the person agreed to, or is asked to agree to."""

    brand: int
    document: int
    page: int = 0
    card: int = 0


class AdsSwitch(Tap, prefix="asw"):
    """Advertising by one channel; `on` is what it shall be. `document` is the text on show."""

    brand: int
    channel: str
    document: int
    on: bool
    card: int = 0


class AdsOff(Tap, prefix="adoff"):
    """Packs to `adoff:<brand>:<channel>`: under every promo message."""

    brand: int
    channel: str


class OpenMessage(Tap, prefix="pmsg"):
    """Under a message that a partner has asked to be told: what it leads to."""

    id: int


class AllAdsOff(Tap, prefix="alloff"):
    """No advertising from anybody."""


class AdsDigest(Tap, prefix="adday"):
    """Advertising once a day, in one message; `on` is what it shall be."""

    on: bool


class Receipt(Tap, prefix="rcpt"):
    """What was agreed with the brand's controller, as files."""

    brand: int
    card: int = 0


class WithdrawData(Tap, prefix="wdr"):
    """Personal-data consent of one controller: first explains, then withdraws (`sure`)."""

    account: int
    sure: bool = False


class Again(Tap, prefix="agn"):
    """The ticks so far travel in the button: `ticks` and `channels` are bits in the order of
    the screen. `newest` is the largest document id on it: others are due by now, others are
    shown. `card`: the card to go on to, 0 is the first screen."""

    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0


class AgainRead(Tap, prefix="agr"):
    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0
    document: int
    page: int = 0


class AgainAgree(Tap, prefix="agy"):
    account: int
    newest: int
    ticks: int = 0
    channels: int = 0
    card: int = 0


class AgainLater(Tap, prefix="agl"):
    """Not now: the question comes back at the next visit."""

    card: int = 0


class News(Tap, prefix="nws"):
    """New brands in the city."""


class NewsSwitch(Tap, prefix="nwson"):
    """`on` is what it shall be."""

    on: bool


class SamplesOn(Tap, prefix="smpon"):
    """To see what an account tries out, by its invitation."""

    token: str


class SamplesOff(Tap, prefix="smpoff"):
    """Under everything that an account tries out: no more of it."""

    account: int
