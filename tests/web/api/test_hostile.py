"""Whatever is sent, the answer is one of the document's and never a 5xx."""

import copy
import json
import os
import random
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import ClientSession

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.api.openapi_answers import codes_of
from backend.web.api.operations import OPERATIONS
from backend.web.run import listening
from tests.support.caller import Caller, Told, caller
from tests.support.factory.brands import make_account
from tests.web.api.matrix import FILES, NOBODY, Sample, samples

# More by hand: HOSTILE=20000 pytest tests/web/api/test_hostile.py
TRIES = int(os.environ.get("HOSTILE", "200"))
DECLARED = {each.name: each for each in OPERATIONS}
SAMPLES = list(samples())
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63), 2**64, 1e308, 0.1, "", " ", "\u0000",
    "\ud7ff", "\u202e", "a" * 300, "a" * 70_000, "лавка", "lavka", "😀" * 40, "../..", "%00",
    "' OR 1=1 --", "2026-02-30", "9999-12-31", "0001-01-01", "9999-12-31T23:59:59+14:00", [], {},
    [[]], [None], {"ru": 1}, {"ru": "a", "en": None}, ["a"] * 50, [{"key": "a"}] * 3,
    {"": ""}, {"__class__": "x"}, "0" * 64, "#12345", "http://[", "a@b", "+7916", "1" * 19,
]  # fmt: skip
WORDS = [
    "lavka", "vasilek", "0", "-1", "999999999999999999999", "\u0000", "%", "а" * 64, "a" * 2000,
    "key,name", ",", "1e3", "true", "2026-13-01", "+79161234567", "😀",
]  # fmt: skip


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*way, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*way, number))


def spoilt(value: Any, chance: random.Random) -> Any:
    """The example with something odd in a place or two, something more, or something less."""
    value = copy.deepcopy(value)
    for _ in range(chance.choice([1, 1, 2, 3])):
        way = chance.choice(list(places(value)))
        if not way:
            return copy.deepcopy(chance.choice(ODD)) if chance.random() < 0.2 else value
        held = value
        for part in way[:-1]:
            held = held[part]
        if isinstance(held, dict) and chance.random() < 0.2:
            held.pop(way[-1])
        else:
            held[way[-1]] = copy.deepcopy(chance.choice(ODD))
    return value


def query(each: Sample, chance: random.Random) -> str:
    names = [*each.named("query"), "hue"]
    some = range(chance.choice([0, 0, 1, 2]))
    told = (f"{chance.choice(names)}={quote(chance.choice(WORDS))}" for _ in some)
    return "?" + "&".join(told)


def path(each: Sample, chance: random.Random) -> str:
    odd = quote(chance.choice(WORDS), safe="")
    holes = each.named("path")
    return each.path.format(
        **{name: chance.choice([NOBODY[name], "lavka", "lavka-card", odd]) for name in holes}
    )


def table(chance: random.Random) -> bytes:
    """Some of it a file of a job, most of it nothing."""
    heads = (b"", b"\xef\xbb\xbf", b"printed_number\n", b"number;balance\n", b'{"key": ')
    return chance.choice(heads) + chance.randbytes(chance.choice([0, 1, 60, 20_000]))


async def ask(caller: Caller, each: Sample, chance: random.Random) -> Told:
    where = path(each, chance) + query(each, chance)
    headers = {"If-Match": chance.choice(["*", "*", '"a"', "W/*", "*,", "ю"])}
    content = each.told.get("requestBody", {}).get("content", {})
    data = None
    kind = next((each for each in FILES if each in content), None)
    if "text/csv" in content:
        headers["Content-Type"], data = chance.choice(list(content)), table(chance)
    elif kind is not None:
        headers["Content-Type"], data = kind, chance.randbytes(chance.choice([1, 60, 3000]))
    elif content:
        body = spoilt(content["application/json"]["example"], chance)
        headers["Content-Type"], data = "application/json", json.dumps(body).encode()
    return await caller.ask(each.method, where, data=data, headers=headers)


@pytest.fixture
async def askers(database: str, ctx: Context) -> AsyncIterator[list[Caller]]:
    """With room for many requests; what the examples name is there."""
    lavka = await make_account("lavka", legal_name_ru="ООО «Лавка»", legal_name_en="Lavka LLC")
    settings = Settings(listen="127.0.0.1:0", api_per_second=100_000)
    async with listening(settings, ctx) as address, ClientSession(address) as session:
        found = [await caller(session, ctx, account) for account in (lavka, None)]
        there = {**NOBODY, "brand": "lavka", "program": "lavka-card"}
        for each in SAMPLES:
            if each.method == "POST":
                await each.ask(found[0], there)
        yield found


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_sent(askers: list[Caller], seed: int) -> None:
    chance = random.Random(seed)
    for number in range(TRIES):
        each = chance.choice(SAMPLES)
        told = await ask(chance.choice(askers), each, chance)
        what = f"{number} {each.name}: {told.status} {told.text[:300]}"
        assert str(told.status) in each.told["responses"], what
        if told.status >= 400:
            assert (told.status, told.code) in set(codes_of(DECLARED[each.name])), what
