"""An application read whole: its offers, programs, questions and answers so far."""

from dataclasses import dataclass
from typing import Any

from backend.platform.context import Context
from catalog.pack.shapes import QuestionnaireField
from catalog.questionnaire import union
from catalog.scope import any_offers
from models.account import Account
from models.application import Application, ApplicationStatus
from models.customer import Customer
from models.offer import Offer
from models.program import Program

PLACE = "application.answers"


@dataclass(frozen=True, slots=True)
class Journey:
    """Offers come with `brand.program.account` loaded, in the order in which they were picked."""

    application: Application
    offers: list[Offer]
    fields: dict[str, QuestionnaireField]
    answers: dict[str, Any]

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
    def asking(self) -> str | None:
        """The stored key of the question in hand, None when all are answered. What the programs
        have stopped asking since is passed over."""
        left = self.application.questions[self.application.step :]
        return next((key for key in left if key in self.fields), None)


async def open_application_of(customer: Customer) -> Application | None:
    return await Application.get_or_none(customer_id=customer.id, status=ApplicationStatus.OPEN)


async def load_journey(ctx: Context, customer: Customer, application: Application) -> Journey:
    found = (
        await any_offers()
        .filter(id__in=application.offer_ids)
        .select_related("brand__program__account")
    )
    by_id = {offer.id: offer for offer in found}
    offers = [by_id[offer_id] for offer_id in application.offer_ids if offer_id in by_id]
    return Journey(application, offers, questions_of(offers), _answers(ctx, customer, application))


def questions_of(offers: list[Offer]) -> dict[str, QuestionnaireField]:
    """The union of the programs' questions, each field once."""
    programs = {offer.brand.program_id: offer.brand.program for offer in offers}
    return union((program.key, program.questionnaire) for program in programs.values())


def _answers(ctx: Context, customer: Customer, application: Application) -> dict[str, Any]:
    if application.answers is None or customer.data_key is None:
        return {}
    answers: dict[str, Any] = ctx.vault.open_json(customer.data_key, application.answers, PLACE)
    return answers


def seal_answers(ctx: Context, customer: Customer, answers: dict[str, Any]) -> bytes:
    assert customer.data_key is not None, "a deleted customer does not apply"
    return ctx.vault.seal_json(customer.data_key, answers, PLACE)
