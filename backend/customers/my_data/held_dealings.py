"""«My data»: cards, applications, consents and messages."""

from collections.abc import Iterable

from backend.cards.issue.application import ANSWERS
from backend.customers.my_data.held_values import Json, at, named
from backend.platform.context import Context
from backend.platform.words import spoken
from backend.templates.words_of import words_of
from catalog.scope import any_offers
from models.account import Account
from models.application import Application
from models.card import Card
from models.consent_document import ConsentDocument
from models.consent_record import ConsentRecord
from models.consent_state import ConsentState
from models.customer import Customer
from models.message import Delivery, Message
from models.short_link import LinkClick
from models.template import SampleReader
from models.wallet_entry import WalletEntry


async def cards(_ctx: Context, customer: Customer) -> list[Json]:
    """Removed ones too. A card that is shown by its number alone has no format."""
    query = Card.filter(customer_id=customer.id).order_by("id")
    bare = WalletEntry.filter(customer_id=customer.id).exclude(undrawn="")
    undrawn = set(await bare.values_list("card_id", flat=True))
    return [
        {
            "id": card.id,
            "brand": named(card.brand, customer),
            "program": named(card.program, customer),
            "printed_number": card.printed_number,
            "barcode_value": card.barcode_value,
            "barcode_format": None if card.id in undrawn else card.barcode_format.value,
            "origin": card.origin.value,
            "status": card.status.value,
            "removed_at": at(card.removed_at),
            "hidden": card.hidden,
            "balance": str(card.balance) if card.balance is not None else None,
            "balance_at": at(card.balance_at),
            "own_fields": card.own_fields,
            "tier": card.tier,
            "source": card.source,
            "recheck_at": at(card.recheck_at),
            "recheck_for": card.recheck_for,
            "created_at": at(card.created_at),
        }
        for card in await query.select_related("brand", "program")
    ]


async def applications(ctx: Context, customer: Customer) -> list[Json]:
    found = await Application.filter(customer_id=customer.id).order_by("id")
    names = await _offer_names(customer, {key for each in found for key in each.offer_ids})
    return [
        {
            "status": each.status.value,
            "offers": [names.get(offer_id, str(offer_id)) for offer_id in each.offer_ids],
            "typed_numbers": each.typed_numbers,
            "assignment": each.assignment_id,
            "questions": each.questions,
            "step": each.step,
            "answers": ANSWERS.open(ctx, customer, each.answers),
            "choices": each.choices,
            "source": each.source,
            "created_at": at(each.created_at),
            "updated_at": at(each.updated_at),
        }
        for each in found
    ]


async def consents(_ctx: Context, customer: Customer) -> list[Json]:
    """The records, oldest first; `document` is the number of one in `consent_documents`."""
    found = await ConsentRecord.filter(customer_id=customer.id).order_by("id")
    return [
        {
            "at": at(each.at),
            "action": each.action.value,
            "document": each.document_id,
            "brand_ids": each.brand_ids,
            "channels": each.channels,
            "how": each.how,
            "context": each.context,
            "answer_key": each.answer_key,
            "sha256": each.sha256,
        }
        for each in found
    ]


async def consent_documents(_ctx: Context, customer: Customer) -> list[Json]:
    """The texts themselves, each version once."""
    records = ConsentRecord.filter(customer_id=customer.id)
    ids = set(await records.values_list("document_id", flat=True))
    # of all: the documents of the person's records
    query = ConsentDocument.filter(id__in=ids).order_by("id").select_related("account", "program")
    return [
        {
            "id": each.id,
            "controller": _legal(each, customer),
            "controller_email": each.account.privacy_email,
            "program": named(each.program, customer),
            "purpose": each.purpose.value,
            "language": each.language,
            "version": each.version,
            "effective_from": at(each.effective_from),
            "sha256": each.sha256,
            "title": each.title,
            "text": each.text,
        }
        for each in await query
    ]


async def consents_now(_ctx: Context, customer: Customer) -> list[Json]:
    return [
        {
            "purpose": each.purpose.value,
            "subject": each.subject_id,
            "channel": each.channel,
            "granted": each.granted,
            "document": each.document_id,
            "at": at(each.at),
        }
        for each in await ConsentState.filter(customer_id=customer.id).order_by("id")
    ]


async def messages(ctx: Context, customer: Customer) -> list[Json]:
    theirs = Message.filter(customer_id=customer.id).order_by("id")
    found = await theirs.select_related("brand", "campaign", "trigger")
    by_message: dict[int, list[Json]] = {}
    for each in await Delivery.filter(message__customer_id=customer.id).order_by("id"):
        by_message.setdefault(each.message_id, []).append(_delivery(each))
    clicks = await _clicks(customer)
    return [
        {
            "created_at": at(each.created_at),
            "purpose": each.purpose.value,
            "kind": each.kind,
            "brand": named(each.brand, customer),
            "card": each.card_id,
            "text": words_of(ctx, customer, each, customer.language).text(),
            "data": each.data,
            "deliveries": by_message.get(each.id, []),
            "clicks": clicks.get(each.id, []),
        }
        for each in found
    ]


async def sample_readers(_ctx: Context, customer: Customer) -> list[Json]:
    """Whose tests they want to see."""
    theirs = SampleReader.filter(customer_id=customer.id).order_by("id")
    return [
        {"account": _name_of(each.account, customer), "since": at(each.created_at)}
        for each in await theirs.select_related("account")
    ]


async def _clicks(customer: Customer) -> dict[int, list[Json]]:
    """Links of theirs that were followed, by message."""
    found: dict[int, list[Json]] = {}
    theirs = LinkClick.filter(message__customer_id=customer.id).order_by("id")
    for each in await theirs.select_related("link"):
        told = {"url": each.link.url, "first_at": at(each.first_at), "last_at": at(each.last_at)}
        found.setdefault(each.message_id, []).append({**told, "times": each.times})
    return found


def _delivery(each: Delivery) -> Json:
    return {
        "channel": each.channel,
        "state": each.state.value,
        "attempts": each.attempts,
        "reason": each.reason,
        "provider_id": each.provider_id,
        "cost_kopecks": each.cost_kopecks,
        "changed_at": at(each.changed_at),
        "reported": each.reported and each.reported.value,
        "reported_at": at(each.reported_at),
        "digest_at": at(each.digest_at),
    }


def _legal(document: ConsentDocument, customer: Customer) -> str:
    return _name_of(document.account, customer)


def _name_of(account: Account, customer: Customer) -> str:
    return spoken(account, "legal_name", customer.language)


async def _offer_names(customer: Customer, ids: Iterable[int]) -> dict[int, str]:
    found = await any_offers().filter(id__in=list(ids)).select_related("brand")
    return {offer.id: str(named(offer.brand, customer)) for offer in found}
