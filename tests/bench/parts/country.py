"""A country of people who have answered one brand: they live where people live."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from backend.platform.database import rows, transaction
from backend.segments.placed import misplaced
from backend.segments.whose import Whose, whose
from catalog.reference.reference import load_reference
from catalog.traits import AgeBand
from models.brand import Brand
from models.city import City
from models.consent_document import ConsentDocument, ConsentPurpose
from models.program import Program
from tests.bench.harness import say
from tests.bench.parts.bulk import copied
from tests.support.factory.brands import make_account, make_offer, make_program

CHUNK = 50_000
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
# Every second person lives in one of the largest cities.
HALF = 0.5


async def filled(people: int) -> tuple[Whose, list[str]]:
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
    for start in range(0, people, CHUNK):
        some = range(start + 1, min(start + CHUNK, people) + 1)
        await _add(some, weights, program, offer.brand_id, document.id)
    await rows("VACUUM ANALYZE")
    assert [each async for each in misplaced()] == []
    say(f"{people} people in {time.perf_counter() - began:.0f} s")
    half, living, whole = [], 0, sum(weight for _, weight in weights)
    for city in largest:
        half.append(city.key)
        living += city.population
        if living >= whole * HALF:
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
        # What refers to what is known: checking it takes longer than copying. No trigger runs.
        await rows("SET LOCAL session_replication_role = replica")
        await copied(
            "customers",
            ("id", "language", "city_id", "data_key", "profile", "source", "created_at"),
            ((i, "ru", city, profile[:60], profile, "", NOW)
             for i, city in zip(some, lives, strict=True)),
        )  # fmt: skip
        await copied(
            "identities",
            ("customer_id", "door", "external_id", "reachable_since", "blocked_at", "seen_on",
             "created_at"),
            ((i, "telegram", str(i), NOW, NOW if i % 30 == 0 else None, chance.choice(days), NOW)
             for i in some),
        )  # fmt: skip
        await copied(
            "consent_states",
            ("customer_id", "purpose", "subject_id", "channel", "granted", "document_id", "at",
             "city_id", "reach"),
            ((i, "advertising", brand_id, "telegram", chance.random() < 0.75, document_id, NOW,
              city, 1 if i % 30 == 0 else 2) for i, city in zip(some, lives, strict=True)),
        )  # fmt: skip
        await copied("cards", _CARD, _cards(some, program, brand_id, chance))
        await copied(
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
