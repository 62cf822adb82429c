"""A check of a connection finds what is wrong, says who mends it, and changes nothing."""

from datetime import timedelta
from typing import Any

import aiohttp

from backend.partners.finding import Finding
from backend.partners.mindbox.check import SUPPORT, check
from backend.partners.mindbox.settings import Secrets
from backend.partners.way import Way
from backend.platform.clock import utc_now
from tests.partners.faults import BEFORE, Fault
from tests.partners.mindbox.conftest import SECRET
from tests.partners.mindbox.double import MindboxDouble
from tests.partners.mindbox.project import Project
from tests.partners.mindbox.wallet import settings


async def checked(
    url: str,
    session: aiohttp.ClientSession,
    secret: str = SECRET,
    ahead: timedelta = timedelta(0),
    **changes: Any,
) -> list[Finding]:
    secrets = Secrets.model_validate({"secret_key": secret})
    way = Way(session, lambda: utc_now() + ahead)
    return [each async for each in check(settings(url=url, **changes), secrets, way)]


def bad(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.what, each.who) for each in findings if not each.good]


async def test_all_is_well_and_nothing_has_changed(
    host: str, session: aiohttp.ClientSession, project: Project
) -> None:
    findings = await checked(host, session)
    assert bad(findings) == []
    assert len(findings) == 16
    assert project.people == {}
    assert project.cards == {}
    tried = {each.what.split(" ")[0] for each in findings}
    assert "CardsMobile.BindCard" in tried
    assert {"Karman.UnbindCard", "Karman.ReplaceCard"} <= tried


async def test_an_operation_that_is_not_there(host: str, session: aiohttp.ClientSession) -> None:
    names = {"bind": "CardsMobile.BindTheCard"}
    [(what, who)] = bad(await checked(host, session, operations=names))
    assert "CardsMobile.BindTheCard" in what
    assert "Mindbox says: Операция CardsMobile.BindTheCard не найдена" in what
    assert who == SUPPORT


async def test_the_wrong_key_is_told_once(host: str, session: aiohttp.ClientSession) -> None:
    [(what, who)] = bad(await checked(host, session, secret="wrong"))
    assert "it is not the key of the endpoint Wallet" in what
    assert who == "you"


async def test_names_that_the_project_does_not_have(
    host: str, session: aiohttp.ClientSession, project: Project
) -> None:
    brands: dict[str, Any] = {"north": {"name": "Nordline", "channels": TELEGRAM}}
    fields = {"shoe": "Shoes"}
    edited, branded = bad(await checked(host, session, brands=brands, fields=fields))
    assert "Дополнительное поле Shoes не настроено" in edited[0]
    assert "for the brand north" in branded[0]
    assert "Бренд не найден" in branded[0]
    assert project.people == {}


TELEGRAM = {"telegram": {"custom_field": "subNorth"}}


async def test_a_clock_that_is_wrong(host: str, session: aiohttp.ClientSession) -> None:
    for ahead in (timedelta(minutes=10), -timedelta(minutes=10)):
        [(what, who)] = bad(await checked(host, session, ahead=ahead))
        assert "the clock here is 10 minutes off" in what
        assert who == "you"


async def test_the_wrong_address(host: str, session: aiohttp.ClientSession) -> None:
    [(what, who)] = bad(await checked("http://127.0.0.1:1", session))
    assert "the connection broke" in what
    assert who == "Mindbox support"


async def test_mindbox_is_away_or_busy(
    host: str, session: aiohttp.ClientSession, double: MindboxDouble
) -> None:
    double.faults.next(BEFORE, Fault.TOO_MANY)
    [(what, who)] = bad(await checked(host, session))
    assert "used up" in what
    assert who == "nobody: it passes"


async def test_what_the_settings_lack(host: str, session: aiohttp.ClientSession) -> None:
    programs: dict[str, Any] = {"north": {"card_type": "north-virtual"}, "sea": {}}
    findings = await checked(host, session, programs=programs, brands={}, operations={})
    told = [what for what, _ in bad(findings)]
    assert told == [
        "programs.sea.card_type is empty: its cards cannot be told from others'",
        "brands is empty: what people agree to be sent cannot be told to Mindbox",
    ]
    assert any("operations.unbind is empty" in each.what for each in findings)


async def test_each_endpoint_is_tried(
    host: str, session: aiohttp.ClientSession, project: Project
) -> None:
    programs = {"north": {"card_type": "a"}, "sea": {"card_type": "b", "endpoint": "Other"}}
    findings = bad(await checked(host, session, programs=programs))
    assert [what for what, _ in findings] == [
        "secret_key: it is not the key of the endpoint Other; Mindbox says: "
        "Неправильные данные авторизации"
    ]
