"""What SMSC.ru, SMS.ru and any other gateway say of a message, asked and by themselves."""

import hashlib
from urllib.parse import parse_qsl

import pytest
from aiohttp import ClientSession, web

from backend.messaging.reports import NotTheirs, Report, Sent
from backend.messaging.sms.http_template.reports import HttpReports
from backend.messaging.sms.reports import sms_reports
from backend.messaging.sms.smsc.reports import SmscReports
from backend.messaging.sms.smsru.reports import SmsRuReports
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.settings import Settings, SettingsRefused, load_settings
from models.message import Reported
from tests.support.edge.gateways import serving

ARRIVED, LOST = Reported.DELIVERED, Reported.UNDELIVERED
SENT = [Sent("1", "+79161234567"), Sent("2", "+79161234568"), Sent("3", "")]


async def test_smsc_is_asked_by_id_and_number(http: ClientSession) -> None:
    asked: list[dict[str, str]] = []

    async def status(request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        asked.append(form)
        if (form["login"], form["psw"], form["fmt"]) != ("karman", "s3cret", "3"):
            return web.json_response({"error": "authorise error", "error_code": 2})
        if form["id"] == "1":
            return web.json_response({"status": 1, "last_date": "28.11.2026", "cost": "2.89"})
        return web.json_response(
            [
                {"id": "1", "phone": "79161234567", "status": "20", "cost": "0"},
                {"id": "2", "phone": "79161234568", "status": 0},
                {"id": "9", "status": "what?"},
                "nonsense",
            ]
        )

    async with serving("/sys/status.php", status) as url:
        gateway = SmscReports("karman", "s3cret", url)
        assert await gateway.ask(http, SENT) == [Report("1", LOST, 0)]
        assert await gateway.ask(http, SENT[:1]) == [Report("1", ARRIVED, 289)]
        assert await gateway.ask(http, SENT[2:]) == []
        assert (asked[0]["id"], asked[0]["phone"]) == ("1,2", "79161234567,79161234568")
        with pytest.raises(NeedsSettings):
            await SmscReports("karman", "wrong", url).ask(http, SENT)


async def test_smsru_is_asked_by_ids(http: ClientSession) -> None:
    async def status(request: web.Request) -> web.Response:
        form = await request.post()
        if form["api_id"] != "KEY-1" or form["json"] != "1":
            return web.json_response({"status": "ERROR", "status_code": 200})
        codes = {"1": 103, "2": 104, "3": 102}
        found = {
            sms_id: {"status": "OK", "status_code": codes[sms_id], "cost": "3.50"}
            for sms_id in str(form["sms_id"]).split(",")
        }
        return web.json_response({"status": "OK", "status_code": 100, "sms": found})

    async with serving("/sms/status", status) as url:
        told = await SmsRuReports("KEY-1", url).ask(http, SENT)
        assert told == [Report("1", ARRIVED, 350), Report("2", LOST, 350)]
        with pytest.raises(NeedsSettings):
            await SmsRuReports("KEY-2", url).ask(http, SENT)


@pytest.mark.parametrize(
    ("body", "smsc", "smsru"),
    [
        ("<html>", TryLater, TryLater),
        ('{"error_code": 9, "status_code": 220}', TryLater, TryLater),
        ('{"error": "x", "error_code": 1, "status_code": 999}', GiveUp, GiveUp),
        ('{"error": "x", "error_code": "x"}', GiveUp, GiveUp),
        ("7", TryLater, TryLater),
    ],
)
async def test_whatever_they_answer_has_one_of_our_names(
    http: ClientSession, body: str, smsc: type[Failure], smsru: type[Failure]
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=body)

    async with serving("/x", answer) as url:
        with pytest.raises(smsc):
            await SmscReports("karman", "s3cret", url).ask(http, SENT)
        with pytest.raises(smsru):
            await SmsRuReports("KEY-1", url).ask(http, SENT)


def test_smsru_signs_what_it_says() -> None:
    lines = ["sms_status\n000-1\n103\n1764320000", "callcheck_status\n5\n401\n1", "sms_status\n2"]
    lines += ["sms_status\n000-2\n104\n1764320000", "sms_status\n000-3\n102\n1", "sms_status\nx\ny"]
    right = hashlib.sha256(("KEY-1" + "".join(lines)).encode()).hexdigest()
    given = [(f"data[{n}]", line) for n, line in enumerate(lines)]
    gateway = SmsRuReports("KEY-1")
    told = gateway.heard([*given, ("hash", right)])
    assert told == [Report("000-1", ARRIVED), Report("000-2", LOST)]
    for forged in ([*given, ("hash", "0" * 64)], given, [*given[1:], ("hash", right)]):
        with pytest.raises(NotTheirs):
            gateway.heard(forged)


async def test_any_other_is_read_by_one_pattern(http: ClientSession) -> None:
    pattern = r"id=(?P<id>\w+).*status=(?:(?P<delivered>DELIVRD)|(?P<undelivered>UNDELIV))"
    gateway = HttpReports("", pattern)
    assert gateway.heard(parse_qsl("id=a1&status=DELIVRD")) == [Report("a1", ARRIVED)]
    assert gateway.heard(parse_qsl("id=a1&x=1&status=UNDELIV")) == [Report("a1", LOST)]
    assert gateway.heard(parse_qsl("id=a1&status=ACCEPTD")) == []
    assert await gateway.ask(http, SENT) == []

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text="OK 1.44" if request.query["id"] == "1" else "LOST")

    async with serving("/status", answer) as url:
        pattern = r"OK(?P<delivered>) (?P<cost>[\d.]+)|(?P<undelivered>LOST)"
        asked = HttpReports(
            f"{url}?id={{id}}", r"(?P<delivered>OK) (?P<cost>[\d.]+)|(?P<undelivered>L)"
        )
        assert await asked.ask(http, SENT[:2]) == [Report("1", ARRIVED, 144), Report("2", LOST)]


def test_settings_say_who_tells() -> None:
    assert sms_reports(Settings()) is None
    assert sms_reports(Settings(sms_gateway="http")) is None
    assert isinstance(sms_reports(Settings(sms_gateway="smsc")), SmscReports)
    assert isinstance(sms_reports(Settings(sms_gateway="smsru")), SmsRuReports)
    read = Settings(sms_gateway="http", sms_report="(?P<delivered>OK)")
    assert isinstance(sms_reports(read), HttpReports)
    with pytest.raises(SettingsRefused, match="KARMAN_SMS_REPORT: expected a regular"):
        load_settings(sms_report="OK")
    with pytest.raises(SettingsRefused, match="KARMAN_SMS_REPORT_URL"):
        load_settings(sms_report_url="https://gateway.example/status")
