"""The same request is answered the same and done once: again, at once, and after a kill."""

import asyncio
import signal
from datetime import timedelta

import pytest

from backend.access.answer_once import Given, Request, answer_once, forget_answers
from backend.platform.context import Context
from models.account import Account
from models.api_answer import ApiAnswer
from models.api_key import ApiKey
from models.audit_entry import AuditEntry
from models.program import Program
from models.refusal import Code, Refusal
from tests.support.caller import Caller
from tests.support.clock import StoppedClock
from tests.support.machine.processes import start_python
from tests.web.api.test_contract import ROMASHKA

ONE = {"Idempotency-Key": "one"}
MADE = {"name": "till", "scopes": ["brands:read"]}


async def test_the_same_again_is_answered_and_not_done(vera: Caller) -> None:
    first = await vera.ask("POST", "/api-keys", MADE, headers=ONE)
    again = await vera.ask("POST", "/api-keys", MADE, headers={"Idempotency-Key": '"one"'})
    assert (again.status, again.text) == (first.status, first.text) == (201, first.text)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert await ApiKey.filter(name="till").count() == 1
    assert first.json["key"] not in repr(await ApiAnswer.all().values())


async def test_the_same_key_for_something_else_is_refused(vera: Caller) -> None:
    await vera.ask("POST", "/api-keys", MADE, headers=ONE)
    for path, body in (("/api-keys", MADE | {"name": "b"}), ("/api-keys?fields=id", MADE)):
        told = await vera.ask("POST", path, body, headers=ONE)
        assert (told.status, told.code) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("key", ["", "a" * 256, "ключ", '""'])
async def test_a_post_without_a_key_of_its_own(vera: Caller, key: str) -> None:
    told = await vera.ask("POST", "/api-keys", MADE, headers={"Idempotency-Key": key})
    assert (told.status, told.code) == (400, "idempotency_key_required")


async def test_another_s_key_is_another_s(vera: Caller, duty: Caller) -> None:
    await vera.ask("POST", "/api-keys", MADE, headers=ONE)
    told = await duty.ask("POST", "/accounts", ROMASHKA, headers=ONE)
    assert told.status == 201


async def test_a_refusal_is_an_answer_too(duty: Caller, lavka: Account) -> None:
    taken = ROMASHKA | {"key": "lavka"}
    first = await duty.ask("POST", "/accounts", taken, headers=ONE)
    await Account.filter(id=lavka.id).update(key="other")
    again = await duty.ask("POST", "/accounts", taken, headers=ONE)
    assert (again.status, again.text) == (first.status, first.text)
    assert first.code == "key_taken"
    assert not await Account.exists(key="lavka")


async def test_what_was_entered_wrongly_may_be_put_right(duty: Caller) -> None:
    assert (await duty.ask("POST", "/accounts", {}, headers=ONE)).status == 422
    assert (await duty.ask("POST", "/accounts", ROMASHKA, headers=ONE)).status == 201


async def test_of_many_at_once_one_works_and_all_are_answered(duty: Caller) -> None:
    told = await asyncio.gather(
        *(duty.ask("POST", "/accounts", ROMASHKA, headers=ONE) for _ in range(8))
    )
    assert {(each.status, each.text) for each in told} == {(201, told[0].text)}
    replayed = [each.headers.get("Idempotency-Replayed") for each in told]
    assert replayed.count(None) == 1
    assert await AuditEntry.filter(verb="save_account").count() == 1


def request(key: ApiKey) -> Request:
    return Request(key.id, "one", "0" * 64)


async def test_the_second_has_its_turn_when_the_first_came_to_nothing(
    vera: Caller, ctx: Context
) -> None:
    """And waits for it until then."""
    key = await ApiKey.first()
    assert key is not None
    began, go = asyncio.Event(), asyncio.Event()

    async def fails() -> Given:
        began.set()
        await go.wait()
        raise ZeroDivisionError

    async def works() -> Given:
        return Given(200, {}, b"second")

    def nothing(_error: Exception) -> Given | None:
        return None

    first = asyncio.create_task(answer_once(ctx, request(key), fails, nothing))
    await began.wait()
    second = asyncio.create_task(answer_once(ctx, request(key), works, nothing))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not second.done()
    go.set()
    with pytest.raises(ZeroDivisionError):
        await first
    assert (await second).body == b"second"


async def test_what_was_begun_before_a_refusal_is_undone(vera: Caller, ctx: Context) -> None:
    key = await ApiKey.first()
    assert key is not None

    async def begun() -> Given:
        await Account.all().update(inn="1")
        raise Refusal(Code.KEY_TAKEN)

    def conflict(_error: Exception) -> Given | None:
        return Given(409, {}, b"taken")

    def later(_error: Exception) -> Given | None:
        return Given(503, {}, b"later")

    assert (await answer_once(ctx, request(key), begun, later)).status == 503
    assert not await ApiAnswer.exists(), "what is to be tried again is not kept"
    assert (await answer_once(ctx, request(key), begun, conflict)).status == 409
    assert (await answer_once(ctx, request(key), begun, later)).again
    assert not await Account.exists(inn="1")


async def test_answers_are_kept_for_their_time(
    vera: Caller, ctx: Context, clock: StoppedClock
) -> None:
    await vera.ask("POST", "/api-keys", MADE, headers=ONE)
    clock.advance(days=1)
    assert await forget_answers(clock() - timedelta(days=2)) == 0
    clock.advance(days=1, seconds=1)
    assert await forget_answers(clock() - timedelta(days=2)) == 1


@pytest.mark.parametrize("many", [1, 3])
async def test_killed_before_the_answer_is_kept_nothing_is_done(
    database_url: str, tmp_path: str, many: int
) -> None:
    """And killed after it, it is answered: change and answer are one, of several at once too."""
    for step, there in (("before", 0), ("after", many)):
        killed = await start_python("tests.web.api.process_killed", database_url, step, str(many))
        _, err = await killed.communicate()
        assert killed.returncode == -signal.SIGKILL, err.decode()
        finished = await start_python("tests.web.api.process_killed", database_url, "count", "0")
        out, err = await finished.communicate()
        assert out.decode().split() == [str(there), str(there)], err.decode()


async def test_two_programs_of_one_name_are_one(vera: Caller, lavka: Account) -> None:
    """Without the same Idempotency-Key, too: the second is refused."""
    from backend.web.api.v1.onboarding import programs

    body = {"key": "lavka-card", **programs.ENTRY}
    told = await asyncio.gather(*(vera.post("/programs", body) for _ in range(4)))
    assert sorted(each.status for each in told) == [201, 409, 409, 409]
    assert await Program.filter(account_id=lavka.id).count() == 1


async def test_who_asks_the_same_after_a_refusal_is_answered_as_the_first(
    vera: Caller, ctx: Context
) -> None:
    """Between what was undone and its answer somebody else may have had their turn: then theirs is
    the answer of both."""
    key = await ApiKey.first()
    assert key is not None
    refusing = asyncio.Event()

    async def refuses() -> Given:
        refusing.set()
        await asyncio.sleep(0)
        raise Refusal(Code.KEY_TAKEN)

    async def works() -> Given:
        return Given(200, {}, b"made")

    def conflict(_error: Exception) -> Given | None:
        return Given(409, {}, b"taken")

    first = asyncio.create_task(answer_once(ctx, request(key), refuses, conflict))
    await refusing.wait()
    second = await answer_once(ctx, request(key), works, conflict)
    told = await first
    assert (told.status, told.body) == (second.status, second.body)
    assert told.again is not second.again
    assert await ApiAnswer.all().count() == 1
