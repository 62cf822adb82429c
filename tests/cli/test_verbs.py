"""The operator at the command line: real processes, one clear line for each mistake."""

import asyncio
import json
import os
import re
import secrets
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from backend.cli import verbs
from backend.cli.main import ROOM_OF, build_parser
from tests.support.machine.installed import install
from tests.support.machine.processes import Process, start_karman
from tests.support.machine.waiting import until

pytestmark = pytest.mark.slow
Start = Callable[..., Awaitable[Process]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Nothing of the tester's own KARMAN_* settings."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    return mine | {
        "KARMAN_DATA_DIR": str(tmp_path / "data"),
        "KARMAN_LISTEN": "127.0.0.1:0",
        "KARMAN_SANDBOX_LISTEN": "127.0.0.1:0",
    }


@pytest.fixture
def installed(tmp_path: Path) -> None:
    """The first start is behind us: the schema, the keys and the demo brands are there."""
    install(tmp_path / "data")


@pytest.fixture
async def karman(environment: dict[str, str]) -> AsyncIterator[Start]:
    started: list[Process] = []

    async def start(*arguments: str, **variables: str) -> Process:
        process = await start_karman(*arguments, environment=environment | variables)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: Process) -> tuple[int, str, str]:
    out, err = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def mistake(process: Process) -> str:
    """The one line that was told; log lines of the start are left out."""
    code, _, err = await ended(process)
    assert code == 1, err
    assert "Traceback" not in err
    told = [line for line in err.splitlines() if not line.startswith("{")]
    assert len(told) == 1, err
    return told[0]


async def first_line(process: Process) -> str:
    return (await asyncio.wait_for(process.stdout.readline(), 90)).decode()


async def test_up_brings_everything_up_and_goes_down_quickly(karman: Start) -> None:
    """First start: migrated, demo brands, chat page. Second start: the same data."""
    for _ in range(2):
        process = await karman("up")
        line = await first_line(process)
        assert line.startswith("Karman is up in ")
        page = line.rpartition(" ")[2].strip()
        async with aiohttp.ClientSession() as session, session.get(page) as answer:
            assert answer.status == 200
            assert "html" in answer.content_type
        await the_partner_is_told(page)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code, _, err = await ended(process)
        assert code == 0, err
        # Under a second by itself; the suite's machine is shared and may be busy.
        assert time.monotonic() - began < 45
    _, pools, _ = await ended(await karman("pools", "list"))
    head, *lines = pools.splitlines()
    assert head.split() == [
        "program", "free", "issued", "reserved", "quarantined", "refreshed", "waiting"
    ]  # fmt: skip
    by_key = {line.split()[0]: line.split()[1:] for line in lines}
    assert by_key["popcorn-row"] == ["0", "0", "0", "0", "0", "0", "EMPTY"]
    assert by_key["gvozdograd-master"][0] == "150"
    code, told, _ = await ended(await karman("doctor"))
    assert code == 0, told
    assert "LOOK   pools: no free numbers: popcorn-row; karman pools load PROGRAM" in told


async def the_partner_is_told(page: str) -> None:
    """A call of the page asks the API, and a webhook comes back to the page, signed."""
    call = f"{page}/sandbox/partner/ask"
    async with aiohttp.ClientSession() as session:
        webhooks = {"method": "GET", "path": "/api/v1/webhooks"}
        async with session.post(call, json=webhooks) as answer:
            listed = json.loads((await answer.json())["body"])["items"]
        (webhook,) = [each for each in listed if each["status"] == "active"]
        test = {
            "method": "POST",
            "path": f"/api/v1/webhooks/{webhook['id']}/test",
            "headers": {"Idempotency-Key": secrets.token_hex(8)},
        }
        async with session.post(call, json=test) as answer:
            message = json.loads((await answer.json())["body"])["id"]

        async def arrived() -> bool:
            async with session.get(f"{page}/sandbox/partner/webhooks") as answer:
                shown = [(each["message"], each["signed"]) for each in await answer.json()]
            return (message, True) in shown

        await until(arrived, "the webhook")


async def test_demo_makes_a_key_of_a_brand(karman: Start, installed: None) -> None:
    code, out, err = await ended(await karman("demo"))
    assert code == 0, err
    (key,) = re.findall(
        r"^export KARMAN=http://127\.0\.0\.1\S* KEY=(karman_\S+) PROGRAM=\S+ BRAND=\S+$", out, re.M
    )
    code, listed, _ = await ended(await karman("api-keys", "list", "tom-tomych"))
    assert (code, key.split("_")[1] in listed) == (0, True), listed


async def test_doctor_says_what_to_do_and_then_that_all_is_well(karman: Start) -> None:
    code, out, _ = await ended(await karman("doctor"))
    assert code == 1
    assert "WRONG  migrations: the database is empty: run karman migrate" in out
    assert "master key: looked at when that is right: migrations" in out
    code, out, _ = await ended(await karman("migrate"))
    assert (code, "applied" in out) == (0, True)
    code, out, _ = await ended(await karman("migrate"))
    assert out == "the database is up to date\n"
    code, out, _ = await ended(await karman("doctor"))
    assert (code, "WRONG" in out) == (0, False), out
    code, out, _ = await ended(await karman("outbox", "list"))
    assert out == "0 new, 0 waiting, 0 failed\n"


async def test_the_port_is_taken(karman: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = await mistake(await karman("up", KARMAN_LISTEN=f"127.0.0.1:{port}"))
    assert told.startswith("karman: the port is taken")


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"KARMAN_LISTEN": "nonsense"}, "KARMAN_LISTEN: expected host:port"),
        ({"KARMAN_DATABASE_URL": "mysql://db"}, "KARMAN_DATABASE_URL: expected sqlite:///"),
        ({"KARMAN_BOT_TOKEN": "hunter2"}, "such as 123456:ABC-DEF1234ghIkl"),
        ({"KARMAN_MAIL_FROM": "hunter2"}, "such as Karman <no-reply@karman.example>"),
        ({"KARMAN_DATABASE_URL": "postgres://db"}, "postgres://user:password@host"),
        ({"KARMAN_MASTER_KEY": "short"}, "KARMAN_MASTER_KEY: expected 32 bytes in base64"),
        ({"KARMAN_DATABASE_URL": "postgres://u:p@127.0.0.1:1/k"}, "the database cannot be reached"),
        ({"KARMAN_REDIS_URL": "redis://127.0.0.1:1/0"}, "Redis cannot be reached"),
        ({"KARMAN_DATA_DIR": "/dev/null/karman"}, "/dev/null/karman"),
    ],
)
async def test_wrong_settings(karman: Start, variables: dict[str, str], told: str) -> None:
    line = await mistake(await karman("up", **variables))
    assert told in line
    assert ":p@" not in line


@pytest.mark.usefixtures("installed")
async def test_a_wrong_master_key(karman: Start) -> None:
    other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    told = await mistake(await karman("up", KARMAN_MASTER_KEY=other))
    assert "this is not the key that the database was sealed with" in told


@pytest.mark.usefixtures("installed")
async def test_mistakes_of_packs_and_pools(karman: Start, tmp_path: Path) -> None:
    assert "no such folder" in await mistake(await karman("brands", "load", str(tmp_path / "x")))
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("printed_number\n1\n")
    told = await mistake(await karman("pools", "load", "nothing", str(numbers)))
    assert told == "karman: no program has the key nothing"


@pytest.mark.usefixtures("installed")
async def test_an_account_is_written_out(karman: Start, tmp_path: Path) -> None:
    for target in (tmp_path / "lukograd.zip", tmp_path / "lukograd"):
        code, out, err = await ended(await karman("brands", "export", "lukograd", str(target)))
        assert (code, out) == (0, f"lukograd is in {target}\n"), err
        again = await mistake(await karman("brands", "export", "lukograd", str(target)))
        assert "is there already" in again
    code, out, _ = await ended(await karman("brands", "load", str(target), "--dry-run"))
    assert (code, "1 brand, " in out) == (0, True), out
    told = await mistake(await karman("brands", "export", "nobody", str(tmp_path / "x")))
    assert told == "karman: no account has the key nobody"


async def test_a_dry_run_leaves_no_trace(karman: Start, tmp_path: Path) -> None:
    code, out, err = await ended(await karman("brands", "load", "demo", "--dry-run"))
    assert (code, err) == (0, "")
    assert out.startswith("checked, nothing written: ")
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("installed")
async def test_ctrl_c_is_quiet(karman: Start) -> None:
    process = await karman("up")
    await first_line(process)
    process.send_signal(signal.SIGINT)
    code, _, err = await ended(process)
    assert code in {0, 130}
    assert [line for line in err.splitlines() if not line.startswith("{")] == []


async def test_a_misspelt_variable_is_named(karman: Start) -> None:
    _, _, err = await ended(await karman("brands", "load", "demo", "--dry-run", KARMAN_LISTN="x"))
    assert "did you mean KARMAN_LISTEN?" in err


async def test_the_bot_alone_needs_a_token(karman: Start) -> None:
    assert "KARMAN_BOT_TOKEN is not set" in await mistake(await karman("bot"))


def test_every_verb_has_help() -> None:
    shown = build_parser().format_help()
    for name in ROOM_OF:
        typed = name.replace("_", "-")
        assert re.search(rf"^  {typed} +[A-Z]\S* .+\.$", shown, re.MULTILINE), typed


def test_every_verb_stands_in_its_room() -> None:
    """A file that nobody named would be a verb that cannot be typed."""
    files = Path(verbs.__path__[0]).glob("*/*.py")
    adding = {
        (each.parent.name, each.stem) for each in files if "\ndef add(verbs" in each.read_text()
    }
    named = {(room, name) for name, room in ROOM_OF.items()}
    assert named == adding
