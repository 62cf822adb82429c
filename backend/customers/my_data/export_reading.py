"""What turns stored values into people's words: names of questions, options, cities, cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from backend.cards.issue.application import ANSWERS
from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.owner_notes import read_notes
from backend.customers.my_data.held_values import named
from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from catalog.bilingual import Bilingual
from catalog.days import USUAL_ZONE, shift_of
from catalog.questions.questionnaire import fields_of, stored_key
from catalog.scope import cards_held_of, programs_by_key
from models.application import Application
from models.city import City
from models.consent_document import ConsentDocument
from models.consent_record import ConsentRecord
from models.customer import Customer
from models.wallet_entry import WalletEntry


@dataclass(frozen=True, slots=True)
class Reading:
    """For one person and one language. `shift` is that of the zone now: "UTC+03:00". `questions`
    and `options` go by the stored key of an answer, `cards` and `documents` by id, as text."""

    zone: tzinfo = USUAL_ZONE
    shift: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cities: Mapping[str, str] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)


async def reading_for(ctx: Context, customer: Customer) -> Reading:
    """Raises CannotOpen when the vault is another one."""
    answers = await _answers(ctx, customer)
    questions, options = await _questions(customer, answers)
    named_there = {str(given["city"]) for given in answers if given.get("city")}
    zone = await zone_of(customer)
    return Reading(
        zone=zone,
        shift=shift_of(zone, ctx.clock()),
        questions=questions,
        options=options,
        cities={
            city.key: named(city, customer) or "" for city in await City.filter(key__in=named_there)
        },
        cards=await _cards(ctx, customer),
        documents=await _documents(customer),
    )


async def _answers(ctx: Context, customer: Customer) -> list[dict[str, Any]]:
    applied = await Application.filter(customer_id=customer.id, answers__isnull=False)
    given = [ANSWERS.open(ctx, customer, each.answers) for each in applied]
    return [read_profile(ctx, customer), *(each for each in given if each)]


async def _questions(
    customer: Customer, answers: list[dict[str, Any]]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What the programs asked, and what their options are called."""
    questions: dict[str, str] = {}
    options: dict[str, dict[str, str]] = {}
    own = {key.partition(".")[0] for given in answers for key in given if "." in key}
    for program in await programs_by_key(own):
        for asked in fields_of(program.questionnaire):
            key = stored_key(program.key, asked)
            if asked.label is not None:
                questions[key] = _text(asked.label, customer)
            if asked.choices:
                options[key] = {each.key: _text(each.label, customer) for each in asked.choices}
    return questions, options


async def _cards(ctx: Context, customer: Customer) -> dict[str, str]:
    entries = {entry.card_id: entry for entry in await WalletEntry.filter(customer_id=customer.id)}
    held = await cards_held_of(customer.id).select_related("brand", "program")
    return {
        str(card.id): read_notes(ctx, customer, entries.get(card.id)).name
        or named(card.brand, customer)
        or named(card.program, customer)
        or card.printed_number
        for card in held
    }


async def _documents(customer: Customer) -> dict[str, str]:
    records = ConsentRecord.filter(customer_id=customer.id)
    ids = set(await records.values_list("document_id", flat=True))
    # of all: the documents of the person's records
    found = await ConsentDocument.filter(id__in=ids).values_list("id", "title")
    return {str(key): str(title) for key, title in found}


def _text(words: Bilingual, customer: Customer) -> str:
    return words.ru if customer.language == "ru" else words.en
