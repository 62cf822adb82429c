"""1С asks over HTTP with Basic: new cards and owners out, balances, states and receipts in."""

import json
from decimal import Decimal

import aiohttp

from backend.access.rights import Right
from backend.changes.feed_consents import feed_consents
from backend.changes.feed_events import feed_events
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.customers.my_data.delete_data import delete_data
from models.api_key import ApiKey
from models.card import Card
from models.exchange import ExchangeFile
from models.job import Job
from models.sale import Sale
from tests.onec.conftest import CARDS, SALES, House, Onec, key_of
from tests.support.factory.customers import someone


async def fed() -> None:
    while await feed_events() or await feed_consents():
        pass


async def test_every_card_comes_with_its_owner_then_what_has_changed(
    house: House, onec: Onec
) -> None:
    await fed()
    told = await onec.get(CARDS)
    (card,) = told["cards"]
    assert card["number"] == house.card.printed_number
    assert (card["state"], card["first_name"], card["phone"]) == ("active", "Анна", "")
    assert card["issued_at"].endswith("+03:00")
    assert told["more"] is False
    again = await onec.get(CARDS, after=told["next"])
    assert again == {"cards": [], "next": told["next"], "more": False}

    await onec.post(CARDS, f"number;state\n{card['number']};blocked\n".encode())
    await house.work()
    await fed()
    changed = await onec.get(CARDS, after=told["next"])
    assert [(each["id"], each["state"]) for each in changed["cards"]] == [(card["id"], "blocked")]


async def test_an_owner_is_told_of_only_while_they_agree(house: House, onec: Onec) -> None:
    await fed()
    cursor = (await onec.get(CARDS))["next"]
    await withdraw_personal_data(house.ctx, house.anna, house.account.id)
    await fed()
    told = await onec.get(CARDS, after=cursor)
    assert {each.get("first_name") for each in told["cards"]} == {None}
    await delete_data(house.ctx, house.anna.id)
    await fed()
    last = (await onec.get(CARDS, after=told["next"]))["cards"][-1]
    assert last == {
        "number": house.card.printed_number, "state": "deleted", "owner": str(house.anna.id)
    }  # fmt: skip


async def test_pages_of_cards_pass_nothing_over(house: House, onec: Onec) -> None:
    for number in range(3):
        await Card.create(
            customer=await someone(house.ctx), program=house.program, origin="issued",
            printed_number=f"N{number}", barcode_value=f"N{number}", barcode_format="code128",
            created_at=house.ctx.clock(),
        )  # fmt: skip
    cursor, found, more = "", list[str](), True
    while more:
        part = await onec.get(CARDS, after=cursor, limit=2)
        found += [each["number"] for each in part["cards"]]
        cursor, more = part["next"], part["more"]
    assert sorted(found) == sorted([house.card.printed_number, "N0", "N1", "N2"])
    assert ":" not in cursor


async def test_balances_and_receipts_in_the_forms_of_1c(house: House, onec: Onec) -> None:
    number = house.card.printed_number
    text = f"Номер;Баланс;Уровень\r\n{number};1 250,50;Золото\r\n9999;1;\r\n"
    status, told = await onec.post(CARDS, text.encode("cp1251"), id="balances-1")
    assert status == 202
    body = json.dumps(
        [{"Ид": "a-1", "Карта": number, "Дата": "27.11.2026 15:04:05", "Сумма": "1540,5"},
         {"Ид": "a-2", "Карта": number, "Дата": "вчера", "Сумма": 1}]
    )  # fmt: skip
    _, sales = await onec.post(SALES, body.encode(), "application/json; charset=utf-8")
    await house.work()
    card = await Card.get(id=house.card.id)
    assert (card.balance, card.tier) == (Decimal("1250.50"), "Золото")
    (sale,) = await Sale.all()
    assert (sale.amount, sale.at.isoformat()) == (Decimal("1540.50"), "2026-11-27T12:04:05+00:00")
    shown = await onec.get(f"/exchange/1c/jobs/{told['job']}")
    assert (shown["state"], shown["done"], shown["bad"]) == ("done", 1, 1)
    path = f"/exchange/1c/jobs/{sales['job']}/result"
    async with onec.session.get(path) as answer:
        lines = (await answer.read()).decode("utf-8-sig").splitlines()
    assert lines[0] == "line;field;what;expected"
    assert lines[1].startswith("2;at;at is 'вчера';")


async def test_a_message_with_an_id_is_one_job(house: House, onec: Onec) -> None:
    text = f"number;balance\n{house.card.printed_number};5\n".encode()
    first = await onec.post(CARDS, text, id="m-1")
    assert await onec.post(CARDS, text, id="m-1") == first
    other = await onec.post(CARDS, text + b"\n", id="m-1")
    assert other[1] != first[1], "another content is another message"
    assert await Job.all().count() == 2
    assert await ExchangeFile.all().count() == 2
    await house.work()
    assert await onec.post(CARDS, text, id="m-1") == first


async def test_what_cannot_be_read_leaves_nothing(onec: Onec) -> None:
    for data, kind in (
        (b"colour;balance\n1;2\n", "text/csv"),
        (b"", "text/csv"),
        (b"{}", "application/json"),
        (b"<xml/>", "application/xml"),
    ):
        status, told = await onec.post(CARDS, data, kind)
        assert (status, told["code"]) == (422, "job_file_unfit")
        assert told["details"]["expected"]
    assert await Job.all().count() == 0


async def test_too_much_is_refused(onec: Onec) -> None:
    status, _ = await onec.post(CARDS, b"number;balance\n" + b"1;2\n" * 5_000_000)
    assert status == 413
    assert await Job.all().count() == 0


async def test_who_may_ask(house: House, onec: Onec) -> None:
    good = await key_of(house.ctx, house.account, Right.CARDS_READ)

    async def asked(user: str, password: str, path: str = CARDS) -> tuple[int, str]:
        auth = aiohttp.encode_basic_auth(user, password)
        url = onec.session._base_url
        async with (
            aiohttp.ClientSession(url) as session,
            session.get(path, headers={"Authorization": auth}) as answer,
        ):
            return answer.status, answer.headers.get("WWW-Authenticate", "")[:5]

    assert await asked("lavka-card", "wrong") == (401, "Basic")
    assert (await asked("another-card", good))[0] == 404
    assert (await asked("lavka-card", good, "/exchange/1c/jobs/1"))[0] == 403
    assert (await asked("lavka-card", good))[0] == 200
    told = await onec.get(CARDS)
    assert "first_name" in told["cards"][0]
    assert await ApiKey.filter(last_used_at=house.ctx.clock()).count() == 2
    async with onec.session.get(CARDS, params={"after": "x"}) as answer:
        assert answer.status == 410
