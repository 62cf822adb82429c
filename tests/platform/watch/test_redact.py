"""What is personal or secret never reaches the log, wherever it hides."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from backend.platform.watch.log import configure_log, get_log, request_lines
from backend.platform.watch.redact import redact

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"


@pytest.mark.parametrize(
    "secret",
    [
        TOKEN,
        "anna.petrova+cards@example.ru",
        "+7 916 123-45-67",
        "+79161234567",
        "79161234567",
        "8 (916) 123-45-67",
        "+44 20 7946 0958",
        "Authorization: Bearer k_live_abcdefgh12345678",
        "postgres://karman:s3cret@db:5432/karman",
    ],
)
def test_patterns(secret: str) -> None:
    masked = redact(f"cannot send to {secret}, giving up")
    for part in ("s3cret", "k_live", "AAF-", "anna", "916", "7946"):
        assert part not in masked
    assert masked.startswith("cannot send to")
    assert masked.endswith("giving up")


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-11-21T21:58:07.269148Z",
        "chat 5000000001, message 12345",
        "ob:12345:3",
        "http://127.0.0.1:8080/offers",
        "4600051000057",
    ],
)
def test_what_helps_to_find_a_fault_stays(harmless: str) -> None:
    assert redact(harmless) == harmless


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_keys_exceptions_and_other_loggers(written: io.StringIO) -> None:
    configure_log("info", stream=written, json=True)
    get_log("karman").info("asked", phone="anything", customer=5, nested={"email": "x", "n": [1]})
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe refused +79161234567")
    except ValueError:
        get_log("karman").exception("failed")
        logging.getLogger("aiogram").exception("call to %s", "anna@example.ru")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert lines[0]["phone"] == "***"
    assert lines[0]["customer"] == 5
    assert lines[0]["nested"] == {"email": "***", "n": [1]}
    assert "ValueError" in lines[1]["exception"]
    assert lines[2]["event"] == "call to ***"
    for secret in (TOKEN, "79161234567", "anna@"):
        assert secret not in written.getvalue()


def test_a_terminal_gets_lines_with_the_same_masks(written: io.StringIO) -> None:
    configure_log("info", stream=written, json=False)
    try:
        raise ValueError("anna@example.ru")
    except ValueError:
        get_log("karman").exception("failed", token=TOKEN)
    text = written.getvalue()
    assert "failed" in text
    assert "Traceback" in text
    assert "anna@" not in text
    assert TOKEN not in text


SERVED: dict[str, str | int | float] = {"id": "x", "route": "/e/{token}", "status": 200, "ms": 0.4}


def test_a_served_request_is_a_line_like_any_other(written: io.StringIO) -> None:
    configure_log("info", stream=written, json=True)
    request_lines("backend.web")(SERVED)
    get_log("backend.web").info("request", **SERVED)
    fast, slow = (json.loads(line) for line in written.getvalue().splitlines())
    assert {**fast, "timestamp": ""} == {**slow, "timestamp": ""}
    assert len(fast["timestamp"]) == len(slow["timestamp"])


def test_a_served_request_is_a_line_on_a_terminal_too(written: io.StringIO) -> None:
    configure_log("info", stream=written, json=False)
    request_lines("backend.web")(SERVED)
    assert "/e/{token}" in written.getvalue()


def test_served_requests_are_no_warning(written: io.StringIO) -> None:
    configure_log("warning", stream=written, json=True)
    request_lines("backend.web")(SERVED)
    assert written.getvalue() == ""


async def test_lines_of_one_turn_are_written_in_order_and_before_the_next_record(
    written: io.StringIO,
) -> None:
    configure_log("info", stream=written, json=True)
    line = request_lines("backend.web")
    line({"id": "a"})
    line({"id": "b"})
    assert written.getvalue() == ""
    get_log("backend.web").info("record")
    line({"id": "c"})
    await asyncio.sleep(0)
    told = [json.loads(each) for each in written.getvalue().splitlines()]
    assert [each.get("id") or each["event"] for each in told] == ["a", "b", "record", "c"]
    line({"id": "d"})
    logging.getLogger().handlers[0].flush()
    assert written.getvalue().count("\n") == 5
