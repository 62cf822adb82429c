"""What the button of a message does, without the spelling of any channel.

An action is stored as text in `messages.data`: `open_card 17`. Each channel spells it in its own
way: Telegram as callback data (telegram/spelling.py), a letter as a link to `/do/open_card-17`,
which leads on into the bot, an SMS not at all. Texts live in rows and links in mailboxes for
ever: a name, once used, never changes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

# Before the slug, in the payload of a start link of the bot.
START = "do_"
_TEXT = re.compile(r"([a-z_]{1,32})(?:[ -](\d{1,18}))?", re.ASCII)


class ActionKind(StrEnum):
    # With the id of a card.
    OPEN_CARD = "open_card"
    # An external card whose brand is a partner by now: the way to the real one.
    CONNECT_CARD = "connect_card"
    # With the id of an offer.
    OPEN_OFFER = "open_offer"
    # With the id of a brand: no more of its advertising by the channel that carries the message.
    STOP_ADS = "stop_ads"
    OPEN_CONTACTS = "open_contacts"
    CHANGE_EMAIL = "change_email"
    # With the id of a partner's message: what it leads to, and that its button was pressed.
    OPEN_MESSAGE = "open_message"
    # With the id of an account: no more of what it tries out.
    STOP_SAMPLES = "stop_samples"
    # What was seen of a plastic card: it can be added now.
    ADD_PLASTIC = "add_plastic"
    # New brands, and the switch that makes them come by themselves.
    OPEN_NEWS = "open_news"


WITHOUT_ID = frozenset({ActionKind.OPEN_CONTACTS, ActionKind.CHANGE_EMAIL, ActionKind.OPEN_NEWS})


@dataclass(frozen=True, slots=True)
class Action:
    """`id` is 0 for the kinds without one."""

    kind: ActionKind
    id: int = 0

    def __str__(self) -> str:
        return self._spelt(" ")

    @property
    def slug(self) -> str:
        """For links and start payloads: `open_card-17`."""
        return self._spelt("-")

    def _spelt(self, between: str) -> str:
        kind = self.kind.value
        return kind if self.kind in WITHOUT_ID else f"{kind}{between}{self.id}"


def parse_action(text: str) -> Action | None:
    """Of the text or the slug; None for what is no action of this version."""
    found = _TEXT.fullmatch(text)
    if found is None or found[1] not in set(ActionKind):
        return None
    kind, number = ActionKind(found[1]), found[2]
    if (number is None) is not (kind in WITHOUT_ID):
        return None
    return Action(kind, int(number or 0))
