"""What became of an application for several cards."""

from backend.cards.issue.issue_cards import Outcome
from backend.platform.words import Translator
from bot.screens.parts import brand_name, cards_button, home_button
from bot.screens.refusals import reason
from bot.screens.screen import Button, Screen
from bot.taps.browse import WaitNumbers
from bot.taps.issue import Resume
from bot.taps.pocket import OpenCard
from models.refusal import Code


def issued(words: Translator, outcomes: list[Outcome]) -> Screen:
    lines = [words.html("issued-title"), ""]
    rows: list[tuple[Button, ...]] = []
    for outcome in outcomes:
        name = brand_name(words, outcome.offer.brand)
        if outcome.card is not None:
            lines.append(words.html("issued-line", brand=name))
            tap = OpenCard(id=outcome.card.id).pack()
            rows.append((Button(f"💳 {name}", tap=tap),))
        elif outcome.refusal is not None:
            why = reason(words, outcome.refusal)
            lines.append(words.html("issued-refused-line", brand=name, reason=why))
            if outcome.refusal.code is Code.POOL_EMPTY:
                wait = WaitNumbers(offer=outcome.offer.id).pack()
                rows.append((Button(words("issued-wait", brand=name), tap=wait),))
    if any(each.refusal is not None and each.refusal.code is Code.TRY_LATER for each in outcomes):
        rows.append((Button(words("refusal-again-button"), tap=Resume().pack()),))
    rows.append((cards_button(words), home_button(words)))
    any_card = any(outcome.card is not None for outcome in outcomes)
    return Screen("\n".join(lines), tuple(rows), keys=words.language if any_card else "")
