"""How long it takes to count whom a brand means among as many people as a large wallet has.

On PostgreSQL, of BENCH_PEOPLE: they live where people live (the cities' own sizes), each with an
identity, an answer about advertising, a card and, three of five, with traits. Each count is what
the API answers: recipients, and why the others are left out. The limits are for 4,500,000 people
and are taken for fewer in proportion.
"""

import os
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import uvloop

from backend.campaigns.audience import Audience as OfCampaign
from backend.campaigns.plan import Plan
from backend.platform.database import connect, copy_in, disconnect, rows, transaction
from backend.platform.migrate import migrate
from backend.segments.audience import Audience, count_people
from backend.segments.whose import Whose, whose
from catalog.reference.reference import load_reference
from catalog.traits import AgeBand
from models.brand import Brand
from models.campaign import Campaign
from models.city import City
from models.consent_document import ConsentDocument, ConsentPurpose
from models.program import Program
from tests.bench._scratch import scratch
from tests.bench.harness import Report, say
from tests.support.database import postgres
from tests.support.factory.brands import make_account, make_offer, make_program

NAME = "segments"
FULL = 4_500_000
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "300000"))
CHUNK = 50_000
ROUNDS = 5
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
# Every second person lives in one of the largest cities.
HALF = 0.5
# By name: the tree, and milliseconds of FULL people.
Tree = dict[str, Any]


def trees(half: list[str]) -> dict[str, tuple[Tree | None, float]]:
    four: Tree = {
        "all": [
            {"field": "city", "in": half},
            {"field": "balance", "from": "100"},
            {"field": "age", "in": ["25-34", "35-44"]},
            {"not": {"field": "last_seen", "within_days": 7}},
        ]
    }
    return {
        "two cities": ({"field": "city", "in": ["kazan", "ufa"]}, 50),
        "half of all": ({"field": "city", "in": half}, 1000),
        "four conditions": (four, 2000),
        "everybody": (None, 1000),
    }


def run(report: Report) -> None:
    with scratch():
        server = postgres.lasting_server_url()
        uvloop.run(postgres.admin("CREATE DATABASE segments", server))
        uvloop.run(_measured(report, f"{server}/segments"))


async def _measured(report: Report, url: str) -> None:
    await migrate(url)
    await connect(url)
    brand, half = await _filled()
    share = PEOPLE / FULL
    for name, (tree, limit) in trees(half).items():
        audience = Audience(brand, tree)
        took, counted = [], None
        for _ in range(ROUNDS):
            began = time.perf_counter()
            counted = await count_people(audience, NOW)
            took.append((time.perf_counter() - began) * 1000)
        assert counted is not None
        say(f"{name}: {counted.recipients} of {counted.meant} who are meant, of {PEOPLE}")
        report.add(
            f"count {name}", statistics.median(took), "ms",
            against=f"limit {limit * share:.0f} ms of {PEOPLE}", theirs=limit * share, aim=1,
            aim_is="at most",
        )  # fmt: skip
        began = time.perf_counter()
        campaign = Campaign(brand_id=brand.brand_id, advertiser="", inn="", erid="")
        of_all = OfCampaign(campaign, Plan(audience=tree), NOW)
        first = await of_all.batch(0, Plan().channels, 1000)
        took_first = (time.perf_counter() - began) * 1000
        assert first.first
        report.add(
            f"first thousand of {name}", took_first, "ms", against="limit 5 s from tap to message",
            theirs=5000, aim=1, aim_is="at most",
        )  # fmt: skip
    await disconnect()


async def _filled() -> tuple[Whose, list[str]]:
    """The brand, and the largest cities with half of the people."""
    reference = load_reference().cities.values()
    largest = sorted(reference, key=lambda city: -city.population)
    await City.bulk_create(
        [
            City(
                key=city.key, name_ru=city.name_ru, name_en=city.name_en, lat=city.lat,
                lon=city.lon, population=city.population, timezone=city.timezone,
            )
            for city in largest
            if not await City.exists(key=city.key)
        ]
    )  # fmt: skip
    account = await make_account("shop")
    program = await make_program(account, "club")
    offer = await make_offer(program, "shop")
    document = await ConsentDocument.get(
        account_id=account.id, purpose=ConsentPurpose.ADVERTISING, language="ru"
    )
    ids = {city.key: city.id for city in await City.all()}
    weights = [(ids[city.key], city.population) for city in largest]
    began = time.perf_counter()
    for start in range(0, PEOPLE, CHUNK):
        some = range(start + 1, min(start + CHUNK, PEOPLE) + 1)
        await _add(some, weights, program, offer.brand_id, document.id)
    await rows("VACUUM ANALYZE")
    say(f"{PEOPLE} people in {time.perf_counter() - began:.0f} s")
    half, people, whole = [], 0, sum(weight for _, weight in weights)
    for city in largest:
        half.append(city.key)
        people += city.population
        if people >= whole * HALF:
            break
    assert await Brand.exists(id=offer.brand_id)
    return await whose(offer.brand_id), half


async def _add(
    some: range, weights: list[tuple[int, int]], program: Program, brand_id: int, document_id: int
) -> None:
    chance = random.Random(some.start)
    lives = chance.choices(
        [city for city, _ in weights], [size for _, size in weights], k=len(some)
    )
    profile = chance.randbytes(300)
    days = [NOW.date() - timedelta(days=n) for n in range(60)]
    async with transaction():
        # What refers to what is known: checking it takes longer than copying.
        await rows("SET LOCAL session_replication_role = replica")
        await copy_in(
            "customers",
            ("id", "language", "city_id", "data_key", "profile", "source", "created_at"),
            ((i, "ru", city, profile[:60], profile, "", NOW)
             for i, city in zip(some, lives, strict=True)),
        )  # fmt: skip
        await copy_in(
            "identities",
            ("customer_id", "door", "external_id", "reachable_since", "blocked_at", "seen_on",
             "created_at"),
            ((i, "telegram", str(i), NOW, NOW if i % 30 == 0 else None, chance.choice(days), NOW)
             for i in some),
        )  # fmt: skip
        await copy_in(
            "consent_states",
            ("customer_id", "purpose", "subject_id", "channel", "granted", "document_id", "at"),
            ((i, "advertising", brand_id, "telegram", chance.random() < 0.75, document_id, NOW)
             for i in some),
        )  # fmt: skip
        await copy_in("cards", _CARD, _cards(some, program, brand_id, chance))
        await copy_in(
            "traits", ("account_id", "customer_id", "age", "gender", "birthday"),
            ((program.account_id, i, chance.choice(_AGES), chance.choice(("female", "male")),
              chance.randint(1, 12) * 100 + chance.randint(1, 28))
             for i in some if i % 5 < 3),
        )  # fmt: skip


_AGES = [band.first for band in AgeBand]
_CARD = (
    "customer_id", "program_id", "brand_id", "printed_number", "barcode_value", "barcode_format",
    "origin", "status", "hidden", "balance", "tier", "source", "recheck_for", "created_at",
)  # fmt: skip


def _cards(
    some: range, program: Program, brand_id: int, chance: random.Random
) -> Iterator[tuple[Any, ...]]:
    for i in some:
        balance = Decimal(chance.randrange(0, 400))
        yield (
            i, program.id, brand_id, str(i), str(i), "code128", "issued", "active", False, balance,
            "", "", "", NOW,
        )  # fmt: skip
