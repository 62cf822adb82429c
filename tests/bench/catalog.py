"""What the bot asks of a catalog of 10,000 offers.

2,000 brands, 400 cities, 14 shelves, 20,000 stores, on both databases. Every query is shown in
milliseconds of wall time, one after the other; that of a page is set beside the bare SQL that
gives the same rows.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import uvloop

from backend.browse import browse, cities_with_offers
from backend.cards.plastic.candidates import candidates
from backend.platform.database import connect, disconnect, is_postgres, rows
from backend.platform.migrate import migrate
from backend.platform.watch.log import configure_log
from backend.platform.words import Translator
from bot.screens.browse.catalog import offers_page
from bot.words import load_words
from catalog.recognise import RuleBook
from catalog.shelves.browse import open_offer, search, shelves, stores_near
from catalog.shelves.cities import find_cities, nearest_city
from catalog.shelves.search import BrandSearch
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.city import City
from models.store import Store
from tests.bench.harness import Report
from tests.bench.parts import big_catalog as big
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "catalog"
PAGE = 6
CALLS, QUERY_ROUNDS = 5, 20
LIMIT_MS = 10.0  # of a query: a tap is answered before anybody notices
Query = Callable[[], Awaitable[object]]
# What `browse` answers on the first page of a city, by hand.
BARE = """
SELECT o.*, b.name_ru, b.name_en FROM offers o JOIN brands b ON b.id = o.brand_id
WHERE o.status = 'published' AND (o.starts_at IS NULL OR o.starts_at <= $1)
    AND (o.ends_at IS NULL OR o.ends_at > $1) AND (o.everywhere
        OR EXISTS (SELECT 1 FROM offer_cities c WHERE c.offer_id = o.id AND c.city_id = $2))
ORDER BY o.position, o.id LIMIT 6
"""


def run(report: Report) -> None:
    configure_log("warning")  # a line for each request would bury the figures
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_on(report, "SQLite", f"sqlite://{folder / 'catalog.db'}"))
        server = postgres.lasting_server_url()
        runner.run(postgres.admin("CREATE DATABASE bench_catalog", server))
        runner.run(_on(report, "PostgreSQL", f"{server}/bench_catalog"))


async def _on(report: Report, engine: str, url: str) -> None:
    await migrate(url)
    await connect(url)
    try:
        await big.fill()
        await rows("VACUUM ANALYZE" if is_postgres() else "ANALYZE")
        await _queries(report, engine)
    finally:
        await disconnect()


async def _queries(report: Report, engine: str) -> None:
    large, small = await City.get(key="city-0"), await City.get(key="city-300")
    for name, query in (await _named(large, small)).items():
        report.add(
            f"{engine}: {name}",
            await _milliseconds(query),
            "ms",
            against="limit 10 ms",
            theirs=LIMIT_MS,
            aim=1,
            aim_is="at most",
        )


async def _named(large: City, small: City) -> dict[str, Query]:
    now, words, names = big.NOW, Translator(load_words(), "ru"), BrandSearch()
    rules = RuleBook()
    first = (await browse(now, large.id, None, 0, PAGE)).offers[0]
    brand = await Brand.get(key="brand-77")
    store = await Store.all().first()
    assert store is not None

    async def screen() -> object:
        return offers_page(words, large, None, await browse(now, large.id, None, 0, PAGE))

    return {
        "shelves, large city": lambda: shelves(now, large.id),
        "shelves, small city": lambda: shelves(now, small.id),
        "shelves, no city": lambda: shelves(now, None),
        "page, large city": lambda: browse(now, large.id, None, 0, PAGE),
        "page 41, large city": lambda: browse(now, large.id, None, 40, PAGE),
        "page, small city": lambda: browse(now, small.id, None, 0, PAGE),
        "page of a shelf, no city": lambda: browse(now, None, brand.category_id, 2, PAGE),
        "page and its screen": screen,
        "the bare SQL of a page": lambda: rows(BARE, [now, large.id]),
        "search with a typo": lambda: search(names, now, large.id, _typo(brand.name_ru)),
        "open an offer": lambda: open_offer(now, first.id),
        "nearest city": lambda: nearest_city(55.75, 37.62),
        "typed city with a typo": lambda: find_cities("Горад 12"),
        "cities with offers": lambda: cities_with_offers(0, 8),
        "recognise among 10,000 offers": lambda: candidates(
            rules, now, {BarcodeFormat.CODE128: frozenset({"BIG12345678"})}
        ),
        "recognise among 2,000 programs": lambda: candidates(
            rules, now, {BarcodeFormat.EAN13: frozenset({"2900010000017"})}
        ),
        "stores near": lambda: stores_near(store.brand_id, store.city_id, (55.75, 37.62)),
    }


def _typo(name: str) -> str:
    return name[:1] + "ъ" + name[2:]


async def _milliseconds(query: Query) -> float:
    """The quickest of the rounds: others on this machine can only make one slower."""
    await query()
    taken = []
    for _ in range(QUERY_ROUNDS):
        start = time.perf_counter()
        for _ in range(CALLS):
            await query()
        taken.append((time.perf_counter() - start) / CALLS * 1000)
    return min(taken)
