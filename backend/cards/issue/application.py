"""An application read whole: its offers, programs, questions and answers so far, and which step
comes next."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from tortoise.queryset import QuerySetSingle

from backend.customers.person.profile import known_fields, to_ask
from backend.partners.registry import is_connected
from backend.platform.context import Context
from backend.platform.database import columns, is_postgres, part, rows, transaction
from backend.platform.secrets.vault import Sealed
from catalog.questions.question import QuestionnaireField
from catalog.questions.questionnaire import questions_of
from models.account import Account
from models.application import Application, ApplicationStatus
from models.brand import Brand
from models.customer import Customer
from models.offer import Offer
from models.program import Program
from models.refusal import Code, Refusal

# What is ticked on one controller's screen: documents, channels, and once agreed `shown`,
# `agreed`, by which `door`, and the `actor` when that was not the person.
Choice = dict[str, Any]
ANSWERS = Sealed("application.answers")
# of all: a person comes to any offer, whatever its status, to be told what became of it
_OPEN = """
SELECT {columns} FROM applications a
LEFT JOIN {picked}
LEFT JOIN offers o ON o.id = {offer_id}
LEFT JOIN brands b ON b.id = o.brand_id
LEFT JOIN programs p ON p.id = b.program_id
LEFT JOIN accounts c ON c.id = p.account_id
WHERE a.customer_id = $1 AND a.status = 'open'
"""
_ON_POSTGRES = {
    "picked": "jsonb_array_elements_text(a.offer_ids) AS picked(id) ON TRUE",
    "offer_id": "picked.id::bigint",
}
_ON_SQLITE = {"picked": "json_each(a.offer_ids) AS picked", "offer_id": "picked.value"}


class Step(Enum):
    """What the person does next: answers a question, looks the answers over, says what they
    agree to on a controller's screen; then the cards are made."""

    QUESTION = "question"
    SUMMARY = "summary"
    CONSENTS = "consents"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class OpenApplication:
    """Offers come with `brand.program.account` loaded, in the order in which they were picked.
    `agreed`: the choices with what was agreed to a moment ago and is not written down yet."""

    application: Application
    offers: list[Offer]
    fields: dict[str, QuestionnaireField]
    answers: dict[str, Any]
    agreed: dict[str, Choice] | None = None

    @property
    def step(self) -> Step:
        if self.asking is not None:
            return Step.QUESTION
        if not self.checked:
            return Step.SUMMARY
        return Step.CARDS if self.next_controller is None else Step.CONSENTS

    @property
    def choices(self) -> dict[str, Choice]:
        """Of each controller, by its id as text."""
        return self.application.choices if self.agreed is None else self.agreed

    @property
    def next_controller(self) -> Account | None:
        """The first controller whose screen has not been agreed to yet."""
        waiting = (
            account
            for account in self.controllers
            if not self.choices.get(str(account.id), {}).get("agreed")
        )
        return next(waiting, None)

    def in_hand(self, account_id: int) -> bool:
        """Whether this controller's screen is the one that the person is at."""
        account = self.next_controller
        return self.step is Step.CONSENTS and account is not None and account.id == account_id

    @property
    def takes_one_number(self) -> bool:
        """It is for a single card, with a number of the pool, and no system elsewhere is asked."""
        known = self.application.typed_numbers or self.application.assignment_id is not None
        if len(self.offers) != 1 or known:
            return False
        return not is_connected(self.offers[0].brand.program)

    @property
    def programs(self) -> dict[int, Program]:
        return {offer.brand.program_id: offer.brand.program for offer in self.offers}

    @property
    def controllers(self) -> list[Account]:
        """Each controller once, in the order of the offers."""
        found = {program.account_id: program.account for program in self.programs.values()}
        return list(found.values())

    def programs_under(self, account_id: int) -> list[Program]:
        return [p for p in self.programs.values() if p.account_id == account_id]

    def brand_ids_under(self, account_id: int) -> tuple[int, ...]:
        ids = [o.brand_id for o in self.offers if o.brand.program.account_id == account_id]
        return tuple(dict.fromkeys(ids))

    @property
    def at_summary(self) -> bool:
        """Every question is answered, and the answers wait to be looked over."""
        return self.asking is None and not self.checked

    @property
    def checked(self) -> bool:
        """The answers were looked over; only the consents are left."""
        return self.application.step > len(self.application.questions)

    def place_before(self) -> int | None:
        """The step of the question before this one; None at the first."""
        before = self.application.questions[: self.application.step]
        return next((n for n in reversed(range(len(before))) if before[n] in self.fields), None)

    @property
    def asking(self) -> str | None:
        """The stored key of the current question, None when all are answered. What the programs
        have stopped asking since is passed over."""
        left = self.application.questions[self.application.step :]
        return next((key for key in left if key in self.fields), None)


def open_application_of(customer: Customer) -> QuerySetSingle[Application | None]:
    return Application.get_or_none(customer_id=customer.id, status=ApplicationStatus.OPEN)


async def current_application(ctx: Context, customer: Customer) -> OpenApplication:
    """The open application. Refuses with application_closed when there is none."""
    current = await _loaded(ctx, customer)
    return current if current.asking is not None else await _caught_up(ctx, customer, current)


async def _loaded(ctx: Context, customer: Customer) -> OpenApplication:
    parts = {"a": Application, "o": Offer, "b": Brand, "p": Program, "c": Account}
    every = ", ".join(columns(model, alias) for alias, model in parts.items())
    dialect = _ON_POSTGRES if is_postgres() else _ON_SQLITE
    found = await rows(_OPEN.format(columns=every, **dialect), [customer.id])
    application = part(Application, "a", found[0]) if found else None
    if application is None:
        raise Refusal(Code.APPLICATION_CLOSED)
    by_id = {offer.id: offer for offer in map(_offer_in, found) if offer is not None}
    offers = [by_id[offer_id] for offer_id in application.offer_ids if offer_id in by_id]
    answers = answers_of(ctx, customer, application)
    return OpenApplication(application, offers, questions_of(offers), answers)


def _offer_in(row: dict[str, Any]) -> Offer | None:
    offer, brand = part(Offer, "o", row), part(Brand, "b", row)
    program, account = part(Program, "p", row), part(Account, "c", row)
    if offer is None or brand is None or program is None or account is None:
        return None
    program.account, brand.program, offer.brand = account, program, brand
    return offer


async def _caught_up(ctx: Context, customer: Customer, current: OpenApplication) -> OpenApplication:
    """With the questions that came up since the application was opened, if there are any."""
    application, fields = current.application, current.fields
    asked = {*application.questions, *current.answers}
    if fields.keys() <= asked:
        return current
    known = {**await known_fields(ctx, customer), **current.answers}
    fresh = [key for key in to_ask(fields, known) if key not in asked]
    if not fresh:
        return current
    async with transaction():
        await Application.filter(id=application.id, status=ApplicationStatus.OPEN).update(
            questions=[*application.questions, *fresh],
            step=len(application.questions),
            updated_at=ctx.clock(),
        )
    return await _loaded(ctx, customer)


def answers_of(ctx: Context, customer: Customer, application: Application) -> dict[str, Any]:
    """What was typed so far, by stored key."""
    return ANSWERS.open(ctx, customer, application.answers) or {}


def seal_answers(ctx: Context, customer: Customer, answers: dict[str, Any]) -> bytes:
    return ANSWERS.seal(ctx, customer, answers)
