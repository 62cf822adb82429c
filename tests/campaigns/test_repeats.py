"""A campaign that comes again and again: when; each turn once, also after a kill."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.campaigns.begin_campaign import schedule_campaign, start_now
from backend.campaigns.begin_due import begin_due
from backend.campaigns.draft_campaign import Draft, write_campaign
from backend.campaigns.start_campaign import plan_of
from backend.campaigns.steer_campaign import cancel_campaign, pause_campaign, resume_campaign
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from catalog.repeats import Every, Repeats
from catalog.tenant import Scope
from models.campaign import Campaign, CampaignState
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.brands import shop

BERLIN = ZoneInfo("Europe/Berlin")


def turns(repeats: Repeats, after: datetime, number: int, zone: ZoneInfo = BERLIN) -> list[str]:
    """By the clock there."""
    found: list[str] = []
    at = after
    while len(found) < number and (following := repeats.next_after(at, zone)) is not None:
        at = following
        found.append(f"{at.astimezone(zone):%m-%d %H:%M%z}")
    return found


def test_the_clock_there_counts_when_it_is_put_forward_and_back() -> None:
    every_day = Repeats(Every.DAY, time(2, 30))
    spring = datetime(2026, 3, 27, 12, tzinfo=UTC)
    assert turns(every_day, spring, 3) == [
        "03-28 02:30+0100",
        "03-29 03:30+0200",
        "03-30 02:30+0200",
    ]
    autumn = datetime(2026, 10, 23, 12, tzinfo=UTC)
    # 02:30 comes twice on the 25th: it is the first of both, once.
    assert turns(every_day, autumn, 3) == [
        "10-24 02:30+0200",
        "10-25 02:30+0200",
        "10-26 02:30+0100",
    ]


def test_a_month_that_is_shorter_has_it_on_its_last_day() -> None:
    last = Repeats(Every.MONTH, time(10), day=31)
    assert turns(last, datetime(2027, 12, 31, 9, tzinfo=UTC), 4) == [
        "01-31 10:00+0100", "02-29 10:00+0100", "03-31 10:00+0200", "04-30 10:00+0200",
    ]  # fmt: skip


def test_a_week_has_it_on_its_day_and_the_last_day_is_the_last() -> None:
    friday = Repeats(Every.WEEK, time(18), weekday=5, until=date(2026, 12, 11))
    thursday = datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert turns(friday, thursday, 9) == [
        "11-27 18:00+0100",
        "12-04 18:00+0100",
        "12-11 18:00+0100",
    ]
    exactly = datetime(2026, 11, 27, 17, tzinfo=UTC)
    assert friday.at_or_after(exactly, BERLIN) == exactly
    assert friday.next_after(exactly, BERLIN) == exactly + timedelta(days=7)


@pytest.fixture
def engine() -> str:
    """On one: no statement here is written by hand."""
    return "sqlite"


@pytest.fixture
def duty(ctx: Context, database: str) -> Context:
    return ctx.acting(OPERATOR, CLI)


async def series(duty: Context, **more: str) -> tuple[Campaign, Scope]:
    account, _, brand = await shop()
    assert account.timezone == "Europe/Moscow"
    plan = plan_of("Кофе дня", None) | {"repeats": {"every": "day", "at": "10:00", **more}}
    return await write_campaign(duty, brand, Draft("Кофе дня", plan)), Scope.of([account.id])


async def runs(campaign: Campaign) -> list[str]:
    found = await Campaign.filter(series_id=campaign.id).order_by("id")
    return [f"{each.starts_at:%m-%d %H:%M}" for each in found if each.starts_at]


async def test_each_turn_is_a_campaign_of_its_own_and_comes_once(
    duty: Context, clock: StoppedClock
) -> None:
    campaign, scope = await series(duty)
    clock.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    await start_now(duty, scope, campaign.id)
    assert await begin_due(duty) == 0
    clock.now = datetime(2026, 11, 27, 7, 0, 1, tzinfo=UTC)
    for _ in range(3):
        await begin_due(duty)
    assert await runs(campaign) == ["11-27 07:00"]
    (run,) = await Campaign.filter(series_id=campaign.id)
    assert (run.state, run.started_at) == (CampaignState.COLLECTING, clock.now)
    assert (run.plan, run.name) == (plan_of("Кофе дня", None), "Кофе дня")
    # The clock jumps back, and forward again: nothing comes twice.
    for moved in (-timedelta(days=2), timedelta(days=2)):
        clock.now += moved
        await begin_due(duty)
    assert await runs(campaign) == ["11-27 07:00"]
    # Nobody was there for three days: what is a few hours late comes, the others are left out.
    clock.now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    await begin_due(duty)
    assert await runs(campaign) == ["11-27 07:00", "11-30 07:00"]
    clock.now = datetime(2026, 12, 2, 20, tzinfo=UTC)
    await begin_due(duty)
    assert await runs(campaign) == ["11-27 07:00", "11-30 07:00"]
    stands = await Campaign.get(id=campaign.id)
    assert stands.starts_at == datetime(2026, 12, 3, 7, tzinfo=UTC)


async def test_killed_between_the_run_and_the_next_turn_nothing_was_done(
    duty: Context, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, scope = await series(duty)
    await start_now(duty, scope, campaign.id)
    clock.now += timedelta(days=1)

    async def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("backend.campaigns.begin_due.note", killed)
        with pytest.raises(KeyboardInterrupt):
            await begin_due(duty)
    assert await runs(campaign) == []
    await begin_due(duty)
    assert len(await runs(campaign)) == 1


async def test_it_rests_while_it_is_paused_and_ends_with_its_last_day(
    duty: Context, clock: StoppedClock
) -> None:
    clock.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    campaign, scope = await series(duty, until="2026-11-30")
    await schedule_campaign(duty, scope, campaign.id, clock.now)
    clock.now += timedelta(days=1)
    await begin_due(duty)
    await pause_campaign(duty, scope, campaign.id)
    # What is on its way rests with it.
    assert await Campaign.filter(series_id=campaign.id, paused_at__isnull=False).count() == 1
    clock.now += timedelta(days=2)
    assert await begin_due(duty) == 0
    await resume_campaign(duty, scope, campaign.id)
    await begin_due(duty)
    clock.now += timedelta(days=1)
    await begin_due(duty)
    # The day in the pause was left out, but for the last, which was five hours late.
    assert await runs(campaign) == ["11-27 07:00", "11-29 07:00", "11-30 07:00"]
    over = await Campaign.get(id=campaign.id)
    assert (over.state, over.finished_at) == (CampaignState.DONE, clock.now)
    assert over.starts_at is None


async def test_cancelled_it_takes_along_what_is_on_its_way(
    duty: Context, clock: StoppedClock
) -> None:
    campaign, scope = await series(duty)
    await start_now(duty, scope, campaign.id)
    clock.now += timedelta(days=1)
    await begin_due(duty)
    await cancel_campaign(duty, scope, campaign.id)
    clock.now += timedelta(days=1)
    assert await begin_due(duty) == 0
    assert {each.state for each in await Campaign.all()} == {CampaignState.CANCELLED}


async def test_what_never_comes_again_is_not_begun(duty: Context, clock: StoppedClock) -> None:
    clock.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    campaign, scope = await series(duty, until="2026-11-26")
    with pytest.raises(Refusal) as refused:
        await start_now(duty, scope, campaign.id)
    assert refused.value.code is Code.CAMPAIGN_OVER


async def test_a_time_to_come_is_waited_for_once(duty: Context, clock: StoppedClock) -> None:
    account, _, brand = await shop()
    campaign = await write_campaign(duty, brand, Draft("Осень", plan_of("Кофе", None)))
    await schedule_campaign(
        duty, Scope.of([account.id]), campaign.id, clock.now + timedelta(hours=1)
    )
    assert await begin_due(duty) == 0
    # However late: it is one, and it was wanted.
    clock.now += timedelta(days=3)
    assert [await begin_due(duty) for _ in range(2)] == [1, 0]
    begun = await Campaign.get(id=campaign.id)
    assert (begun.state, begun.started_at) == (CampaignState.COLLECTING, clock.now)
