"""Вера of «Лавка» writes down what her brand says again and again."""

import re
from typing import Any

from backend.web.api.v1.messages.template_shown import ENTRY, EXAMPLE
from models.account import Account
from models.audit_entry import AuditEntry
from models.messaging_rules import MessagingRules
from models.template import MessageTemplate, TemplateVersion
from tests.support.caller import Caller
from tests.support.factory.brands import make_program
from tests.web.api.onboarding.test_resources import as_declared

MADE = {"key": "spring-sale", **ENTRY}


async def test_a_template_is_entered_changed_and_put_away(vera: Caller, lavka: Account) -> None:
    made = await vera.post("/templates", MADE)
    assert made.status == 201, made.text
    shown = as_declared(made, "/templates", "post")
    assert {name: shown[name] for name in MADE} == MADE
    assert shown["version"] == 1
    assert (await vera.post("/templates", MADE)).code == "key_taken"
    assert (await vera.put("/templates/spring-sale", ENTRY)).code == "if_match_required"
    same = await vera.put("/templates/spring-sale", ENTRY, if_match=made.etag)
    assert as_declared(same, "/templates/{template}", "put")["version"] == 1
    other = {**ENTRY, "purpose": "service", "content": {"ru": {"text": "Чай"}}}
    del other["erid"]
    put = await vera.put("/templates/spring-sale", other, if_match=made.etag)
    assert as_declared(put, "/templates/{template}", "put")["version"] == 2
    assert (await vera.put("/templates/spring-sale", ENTRY, if_match=made.etag)).code == (
        "changed_meanwhile"
    )
    told = as_declared(
        await vera.get("/templates/spring-sale/versions"), "/templates/{template}/versions"
    )["items"]
    assert [(each["version"], each["purpose"]) for each in told] == [(2, "service"), (1, "promo")]
    assert told[1]["content"] == ENTRY["content"]
    assert told[0]["author"].startswith("key:")

    assert (await vera.delete("/templates/spring-sale")).status == 204
    assert (await vera.delete("/templates/spring-sale")).status == 204
    assert (await vera.get("/templates")).json["items"] == []
    (away,) = (await vera.get("/templates?archived=true")).json["items"]
    assert "archived_at" in away
    back = await vera.put("/templates/spring-sale", other, if_match="*")
    assert "archived_at" not in back.json
    assert back.json["version"] == 2, "it says the same"
    assert await TemplateVersion.all().count() == 2
    noted = await AuditEntry.filter(subject_kind="template").order_by("id")
    assert [(each.verb, each.account_id) for each in noted] == [
        ("save_template", lavka.id), ("save_template", lavka.id), ("archive_template", lavka.id),
        ("save_template", lavka.id),
    ]  # fmt: skip
    assert (await vera.get("/templates/nobody")).code == "template_not_found"


def wording(**content: Any) -> dict[str, Any]:
    return {"key": "t", "name": "n", "purpose": "promo", "content": content}


async def test_a_text_that_somebody_cannot_be_told_is_refused(vera: Caller) -> None:
    """With the place of every mistake."""
    ru = {
        "text": "{name}: {points} {points|балл|балла|баллов} {visits} http://a.ru {tier|a|b|c} {",
        "sms": "https://a.ru/?n={number}",
        "button": "Да",
        "letter": "https://user@a.ru https://127.0.0.1/ https://localhost",
    }
    wrong = wording(ru=ru, fallbacks={"points": {"ru": "ноль"}, "city": {"ru": "Казань"}})
    told = await vera.post("/templates", wrong)
    places = [each["pointer"] for each in told.json["errors"]]
    assert set(places) == {
        "/content/ru/text", "/content/ru/sms", "/content/ru/button", "/content/ru/letter",
        "/content/fallbacks/number/ru", "/content/fallbacks/points", "/content/fallbacks/city",
    }  # fmt: skip
    ru["text"] = ru["text"].removesuffix("{")
    told = await vera.post("/templates", wrong)
    said = {each["pointer"]: each["message"] for each in told.json["errors"]}
    assert "/content/fallbacks/name/ru" in said
    assert "/content/fallbacks/points/ru" in said
    for content, place in (
        ({}, "/content/ru"),
        ({"ru": {"text": "Чай"}, "opens": {"card": True}}, "/content/ru/button"),
        ({"ru": {"text": "Чай", "button": "x"}, "opens": {}}, "/content/opens"),
        ({"ru": {"text": "Чай", "button": "x"}, "opens": {"url": "http://a.ru"}},
         "/content/opens/url"),
        ({"ru": {"text": "Чай"}, "picture": "javascript:alert(1)"}, "/content/picture"),
        ({"ru": {"text": "я" * 3990}}, "/content/ru/text"),
        ({"ru": {"text": "я" * 950}, "picture": "https://a.ru/1.png"}, "/content/ru/text"),
        ({"ru": {"text": "Чай", "sms": "я" * 600}}, "/content/ru/sms"),
        ({"ru": {"text": "{name}" + "я" * 3950}, "fallbacks": {"name": {"ru": "x"}}},
         "/content/ru/text"),
    ):  # fmt: skip
        told = await vera.post("/templates", wording(**content))
        assert [each["pointer"] for each in told.json["errors"]] == [place], told.text
    lawless = {**wording(ru={"text": "Чай"}), "purpose": "service", "erid": "x", "inn": "123"}
    told = await vera.post("/templates", lawless)
    assert {each["pointer"] for each in told.json["errors"]} == {"/inn"}
    for more, place in (
        ({"inn": "7707083893"}, "/advertiser"),
        ({"advertiser": "ООО «Чай»"}, "/inn"),
        ({"advertiser": "Ч" * 300, "inn": "7707083893", "content": {"ru": {"text": "я" * 3800}}},
         "/content/ru/text"),
    ):  # fmt: skip
        told = await vera.post("/templates", wording(ru={"text": "Чай"}) | more)
        assert [each["pointer"] for each in told.json["errors"]] == [place], told.text
    for content, code in (
        ({"ru": {"text": "Чай", "button": "x"}, "opens": {"offer": "no-such"}}, "offer_not_found"),
        ({"ru": {"text": "Чай"}, "picture": "0" * 64}, "picture_not_found"),
    ):
        assert (await vera.post("/templates", wording(**content))).code == code
    assert await MessageTemplate.all().count() == 0


async def test_it_is_seen_as_it_will_be_read_with_its_price(vera: Caller, lavka: Account) -> None:
    await MessagingRules.create(account=lavka, sms_kopecks=350, email_kopecks=10)
    field = {"key": "visits", "label": {"ru": "Визиты", "en": "Visits"}, "type": "number"}
    await make_program(lavka, "lavka-card", card_fields=[field])
    content = EXAMPLE["content"]
    ru = {**content["ru"], "letter": "Визитов: {visits}. <b>{name}</b>"}
    fallbacks = {**content["fallbacks"], "visits": {"ru": "мало"}}
    entry = {**MADE, "content": {**content, "ru": ru, "fallbacks": fallbacks}}
    made = await vera.post("/templates", entry)
    assert made.status == 201, made.text
    assert (await MessageTemplate.get()).content["kinds"] == {"visits": "number"}
    asked = {"values": {"name": "Анна", "points": "21"}}
    told = as_declared(
        await vera.post("/templates/spring-sale/preview", asked),
        "/templates/{template}/preview", "post",
    )  # fmt: skip
    assert told["variables"] == ["name", "points", "visits"]
    assert told["links"] == ["https://lavka.example/sale"]
    forms = {(each["language"], each["channel"]): each for each in told["forms"]}
    assert len(forms) == 8
    sms = forms["ru", "sms"]
    label = f"Реклама. {lavka.legal_name_ru}, ИНН {lavka.inn} · erid: 2VtzqwXYZ"
    link = r"https?://\S+/l/3kT7mQ2vR9bZ4LpWs"
    assert re.fullmatch(rf"21 балл ждут вас: {link} {re.escape(label)}", sms["text"])
    assert sms["without"].startswith("0 баллов ждут")
    parts = sms["sms"]["parts"]
    assert sms["sms"]["alphabet"] == "UCS-2"
    assert sms["price"] == f"{350 * parts // 100}.{350 * parts % 100:02d}"
    letter = forms["ru", "email"]
    assert letter["text"].startswith("Визитов: 12. <b>Анна</b>")
    assert (letter["subject"], letter["price"]) == ("Посмотреть", "0.10")
    assert forms["en", "telegram"]["text"].startswith("Анна, you have 21 points.")
    assert forms["en", "telegram"]["buttons"][0] == "Have a look"
    assert "price" not in forms["en", "telegram"]
    card = forms["ru", "wallet"]
    assert card["text"].startswith("Анна, на карте 21 балл. ")
    assert not card.keys() & {"buttons", "picture", "price", "sms", "subject"}
