"""Letters that come back: read out of a mailbox that anybody may write to."""

import pytest

from backend.cascades.read_bounces import read_bounces
from backend.customers.contacts.save_contact import save_contact
from backend.events.people import ContactLost
from backend.messaging.email.bounce import LARGEST, read_bounce
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.world.outside import ImapTarget
from models.contact import Contact, ContactKind
from models.message import DeliveryState, Message, Reported
from models.outbox import OutboxEvent
from tests.cascades.bounces import bounce
from tests.cascades.conftest import EMAIL, SMS, Cascades
from tests.support.clock import StoppedClock
from tests.support.edge.mailbox import mail_server

OURS = "<0f1e2d3c4b5a69788796a5b4c3d2e1f0@karman.example>"


def test_what_is_a_bounce_and_of_what_kind() -> None:
    headers = "text/rfc822-headers"
    for original in (headers, "message/rfc822", "message/rfc822-headers"):
        found = read_bounce(bounce(OURS, original=original))
        assert found is not None
        assert (found.message_id, found.no_mailbox) == (OURS, True)
    passed_on = bounce("<0100@eu.relay.example>").replace(
        b"Subject: Cheaper", f"X-Karman-Letter: {OURS}\r\nSubject: Cheaper".encode()
    )
    found = read_bounce(passed_on)
    assert found is not None
    assert found.message_id == OURS
    for status, gone in (("5.1.10", True), ("5.2.1", True), ("5.2.2", False), ("5.7.1", False)):
        found = read_bounce(bounce(OURS, status=f"{status} (reason)"))
        assert found is not None
        assert found.no_mailbox is gone
    for none in (
        bounce(OURS, action="delayed", status="4.4.1"),
        bounce(OURS, action="failed", status="4.2.2"),
        bounce(OURS, action="relayed", status="2.0.0"),
        bounce(""),
        bounce("no id at all"),
        b"Subject: I am on holiday\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday",
        b"",
    ):
        assert read_bounce(none) is None


def test_hostile_letters_say_nothing() -> None:
    deep = b"".join(
        b'Content-Type: multipart/report; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(3000)
    )
    good = bounce(OURS)
    cases = [
        deep,
        b"Content-Type: multipart/report; " + b"boundary=x; " * 50_000,
        b"Content-Type: multipart/report; boundary=" + b"x" * 10**6 + b"\r\n\r\n",
        b"A: " + b"b\r\n " * 100_000 + b"\r\n\r\n",
        good.replace(b"message/delivery-status", b"message/rfc822"),
        good.replace(b"5.1.1\r\nDia", b"\xff\xfe\x00\r\nDia"),
        b"\x00" * LARGEST,
        good[:300],
        good.replace(b"Message-ID: <0f1e", b"Message-ID: =?utf-8?q?=00?= <0f1e" + b"0" * 500),
    ]
    for letter in cases:
        assert read_bounce(letter) is None
    # The report stands at the beginning; a picture of ten megabytes behind it is not looked at.
    assert read_bounce(good + b"x" * 10**7) is not None
    assert read_bounce(good.replace(b"us-ascii", b"no-such-charset\x00")) is not None


async def left(cascades: Cascades, message_id: str) -> Message:
    campaign = await cascades.campaign(EMAIL, SMS)
    message = await cascades.message(campaign, await cascades.somebody())
    await cascades.ends(message, DeliveryState.DELIVERED, message_id)
    return message


async def address_of(message: Message) -> Contact:
    return await Contact.get(customer_id=message.customer_id, kind=ContactKind.EMAIL)


async def test_a_mailbox_that_is_gone_is_written_to_no_more_until_it_is_proven_anew(
    cascades: Cascades, clock: StoppedClock
) -> None:
    gone, full = await left(cascades, OURS), await left(cascades, "<full@karman.example>")
    await cascades.passes()
    async with mail_server() as post:
        clock.advance(minutes=1)
        await post.arrives(b"Subject: hello\r\n\r\nNo report at all")
        await post.arrives(bounce(OURS))
        await post.arrives(bounce("<full@karman.example>", status="5.2.2"))
        # Whoever knows how our letters are called knows none of them by name.
        await post.arrives(bounce("<message:1@karman.example>"))
        assert not await read_bounces(cascades.ctx, post.target)
        assert await post.unseen() == 0
        # Read again, as after a kill between the two: nothing is new.
        await post.arrives(bounce(OURS))
        await read_bounces(cascades.ctx, post.target)
    for message, proven in ((gone, False), (full, True)):
        delivery = await cascades.last(message)
        assert (delivery.state, delivery.reported) == (DeliveryState.DELIVERED, Reported.BOUNCED)
        contact = await address_of(message)
        assert (contact.verified_at is not None, contact.bounced_at is None) == (proven, proven)
    (lost,) = await OutboxEvent.filter(kind=ContactLost.__name__)
    assert lost.payload["customer_id"] == gone.customer_id
    await cascades.passes()
    assert (await cascades.way(gone))[-1] == ("sms", "queued")
    customer = await gone.customer
    address = "person1@example.ru"
    await save_contact(cascades.ctx, customer, ContactKind.EMAIL, address, verified_by="link")
    contact = await address_of(gone)
    assert (contact.verified_at, contact.bounced_at) == (clock(), None)


async def test_an_address_that_was_proven_after_the_letter_left_stays(
    cascades: Cascades, clock: StoppedClock
) -> None:
    message = await left(cascades, OURS)
    clock.advance(days=1)
    await Contact.filter(customer_id=message.customer_id).update(verified_at=clock())
    async with mail_server() as post:
        await post.arrives(bounce(OURS))
        await read_bounces(cascades.ctx, post.target)
    assert (await cascades.last(message)).reported is Reported.BOUNCED
    assert (await address_of(message)).verified_at == clock()


async def test_a_mailbox_that_cannot_be_read(cascades: Cascades) -> None:
    async with mail_server() as post:
        known = post.target
        wrong = ImapTarget(known.host, known.port, "bounces", "wrong", tls=False, starttls=False)
        with pytest.raises(NeedsSettings):
            await read_bounces(cascades.ctx, wrong)
        nowhere = ImapTarget(
            known.host, known.port, "bounces", "s3cret", "Nowhere", tls=False, starttls=False
        )
        with pytest.raises(NeedsSettings):
            await read_bounces(cascades.ctx, nowhere)
    with pytest.raises(TryLater):
        await read_bounces(cascades.ctx, known)
