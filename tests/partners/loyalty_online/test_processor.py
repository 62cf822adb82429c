"""People meet a retailer whose loyalty system hosts the API: what they see of its answers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from backend.partners.loyalty_online.processor import LoyaltyOnlineProcessor, open_processor
from backend.partners.loyalty_online.wire.client import Client
from backend.partners.member import (
    Balance,
    CardNumber,
    CardState,
    Operation,
    Promotion,
    Subscription,
)
from backend.partners.processor import Ability
from backend.partners.way import Way
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.barcode_format import BarcodeFormat
from models.program import Program
from models.refusal import Code, Refusal
from tests.partners.loyalty_online.conftest import ANNA, ON, SECRETS, settings
from tests.partners.loyalty_online.double import SEVERAL, Host

KEY = UUID(int=7)
NUMBER = CardNumber("4600000000015", "4600000000015")
YES = Subscription("lavka", "sms", True)
NO = Subscription("lavka", "email", False)


async def test_a_card_that_anna_has_is_found(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    held = host.add(msisdn="79161234567")
    found = await processor.find_by_contact(program, ANNA)
    assert found is not None
    assert found.number == CardNumber(held.number, held.number, BarcodeFormat.EAN13)
    assert (found.state, found.theirs) == (CardState.ACTIVE, held.number)
    held.state = "inactive"
    found = await processor.find_by_contact(program, ANNA)
    assert found is not None
    assert found.state is CardState.INACTIVE
    host.cards.clear()
    assert await processor.find_by_contact(program, ANNA) is None


@pytest.mark.parametrize(
    ("member", "asked"),
    [
        (replace(ANNA, email_verified=False), "?msisdn=79161234567"),
        (replace(ANNA, phone_verified=False), "?email=anna%2Bshop@example.ru"),
        (ANNA, "?msisdn=79161234567&email=anna%2Bshop@example.ru"),
    ],
)
async def test_only_what_is_proven_is_searched_by(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program, member: object, asked: str
) -> None:
    """The host joins by OR: a typed address would bring somebody else's card."""
    await processor.find_by_contact(program, member)  # type: ignore[arg-type]
    assert host.seen == [f"GET /api/v1/card{asked}"]


async def test_a_birth_date_never_goes_alone(host: Host, way: Way, program: Program) -> None:
    by = settings(host.url, search_by=["phone", "birth_date"])
    processor = open_processor(by, SECRETS, way)
    unproven = replace(ANNA, phone_verified=False)
    assert await processor.find_by_contact(program, unproven) is None
    assert not host.seen
    await processor.find_by_contact(program, ANNA)
    assert host.seen == ["GET /api/v1/card?msisdn=79161234567&birthDate=1990-01-02"]


async def test_their_refusals_are_ours(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    held = host.add(msisdn="79161234567")
    held.blocked = True
    with pytest.raises(Refusal) as refused:
        await processor.issue(program, ANNA, None, KEY)
    assert refused.value.code is Code.CARD_BLOCKED
    host.add(email="anna+shop@example.ru")
    with pytest.raises(Refusal) as refused:
        await processor.find_by_contact(program, ANNA)
    assert refused.value.code is Code.NUMBER_BOUND
    assert len(host.cards) == 2, "nothing was made"


@pytest.mark.parametrize(
    ("meaning", "error"),
    [("try_later", TryLater), ("needs_settings", NeedsSettings), ("give_up", GiveUp)],
)
async def test_a_code_without_a_meaning_of_its_own(
    host: Host, way: Way, program: Program, meaning: str, error: type[Exception]
) -> None:
    processor = open_processor(settings(host.url, codes={}, other_codes=meaning), SECRETS, way)
    host.add(msisdn="79161234567").blocked = True
    with pytest.raises(error, match="'102'"):
        await processor.find_by_contact(program, ANNA)


async def test_a_code_may_mean_nobody(host: Host, way: Way, program: Program) -> None:
    processor = open_processor(settings(host.url, codes={SEVERAL: "not_found"}), SECRETS, way)
    host.add(msisdn="79161234567")
    host.add(email="anna+shop@example.ru")
    assert await processor.find_by_contact(program, ANNA) is None


async def test_they_give_a_number_and_know_whose_it_is(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    card = await processor.issue(program, ANNA, None, KEY)
    again = await processor.issue(program, ANNA, None, KEY)
    other_key = await processor.issue(program, ANNA, None, UUID(int=8))
    assert card == again == other_key
    (held,) = host.cards.values()
    assert held.profile["lastName"] == "Иванова"
    assert held.profile["birthDate"] == "1990-01-02"
    assert str(KEY) in host.keys


async def test_a_number_of_ours_is_bound_there(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    host.reserved.add(NUMBER.printed)
    card = await processor.issue(program, ANNA, NUMBER, KEY)
    assert card.number == NUMBER
    assert host.people == {"79161234567": [NUMBER.printed]}
    assert await processor.issue(program, ANNA, NUMBER, KEY) is not None
    boris = replace(ANNA, phone="+79160000000", email="b@example.ru")
    with pytest.raises(Refusal) as refused:
        await processor.issue(program, boris, CardNumber("999", "999"), KEY)
    assert refused.value.code is Code.NUMBER_UNKNOWN


async def test_whoever_has_a_card_there_gets_that_one(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    held = host.add(msisdn="79161234567")
    host.reserved.add(NUMBER.printed)
    card = await processor.issue(program, ANNA, NUMBER, KEY)
    assert card.number.printed == held.number
    assert NUMBER.printed not in host.cards


async def test_consents_are_channels(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    """Telegram is no channel of theirs; of two brands with one card both must allow."""
    held = host.add(msisdn="79161234567")
    said = [YES, NO, Subscription("lavka", "telegram", True)]
    await processor.tell_consents(program, ANNA, said, KEY)
    assert (held.allow, held.deny) == (["sms"], ["email"])
    await processor.tell_consents(program, ANNA, [*said, Subscription("two", "sms", False)], KEY)
    assert (held.allow, held.deny) == ([], ["sms", "email"])
    before = len(host.seen)
    await processor.tell_consents(program, ANNA, said[2:], KEY)
    assert len(host.seen) == before, "there is nothing to tell"


async def test_one_brand_may_speak_for_the_program(host: Host, way: Way, program: Program) -> None:
    chosen = settings(host.url, brand="two", channels={"sms": "call"})
    processor = open_processor(chosen, SECRETS, way)
    held = host.add(msisdn="79161234567")
    await processor.tell_consents(program, ANNA, [YES, Subscription("two", "sms", False)], KEY)
    assert (held.allow, held.deny) == ([], ["call"])


async def test_of_whom_nothing_is_known_nothing_is_told(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    with pytest.raises(GiveUp, match="no card of this person"):
        await processor.tell_consents(program, ANNA, [YES], KEY)
    with pytest.raises(GiveUp):
        await processor.update_profile(program, ANNA, KEY)


async def test_a_profile_is_told_under_their_number(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program
) -> None:
    held = host.add(msisdn="79161234567")
    changed = replace(ANNA, last_name="Петрова", email_verified=False)
    assert await processor.update_profile(program, changed, KEY) == held.number
    assert held.profile["lastName"] == "Петрова"
    assert "email" not in held.profile, "an address that nobody has confirmed is not told"


async def test_what_stands_under_the_card(host: Host, way: Way, program: Program) -> None:
    tier = {"available": "balance", "tier": "level.name"}
    processor = open_processor(settings(host.url, **ON, balance_names=tier), SECRETS, way)
    held = host.add(msisdn="79161234567")
    held.balance = "1234.50"
    number = CardNumber(held.number, held.number)
    assert await processor.balance(program, ANNA, number) == Balance(
        Decimal("1234.50"), tier="Gold"
    )
    at = datetime(2026, 1, 3, 10, tzinfo=UTC)
    history = await processor.history(program, ANNA, number, 2)
    assert history[0] == Operation(at, Decimal(30), "Чек 3")
    assert [each.text for each in history] == ["Чек 3", "Чек 2"]
    assert await processor.promotions(program, ANNA, number) == [
        Promotion("17", "Неделя сыра", "", date(2026, 11, 20), None)
    ]
    held.balance = "a lot"
    with pytest.raises(TryLater, match="'balance' of its answer is no number"):
        await processor.balance(program, ANNA, number)


@pytest.mark.parametrize(
    ("barcode", "number", "what"),
    [
        ("PDF_417", "2100000000012", "barcode type 'PDF_417'"),
        ("EAN_13", "2100000000013", "cannot be drawn"),
        ("EAN_8", "2100000000012", "cannot be drawn"),
        ("QR_CODE", "1" * 129, "too long"),
    ],
)
async def test_what_no_till_can_scan_is_no_card(
    host: Host, processor: LoyaltyOnlineProcessor, program: Program,
    barcode: str, number: str, what: str,
) -> None:  # fmt: skip
    host.add(number, msisdn="79161234567").barcode = barcode
    with pytest.raises(NeedsSettings, match=what):
        await processor.find_by_contact(program, ANNA)


async def test_abilities_are_what_is_configured(host: Host, way: Way) -> None:
    bare = open_processor(settings(host.url), SECRETS, way)
    assert bare.abilities == {Ability.FIND_BY_CONTACT, Ability.CONSENTS}
    everything = open_processor(settings(host.url, **ON), SECRETS, way)
    handed_in = {Ability.PROMO_CODE, Ability.RECEIPT}
    assert everything.abilities == set(Ability) - {Ability.RELEASE} - handed_in


async def test_a_wrong_password_is_for_a_human(host: Host, way: Way, program: Program) -> None:
    wrong = SECRETS.model_copy(update={"login": "somebody"})
    processor = open_processor(settings(host.url), wrong, way)
    with pytest.raises(NeedsSettings, match="login and password"):
        await processor.find_by_contact(program, ANNA)
    assert not host.cards


async def test_receipts_and_typed_codes(host: Host, way: Way) -> None:
    held = host.add(msisdn="79161234567")
    client = Client(way.session, host.url, SECRETS.login, SECRETS.password.get_secret_value())
    await client.send_receipt(held.number, "t=1&s=2")
    await client.send_promo_code(held.number, "СЫР")
    assert host.receipts == [(held.number, "t=1&s=2")]
    assert host.codes == {"СЫР": held.number}


async def test_a_method_that_nobody_serves(host: Host, way: Way, program: Program) -> None:
    other = {"on": True, "path": "v2/points/{number}"}
    processor = open_processor(settings(host.url, balance=other), SECRETS, way)
    with pytest.raises(NeedsSettings, match=r"404 to GET v2/points/\{number\}: is the address"):
        await processor.balance(program, ANNA, NUMBER)
    assert host.wrong.pop().endswith("no such method")
