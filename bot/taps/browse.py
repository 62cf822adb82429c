"""Cities, the catalog, an offer and its stores."""

from bot.tap_codec import Tap


class Cities(Tap, prefix="cts"):
    page: int = 0


class PickCity(Tap, prefix="cty"):
    """`id` 0 is «everywhere»."""

    id: int


class NearestCity(Tap, prefix="ctn"):
    """Ask for a location and pick the nearest city."""


class Categories(Tap, prefix="cgs"):
    """The list of categories."""


class Catalog(Tap, prefix="cat"):
    """`category` 0 is every category."""

    category: int = 0
    page: int = 0


class Search(Tap, prefix="srch"):
    """Ask what to look for."""


class OpenOffer(Tap, prefix="offer"):
    id: int


class Terms(Tap, prefix="terms"):
    offer: int


class Stores(Tap, prefix="strs"):
    offer: int
    page: int = 0


class StoresNear(Tap, prefix="strn"):
    """Ask for a location and list the nearest stores."""

    offer: int


class OfferRules(Tap, prefix="orul"):
    """The program's terms in force, as a document to read."""

    offer: int
    document: int
    page: int = 0


class WaitNumbers(Tap, prefix="numw"):
    """Tell me when there are numbers again; `on` False: no longer."""

    offer: int
    on: bool = True


class Missing(Tap, prefix="miss"):
    """What the offer's brand is out of."""

    offer: int
    page: int = 0


class ShowProduct(Tap, prefix="prod"):
    id: int


class WatchProduct(Tap, prefix="wtch"):
    """Tell me when it is back; `on` False: no longer."""

    id: int
    on: bool = True


class Watches(Tap, prefix="wtcs"):
    """All that I wait for."""
