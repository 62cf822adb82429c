"""«Tell me when it is back»: what a brand is out of, one product, all that somebody waits for."""

from backend.platform.words import Translator
from backend.triggers.gone import GonePage
from backend.triggers.watch import Watched
from bot.screens.parts import back_button, brand_name, cut, home_button
from bot.screens.screen import Button, Rows, Screen
from bot.taps.browse import Missing, OpenOffer, ShowProduct, WatchProduct
from bot.taps.home import OpenSettings
from models.trigger import Product

LONGEST_LABEL = 56


def missing(words: Translator, offer_id: int, found: GonePage) -> Screen:
    rows: Rows = tuple(
        (Button(_bell(each.title, on=each.watched), tap=ShowProduct(id=each.product_id).pack()),)
        for each in found.products
    )
    turns = []
    if found.page:
        turns.append(Button("‹", tap=Missing(offer=offer_id, page=found.page - 1).pack()))
    if found.more:
        turns.append(Button("›", tap=Missing(offer=offer_id, page=found.page + 1).pack()))
    back = (back_button(words, OpenOffer(id=offer_id).pack()), home_button(words))
    text = words.html("missing-title" if found.products else "missing-nothing")
    return Screen(text, (*rows, *((tuple(turns),) if turns else ()), back))


def product(words: Translator, shown: Product, *, waits: bool, fresh: bool = False) -> Screen:
    brand = brand_name(words, shown.brand)
    state = "there" if shown.in_stock else "waits" if waits else "gone"
    text = words.html(f"product-{state}", title=shown.title, brand=brand)
    watch = WatchProduct(id=shown.id, on=not waits).pack()
    label = words("product-watch-off" if waits else "product-watch")
    rows: Rows = ((Button(label, tap=watch),),) if waits or not shown.in_stock else ()
    return Screen(text, (*rows, (home_button(words),)), fresh=fresh)


def watched(words: Translator, found: list[Watched]) -> Screen:
    """A tap leads to the product, where the waiting ends."""
    rows: Rows = tuple(
        (
            Button(
                cut(f"🔔 {each.title} · {brand_name(words, each.brand)}", LONGEST_LABEL),
                tap=ShowProduct(id=each.product_id).pack(),
            ),
        )
        for each in found
    )
    back = (back_button(words, OpenSettings().pack()), home_button(words))
    text = words.html("watches-title" if found else "watches-nothing")
    return Screen(text, (*rows, back))


def _bell(title: str, *, on: bool) -> str:
    return cut(f"{'🔔' if on else '🔕'} {title}", LONGEST_LABEL)
