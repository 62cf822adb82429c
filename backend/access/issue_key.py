"""Issue a key: its text is shown this once."""

from dataclasses import dataclass
from datetime import datetime

from backend.access.key_text import new_key_text
from backend.access.rights import Right
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from backend.platform.watch.use_case_log import log_of
from models.api_key import ApiKey
from models.audit_entry import Verb
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """What the key is to be. `account_id` None: the operator's, who may all that is named and is
    the operator by that. `name` says who uses it."""

    account_id: int | None
    name: str
    rights: frozenset[Right]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Grantor:
    """What whoever issues may give away: no right beyond their own, for no longer than they have
    it."""

    rights: frozenset[Right]
    until: datetime | None = None

    def check(self, rights: frozenset[Right]) -> None:
        """Refuses with scope_missing (scope)."""
        for right in Right:
            if right in rights - self.rights:
                raise Refusal(Code.SCOPE_MISSING, scope=right.value)

    def ends(self, wanted: datetime | None) -> datetime | None:
        ends = [each for each in (wanted, self.until) if each is not None]
        return min(ends, default=None)


# Who holds the command line may give everything.
ANYTHING = Grantor(frozenset(Right))


@dataclass(frozen=True, slots=True)
class Issued:
    """`text` is told to nobody else and never again."""

    key: ApiKey
    text: str


async def issue_key(ctx: Context, order: KeyOrder, grantor: Grantor = ANYTHING) -> Issued:
    """Refuses with scope_missing (scope) what the grantor may not give."""
    grantor.check(order.rights)
    async with transaction():
        issued = await write_key(ctx, order, grantor)
        await note_key(ctx, Verb.ISSUE_KEY, issued.key)
    log_of(ctx, __name__).info("a key is issued", key=issued.key.public_id)
    return issued


async def write_key(ctx: Context, order: KeyOrder, grantor: Grantor) -> Issued:
    """Inside a transaction. Refuses with scope_missing (scope) an account that would be the
    operator."""
    of_operator = {Right.OPERATOR} if order.account_id is None else set[Right]()
    if Right.OPERATOR in order.rights - of_operator:
        raise Refusal(Code.SCOPE_MISSING, scope=Right.OPERATOR.value)
    made = new_key_text()
    key = await ApiKey.create(
        account_id=order.account_id,
        name=order.name,
        public_id=made.public_id,
        digest=made.digest,
        scopes=sorted(order.rights | of_operator),
        created_at=ctx.clock(),
        expires_at=grantor.ends(order.expires_at),
    )
    return Issued(key, made.text)


async def note_key(ctx: Context, verb: Verb, key: ApiKey) -> None:
    """Inside the transaction: into the trail of the account, without the secret."""
    ends = key.expires_at and key.expires_at.isoformat()
    what = {"key": key.public_id, "name": key.name, "scopes": key.scopes, "expires_at": ends}
    await note(ctx, verb, "api_key", key.id, account_id=key.account_id, change=Change(after=what))
