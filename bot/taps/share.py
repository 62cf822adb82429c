"""Cards that others may show."""

from bot.tap_codec import Tap


class CardShares(Tap, prefix="cshl"):
    """Who may show this card; the card's id."""

    id: int


class ShareNew(Tap, prefix="cshn"):
    """Make an invitation: `whom` person or group, `mode` view or use."""

    id: int
    whom: str
    mode: str


class ShareRevoke(Tap, prefix="cshr"):
    id: int
    card: int


class SharedCards(Tap, prefix="shin"):
    """The cards of others that I may show."""


class OpenShared(Tap, prefix="shop"):
    id: int


class LeaveShared(Tap, prefix="shlv"):
    id: int


class GroupShow(Tap, prefix="shgr"):
    """Below a message in a group: whoever is in it may open the card."""

    id: int
