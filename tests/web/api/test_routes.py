"""The table of operations leads where aiohttp's own dispatcher would."""

import re

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from backend.web.api.operations import OPERATIONS
from backend.web.api.routes import Routes

HOLE = re.compile(r"\{\w+\}")
WORDS = sorted({p for o in OPERATIONS for p in HOLE.sub("", o.whole_path).split("/") if p})
VALUES = ("7", "x-y", "", "é", "a:b@c", "%20", "a%2Fb", "examples", "jobs")


async def nobody(_request: web.Request) -> web.StreamResponse:
    raise AssertionError


@pytest.fixture(scope="module")
def both() -> tuple[Routes, web.UrlDispatcher]:
    ours, theirs = Routes(), web.UrlDispatcher()
    for each in OPERATIONS:
        ours.add_operation(each.method, each.whole_path, nobody)
        theirs.add_route(each.method, each.whole_path, nobody)
        if each.reads:
            ours.add_operation("HEAD", each.whole_path, nobody)
            theirs.add_route("HEAD", each.whole_path, nobody)
    return ours, theirs


async def led(routes: web.UrlDispatcher, method: str, path: str) -> object:
    found = await routes.resolve(make_mocked_request(method, path))
    wrong = found.http_exception
    if wrong is not None:
        return type(wrong), getattr(wrong, "allowed_methods", None)
    assert found.route.resource is not None
    return dict(found), found.route.resource.canonical, found.route.method


@pytest.mark.parametrize("path", sorted({each.whole_path for each in OPERATIONS}))
async def test_every_address(both: tuple[Routes, web.UrlDispatcher], path: str) -> None:
    of_words = [HOLE.sub(word, path) for word in WORDS] if "{" in path else []
    those = {path, f"{path}/", path.replace("/v1", "//v1"), *(HOLE.sub(v, path) for v in VALUES)}
    for each in sorted(those | set(of_words[:: max(len(of_words) // 3, 1)])):
        for method in ("GET", "HEAD", "POST"):
            ours, theirs = both
            assert await led(ours, method, each) == await led(theirs, method, each), each
