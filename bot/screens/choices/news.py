"""New brands in the person's city, and whether they want to hear of more."""

from backend.platform.words import Translator
from bot.screens.parts import back_button, brand_name, city_name, home_button
from bot.screens.screen import Button, Screen
from bot.taps.browse import OpenOffer
from bot.taps.choices import NewsSwitch
from bot.taps.home import OpenSettings
from models.city import City
from models.offer import Offer


def news(words: Translator, offers: list[Offer], city: City | None, *, wanted: bool) -> Screen:
    """`offers`: one of each brand, the newest brand first."""
    told = words.html("news-title", city=city_name(words, city))
    state = words.html("news-on" if wanted else "news-off")
    label = words("news-turn-off" if wanted else "news-turn-on")
    rows = (
        *(
            (Button(brand_name(words, each.brand), tap=OpenOffer(id=each.id).pack()),)
            for each in offers
        ),
        (Button(label, tap=NewsSwitch(on=not wanted).pack()),),
        (back_button(words, OpenSettings().pack()), home_button(words)),
    )
    return Screen(f"{told}\n\n{state}", rows)
