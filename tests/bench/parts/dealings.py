"""What years of dealings leave of each person beside `people.py`, all of it over and done: points,
a card in a phone with news on it, an assignment, a reserved number, a person whom the account's own
system knows and asked for, a change in the feed and the webhook that told it, a trigger that fired,
a message that a partner has sent, an answer of the API."""

import os

from backend.platform.database import rows
from models.api_key import ApiKey
from models.connection import Connection
from models.facade import FacadeKind, FacadeLogin
from models.message_purpose import MessagePurpose
from models.trigger import Trigger, TriggerEvent
from models.webhook import Webhook
from tests.support.clock import START

# What has a time yet to come.
_LATER = "'2099-01-01 10:00:00+00:00'"

TABLES = (
    (
        "traits (account_id, customer_id, age, gender, birthday, look_at)",
        "1, i, 25, 'male', 324, {later_day}", "",
    ),
    (
        "card_points (card_id, available, held, version, tier_at)",
        "i * 4, 100, 0, 1, {later}", "",
    ),
    (
        "postings (id, card_id, kind, key, digest, amount, reason, actor, door, at)",
        "i, i * 4, 'accrue', 'p' || i, '', 100, '', '', '', {at}", "",
    ),
    (
        "point_lots (card_id, posting_id, amount, remains, expires_at)",
        "i * 4, i, 100, 100, {later}", "",
    ),
    (
        "point_holds (card_id, posting_id, amount, state, expires_at)",
        "i * 4, i, 100, 'captured', {at}", "",
    ),
    (
        "wallet_passes (id, card_id, wallet, serial, issuer, version, told, fetched, made_at,"
        " changed_at, installed_at)",
        "i, i * 4, 'apple', 's' || i, 'pass.bench', i, i, i, {at}, {at}, {at}", "",
    ),
    ("wallet_devices (id, name, apns_token, changed_at)", "i, 'd' || i, {bytes}, {at}", ""),
    ("wallet_registrations (device_id, held_id, registered_at)", "i, i, {at}", ""),
    (
        "deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,"
        " counted, reported, reported_at, created_at, changed_at)",
        "i, 'wallet', 'delivered', 1, 'w' || i, '', 0, TRUE, 'delivered', {now}, {now}, {now}", "",
    ),
    (
        "wallet_news (card_id, message_id, sealed, at, notified_at, apple_version)",
        "i * 4, i, {bytes}, {now}, {now}, i", "",
    ),
    (
        "pool_numbers (id, program_id, printed_number, barcode_value, status, changed_at)",
        "1000 + i, 4, 'P' || i, 'P' || i, 'issued', {at}", "",
    ),
    (
        "number_reservations (program_id, number_id, state, created_at, expires_at, ended_at)",
        "4, 1000 + i, 'committed', {now}, {now}, {now}", "",
    ),
    (
        "assignments (program_id, customer_id, card_id, state, hindrance, nonce, own_index,"
        " phone_index, email_index, sealed, printed_number, barcode_value, number_from,"
        " created_at, expires_at, ended_at)",
        "1, i, i * 4, 'claimed', '', 'n' || i, 'o' || i, '', '', {bytes}, 'P' || i, 'P' || i,"
        " 'pool', {at}, {at}, {now}", "",
    ),
    (
        "partner_members (connection_id, customer_id, wanted, done, state, available_at, attempts,"
        " error, told_at)",
        "1, i, 1, 1, 'done', {at}, 0, '', {at}", "",
    ),
    (
        "card_requests (connection_id, customer_id, program_id, offer_id, key, source, state,"
        " reason, created_at, available_at, attempts, error, ended_at)",
        "1, i, 1, 1, {uuid}, '', 'made', '', {now}, {now}, 1, '', {now}", "",
    ),
    (
        "account_changes (account_id, seq, kind, origin, at, customer_id, data)",
        "2, i, 'card.issued', 'e' || i, {now}, i, {json}", "",
    ),
    (
        "webhook_deliveries (webhook_id, message_id, kind, order_key, body, state, created_at,"
        " available_at, attempts, first_tried_at, ended_at)",
        "1, 'm' || i, 'card.issued', 'customer:' || i, 'said', 'delivered', {now}, {now}, 1, {now},"
        " {now}", "",
    ),
    (
        "trigger_waits (trigger_id, customer_id, card_id, once, about, data, promo, state, reason,"
        " at, created_at, due_at, ended_at)",
        "1, i, i * 4, 'w' || i, '', {json}, i % 2 = 0, 'fired', '', {now}, {now}, {now}, {now}", "",
    ),
    (
        "trigger_marks (brand_id, customer_id, what, value, turn, at)",
        "1, i, 'order:1', 'sent', 1, {now}", "",
    ),
    (
        "partner_messages (login_id, public_id, promo, answered, state, told, message_id,"
        " created_at, changed_at)",
        "1, 'p' || i, i % 2 = 0, 'enqueued', 'delivered', TRUE, i, {now}, {now}", "",
    ),
    (
        "api_answers (api_key_id, idempotency_key, digest, status, headers, created_at)",
        "1, 'k' || i, '', 200, {json}, {now}", "",
    ),
)  # fmt: skip
_UUID = {
    True: "CAST(lpad(i::text, 32, '0') AS uuid)",
    False: "printf('00000000-0000-0000-0000-%012d', i)",
}


def said(on_postgres: bool) -> dict[str, str]:
    """What the statements of TABLES name beside the rest."""
    if on_postgres:
        day, later = "'2099-01-01'::date", f"{_LATER}::timestamptz"
    else:
        day, later = "'2099-01-01'", _LATER
    return {"later_day": day, "later": later, "uuid": _UUID[on_postgres]}


async def make_dealers() -> None:
    """A webhook of the second account, whose consents are in no feed; of the first a connection, a
    facade's login, a trigger and a key."""
    await Webhook.create(
        account_id=2, public_id="bench", url="https://example.com/hook", created_at=START
    )
    await Connection.create(
        account_id=1, key="cdp", vendor="mindbox", sealed=os.urandom(8), created_at=START
    )
    await FacadeLogin.create(
        account_id=1,
        kind=FacadeKind.KOSHELEK,
        login="bench",
        secret=os.urandom(8),
        created_at=START,
    )
    await Trigger.create(
        brand_id=1, key="order", name="order", event=TriggerEvent.ORDER_STATUS,
        purpose=MessagePurpose.SERVICE, is_on=True, since=START, created_at=START,
    )  # fmt: skip
    await ApiKey.create(
        account_id=1, name="bench", public_id="bench", digest="", scopes=[], created_at=START
    )


async def feed_up_to(last: int) -> None:
    """The feed has told its changes, and the webhook has read them."""
    found = await rows("SELECT id FROM account_feeds WHERE account_id = 2")
    if not found:
        await rows("INSERT INTO account_feeds (account_id) VALUES (2)")
    await rows("UPDATE account_feeds SET seq = $1 WHERE account_id = 2", [last])
    await rows("UPDATE webhooks SET read_seq = $1", [last])
