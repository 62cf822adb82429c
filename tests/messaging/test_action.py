"""One action, spelt by every channel: what the bot reads, what a link says, what a row keeps."""

import pytest

from backend.messaging.action import START, WITHOUT_ID, Action, ActionKind, parse_action
from backend.messaging.telegram.spelling import callback_data
from bot.start_link import StartLink, parse_start
from bot.taps.browse import OpenOffer
from bot.taps.choices import AdsOff, News, OpenMessage, SamplesOff
from bot.taps.contacts import ChangeEmail, Contacts
from bot.taps.plastic import AddNow
from bot.taps.pocket import BecomeReal, OpenCard

EVERY = [Action(kind) if kind in WITHOUT_ID else Action(kind, 17) for kind in ActionKind]
# By kind, the tap of the bot that the button under a message makes.
TAPPED = {
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


@pytest.mark.parametrize("action", EVERY, ids=str)
def test_an_action_is_read_as_it_was_written(action: Action) -> None:
    assert parse_action(str(action)) == action
    assert parse_action(action.slug) == action
    assert parse_start(f"{START}{action.slug}") == StartLink(action=action)


@pytest.mark.parametrize("action", EVERY, ids=str)
def test_telegram_spells_it_as_the_bot_reads_it(action: Action) -> None:
    tap = TAPPED[action.kind]
    assert callback_data(action) == tap.pack()
    assert tap.unpack(callback_data(action)) == tap


@pytest.mark.parametrize(
    "text",
    ["", "open_card", "open_card x", "open_card -1", "open_card 17 18", "open_contacts 1",
     "delete_all 1", "open_card ١٧", "card:17", "open_card " + "9" * 19],
)  # fmt: skip
def test_what_is_no_action(text: str) -> None:
    assert parse_action(text) is None


def test_a_made_up_start_link_is_a_label_and_nothing_more() -> None:
    assert parse_start("do_delete_all-1") == StartLink()
    assert parse_start("do_") == StartLink(source="do_")
