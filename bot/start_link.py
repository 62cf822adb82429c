"""What a `t.me/bot?start=…` link says: an offer to land on, and where the link was put.

`o12` is offer 12, `o12-instagram` the same with a source, `instagram` a source alone. An `s`
before 32 characters is the invitation to a shared card, a `k` before 48 the link of an assigned
one, a `t` before what is signed the invitation of an account. `do_open_card-17` is what the button
of a letter does. `w_lavka_boots-38` is a product of a brand, by the brand's key and its own, to be
told of when it is back.
Telegram allows 64 characters of A-Z a-z 0-9 _ and -. Links live for years: only add to this.
"""

import re
from dataclasses import dataclass
from typing import Any

from backend.messaging.action import START, Action, parse_action

_PAYLOAD = re.compile(r"(?:o(?P<offer>\d{1,18})(?:-|$))?(?P<source>[A-Za-z0-9_-]{0,64})")
_SHARE = re.compile(r"s(?P<token>[A-Za-z0-9_-]{32})")
_ASSIGNED = re.compile(r"k(?P<token>[A-Za-z0-9_-]{16}[0-9a-f]{32})")
_PRODUCT = re.compile(r"w_(?P<brand>[a-z0-9-]{1,24})_(?P<key>[A-Za-z0-9_-]{1,36})")
# What an account tries out: backend/customers/choices/samples.py.
_SAMPLES = re.compile(r"t(?P<token>[0-9a-f]{1,12}-[0-9a-f]{1,8}-[0-9a-f]{32})", re.ASCII)
_ACTION = re.compile(rf"{START}(?P<slug>[a-z_]{{1,32}}(?:-\d{{1,18}})?)", re.ASCII)
_START = re.compile(r"/start(?:@\w+)? (?P<payload>[A-Za-z0-9_-]{1,64})")

_TOKENS = {"share": _SHARE, "assigned": _ASSIGNED, "samples": _SAMPLES}


@dataclass(frozen=True, slots=True)
class StartLink:
    offer: int | None = None
    source: str = ""
    # The token of an invitation. It is a secret: never a source, never written down.
    share: str = ""
    # The token of an assigned card, a secret too.
    assigned: str = ""
    # The invitation of an account to see what it tries out.
    samples: str = ""
    action: Action | None = None
    # Keys of a brand and of a product of its.
    product: tuple[str, str] | None = None


def parse_start(payload: str) -> StartLink:
    """Of a payload that is not ours, nothing."""
    for name, form in _TOKENS.items():
        token = form.fullmatch(payload)
        if token is not None:
            named: dict[str, Any] = {name: token["token"]}
            return StartLink(**named)
    action = _ACTION.fullmatch(payload)
    if action is not None:
        return StartLink(action=parse_action(action["slug"]))
    product = _PRODUCT.fullmatch(payload)
    if product is not None:
        return StartLink(product=(product["brand"], product["key"]))
    found = _PAYLOAD.fullmatch(payload)
    if found is None:
        return StartLink()
    offer = found["offer"]
    return StartLink(int(offer) if offer else None, found["source"])


def make_start(offer: int, source: str = "") -> str:
    """The payload; a source that does not fit is left out."""
    payload = f"o{offer}-{source}" if source else f"o{offer}"
    return payload if _PAYLOAD.fullmatch(payload) and len(payload) <= 64 else f"o{offer}"


def make_share(token: str) -> str:
    return f"s{token}"


def make_assigned(token: str) -> str:
    return f"k{token}"


def share_in(text: str) -> str:
    """The token in a `/start payload` message of a group; empty for any other text."""
    found = _START.fullmatch(text.strip())
    return parse_start(found["payload"]).share if found else ""


def source_of(text: str) -> str:
    """The source in a `/start payload` message; empty for any other text."""
    found = _START.fullmatch(text.strip())
    return parse_start(found["payload"]).source if found else ""
