"""A promo code and the QR code of a receipt, as the host takes them."""

from uuid import UUID

import pytest

from backend.partners.loyalty_online.processor import open_processor
from backend.partners.member import CardNumber, Given
from backend.partners.processor import Ability
from backend.partners.way import Way
from models.program import Program
from models.refusal import Code, Refusal
from tests.partners.loyalty_online.conftest import ANNA, SECRETS, settings
from tests.partners.loyalty_online.double import Host

KEY = UUID(int=5)
USED = {"106": "done"}


@pytest.mark.parametrize("kind", list(Given))
async def test_it_is_taken_once(host: Host, way: Way, program: Program, kind: Given) -> None:
    held = host.add()
    takes = settings(host.url, promo_code=True, receipt=True, codes=USED)
    loyalty = open_processor(takes, SECRETS, way)
    assert {Ability.PROMO_CODE, Ability.RECEIPT} <= loyalty.abilities
    number = CardNumber(held.number, held.number)
    for _ in range(2):
        await loyalty.redeem(program, ANNA, number, kind, "t=1&s=2", KEY)
    told = [*host.codes, *(text for _, text in host.receipts)]
    assert (told, host.wrong) == (["t=1&s=2"], [])


async def test_what_is_declined_is_refused(host: Host, way: Way, program: Program) -> None:
    loyalty = open_processor(settings(host.url, promo_code=True), SECRETS, way)
    nobody = CardNumber("9", "9")
    with pytest.raises(Refusal) as refused:
        await loyalty.redeem(program, ANNA, nobody, Given.PROMO_CODE, "SUMMER", KEY)
    assert refused.value.code is Code.PROMO_REFUSED


async def test_a_host_that_takes_none_is_not_asked(host: Host, way: Way) -> None:
    able = open_processor(settings(host.url), SECRETS, way).abilities
    assert not able & {Ability.PROMO_CODE, Ability.RECEIPT}
