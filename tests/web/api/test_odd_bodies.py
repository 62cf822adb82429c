"""Bodies as clients, proxies and shells make them: packed, marked, cut off, with a key twice."""

import gzip
import tracemalloc
import zlib

import orjson
import pytest
from aiohttp import ClientSession

from models.account import Account
from models.api_key import ApiKey
from models.job import Job
from tests.support.caller import Caller, Told
from tests.support.factory.brands import make_program
from tests.web.api.test_contract import BOTH, ROMASHKA

MADE = b'{"name": "till", "scopes": ["brands:read"]}'
WHOLE = gzip.compress(MADE)
TWO = gzip.compress(MADE[:9]) + gzip.compress(MADE[9:])
_RAW = zlib.compressobj(wbits=-15)
RAW = _RAW.compress(MADE) + _RAW.flush()


async def posted(vera: Caller, data: bytes, **headers: str) -> Told:
    told = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return await vera.ask("POST", "/api-keys", data=data, headers=told)


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        pytest.param("gzip", WHOLE, id="gzip"),
        pytest.param("GZIP", WHOLE, id="capitals"),
        pytest.param("x-gzip", TWO, id="two streams"),
        pytest.param("deflate", zlib.compress(MADE), id="deflate"),
        pytest.param("deflate", RAW, id="without a head"),
        pytest.param("identity", MADE, id="identity"),
        pytest.param("", MADE, id="empty"),
    ],
)
async def test_a_body_that_was_packed_for_the_way(vera: Caller, coding: str, data: bytes) -> None:
    assert (await posted(vera, data, Content_Encoding=coding)).status == 201


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        pytest.param("gzip", MADE, id="no gzip"),
        pytest.param("deflate", MADE, id="no deflate"),
        pytest.param("gzip", WHOLE[:-9], id="cut off"),
        pytest.param("gzip", WHOLE[:-1], id="a byte is missing"),
        pytest.param("gzip", WHOLE + b"more", id="more behind it"),
        pytest.param("gzip", WHOLE[:-8] + bytes(8), id="another checksum"),
        pytest.param("gzip", TWO[:-2], id="the second cut off"),
    ],
)
async def test_a_packed_body_that_is_not_whole(vera: Caller, coding: str, data: bytes) -> None:
    told = await posted(vera, data, Content_Encoding=coding)
    assert (told.status, told.code) == (400, "body_damaged"), told.text
    assert not await ApiKey.exists(name="till")


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "utf-8"])
async def test_a_coding_that_is_not_understood(vera: Caller, coding: str) -> None:
    told = await posted(vera, MADE, Content_Encoding=coding)
    assert (told.status, told.code) == (415, "encoding_unknown")
    assert told.headers["Accept-Encoding"] == told.json["details"]["expected"]


async def test_little_never_becomes_much(vera: Caller) -> None:
    bomb = gzip.compress(bytes(64_000_000))
    tracemalloc.start()
    told = await posted(vera, bomb, Content_Encoding="gzip")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (told.status, told.code) == (413, "body_too_large")
    assert most < 8_000_000


async def test_of_a_file_that_is_cut_off_nothing_is_taken(vera: Caller, lavka: Account) -> None:
    await make_program(lavka, "lavka-card")
    file = gzip.compress(b"printed_number\n" + b"".join(b"N%d\n" % n for n in range(5000)))
    for data, status in ((file[:-200], 400), (file, 202)):
        headers = {"Content-Type": "text/csv", "Content-Encoding": "gzip"}
        path = "/programs/lavka-card/numbers/jobs"
        told = await vera.ask("POST", path, data=data, headers=headers)
        assert told.status == status, told.text
        assert await Job.all().count() == (status == 202)
    assert (await Job.get()).lines == 5000


@pytest.mark.parametrize("path", ["/hooks/nobody", "/wallet/apple/v1/log"])
async def test_at_other_doors_it_is_no_fault_of_ours(
    site: ClientSession, database: str, path: str
) -> None:
    for coding, status in (("gzip", 400), ("br", 415)):
        async with site.post(path, data=MADE, headers={"Content-Encoding": coding}) as told:
            assert told.status == status, await told.text()


async def test_a_mark_in_front_of_utf8(vera: Caller) -> None:
    assert (await posted(vera, b"\xef\xbb\xbf" + MADE)).status == 201


async def test_what_is_not_utf8_is_shown(vera: Caller) -> None:
    told = await posted(vera, '{\n "ю": 1, "name": "'.encode() + "касса".encode("cp1251") + b'"}')
    assert (told.status, told.code) == (400, "body_not_json")
    assert told.json["details"] == {"line": 2, "column": 19}


@pytest.mark.parametrize(
    ("data", "pointers"),
    [
        (b'{"name": "a", "scopes": ["keys"], "name": "b"}', ["/name"]),
        (b'{"name": "a", "scopes": ["keys"], "n\\u0061me": "a"}', ["/name"]),
        (b'{"name": "a", "scopes": ["keys"], "scopes": ["keys"], "name": 1}', ["/scopes", "/name"]),
        (b'{"name": "\\u0022", "scopes": ["keys"], "name": "b"}', ["/name"]),
    ],
)
async def test_a_key_that_stands_twice_is_named(
    vera: Caller, data: bytes, pointers: list[str]
) -> None:
    told = await posted(vera, data)
    assert (told.status, told.code) == (422, "input_invalid"), told.text
    found = [each["pointer"] for each in told.json["errors"] if "twice" in each["message"]]
    assert found == pointers
    assert not await ApiKey.exists(name__in=["a", "b"])


async def test_deep_within_and_beside_other_mistakes_in_the_caller_s_language(duty: Caller) -> None:
    entry = orjson.dumps(ROMASHKA | {"hue": 1}).replace(
        orjson.dumps(BOTH), b'{"ru": "a", "en": "b", "en": "c"}', 1
    )
    headers = {"Content-Type": "application/json", "Accept-Language": "ru"}
    told = await duty.ask("POST", "/accounts", data=entry, headers=headers)
    errors = {each["pointer"]: each for each in told.json["errors"]}
    assert set(errors) == {"/legal_name/en", "/hue"}
    assert errors["/legal_name/en"]["message"] == "'en' указан дважды"
    assert errors["/legal_name/en"]["expected"] == "каждый ключ один раз"


async def test_what_looks_like_it_is_not(vera: Caller) -> None:
    data = rb'{"name": "\u0022name\u0022: \"name\":", "scopes": ["keys"]}'
    assert (await posted(vera, data)).json["name"] == '"name": "name":'


async def test_what_would_be_dropped_is_too_deep(vera: Caller) -> None:
    data = b'{"name": ' + b"[" * 1010 + b"]" * 1010 + b', "name": "b"}'
    told = await posted(vera, data)
    # As deep as this Python goes.
    assert (told.status, told.code) in {(400, "body_too_deep"), (422, "input_invalid")}
