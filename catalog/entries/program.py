"""A program: which card a brand gives, what it asks, and what its plastic looks like."""

from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from catalog.bilingual import Bilingual
from catalog.entries.card_field import CardFieldEntry
from catalog.entries.colour import WANTED
from catalog.entries.design.design import DesignEntry
from catalog.entries.design.design_rules import of_card
from catalog.entries.ledger import LedgerEntry
from catalog.entries.question import QuestionEntry
from catalog.entries.recognition import RuleEntry
from catalog.entries.values.around import OfCard
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed, beside
from catalog.entries.values.scalars import Flag, Whole, Word
from catalog.entries.values.texts import Both, Text
from catalog.entries.values.wrong import all_of, missing, wrong
from catalog.looks.card_fields import MOST_FIELDS
from catalog.questions.question import QuestionnaireField
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.program import ProcessorKind, ProgramStatus, UnknownNumbers

_MOST_QUESTIONS = 30
_MOST_RULES = 20
MOST_ASSIGNMENT_DAYS = 365
_QUESTIONNAIRE = Listed(
    _MOST_QUESTIONS,
    "asks {} fields",
    f"at most {_MOST_QUESTIONS}",
    least=1,
    wanted="a list with at least one field",
    by="key",
    again="field {} is asked twice",
    once="each field once",
)
_RULES = Listed(_MOST_RULES, "has {} rules", f"at most {_MOST_RULES}")


_CARD_FIELDS = Listed(
    MOST_FIELDS,
    "has {} fields",
    f"at most {MOST_FIELDS}",
    by="key",
    at="key",
    again="is {} again",
    once="each field once",
)


class ProgramEntry(Entry):
    """One program. Its key is where it is entered."""

    name: Annotated[Bilingual, Both(100)] = Field(
        description="Shown on the card's page.",
        examples=[{"ru": "Карта «Лавка»", "en": "Lavka Card"}],
    )
    status: Annotated[ProgramStatus, Word(ProgramStatus)] = Field(
        default=ProgramStatus.ACTIVE,
        description="A paused one gives no cards.",
        examples=["active"],
    )
    barcode_format: Annotated[BarcodeFormat, Word(BarcodeFormat)] = Field(
        description="How its numbers are shown at the till.", examples=["ean13"]
    )
    processor: Annotated[ProcessorKind, Word(ProcessorKind)] = Field(
        default=ProcessorKind.POOL,
        description="Who owns numbers and points.",
        examples=["pool"],
    )
    connection: Annotated[str | None, Text(64)] = Field(
        default=None,
        validate_default=True,
        description="The key of the account's connection to its own system, which is told of the "
        "cards; with the processor partner it also gives the numbers.",
        examples=["crm"],
    )
    local_pool: Annotated[bool, Flag()] = Field(
        default=False,
        description="With the processor partner: while that system is away, a number of the pool "
        "is given.",
    )
    questionnaire: Annotated[tuple[QuestionEntry, ...], _QUESTIONNAIRE] = Field(
        description="What is asked, in this order."
    )
    ledger: LedgerEntry | None = Field(
        default=None,
        description="With the processor ledger: bonuses, how long points last, tiers.",
        examples=[{"welcome": 200, "lot_days": 365}],
    )
    card_fields: Annotated[tuple[CardFieldEntry, ...], _CARD_FIELDS] = Field(
        default=(),
        description="What else of the brand's own each card may show.",
        examples=[[{"key": "visits", "label": {"ru": "Визиты", "en": "Visits"}, "type": "number"}]],
    )
    design: Annotated[DesignEntry, WANTED] = Field(
        description="How the card looks: its two colours, and what else is to be told of it.",
        examples=[{"primary": "#1F6F50", "secondary": "#F4C95D"}],
    )
    plastic: Annotated[bool, Flag()] = Field(
        default=True, description="Whether people hold plastic that they may bring in."
    )
    recognition: Annotated[tuple[RuleEntry, ...], _RULES] = Field(
        default=(),
        validate_default=True,
        description="What the numbers of the plastic look like; one rule that fits is enough.",
    )
    unknown_numbers: Annotated[UnknownNumbers, Word(UnknownNumbers)] = Field(
        default=UnknownNumbers.AUTO,
        description="Plastic that is not on the list of issued cards. "
        "auto: refused when there is a list.",
        examples=["auto"],
    )
    sharing: Annotated[bool, Flag()] = Field(
        default=True, description="Whether others may be let to show a card."
    )
    assignment_days: Annotated[int, Whole(1, MOST_ASSIGNMENT_DAYS)] = Field(
        default=30,
        description="How many days a card that was assigned waits for its owner.",
        examples=[30],
    )

    @field_validator("connection", mode="wrap")
    @classmethod
    def _of_a_partner(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> str | None:
        """Whoever gives the numbers must be reached; of the ledger's points nobody else keeps
        count."""
        processor = info.data.get("processor")
        if given is None:
            if processor is ProcessorKind.PARTNER:
                raise missing("the key of a connection, as the processor is partner")
            return None
        if processor is ProcessorKind.LEDGER:
            raise wrong("stands beside processor: ledger", "one of both")
        return str(handler(given))

    @field_validator("local_pool")
    @classmethod
    def _beside_a_partner(cls, local_pool: bool, info: ValidationInfo) -> bool:
        if local_pool and info.data.get("processor") is not ProcessorKind.PARTNER:
            raise wrong("stands without processor: partner", "one of both")
        return local_pool

    @field_validator("ledger")
    @classmethod
    def _of_the_ledger(cls, ledger: LedgerEntry | None, info: ValidationInfo) -> LedgerEntry | None:
        """Points are kept by one system, and a birthday has to be asked for."""
        if ledger is None:
            return None
        if info.data.get("processor", ProcessorKind.LEDGER) is not ProcessorKind.LEDGER:
            raise wrong("stands without processor: ledger", "one of both")
        asked = {question.key for question in info.data.get("questionnaire", ())}
        if ledger.birthday is not None and asked and "birth_date" not in asked:
            raise wrong("has a birthday", "birth_date in the questionnaire")
        return ledger

    @field_validator("design")
    @classmethod
    def _of_the_card(cls, design: DesignEntry, info: ValidationInfo) -> DesignEntry:
        if info.data.keys() >= {"barcode_format", "processor", "ledger", "card_fields"}:
            keys = frozenset(each.key for each in info.data["card_fields"])
            tiers = tiers_of(info.data["processor"], info.data["ledger"])
            if found := list(of_card(design, OfCard(info.data["barcode_format"], keys, tiers))):
                raise all_of(*found)
        return design

    @field_validator("recognition", mode="wrap")
    @classmethod
    def _for_plastic(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        """What people bring in must be told from a made-up number."""
        plastic = info.data.get("plastic")
        if plastic and not given:
            expected = "what the numbers of your plastic look like, or plastic: no when there is"
            raise missing(f"{expected} none")
        contrary = plastic is False and bool(given)
        complaint = wrong(
            "is no, and recognition tells what it looks like", "one of them", at="plastic"
        )
        return beside(handler, given, [((), complaint)] if contrary else [])

    @property
    def fields(self) -> tuple[QuestionnaireField, ...]:
        """The questionnaire as it is asked and kept."""
        return tuple(question.field() for question in self.questionnaire)

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(entry.rule() for entry in self.recognition)

    @property
    def min_age(self) -> int | None:
        """The age gate of the questionnaire, in whole years."""
        return next((each.min_age for each in self.questionnaire if each.min_age), None)


def tiers_of(processor: ProcessorKind, ledger: LedgerEntry | None) -> frozenset[str] | None:
    """Names of those that there are; None where another system has them."""
    if processor is not ProcessorKind.LEDGER:
        return None
    levels = ledger.tiers.levels if ledger is not None and ledger.tiers is not None else ()
    return frozenset(each.name for each in levels)
