"""Where a list goes on: sealed, and good for this list of this account alone."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from backend.access.authenticate import Holder
from backend.platform.secrets.master_key import CannotOpen
from backend.platform.secrets.vault import Vault
from backend.web.api.trouble import Problem, Trouble
from catalog.entries.values.entry import Entry

_KEY = "api"
# How a list is cut says nothing of what is on it.
_NOT_BOUND = {"cursor", "limit", "fields"}


def binding(path: str, named: Mapping[str, str], holder: Holder, query: Entry) -> str:
    """Of whose list, which one, with which filters. `named` are the values in the path. A cursor of
    the feed is kept for weeks: what it is bound to stays the same from version to version."""
    filters = query.model_dump(mode="json", exclude=_NOT_BOUND)
    of = [path.format_map(named), holder.key.account_id, filters]
    return hashlib.sha256(orjson.dumps(of, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def sealed_cursor(vault: Vault, bound: str, after: int) -> str:
    sealed = vault.seal_service(_KEY, orjson.dumps({"for": bound, "after": after}))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def opened_cursor(vault: Vault, bound: str, cursor: str) -> int:
    """The id behind which the list goes on. Raises Problem: cursor_not_found."""
    told = _opened(vault, cursor)
    if told.get("for") != bound:
        raise Problem(Trouble.CURSOR_NOT_FOUND)
    return int(told["after"])


def _opened(vault: Vault, cursor: str) -> Mapping[str, Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        sealed = base64.b64decode(padded.encode(), altchars=b"-_", validate=True)
        found = orjson.loads(vault.open_service(_KEY, sealed))
    except (CannotOpen, binascii.Error, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
