"""An application read whole: its offers, programs, questions and answers so far."""

from dataclasses import dataclass, field
from typing import Any

from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from catalog.question import QuestionnaireField
from catalog.questionnaire import union
from catalog.scope import any_offers, brands_of_programs
from models.account import Account
from models.application import Application, ApplicationStatus
from models.brand import Brand
from models.customer import Customer
from models.offer import Offer
from models.program import Program

ANSWERS = Sealed("application.answers")


@dataclass(frozen=True, slots=True)
class OpenApplication:
    """Offers come with `brand.program.account` loaded, in the order in which they were picked."""

    application: Application
    offers: list[Offer]
    fields: dict[str, QuestionnaireField]
    answers: dict[str, Any]
    # Every brand of the programs, by id.
    brands: list[Brand] = field(default_factory=list)

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

    def cards(self, account_id: int | None = None) -> list[tuple[Brand, ...]]:
        """Of each card (of one controller, or of all) the brands that it is good for, the one
        that was picked first: two brands of one program share a card."""
        picked = {offer.brand.program_id: offer.brand for offer in self.offers}
        return [
            (first, *(b for b in self.brands if b.program_id == number and b.id != first.id))
            for number, first in picked.items()
            if account_id is None or self.programs[number].account_id == account_id
        ]

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


async def open_application_of(customer: Customer) -> Application | None:
    return await Application.get_or_none(customer_id=customer.id, status=ApplicationStatus.OPEN)


async def load_application(
    ctx: Context, customer: Customer, application: Application
) -> OpenApplication:
    found = (
        await any_offers()
        .filter(id__in=application.offer_ids)
        .select_related("brand__program__account")
    )
    by_id = {offer.id: offer for offer in found}
    offers = [by_id[offer_id] for offer_id in application.offer_ids if offer_id in by_id]
    brands = await brands_of_programs({offer.brand.program_id for offer in offers}).order_by("id")
    answers = answers_of(ctx, customer, application)
    return OpenApplication(application, offers, questions_of(offers), answers, brands)


def questions_of(offers: list[Offer]) -> dict[str, QuestionnaireField]:
    """The union of the programs' questions, each field once."""
    programs = {offer.brand.program_id: offer.brand.program for offer in offers}
    return union((program.key, program.questionnaire) for program in programs.values())


def answers_of(ctx: Context, customer: Customer, application: Application) -> dict[str, Any]:
    """What was typed so far, by stored key."""
    return ANSWERS.open(ctx, customer, application.answers) or {}


def seal_answers(ctx: Context, customer: Customer, answers: dict[str, Any]) -> bytes:
    return ANSWERS.seal(ctx, customer, answers)
