"""An application that is complete, turned into claims: one for each card."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backend.cards.issue.application import Choice, OpenApplication
from backend.cards.issue.claim import Agreement, Claim
from backend.consents.consent_answer import ConsentAnswer
from backend.consents.documents import ShownDocument, shown_document
from backend.consents.record import prepare
from backend.customers.person.profile import SKIPPED, read_profile, seal_profile
from backend.platform.context import Context
from backend.platform.door import AGREED_BEFORE
from catalog.questions.parse_answer import full_years
from models.consent_document import ConsentPurpose
from models.consent_record import ConsentAction
from models.contact import ContactKind
from models.customer import Customer
from models.offer import Offer
from models.program import Program
from models.refusal import Code, Refusal

CONTACTS = frozenset(kind.value for kind in ContactKind)


@dataclass(frozen=True, slots=True)
class Applicant:
    """What all cards of an application share. `known` is without the contacts; `contacts` are
    the kinds that the questionnaires require. `profile` is sealed, None when nothing was asked;
    `changed` are the keys of answers that were other ones before. `shown`: see CardIssued."""

    customer: Customer
    current: OpenApplication
    known: dict[str, Any]
    contacts: list[str]
    profile: bytes | None
    shown: bool = False
    changed: tuple[str, ...] = ()


def applicant_of(
    ctx: Context, customer: Customer, current: OpenApplication, *, shown: bool = False
) -> Applicant:
    """Refuses with consent_required or answers_missing while something is open. Whether the
    contacts are there is asked when the number is claimed."""
    if current.next_controller is not None:
        raise Refusal(Code.CONSENT_REQUIRED)
    profile = read_profile(ctx, customer)
    known = {**profile, **current.answers}
    contacts = []
    for key, field in current.fields.items():
        if field.required and key not in known:
            if key not in CONTACTS:
                raise Refusal(Code.ANSWERS_MISSING, field=key)
            contacts.append(key)
    sealed = _new_profile(ctx, customer, profile, current.answers)
    changed = _changed(profile, current.answers)
    return Applicant(customer, current, known, contacts, sealed, shown, changed)


def _changed(profile: dict[str, Any], answers: dict[str, Any]) -> tuple[str, ...]:
    """Of what brands know already, or were not told before."""
    before = {**dict.fromkeys(profile.get(SKIPPED, [])), **profile}
    other = (key for key in answers if key in before and before[key] != answers[key])
    return tuple(sorted(key for key in other if key != SKIPPED))


def _new_profile(
    ctx: Context, customer: Customer, profile: dict[str, Any], answers: dict[str, Any]
) -> bytes | None:
    if not answers:
        return None
    skipped = {*profile.get(SKIPPED, []), *answers.get(SKIPPED, [])}
    merged = {**profile, **answers, SKIPPED: sorted(skipped - answers.keys())}
    return seal_profile(ctx, customer, merged)


def claim_for(person: Applicant, offer: Offer, now: datetime) -> Claim:
    """Refuses with too_young (details: age)."""
    program, application = offer.brand.program, person.current.application
    agreed = person.current.agreed
    # The person's own day counted when it was typed: here it is enough that the day has begun
    # in the east of the country.
    _check_age(program, person.known, (now + timedelta(hours=12)).date())
    answers = _consent_answers(person.current, program)
    records, states = prepare(answers, person.customer.id, now)
    return Claim(
        customer_id=person.customer.id,
        program_id=program.id,
        account_id=program.account_id,
        brand_id=offer.brand_id,
        offer_id=offer.id,
        barcode_format=program.barcode_format.value,
        source=application.source,
        at=now,
        documents=[answer.document.id for answer in answers],
        contacts=person.contacts,
        profile=person.profile,
        changed=person.changed,
        records=records,
        states=states,
        closes=application.id if len(person.current.offers) == 1 else None,
        agreement=Agreement(application.choices, agreed) if agreed is not None else None,
        shown=person.shown,
    )


def _check_age(program: Program, known: dict[str, Any], today: date) -> None:
    born = known.get("birth_date")
    if program.min_age is None or born is None:
        return
    if full_years(date.fromisoformat(born), today) < program.min_age:
        raise Refusal(Code.TOO_YOUNG, age=program.min_age)


def _consent_answers(current: OpenApplication, program: Program) -> list[ConsentAnswer]:
    """What was said on the consent screen of this program's controller: personal data, the
    terms of this program, advertising. A «no» to advertising is evidence too."""
    choice = current.choices[str(program.account_id)]
    shown = [shown_document(each) for each in choice["shown"]]
    return [
        _consent_answer(current, program, document, choice)
        for document in shown
        if document.program_id in {None, program.id}
    ]


def _consent_answer(
    current: OpenApplication, program: Program, document: ShownDocument, choice: Choice
) -> ConsentAnswer:
    application, channels = current.application, tuple(choice["channels"])
    advertising = document.purpose is ConsentPurpose.ADVERTISING
    declined = advertising and not channels
    return ConsentAnswer(
        document=document,
        action=ConsentAction.DECLINED if declined else ConsentAction.GRANTED,
        key=f"application:{application.id}:document:{document.id}",
        how=choice.get("door", AGREED_BEFORE),
        subject_id=document.program_id or program.account_id,
        brand_ids=current.brand_ids_under(program.account_id) if advertising else (),
        channels=channels if advertising else (),
        context={"application": application.id, "source": application.source}
        | ({"actor": choice["actor"]} if "actor" in choice else {}),
    )
