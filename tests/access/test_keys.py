"""The operator gives Вера of «Ромашка» a key; it is rotated, expires, is taken away."""

import asyncio
from datetime import timedelta

import pytest

from backend.access.authenticate import authenticate
from backend.access.find_keys import list_keys
from backend.access.issue_key import Grantor, KeyOrder, issue_key
from backend.access.note_uses import Uses
from backend.access.revoke_key import revoke_key
from backend.access.rights import EXPLAINED, Right, UnknownRight, rights_named
from backend.access.rotate_key import rotate_key
from backend.platform.context import OPERATOR, Actor, ActorKind, Context
from backend.platform.door import CLI
from catalog.tenant import Scope
from models.account import Account
from models.api_key import ApiKey
from models.audit_entry import AuditEntry
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements
from tests.support.factory.brands import make_account

pytestmark = pytest.mark.usefixtures("database")
READ = frozenset({Right.BRANDS_READ})
MAY_GIVE = READ | {Right.KEYS}


@pytest.fixture
async def romashka(database: str) -> Account:
    return await make_account()


@pytest.fixture
def operator(ctx: Context) -> Context:
    return ctx.acting(OPERATOR, CLI)


async def refused(code: Code, doing: object, **details: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await doing  # type: ignore[misc]
    assert refusal.value.code is code
    assert refusal.value.details == details


async def test_a_key_opens_its_account_alone(operator: Context, romashka: Account) -> None:
    other = await make_account("vasilek")
    issued = await issue_key(operator, KeyOrder(romashka.id, "CRM", READ))
    holder = await authenticate(operator, issued.text)
    assert holder is not None
    assert holder.rights == READ
    assert holder.actor == Actor(ActorKind.KEY, issued.key.id)
    assert [row.id for row in await holder.scope.own_accounts()] == [romashka.id]
    assert not await holder.scope.own_accounts().filter(id=other.id).exists()


async def test_an_operator_s_key_sees_every_account(operator: Context, romashka: Account) -> None:
    issued = await issue_key(operator, KeyOrder(None, "duty", READ))
    await make_account("vasilek")
    holder = await authenticate(operator, issued.text)
    assert holder is not None
    assert holder.rights == READ | {Right.OPERATOR}
    assert len(holder.scope.accounts) == 2
    order = KeyOrder(romashka.id, "CRM", frozenset({Right.OPERATOR}))
    await refused(Code.SCOPE_MISSING, issue_key(operator, order), scope="operator")


async def test_the_secret_is_kept_nowhere(operator: Context, romashka: Account) -> None:
    issued = await issue_key(operator, KeyOrder(romashka.id, "CRM", READ))
    secret = issued.text.rpartition("_")[2][:43]
    rows = [*await ApiKey.all().values(), *await AuditEntry.all().values()]
    assert secret not in repr(rows)
    entry = await AuditEntry.get()
    assert (entry.verb, entry.actor_kind, entry.account_id) == (
        "issue_key",
        "operator",
        romashka.id,
    )
    assert entry.after is not None
    assert entry.after["scopes"] == ["brands:read"]


async def test_a_typo_asks_nothing_and_a_wrong_secret_opens_nothing(
    operator: Context, romashka: Account
) -> None:
    issued = await issue_key(operator, KeyOrder(romashka.id, "CRM", READ))
    other = await issue_key(operator, KeyOrder(romashka.id, "other", READ))
    async with statements() as asked:
        assert await authenticate(operator, issued.text[:-1] + "!") is None
        assert await authenticate(operator, issued.text.swapcase()) is None
    assert asked == []
    await ApiKey.filter(id=issued.key.id).update(digest=other.key.digest)
    assert await authenticate(operator, issued.text) is None


async def test_an_expiry_counts_from_its_first_moment(
    operator: Context, romashka: Account, clock: StoppedClock
) -> None:
    ends = clock() + timedelta(hours=1)
    issued = await issue_key(operator, KeyOrder(romashka.id, "", READ, ends))
    clock.advance(minutes=59)
    assert await authenticate(operator, issued.text) is not None
    clock.advance(minutes=1)
    assert await authenticate(operator, issued.text) is None


async def test_a_rotation_overlaps_for_the_time_given(
    operator: Context, romashka: Account, clock: StoppedClock
) -> None:
    first = await issue_key(operator, KeyOrder(romashka.id, "CRM", READ))
    second = await rotate_key(operator, None, first.key.public_id, timedelta(hours=2))
    assert (second.key.name, second.key.scopes) == ("CRM", ["brands:read"])
    assert await authenticate(operator, first.text) is not None
    assert await authenticate(operator, second.text) is not None
    clock.advance(hours=2)
    assert await authenticate(operator, first.text) is None
    assert await authenticate(operator, second.text) is not None
    again = rotate_key(operator, None, first.key.public_id, timedelta(hours=2))
    await refused(Code.API_KEY_ENDED, again)


async def test_of_two_rotations_at_once_one_is_made(operator: Context, romashka: Account) -> None:
    first = await issue_key(operator, KeyOrder(romashka.id, "CRM", READ))
    ended = await asyncio.gather(
        *(rotate_key(operator, None, first.key.public_id, timedelta()) for _ in range(4)),
        return_exceptions=True,
    )
    assert len([each for each in ended if isinstance(each, Refusal)]) == 3
    assert len(await list_keys(romashka.id)) == 2


async def test_a_rotation_never_makes_a_key_last_longer(
    operator: Context, romashka: Account, clock: StoppedClock
) -> None:
    ends = clock() + timedelta(hours=1)
    first = await issue_key(operator, KeyOrder(romashka.id, "", READ, ends))
    second = await rotate_key(operator, None, first.key.public_id, timedelta(days=1))
    rows = {key.id: key.expires_at for key in await list_keys()}
    assert rows == {first.key.id: ends, second.key.id: ends}


async def test_revoked_is_at_once_and_once(
    operator: Context, romashka: Account, clock: StoppedClock
) -> None:
    issued = await issue_key(operator, KeyOrder(romashka.id, "CRM", READ))
    since = clock()
    await revoke_key(operator, None, issued.key.public_id)
    assert await authenticate(operator, issued.text) is None
    clock.advance(days=1)
    assert (await revoke_key(operator, None, issued.key.public_id)).revoked_at == since
    assert await AuditEntry.filter(verb="revoke_key").count() == 1


async def test_nobody_gives_what_they_have_not(operator: Context, romashka: Account) -> None:
    mine = Scope.of([romashka.id])
    giver = Grantor(MAY_GIVE, operator.clock() + timedelta(days=1))
    strong = await issue_key(
        operator, KeyOrder(romashka.id, "strong", frozenset(Right) - {Right.OPERATOR})
    )
    more = KeyOrder(romashka.id, "", frozenset({Right.AUDIT_READ}))
    await refused(Code.SCOPE_MISSING, issue_key(operator, more, giver), scope="audit:read")
    taken = rotate_key(operator, mine, strong.key.public_id, timedelta(), giver)
    await refused(Code.SCOPE_MISSING, taken, scope="brands:write")
    lasting = await issue_key(operator, KeyOrder(romashka.id, "", READ), giver)
    assert lasting.key.expires_at == giver.until


async def test_another_account_s_key_is_not_there(operator: Context, romashka: Account) -> None:
    theirs = await issue_key(operator, KeyOrder((await make_account("vasilek")).id, "", READ))
    of_operator = await issue_key(operator, KeyOrder(None, "", READ))
    mine = Scope.of([romashka.id])
    for public_id in (theirs.key.public_id, of_operator.key.public_id, "0" * 10):
        await refused(Code.API_KEY_NOT_FOUND, revoke_key(operator, mine, public_id))
        rotating = rotate_key(operator, mine, public_id, timedelta())
        await refused(Code.API_KEY_NOT_FOUND, rotating)


async def test_uses_are_written_together(operator: Context, romashka: Account) -> None:
    issued = await issue_key(operator, KeyOrder(romashka.id, "", READ))
    uses = Uses()
    for _ in range(100):
        uses.saw(issued.key.id, operator.clock())
    async with statements() as asked:
        assert await uses.write() == 1
        assert await uses.write() == 0
    assert len(asked) == 1
    assert (await ApiKey.get(id=issued.key.id)).last_used_at == operator.clock()


def test_every_scope_says_what_it_opens() -> None:
    assert set(EXPLAINED) == set(Right)
    assert rights_named(["keys", "brands:read"]) == {Right.KEYS, Right.BRANDS_READ}
    with pytest.raises(UnknownRight, match=r"brand:read is no scope; expected some of keys, "):
        rights_named(["brand:read"])
