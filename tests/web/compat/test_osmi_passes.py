"""A site that made passes at OSMI makes them at Karman: the same calls, another address and key."""

from typing import Any

import pytest

from backend.cards.passes.change_pass import among_passes, apply_pass
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.events.numbers import AssignmentClaimed
from backend.platform.context import Context
from catalog.questions.question import FieldType, QuestionnaireField
from models.assignment import Assignment, AssignmentState
from models.card import Card, CardStatus
from models.card_design import CardDesign
from models.facade import FacadeKind, FacadePass
from models.partner_message import PartnerMessage
from models.refusal import Code, Refusal
from tests.messages.people import Shop, facade, make_shop, member
from tests.support.factory.assigning import claimed, proven
from tests.support.factory.brands import NAME, PHONE
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.outbox import happened
from tests.web.compat.osmi_caller import ByToken, Osmi, values

VISITS = {"key": "visits", "type": "number", "label": {"ru": "Визиты", "en": "Visits"}}
TEMPLATES = {"gold": {"program": "romashka-club", "tier": "gold"}}


@pytest.fixture
async def shop(database: str) -> Shop:
    return await make_shop(card_fields=[VISITS])


@pytest.fixture
async def osmi(ctx: Context, shop: Shop, address: str) -> Osmi:
    issued = await facade(ctx, shop, FacadeKind.OSMI_TOKEN, templates=TEMPLATES, links="bearer")
    return ByToken(f"{address}/compat/osmi/v2t", issued.secret)


async def made(osmi: Osmi, serial: str = "100500", **more: str) -> dict[str, Any]:
    told = await osmi.ask(
        "POST",
        f"/passes/{serial}/romashka-club?withValues=true",
        values("1\u00a0250,50\u202f₽", **more),
    )
    assert told.status == 200, told.data
    return dict(told.json)


async def come(ctx: Context, serial: str = "100500", chat: int = 5) -> Card:
    """Whoever holds the link has followed it."""
    row = await Assignment.get(printed_number=serial)
    outcome = await claimed(ctx, await someone(ctx, chat), row)
    assert outcome.card is not None
    row = await Assignment.get(id=row.id)
    assert row.customer_id is not None
    made_pass = await FacadePass.get(serial=serial)
    account, waits = made_pass.account_id, made_pass.waits
    event = AssignmentClaimed(row.id, outcome.card.id, row.customer_id, row.program_id, account)
    other = AssignmentClaimed(row.id + 1000, 1, 1, 1, 1)
    assert await among_passes([other, event]) == ([event] if waits else [])
    await apply_pass(ctx, happened(event))
    return await Card.get(id=outcome.card.id)


async def test_from_the_pass_to_the_card(osmi: Osmi, ctx: Context) -> None:
    told = await made(osmi, Визиты="12")
    assert told["RCODE"] == 0
    # What means nothing here is left out, and said so.
    assert told["ignored"] == ["КЛИЕНТ"]
    link = (await osmi.ask("GET", "/passes/100500/link")).json
    assert link == {"link": told["link"], "qr": told["link"] + ".png"}
    assert link["link"].startswith("https://karman.example/k/")
    before = (await osmi.ask("GET", "/passes/100500")).json
    assert before["general"] == {
        "serialNo": "100500", "template": "romashka-club", "status": "created",
    }  # fmt: skip
    assert before["barcode"]["message"] == "100500"
    card = await come(ctx)
    assert (str(card.balance), card.own_fields) == ("1250.50", {"visits": "12"})
    after = (await osmi.ask("GET", "/passes/100500")).json
    assert after["general"]["status"] == "registered"
    assert after["values"] == before["values"] == [
        {"label": "Баланс", "key": "balance", "value": "1250.50"},
        {"label": "Визиты", "key": "visits", "value": "12"},
    ]  # fmt: skip
    assert (await FacadePass.get()).waits == {}


async def test_319_says_that_the_card_exists(osmi: Osmi, ctx: Context) -> None:
    await made(osmi)
    again = await osmi.ask("POST", "/passes/100500/romashka-club")
    assert (again.status, again.code) == (409, 319)
    assert set(again.json) == {"RCODE", "RMESSAGE"}
    await come(ctx)
    assert (await osmi.ask("POST", "/passes/100500/romashka-club")).code == 319


async def test_a_transaction_is_made_once(osmi: Osmi) -> None:
    path = "/passes/7/romashka-club?withValues=true&transactionId=t-1"
    first = await osmi.ask("POST", path, values("1"))
    again = await osmi.ask("POST", path, values("1"))
    assert (first.status, first.data) == (again.status, again.data)
    other = await osmi.ask("POST", path, values("2"))
    assert (other.status, other.code) == (409, 409)
    assert await FacadePass.all().count() == 1


async def test_whose_a_pass_is_has_to_be_said(ctx: Context, shop: Shop, address: str) -> None:
    """Unless the login says that the link is enough."""
    login = await facade(ctx, shop, FacadeKind.OSMI_TOKEN)
    careful = ByToken(f"{address}/compat/osmi/v2t", login.secret)
    path = "/passes/7/romashka-club?withValues=true"
    told = await careful.ask("POST", path, values("1"))
    assert (told.status, told.code) == (422, 422)
    assert not await FacadePass.exists()
    for label, value in (("Телефон", "+79161234567"), ("E-mail", "Anna@example.ru")):
        told = await careful.ask(
            "POST", path.replace("7", str(len(label))), values("1", **{label: value})
        )
        assert told.status == 200, told.data


async def test_a_pass_with_a_phone_is_for_whoever_has_it(osmi: Osmi, ctx: Context) -> None:
    await made(osmi, Телефон="8 (916) 123-45-67")
    row = await Assignment.get()
    boris = await proven(ctx, 6, "+79161230000")
    with pytest.raises(Refusal) as refused:
        await claimed(ctx, boris, row)
    assert refused.value.code is Code.ASSIGNMENT_NOT_YOURS
    anna = await proven(ctx, 7, "+79161234567")
    assert (await claimed(ctx, anna, row)).card is not None


async def test_values_change_with_a_push_and_without(osmi: Osmi, ctx: Context) -> None:
    await made(osmi)
    waits = await osmi.ask("PUT", "/passes/100500", values("7"))
    assert waits.json == {"RCODE": 0, "RMESSAGE": "OK", "ignored": ["КЛИЕНТ"]}
    card = await come(ctx)
    assert str(card.balance) == "7.00"
    told = await osmi.ask("PUT", "/passes/100500/push", values("8"))
    assert told.json["push"]["state"] == "ENQUEUED"
    row = await PartnerMessage.get().select_related("message")
    assert row.message is not None
    assert (row.message.purpose.value, row.message.data["text"]) == ("service", "БАЛАНС: 8")
    change = {"values": [{"label": "Баланс", "value": "9", "changeMsg": "ваши баллы %@"}]}
    await osmi.ask("PUT", "/passes/100500?push=true", change)
    newest = await PartnerMessage.all().order_by("-id").select_related("message").first()
    assert newest is not None
    assert newest.message is not None
    assert newest.message.data["text"] == "ваши баллы 9"
    assert str((await Card.get(id=card.id)).balance) == "9.00"


async def test_another_template_is_another_tier(osmi: Osmi, ctx: Context, shop: Shop) -> None:
    await make_shop("vasilek")
    await made(osmi)
    card = await come(ctx)
    told = await osmi.ask("PUT", "/passes/move/100500/gold/push")
    assert told.json["push"]["state"] == "ENQUEUED"
    assert (await Card.get(id=card.id)).tier == "gold"
    shown = (await osmi.ask("GET", "/passes/100500")).json
    assert shown["general"]["template"] == "gold"
    for template in ("none", "vasilek-club"):
        wrong = await osmi.ask("PUT", f"/passes/move/100500/{template}")
        assert (wrong.status, wrong.code) == (404, 404)


async def test_deleted_before_somebody_came(osmi: Osmi) -> None:
    await made(osmi)
    assert (await osmi.ask("DELETE", "/passes/100500")).code == 0
    assert (await Assignment.get()).state is AssignmentState.WITHDRAWN
    for method, path in (("GET", "/passes/100500"), ("GET", "/passes/100500/link"),
                         ("DELETE", "/passes/100500"), ("PUT", "/passes/100500")):  # fmt: skip
        assert (await osmi.ask(method, path)).status == 404
    await made(osmi)
    assert (await osmi.ask("GET", "/passes/100500")).status == 200


async def test_deleted_from_whoever_has_it(osmi: Osmi, ctx: Context) -> None:
    await made(osmi)
    card = await come(ctx)
    told = await osmi.ask("DELETE", "/passes/100500/push")
    assert told.json["push"]["state"] == "ENQUEUED"
    assert (await Card.get(id=card.id)).status is CardStatus.BLOCKED
    assert (await osmi.ask("GET", "/passes/100500")).status == 404
    assert (await osmi.ask("GET", "/passes")).json == {"cards": []}
    await made(osmi)
    card = await Card.get(id=card.id)
    assert (card.status, str(card.balance)) == (CardStatus.ACTIVE, "1250.50")


async def test_all_of_them(osmi: Osmi, ctx: Context, shop: Shop) -> None:
    _, card = await member(ctx, shop, 1, "+79161234567")
    await made(osmi, "1")
    await made(osmi, "2")
    await come(ctx, "2")
    listed = (await osmi.ask("GET", "/passes")).json["cards"]
    assert listed == ["1", card.printed_number, "2"]
    stats = (await osmi.ask("GET", "/stats/general")).json["stats"]
    assert (stats["total"], stats["registered"], stats["created"]) == (3, 2, 1)
    found = await osmi.ask("POST", "/search/passes", {"text": "2"})
    assert [one["serial"] for one in found.json] == ["2"]
    assert (await osmi.ask("GET", "/templates")).json["templates"] == ["gold", "romashka-club"]
    template = (await osmi.ask("GET", "/templates/gold")).json
    assert (template["tier"], template["barcode"]) == ("gold", {"format": "code128"})
    assert (await osmi.ask("GET", "/defaults/all")).json["defaults"]["timezone"] == "Europe/Moscow"
    assert (await osmi.ask("GET", "/images")).json == {"images": []}


async def test_a_template_looks_as_the_design_has_it_for_its_tier(
    osmi: Osmi, ctx: Context, shop: Shop
) -> None:
    bare = (await osmi.ask("GET", "/templates/gold")).json
    assert (list(bare["colors"]), "images" in bare) == (["background", "foreground"], False)
    gold = {"name": "A", "tiers": ["gold"], "primary": "#7A5C00", "label": "#FFE28A"}
    await CardDesign.create(
        program_id=shop.program.id,
        number=1,
        design={
            "primary": "#1F6F50", "secondary": "#F4C95D", "logo": "a" * 64,
            "variants": [{**gold, "strip": "b" * 64}],
        },
        made_at=ctx.clock(),
    )  # fmt: skip
    told = (await osmi.ask("GET", "/templates/gold")).json
    assert told["colors"] == {
        "background": "#7A5C00", "foreground": "#F4C95D", "label": "#FFE28A",
    }  # fmt: skip
    assert [link.rpartition("/")[2][0] for link in told["images"].values()] == ["a", "b"]
    whole = (await osmi.ask("GET", f"/templates/{shop.program.key}")).json
    assert list(whole["images"]) == ["logo"]
    listed = (await osmi.ask("GET", "/images")).json["images"]
    assert [(one["imgType"], one["imgId"][0]) for one in listed] == [("logo", "a"), ("strip", "b")]


async def test_pushes_are_advertising_unless_they_say_otherwise(
    osmi: Osmi, ctx: Context, shop: Shop
) -> None:
    _, anna = await member(ctx, shop, 1, "+79161234567")
    _, boris = await member(ctx, shop, 2, "+79161234568", ads=False)
    serials = [anna.printed_number, boris.printed_number, "000", anna.printed_number]
    body = {"serials": serials, "message": "Скидки!"}
    told = await osmi.ask("POST", "/marketing/pushmessage", body)
    assert [one["state"] for one in told.json["messages"]] == [
        "ENQUEUED", "NO_CONSENT", "MSISDN_NOT_REGISTERED",
    ]  # fmt: skip
    path = f"/passes/{boris.printed_number}/push"
    assert (await osmi.ask("POST", path, {"message": "a"})).json["state"] == "NO_CONSENT"
    service = {"message": "a", "pushType": "SERVICE"}
    assert (await osmi.ask("POST", path, service)).json["state"] == "ENQUEUED"
    assert (await osmi.ask("POST", "/passes/000/push", service)).status == 404
    assert (await osmi.ask("POST", path, {})).status == 400


async def test_registrations_while_they_agree(osmi: Osmi, ctx: Context, address: str) -> None:
    fields = (PHONE, NAME, QuestionnaireField("gender", FieldType.GENDER, required=False))
    other = await make_shop("vasilek", fields=fields)
    login = await facade(ctx, other, FacadeKind.OSMI_TOKEN)
    theirs = ByToken(f"{address}/compat/osmi/v2t", login.secret)
    anna = await proven(ctx, 9, "+79161234567")
    (outcome,) = await issued(
        ctx, anna, [other.offer], answers={"given_name": "Анна", "gender": "female"}
    )
    assert outcome.card is not None
    serial = outcome.card.printed_number
    path = "/registration/data/vasilek-club"
    assert (await theirs.ask("GET", path)).json == {
        "registrations": [
            {
                "serialNo": serial, "Телефон": "+79161234567", "Имя": "Анна", "Пол": "Ж",
                "Телефон_проверен": "Да", "Оферта_принята": "Да",
            }
        ]
    }  # fmt: skip
    assert (await osmi.ask("GET", path)).status == 404, "another account's"
    gone = await theirs.ask("POST", "/registration/deletedata", {"registrations": [serial, "0"]})
    assert gone.json["deleted"] == 1
    assert (await theirs.ask("GET", path)).json == {"registrations": []}
    again = await theirs.ask("GET", f"{path}?withDeleted=true")
    assert len(again.json["registrations"]) == 1
    await withdraw_personal_data(ctx, anna, other.account.id)
    assert (await theirs.ask("GET", f"{path}?withDeleted=true")).json == {"registrations": []}


async def test_another_accounts_passes_are_not_there(
    osmi: Osmi, ctx: Context, address: str
) -> None:
    await made(osmi)
    login = await facade(ctx, await make_shop("vasilek"), FacadeKind.OSMI_TOKEN)
    other = ByToken(f"{address}/compat/osmi/v2t", login.secret)
    for method, path, body in [
        ("GET", "/passes/{}", None), ("GET", "/passes/{}/link", None),
        ("PUT", "/passes/{}", values("1")), ("DELETE", "/passes/{}", None),
        ("PUT", "/passes/move/{}/vasilek-club", None),
        ("POST", "/passes/{}/push", {"message": "a"}),
    ]:  # fmt: skip
        theirs = await other.ask(method, path.format("100500"), body)
        nobodys = await other.ask(method, path.format("987654"), body)
        assert (theirs.status, theirs.data) == (nobodys.status, nobodys.data) == (404, theirs.data)
    assert (await other.ask("GET", "/passes")).json == {"cards": []}
    found = await other.ask("POST", "/search/passes", {"text": "100500"})
    assert found.json == []


WRONG: list[tuple[str, str, Any, int]] = [
    ("POST", "/passes/1/none", None, 404),
    ("POST", "/passes/1/romashka-club?withValues=true", values("много"), 400),
    ("POST", "/passes/1/romashka-club?withValues=true", values("-1"), 400),
    ("POST", "/passes/1/romashka-club?withValues=true", values("1", Телефон="x"), 400),
    ("POST", "/passes/1/romashka-club?withValues=true", {"values": [1]}, 400),
    ("POST", "/passes/1/romashka-club?withValues=true", {"values": {}}, 400),
    ("POST", f"/passes/{'9' * 129}/romashka-club", None, 404),
    ("POST", "/passes/1%00/romashka-club", None, 404),
    ("POST", "/marketing/pushmessage", {"serials": ["1"] * 10_001, "message": "a"}, 400),
    ("POST", "/marketing/pushmessage", {"serials": [{}], "message": "a"}, 400),
    ("POST", "/templates/new", {}, 501),
    ("GET", "/passes/1/sms/79161234567", None, 501),
    ("GET", "/none", None, 404),
]


async def test_what_is_wrong(osmi: Osmi) -> None:
    for method, path, body, status in WRONG:
        told = await osmi.ask(method, path, body)
        assert told.status == status, (path, told.data)
    assert not await FacadePass.exists()
