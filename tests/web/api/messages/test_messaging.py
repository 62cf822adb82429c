"""Вера of «Лавка» sets the rules of messages over HTTP."""

from backend.web.api.v1.messages.messaging import EXAMPLE
from models.account import Account
from models.audit_entry import AuditEntry
from models.messaging_rules import MessagingRules
from tests.support.caller import Caller
from tests.web.api.onboarding.test_resources import as_declared


async def test_the_rules_hold_as_they_were_entered(vera: Caller, lavka: Account) -> None:
    first = await vera.get("/messaging")
    shown = as_declared(first, "/messaging")
    assert (shown["quiet_from"], shown["quiet_until"], shown["per_day"]) == ("21:00", "09:00", 0)
    assert await MessagingRules.all().count() == 0
    assert (await vera.put("/messaging", EXAMPLE)).code == "if_match_required"
    put = await vera.put("/messaging", EXAMPLE, if_match=first.etag)
    assert as_declared(put, "/messaging", "put") == EXAMPLE
    assert (await vera.put("/messaging", {}, if_match=first.etag)).code == "changed_meanwhile"
    # What is left out is none.
    loud = await vera.put("/messaging", {"per_day": 2}, if_match=put.etag)
    assert "quiet_from" not in as_declared(loud, "/messaging", "put")
    rules = await MessagingRules.get(account_id=lavka.id)
    assert (rules.quiet_from, rules.per_day, rules.four_eyes) == ("", 2, False)
    told = await AuditEntry.filter(verb="save_messaging").order_by("id")
    assert [entry.account_id for entry in told] == [lavka.id, lavka.id]
    assert told[1].before is not None
    assert told[1].before["four_eyes"] is True


async def test_every_mistake_is_told_by_its_place(vera: Caller) -> None:
    wrong = {"quiet_from": "24:00", "per_day": -1, "four_eyes": "maybe", "sms": 1}
    told = await vera.put("/messaging", wrong, if_match="*")
    assert told.status == 422
    assert {each["pointer"] for each in told.json["errors"]} == {
        "/quiet_from", "/per_day", "/four_eyes", "/sms",
    }  # fmt: skip
    for body, place in (
        ({"quiet_from": "21:00"}, "/quiet_from"),
        ({"quiet_until": "09:00"}, "/quiet_until"),
        ({"quiet_from": "21:00", "quiet_until": "21:00"}, "/quiet_until"),
    ):
        told = await vera.put("/messaging", body, if_match="*")
        assert [each["pointer"] for each in told.json["errors"]] == [place], told.text
