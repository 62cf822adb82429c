"""A button under a message of the backend carries the very tap that the bot answers."""

import pytest

from backend.messaging.action import Action, ActionKind
from backend.messaging.telegram.spelling import callback_data
from bot.tap_codec import Tap
from bot.taps.browse import OpenOffer
from bot.taps.choices import AdsOff, News, OpenMessage, SamplesOff
from bot.taps.contacts import ChangeEmail, Contacts
from bot.taps.plastic import AddNow
from bot.taps.pocket import BecomeReal, OpenCard

TAPS: dict[ActionKind, Tap] = {
    ActionKind.OPEN_CARD: OpenCard(id=17),
    ActionKind.CONNECT_CARD: BecomeReal(id=17),
    ActionKind.OPEN_OFFER: OpenOffer(id=17),
    ActionKind.STOP_ADS: AdsOff(brand=17, channel="telegram"),
    ActionKind.OPEN_CONTACTS: Contacts(),
    ActionKind.CHANGE_EMAIL: ChangeEmail(),
    ActionKind.OPEN_MESSAGE: OpenMessage(id=17),
    ActionKind.STOP_SAMPLES: SamplesOff(account=17),
    ActionKind.ADD_PLASTIC: AddNow(finding=17),
    ActionKind.OPEN_NEWS: News(),
}


@pytest.mark.parametrize("kind", ActionKind)
def test_telegram_spells_an_action_as_the_bot_reads_it(kind: ActionKind) -> None:
    assert kind in TAPS, "name here which tap the bot answers this action with"
    tap = TAPS[kind]
    spelt = callback_data(Action(kind, 17))
    assert spelt == tap.pack()
    assert type(tap).unpack(spelt) == tap
