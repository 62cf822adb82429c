"""Actions as callback data: what the taps of the bot read (bot/taps/).

Buttons in messages sent months ago carry them, so that no line here ever changes.
"""

from backend.messaging.action import Action, ActionKind

_SPELT = {
    ActionKind.OPEN_CARD: "card:{id}",
    ActionKind.CONNECT_CARD: "cjoin:{id}",
    ActionKind.OPEN_OFFER: "offer:{id}",
    ActionKind.STOP_ADS: "adoff:{id}:telegram",
    ActionKind.OPEN_CONTACTS: "conts",
    ActionKind.CHANGE_EMAIL: "ctem",
    ActionKind.OPEN_MESSAGE: "pmsg:{id}",
    ActionKind.STOP_SAMPLES: "smpoff:{id}",
    ActionKind.ADD_PLASTIC: "addg:{id}",
    ActionKind.OPEN_NEWS: "nws",
}


def callback_data(action: Action) -> str:
    return _SPELT[action.kind].format(id=action.id)
