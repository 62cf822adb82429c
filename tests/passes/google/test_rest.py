"""Whatever is sent twice, lost on the way or refused: Google has what was said last."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from backend.passes.face import Barcode, PassFace, Pictures
from backend.passes.google.loyalty_class import loyalty_class
from backend.passes.google.loyalty_object import ended, loyalty_object
from backend.passes.google.patch import patch_of
from backend.passes.google.rest import GoogleApi, LitEnough
from backend.passes.google.settings import open_google
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from catalog.bilingual import Bilingual
from models.barcode_format import BarcodeFormat
from tests.passes.face import anna
from tests.passes.faces import faces
from tests.passes.google.account import ISSUER
from tests.passes.google.conftest import asking, settings_for
from tests.support.clock import StoppedClock
from tests.support.edge.strict_google import LOST, StrictGoogle, merged

FACE = anna(pictures=Pictures(logo_at="https://karman.example/media/" + "a" * 64))
CLASS = loyalty_class(ISSUER, FACE)
CARD = loyalty_object(ISSUER, FACE)


async def kept(api: GoogleApi, made: dict[str, Any] = CARD) -> dict[str, Any]:
    await api.keep_class(CLASS)
    return await api.keep_object(made)


def stands(there: StrictGoogle) -> dict[str, Any]:
    found = there.object(FACE.serial)
    assert found is not None
    return found


async def test_a_card_is_added_and_changed(there: StrictGoogle) -> None:
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        assert google.api("3388000000000000001") is None
        await kept(api)
        moved = loyalty_object(ISSUER, replace(FACE, balance=Decimal("5.50"), barcode=None))
        await api.keep_object(moved)
    assert stands(there) == moved
    assert [verb for verb, _ in there.asked] == ["PUT", "POST", "PATCH", "POST", "PATCH"]
    assert there.grants == 1
    assert not there.refused


@given(faces(), faces())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_patch_leaves_nothing_of_what_stood_there(one: PassFace, other: PassFace) -> None:
    """Also where a patch is merged down to the parts of a part."""
    key = bytes(20)
    first = loyalty_object(ISSUER, replace(one, voided=False), key)
    then = loyalty_object(ISSUER, replace(other, voided=False), key)
    assert merged(first, patch_of(then)) == then


async def test_whoever_adds_it_meanwhile(there: StrictGoogle) -> None:
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        await kept(api)
        await api.add_class(CLASS)
        there.trouble.append(404)
        assert await api.keep_object(CARD) == CARD
        there.trouble.extend([404, 409] * 3)
        with pytest.raises(TryLater):
            await api.keep_object(CARD)
    assert not there.refused


async def test_an_answer_that_is_lost(there: StrictGoogle) -> None:
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        await api.keep_class(CLASS)
        there.trouble.extend([0, LOST])
        with pytest.raises(TryLater, match="away"):
            await api.keep_object(CARD)
        await api.keep_object(CARD)
    assert stands(there) == CARD


@pytest.mark.parametrize(
    ("status", "failure"),
    [(429, TryLater), (500, TryLater), (503, TryLater), (403, NeedsSettings), (400, GiveUp)],
)
async def test_refusals_in_three_names(
    there: StrictGoogle, status: int, failure: type[Failure]
) -> None:
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        there.trouble.append(status)
        with pytest.raises(failure) as refused:
            await api.keep_class(CLASS)
    assert "Ёлкина" not in refused.value.reason
    if status == 429:
        assert isinstance(refused.value, TryLater)
        assert refused.value.after == timedelta(seconds=30)


async def test_a_token_is_asked_for_anew(there: StrictGoogle, clock: StoppedClock) -> None:
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        await api.keep_class(CLASS)
        there.tokens.clear()
        await api.keep_class(CLASS)
        assert there.grants == 2
        clock.advance(minutes=59)
        await api.keep_class(CLASS)
        assert there.grants == 3
        there.trouble.extend([401, 401])
        with pytest.raises(NeedsSettings):
            await api.keep_class(CLASS)


async def test_a_key_that_google_does_not_know(there: StrictGoogle) -> None:
    there.email = "another@wallet-passes.iam.gserviceaccount.com"
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        with pytest.raises(NeedsSettings, match="key"):
            await api.keep_class(CLASS)


async def test_google_is_away(there: StrictGoogle) -> None:
    async with there.serving() as url:
        pass
    async with open_google(settings_for(url), there.clock) as google:
        api = google.api(ISSUER)
        assert api is not None
        with pytest.raises(TryLater):
            await api.keep_class(CLASS)


async def test_three_times_a_day(there: StrictGoogle, clock: StoppedClock) -> None:
    def message(n: int) -> dict[str, str]:
        return {"id": f"news_{n}", "body": "Пряник", "messageType": "TEXT_AND_NOTIFY"}

    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        await kept(api)
        more = loyalty_object(ISSUER, replace(FACE, balance=Decimal(121)))
        await api.keep_object(more)
        assert not there.lit
        await api.keep_object(CARD, notify=True)
        for n in range(2):
            await api.add_message(CARD["id"], message(n))
        with pytest.raises(LitEnough):
            await api.add_message(CARD["id"], message(2))
        await api.add_message(CARD["id"], message(2) | {"messageType": "TEXT"})
        assert [lit.message for lit in there.lit] == ["", "news_0", "news_1"]
        assert "notifyPreference" not in stands(there)
        # A change of the card leaves what was told on it.
        assert len((await api.keep_object(more))["messages"]) == 3
        clock.advance(hours=25)
        await api.add_message(CARD["id"], message(3))


async def test_nothing_stays_of_a_card_that_has_ended(there: StrictGoogle) -> None:
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        await kept(api)
        await api.add_message(CARD["id"], {"id": "n", "body": "Анна", "messageType": "TEXT"})
        await api.end_object(ended(CARD["id"], CARD["classId"]))
        assert "Анна" not in str(stands(there))
        assert stands(there)["state"] == "EXPIRED"
        other = loyalty_object(ISSUER, replace(FACE, serial="never-saved"))
        await api.end_object(ended(other["id"], other["classId"]))
    # So that a link that still goes round leads to it.
    assert there.object("never-saved") == ended(other["id"], other["classId"])


async def test_a_barcode_of_other_letters(there: StrictGoogle) -> None:
    other = Barcode(BarcodeFormat.QR, "Ёлка", "Ёлка")
    async with asking(there) as google:
        api = google.api(ISSUER)
        assert api is not None
        await kept(api, loyalty_object(ISSUER, replace(FACE, barcode=other)))
        same = Bilingual("Points", "Points")
        front = tuple(replace(each, label=same) for each in FACE.front)
        await api.keep_object(loyalty_object(ISSUER, replace(FACE, front=front)))
    assert "renderEncoding" not in stands(there)["barcode"]
    assert "translatedValues" not in stands(there)["loyaltyPoints"]["localizedLabel"]
