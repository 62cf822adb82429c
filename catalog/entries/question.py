"""A question of a program: a standard field by its key, or one of its own with type and texts."""

from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from pydantic_core import PydanticCustomError

from catalog.bilingual import Bilingual
from catalog.entries.choice import CHOICES, ChoiceEntry
from catalog.entries.values.entry import Entry
from catalog.entries.values.key import LONGEST, is_field_key
from catalog.entries.values.scalars import Flag, Whole, Word
from catalog.entries.values.suggest import one_of
from catalog.entries.values.texts import Both, Text
from catalog.entries.values.wrong import missing, shown, wrong
from catalog.questions.question import (
    CUSTOM_TYPES,
    STANDARD_FIELDS,
    ChoiceOption,
    FieldType,
    QuestionnaireField,
)

_FAR = 10**9
_CHOICE_TYPES = (FieldType.CHOICE, FieldType.CHOICES)
# Which types have what; what is not named here stands on every type of one's own.
_ONLY_ON: dict[str, tuple[FieldType, ...]] = {
    "min_age": (),
    "choices": _CHOICE_TYPES,
    "smallest": (FieldType.NUMBER,),
    "largest": (FieldType.NUMBER,),
    "longest": (FieldType.TEXT,),
}
_BELONGING = ("label", "hint", *_ONLY_ON)


class QuestionEntry(Entry):
    """A standard field needs only its key; one of its own needs a type and a label."""

    spoken: ClassVar[str | None] = ""

    key: Annotated[str, Text(wanted="the field's key")] = Field(
        description="A standard field, or a name of its own: a-z, 0-9 and _, at most 24.",
        examples=["birth_date", "favourite_tea"],
    )
    type: Annotated[FieldType | None, Word(CUSTOM_TYPES)] = Field(
        default=None,
        validate_default=True,
        description="On a field of its own: how it is answered.",
        examples=["choice"],
    )
    required: Annotated[bool | None, Flag()] = Field(
        default=None,
        validate_default=True,
        description="Standard fields are required and others are not, unless this says so.",
        examples=[True],
    )
    label: Annotated[Bilingual | None, Both(120)] = Field(
        default=None,
        validate_default=True,
        description="On a field of its own: what is asked.",
        examples=[{"ru": "Какой чай любите?", "en": "Which tea do you like?"}],
    )
    hint: Annotated[Bilingual | None, Both(200)] = Field(
        default=None,
        description="On a field of its own: what helps to answer.",
        examples=[{"ru": "Один ответ", "en": "One answer"}],
    )
    choices: Annotated[tuple[ChoiceEntry, ...], CHOICES] = Field(
        default=(), validate_default=True, description="On choice and choices: the answers."
    )
    min_age: Annotated[int | None, Whole(1, 99)] = Field(
        default=None,
        description="On a required birth_date: the age gate, in whole years.",
        examples=[18],
    )
    smallest: Annotated[int | None, Whole(-_FAR, _FAR)] = Field(
        default=None, description="On a number: the smallest.", examples=[0]
    )
    largest: Annotated[int | None, Whole(-_FAR, _FAR)] = Field(
        default=None, description="On a number: the largest.", examples=[10]
    )
    longest: Annotated[int | None, Whole(1, 1000)] = Field(
        default=None, description="On a text: how many characters at most.", examples=[300]
    )

    @field_validator("type", mode="wrap")
    @classmethod
    def _type(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> FieldType | None:
        key = info.data.get("key")
        if key in STANDARD_FIELDS:
            if given is not None:
                raise _stands(f"the standard field {key}")
            return FieldType(key)
        if given is None:
            _check_named(key)
            return None
        if given in STANDARD_FIELDS:
            raise wrong("is for standard fields", "one of " + ", ".join(CUSTOM_TYPES))
        return FieldType(handler(given))

    @field_validator("required", mode="wrap")
    @classmethod
    def _required(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> bool:
        kind, key = info.data.get("type"), info.data.get("key", "")
        if kind in CUSTOM_TYPES and not is_field_key(key):
            expected = f"a-z, 0-9 and _, at most {LONGEST}, such as favourite_roast"
            raise wrong(f"is {shown(key)}", expected, at="key")
        return kind in STANDARD_FIELDS if given is None else bool(handler(given))

    @field_validator(*_BELONGING, mode="wrap")
    @classmethod
    def _belongs(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        kind, name = info.data.get("type"), info.field_name or ""
        if given is None or given == ():
            if name == "label" and kind in CUSTOM_TYPES:
                raise missing(Both().wanted)
            return handler(given) if kind in _CHOICE_TYPES and name == "choices" else given
        if kind is not None:
            _check_belongs(name, kind)
        return handler(given)

    @field_validator("min_age")
    @classmethod
    def _gate(cls, age: int | None, info: ValidationInfo) -> int | None:
        asked = info.data.get("type") is FieldType.BIRTH_DATE
        if age and asked and info.data.get("required") is False:
            raise wrong("stands on an optional birth_date", "required: yes")
        return age

    @field_validator("largest")
    @classmethod
    def _above(cls, largest: int | None, info: ValidationInfo) -> int | None:
        smallest = info.data.get("smallest")
        if smallest is not None and largest is not None and smallest > largest:
            raise wrong(f"is {largest}", f"{smallest} or more, as smallest says")
        return largest

    def field(self) -> QuestionnaireField:
        """As it is asked and kept."""
        assert self.type is not None
        return QuestionnaireField(
            key=self.key,
            type=self.type,
            required=bool(self.required),
            label=self.label,
            hint=self.hint,
            choices=tuple(ChoiceOption(c.key, Bilingual(c.ru, c.en)) for c in self.choices),
            min_age=self.min_age,
            smallest=self.smallest,
            largest=self.largest,
            longest=self.longest,
        )


def _check_named(key: str | None) -> None:
    """Neither a standard field nor one with a type; None is a key that was wrong already."""
    if key is not None:
        expected = one_of(STANDARD_FIELDS, key) + ", or a field of your own with type and label"
        raise wrong(f"is {shown(key)}, no standard field", expected, at="key")


def _check_belongs(name: str, kind: FieldType) -> None:
    if kind in CUSTOM_TYPES:
        if kind not in _ONLY_ON.get(name, CUSTOM_TYPES):
            raise _stands(f"a field of type {kind.value}")
    elif name != "min_age":
        raise _stands(f"the standard field {kind.value}")
    elif kind is not FieldType.BIRTH_DATE:
        raise wrong(f"stands on {kind.value}", "min_age on birth_date")


def _stands(where: str) -> PydanticCustomError:
    return wrong(f"stands on {where}", "no such key here")
