"""Whose key is this?"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from backend.access.find_keys import is_good
from backend.access.issue_key import Grantor
from backend.access.key_text import read_key_text
from backend.access.rights import Right, kept_rights
from backend.platform.context import Actor, ActorKind, Context
from backend.platform.database import among_texts, asked_together, loaded, rows
from catalog.tenant import Scope
from models.api_key import ApiKey

# Every request asks this: written by hand, because the ORM takes longer to write it than the
# database to answer.
# of all: whose key it is, is what is asked
OF_KEYS = "SELECT * FROM api_keys WHERE public_id {named}"
_MOST_READ = 1000


@dataclass(frozen=True, slots=True)
class Holder:
    """A key that is good now, and what may be done and seen with it."""

    key: ApiKey
    rights: frozenset[Right]
    scope: Scope

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.KEY, self.key.id)

    @property
    def grantor(self) -> Grantor:
        """What may be given away with it."""
        return Grantor(self.rights, self.key.expires_at)


async def authenticate(ctx: Context, text: str) -> Holder | None:
    """None for a text that is no key, was never one, or is one no more: whoever asks is not told
    which. One query, and none for a typo."""
    told = _shown(text)
    if told is None:
        return None
    found = await asked_together(_found, None, told.public_id)
    if found is None:
        return None
    holder = _read(found)
    key, rights = holder.key, holder.rights
    if not hmac.compare_digest(told.digest, key.digest) or not is_good(key, ctx.clock()):
        return None
    if key.account_id is None:
        return Holder(key, rights, await Scope.of_operator(*rights))
    return holder


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a text says of a key, without its secret."""

    public_id: str
    digest: str


# By the SHA-256 of the text: a program shows the same key with each request.
_read_before: dict[bytes, _Shown] = {}


def _shown(text: str) -> _Shown | None:
    if not text.isascii():
        return None
    mark = hashlib.sha256(text.encode()).digest()
    known = _read_before.get(mark)
    if known is not None:
        return known
    told = read_key_text(text)
    if told is None:
        return None
    if len(_read_before) >= _MOST_READ:
        _read_before.clear()
    known = _read_before[mark] = _Shown(told.public_id, told.digest)
    return known


async def _found(_group: None, named: Sequence[str]) -> Mapping[str, tuple[tuple[str, Any], ...]]:
    """The rows of these keys, by their names."""
    found = await rows(OF_KEYS.format(named=among_texts(1)), [list(named)])
    return {row["public_id"]: tuple(row.items()) for row in found}


@lru_cache(_MOST_READ)
def _read(columns: tuple[tuple[str, Any], ...]) -> Holder:
    """Of one state of a row: the database has told it just now, and only reading it is spared. The
    key is everybody's who reads it, and nobody's to change. The operator's sees no account yet."""
    key = loaded(ApiKey, dict(columns))
    rights = kept_rights(key.scopes)
    accounts = [] if key.account_id is None else [key.account_id]
    return Holder(key, rights, Scope.of(accounts, *rights))
