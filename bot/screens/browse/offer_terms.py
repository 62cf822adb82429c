"""«Условия»: what the offer itself does not say. Days, the legal entity, the program's terms."""

from backend.platform.words import Translator, spoken
from bot.screens.browse.offer import short_terms
from bot.screens.parts import back_button, brand_name, cut, escape, home_button, long_date, terms
from bot.screens.screen import Button, Screen
from bot.taps.browse import OfferRules, OpenOffer
from catalog.days import offer_day, offer_last_day
from models.city import City
from models.consent_document import ConsentDocument
from models.offer import Offer

# A brand pack takes no longer ones.
LONGEST_TERMS = 3000


def offer_terms(
    words: Translator, shown: Offer, cities: list[City], rules: ConsentDocument | None
) -> Screen:
    """`shown` comes with brand, program and account. The offer's text stands here when the offer
    shows only its beginning. `rules`: the program's terms in force."""
    account = shown.brand.program.account
    parts = [
        words.html("offer-terms-title", brand=brand_name(words, shown.brand)),
        _days(words, shown),
    ]
    whole = terms(words, shown)
    if short_terms(words, shown, cities) != whole:
        parts.append(escape(cut(whole, LONGEST_TERMS)))
    parts.append(
        words.html(
            "offer-account",
            name=spoken(account, "legal_name", words.language),
            inn=account.inn,
            address=spoken(account, "address", words.language),
        )
    )
    rows: list[tuple[Button, ...]] = []
    if rules is not None:
        tap = OfferRules(offer=shown.id, document=rules.id).pack()
        rows.append((Button(words("terms-rules"), tap=tap),))
    rows.append((back_button(words, OpenOffer(id=shown.id).pack()), home_button(words)))
    return Screen("\n\n".join(parts), tuple(rows))


def _days(words: Translator, shown: Offer) -> str:
    until = offer_last_day(shown)
    begins = offer_day(shown, shown.starts_at) if shown.starts_at is not None else None
    if begins is not None and until is not None:
        both = {"from": long_date(words, begins), "until": long_date(words, until)}
        return words.html("terms-between", **both)
    if until is not None:
        return words.html("offer-until", date=long_date(words, until))
    if begins is not None:
        return words.html("terms-from", **{"from": long_date(words, begins)})
    return words.html("terms-always")
