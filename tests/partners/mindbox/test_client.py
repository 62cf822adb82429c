"""When a request is sent again, and when not: as the documentation allows."""

from uuid import UUID, uuid4

import pytest

from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.bodies import CustomerBody
from backend.partners.mindbox.wire.client import Retry
from backend.partners.mindbox.wire.errors import (
    Forbidden,
    MindboxError,
    ProtocolFault,
    RateLimited,
    Unavailable,
    ValidationFailed,
    WrongAddress,
)
from backend.partners.mindbox.wire.pace import Pace
from tests.partners.faults import AFTER, BEFORE, EVERY, Fault, When
from tests.partners.mindbox.conftest import Client
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Project

KEY = UUID("7f1a1a52-0df1-4b8c-9d4f-2f0c0a0e0003")
WHO = bodies.operation(CustomerBody(ids={"KarmanID": "1"}))
NEW = bodies.operation(CustomerBody(ids={"KarmanID": "1"}, mobile_phone="79001234567"))
READ, REGISTER = "CardsMobile.GetCustomerInfo", "CardsMobile.RegisterCustomer"
REPEATED = (
    Fault.TIME_OUT, Fault.HALF_CLOSED, Fault.ERROR_500, Fault.WRONG_JSON, Fault.WRONG_TYPE,
)  # fmt: skip


@pytest.mark.parametrize(("when", "fault"), EVERY)
async def test_a_write_is_done_once_whatever_goes_wrong(
    client: Client, double: MindboxDouble, project: Project, slept: list[float],
    when: When, fault: Fault,
) -> None:  # fmt: skip
    mindbox = client(seconds=0.3 if fault is Fault.TIME_OUT else 5)
    double.faults.next(when, fault)
    if fault is Fault.TOO_MANY:
        with pytest.raises(RateLimited) as caught:
            await mindbox.write(REGISTER, NEW, KEY)
        assert caught.value.after == 2
        assert slept == []
    else:
        answer = await mindbox.write(REGISTER, NEW, KEY)
        lost = when is AFTER and fault in REPEATED
        assert answer.was_done_before is lost
        assert slept == ([0.2] if fault in REPEATED else [])
        assert project.totals()["customers"] == 1
        assert project.people[1001].history == ["registered"]
    assert double.faults.happened == {(when, fault): 1}


@pytest.mark.parametrize(("when", "fault"), EVERY)
async def test_a_read_is_repeated_once(
    client: Client, double: MindboxDouble, when: When, fault: Fault
) -> None:
    mindbox = client(seconds=0.3 if fault is Fault.TIME_OUT else 5)
    double.faults.next(when, fault)
    if fault is Fault.TOO_MANY:
        with pytest.raises(RateLimited):
            await mindbox.read(READ, WHO)
    else:
        answer = await mindbox.read(READ, WHO)
        assert answer.customer is not None
        assert not answer.customer.is_known


async def test_what_stays_broken_is_told(
    client: Client, double: MindboxDouble, slept: list[float]
) -> None:
    mindbox = client(retry=Retry(times=3, first=0.5, most=1.5))
    double.faults.choose = lambda request, position: (BEFORE, Fault.ERROR_500)
    with pytest.raises(Unavailable) as caught:
        await mindbox.write(REGISTER, NEW, KEY)
    assert caught.value.status == 500
    assert double.faults.requests == 4
    assert slept == [0.5, 1.0, 1.5]


async def test_the_same_transaction_changes_nothing_a_second_time(
    client: Client, project: Project
) -> None:
    mindbox = client()
    assert not (await mindbox.write(REGISTER, NEW, KEY)).was_done_before
    again = await mindbox.write(REGISTER, NEW, KEY)
    assert again.was_done_before
    assert again.customer is None
    assert project.people[1001].history == ["registered"]
    await mindbox.write(REGISTER, NEW, uuid4())
    assert project.people[1001].history == ["registered", "edited"]


async def refused(client: Client, operation: str, **how: str) -> MindboxError:
    with pytest.raises(MindboxError) as caught:
        await client(**how).read(operation, WHO)
    return caught.value


async def test_what_must_be_mended_is_asked_once(
    client: Client, double: MindboxDouble, slept: list[float]
) -> None:
    assert type(await refused(client, "CardsMobile.Nothing")) is ProtocolFault
    assert type(await refused(client, READ, endpoint="Nowhere")) is ProtocolFault
    assert type(await refused(client, READ, secret="wrong")) is Forbidden
    mail = bodies.operation(CustomerBody(ids={"KarmanID": "1"}, email="mymail"))
    with pytest.raises(ValidationFailed):
        await client().write(REGISTER, mail, KEY)
    assert slept == []
    assert double.faults.requests == 4


async def test_an_address_that_is_not_there(client: Client, double: MindboxDouble) -> None:
    mindbox = client()
    mindbox.host += "/api"
    with pytest.raises(WrongAddress):
        await mindbox.read(READ, WHO)
    assert double.lost == 1


async def test_nobody_listens(client: Client, slept: list[float]) -> None:
    mindbox = client()
    mindbox.host = "http://127.0.0.1:1"
    with pytest.raises(Unavailable, match="connection broke"):
        await mindbox.read(READ, WHO)
    assert slept == [0.2]


async def test_the_minutes_limit_is_kept_before_mindbox_says_so(
    client: Client, double: MindboxDouble, slept: list[float]
) -> None:
    double.per_minute = 20
    mindbox = client(pace=Pace(20))
    refusals = []
    for _ in range(30):
        try:
            await mindbox.read(READ, WHO)
        except RateLimited as limited:
            refusals.append(limited)
    assert refusals
    assert not any(limited.sent for limited in refusals)
    assert len(double.raw) + len(refusals) == 30
    assert len(double.raw) <= 20


async def test_the_days_limit_is_told_apart(client: Client, double: MindboxDouble) -> None:
    double.per_day = 1
    mindbox = client()
    await mindbox.read(READ, WHO)
    with pytest.raises(RateLimited) as caught:
        await mindbox.read(READ, WHO)
    assert (caught.value.daily, caught.value.after) == (True, 900)
    with pytest.raises(RateLimited) as caught:
        await mindbox.read(READ, WHO)
    assert not caught.value.sent
    assert len(double.seen) == 1


async def test_the_key_is_shown_nowhere(client: Client) -> None:
    assert "D061p764m85bklq" not in repr(client())
    assert "D061p764m85bklq" not in str(await refused(client, "CardsMobile.Nothing"))
