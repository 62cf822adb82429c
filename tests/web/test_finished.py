"""Pages kept finished: one render for a crowd, fresh again within seconds, bounded."""

import asyncio
import gzip

import pytest
from aiohttp.test_utils import make_mocked_request

from backend.web.pages.finished import MOST_PAGES, FinishedPages

ANY = make_mocked_request("GET", "/")


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_a_crowd_waits_for_one_render() -> None:
    pages, rendered, go = FinishedPages(seconds=Seconds()), 0, asyncio.Event()

    async def make() -> str:
        nonlocal rendered
        rendered += 1
        await go.wait()
        return f"page {rendered}"

    crowd = [asyncio.create_task(pages.answer(ANY, "k", make)) for _ in range(50)]
    await asyncio.sleep(0)
    crowd[0].cancel()
    go.set()
    answers = await asyncio.gather(*crowd[1:])
    assert {answer.body for answer in answers} == {b"page 1"}


async def test_what_changed_is_seen_within_seconds() -> None:
    seconds = Seconds()
    pages, said = FinishedPages(seconds=seconds), "before"

    async def make() -> str:
        return said

    assert (await pages.answer(ANY, "k", make)).body == b"before"
    said = "after"
    assert (await pages.answer(ANY, "k", make)).body == b"before"
    seconds.now += 5.01
    assert (await pages.answer(ANY, "k", make)).body == b"after"


async def test_a_failure_is_not_kept() -> None:
    pages, broken = FinishedPages(seconds=Seconds()), True

    async def make() -> str:
        if broken:
            raise ZeroDivisionError
        return "mended"

    with pytest.raises(ZeroDivisionError):
        await pages.answer(ANY, "k", make)
    broken = False
    assert (await pages.answer(ANY, "k", make)).body == b"mended"


async def test_made_up_addresses_do_not_fill_the_memory() -> None:
    pages = FinishedPages(seconds=Seconds())

    async def make() -> str:
        return "x"

    for number in range(MOST_PAGES + 50):
        await pages.answer(ANY, str(number), make)
    assert len(pages._kept) == MOST_PAGES


async def test_compressed_and_unchanged() -> None:
    pages = FinishedPages(seconds=Seconds())

    async def make() -> str:
        return "страница" * 100

    packed = await pages.answer(
        make_mocked_request("GET", "/", headers={"Accept-Encoding": "gzip, br"}), "k", make
    )
    assert packed.headers["Content-Encoding"] == "gzip"
    assert isinstance(packed.body, bytes)
    assert gzip.decompress(packed.body).decode() == "страница" * 100
    again = await pages.answer(
        make_mocked_request("GET", "/", headers={"If-None-Match": packed.headers["ETag"]}),
        "k",
        make,
    )
    assert again.status == 304
