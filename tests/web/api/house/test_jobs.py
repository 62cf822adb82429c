"""Work on many, over HTTP: a file becomes a job, once; it is watched, cancelled, and read off."""

import csv
from collections.abc import AsyncIterator
from io import StringIO

import aiohttp
import orjson
import pytest

from backend.changes.feed_events import feed_events
from backend.jobs.work_piece import work_piece
from backend.platform.context import Context
from backend.web.api.operation import FileBody
from models.account import Account
from models.account_change import AccountChange
from models.barcode_format import BarcodeFormat
from models.job import Job, JobPiece, JobState
from models.pool_number import PoolNumber
from models.program import Program
from tests.support.caller import Caller, Told
from tests.support.factory.brands import make_program, shop
from tests.support.machine.waiting import until

NUMBERS = "/programs/lavka-card/numbers/jobs"
FILE = b"printed_number\n4600000000015\n4600 0000 0002 2\n46\n"


@pytest.fixture
async def program(lavka: Account) -> Program:
    ean = BarcodeFormat.EAN13
    return await make_program(lavka, "lavka-card", numbers=0, barcode_format=ean)


async def send(asker: Caller, data: bytes, path: str = NUMBERS, **headers: str) -> Told:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await asker.ask("POST", path, data=data, headers={"Content-Type": "text/csv", **named})


async def work(ctx: Context) -> None:
    while await work_piece(ctx):
        pass


async def test_a_file_becomes_a_job(vera: Caller, ctx: Context, program: Program) -> None:
    sent = await send(vera, FILE)
    assert sent.status == 202, sent.text
    assert (sent.json["state"], sent.json["lines"], sent.json["read"]) == ("queued", 3, 0)
    await work(ctx)
    told = await vera.get(sent.headers["Location"])
    job = told.json
    assert (job["state"], job["read"], job["done"], job["bad"]) == ("done", 3, 2, 1)
    assert (job["kind"], job["program"]) == ("numbers", "lavka-card")
    assert (await vera.get(sent.headers["Location"], if_none_match=told.etag)).status == 304
    assert (await vera.get("/programs/lavka-card/numbers")).json["free"] == 2
    listed = await vera.get("/jobs?kind=numbers&state=done")
    assert [each["id"] for each in listed.json["items"]] == [job["id"]]


async def test_what_was_wrong_is_told_in_two_forms_and_two_languages(
    vera: Caller, ctx: Context, program: Program
) -> None:
    where = (await send(vera, FILE)).headers["Location"] + "/result"
    assert (await vera.get(where)).text == "line,message,expected\r\n"
    await work(ctx)
    told = await vera.get(where)
    assert told.headers["Content-Type"].startswith("text/csv")
    (row,) = csv.DictReader(StringIO(told.text))
    assert (row["line"], row["message"]) == ("4", "'46' is no ean13 number")
    told = await vera.get(f"{where}?form=ndjson", accept_language="ru")
    assert told.headers["Content-Type"] == "application/x-ndjson"
    line = orjson.loads(told.text)
    assert (line["line"], line["message"]) == (4, "'46' — не номер ean13")
    assert set(line) == {"line", "message", "expected"}


async def test_the_same_file_again_is_the_same_job(vera: Caller, program: Program) -> None:
    first = await send(vera, FILE, idempotency_key="once")
    again = await send(vera, FILE, idempotency_key="once")
    assert (again.status, again.text) == (202, first.text)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = await send(vera, FILE + b"x\n", idempotency_key="once")
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    assert [job.state for job in await Job.all()] == [JobState.QUEUED]
    assert await JobPiece.all().count() == 1


async def test_a_job_is_cancelled(vera: Caller, ctx: Context, program: Program) -> None:
    where = (await send(vera, FILE)).headers["Location"]
    first, again = [await vera.post(f"{where}/cancel", None) for _ in range(2)]
    assert first.json["state"] == again.json["state"] == "cancelled"
    await work(ctx)
    assert not await PoolNumber.all().count()
    assert not await JobPiece.all().count()


async def test_the_feed_tells_the_end(vera: Caller, ctx: Context, program: Program) -> None:
    ids = [(await send(vera, FILE)).json["id"] for _ in range(2)]
    await vera.post(f"/jobs/{ids[0]}/cancel", None)
    await work(ctx)
    await feed_events()
    told = [row.data for row in await AccountChange.filter(kind="job.ended").order_by("seq")]
    assert told == [
        {"job": ids[0], "kind": "numbers", "state": "cancelled", "done": 0, "bad": 0},
        {"job": ids[1], "kind": "numbers", "state": "done", "done": 2, "bad": 1},
    ]


async def test_an_upload_that_breaks_off_leaves_nothing(vera: Caller, program: Program) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b"printed_number\n" + b"4600000000015\n" * 20_000
        raise OSError

    headers = {"Authorization": f"Bearer {vera.key}", "Content-Type": "text/csv"}
    headers["Idempotency-Key"] = "half"
    with pytest.raises((OSError, aiohttp.ClientError)):
        await vera.session.post(f"/api/v1{NUMBERS}", data=half(), headers=headers)

    async def nothing() -> bool:
        return not await Job.exists() and not await JobPiece.exists()

    await until(nothing, "the half of a file is gone")


async def test_a_file_that_does_not_fit_is_refused(
    vera: Caller, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = await send(vera, b"card\nA1\n")
    assert (told.status, told.code) == (422, "job_file_unfit")
    assert told.json["details"]["what"] == "unknown column 'card'"
    told = await vera.ask("POST", NUMBERS, {"numbers": []})
    assert (told.status, told.code) == (415, "media_type_wrong")
    told = await send(vera, FILE, "/programs/nobody/numbers/jobs")
    assert (told.status, told.code) == (404, "program_not_found")
    assert not await Job.all().count()


async def test_a_file_that_is_too_large_leaves_nothing(
    vera: Caller, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it says its length or not."""
    from backend.web.api.v1.house import job_files

    wanted = job_files.OF_PROGRAMS[0].body
    assert isinstance(wanted, FileBody)
    monkeypatch.setattr(wanted.__class__, "largest", property(lambda _self: 1000))
    told = await send(vera, b"printed_number\n" + b"4600000000015\n" * 1000)
    assert (told.status, told.code) == (413, "body_too_large")
    assert not await Job.all().count()


async def test_another_account_s_job_is_not_there(
    vera: Caller, duty: Caller, ctx: Context, program: Program
) -> None:
    _, theirs, _ = await shop("vasilek")
    data = b"printed_number\n4600000000015\n"
    sent = await send(duty, data, f"/programs/{theirs.key}/numbers/jobs")
    assert sent.status == 202, sent.text
    for path in ("", "/result"):
        assert (await vera.get(sent.headers["Location"] + path)).code == "job_not_found"
    assert (await vera.post(f"{sent.headers['Location']}/cancel", None)).code == "job_not_found"
    assert (await vera.get("/jobs")).json["items"] == []
