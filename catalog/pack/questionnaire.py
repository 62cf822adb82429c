"""The questionnaire of a program: standard fields by name, own fields with type and texts."""

import yaml

from catalog.bilingual import Bilingual
from catalog.pack.fields import FIELD_KEY, KEY_LENGTH, Fields, Place
from catalog.pack.suggest import one_of
from catalog.question import (
    CUSTOM_TYPES,
    STANDARD_FIELDS,
    ChoiceOption,
    FieldType,
    QuestionnaireField,
)

_MOST_FIELDS = 30
_MOST_CHOICES = 20
_STANDARD_KEYS = ("key", "required", "min_age")
_KEYS = (*_STANDARD_KEYS, "type", "label", "hint", "choices", "smallest", "largest", "longest")
_CHOICE_TYPES = (FieldType.CHOICE, FieldType.CHOICES)


def read_questionnaire(program: Fields) -> tuple[QuestionnaireField, ...]:
    nodes = program.items("questionnaire")
    if not nodes:
        program.missing("questionnaire", "a list with at least one field")
    if len(nodes) > _MOST_FIELDS:
        program.wrong("questionnaire", f"asks {len(nodes)} fields", f"at most {_MOST_FIELDS}")
    found: dict[str, QuestionnaireField] = {}
    lines: dict[str, int] = {}
    for node in nodes:
        field = _field(node, program.place)
        if field.key in found:
            what = f"field {field.key!r} is asked twice, first on line {lines[field.key]}"
            program.place.wrong(node, what, "each field once")
        found.setdefault(field.key, field)
        lines.setdefault(field.key, program.place.line(node))
    return tuple(found.values())


def _field(node: yaml.Node, place: Place) -> QuestionnaireField:
    fields = Fields(node, place, _KEYS)
    key = fields.text("key", expected="the field's key") if fields.node else ""
    if key in STANDARD_FIELDS:
        return _standard(FieldType(key), fields)
    if not fields.has("type"):
        expected = one_of(STANDARD_FIELDS, key) + ", or a field of your own with type and label"
        fields.wrong("key", f"is {key!r}, no standard field", expected)
        return QuestionnaireField(key, FieldType.TEXT, required=False)
    return _custom(key, fields)


def _standard(type_: FieldType, fields: Fields) -> QuestionnaireField:
    for name in _KEYS[len(_STANDARD_KEYS) :]:
        if fields.has(name):
            fields.wrong(name, f"stands on the standard field {type_.value}", "no such key here")
    if fields.has("min_age") and type_ is not FieldType.BIRTH_DATE:
        fields.wrong("min_age", f"stands on {type_.value}", "min_age on birth_date")
    min_age = fields.integer("min_age", smallest=1, largest=99)
    required = fields.flag("required", default=True)
    if min_age and not required:
        fields.wrong("min_age", "stands on an optional birth_date", "required: yes")
    return QuestionnaireField(type_.value, type_, required, min_age=min_age)


def _custom(key: str, fields: Fields) -> QuestionnaireField:
    if key and not (FIELD_KEY.fullmatch(key) and len(key) <= KEY_LENGTH):
        expected = f"a-z, 0-9 and _, at most {KEY_LENGTH}, such as favourite_roast"
        fields.wrong("key", f"is {key!r}", expected)
    type_ = fields.word("type", FieldType)
    if fields.get("type") and type_ not in CUSTOM_TYPES:
        fields.wrong("type", "is for standard fields", "one of " + ", ".join(CUSTOM_TYPES))
    _only_on(fields, type_)
    number = type_ is FieldType.NUMBER
    bound = 10**9 if number else 0
    smallest = fields.integer("smallest", smallest=-bound, largest=bound) if number else None
    largest = fields.integer("largest", smallest=-bound, largest=bound) if number else None
    if smallest is not None and largest is not None and smallest > largest:
        fields.wrong("largest", f"is {largest}", f"{smallest} or more, as smallest says")
    return QuestionnaireField(
        key=key,
        type=type_,
        required=fields.flag("required", default=False),
        label=fields.both("label", longest=120),
        hint=fields.optional_both("hint", longest=200),
        choices=_choices(fields) if type_ in _CHOICE_TYPES else (),
        smallest=smallest,
        largest=largest,
        longest=fields.integer("longest", smallest=1, largest=1000),
    )


def _only_on(fields: Fields, type_: FieldType) -> None:
    allowed = {
        "min_age": (),
        "choices": _CHOICE_TYPES,
        "smallest": (FieldType.NUMBER,),
        "largest": (FieldType.NUMBER,),
        "longest": (FieldType.TEXT,),
    }
    for name, types in allowed.items():
        if fields.has(name) and type_ not in types:
            fields.wrong(name, f"stands on a field of type {type_.value}", "no such key here")


def _choices(fields: Fields) -> tuple[ChoiceOption, ...]:
    nodes = fields.items("choices")
    if not 2 <= len(nodes) <= _MOST_CHOICES:
        fields.wrong("choices", f"has {len(nodes)} answers", f"2 to {_MOST_CHOICES}")
    found: dict[str, ChoiceOption] = {}
    for node in nodes:
        inner = Fields(node, fields.place, ("key", "ru", "en"), "choices")
        if inner.node is None:
            continue
        key = inner.text("key", longest=KEY_LENGTH, expected="the answer's key")
        if key and not FIELD_KEY.fullmatch(key):
            inner.wrong("key", f"is {key!r}", "a-z, 0-9 and _, beginning with a letter")
        if key in found:
            inner.wrong("key", f"is {key!r} again", "each answer once")
        label = Bilingual(inner.text("ru", longest=60), inner.text("en", longest=60))
        found.setdefault(key, ChoiceOption(key, label))
    return tuple(found.values())
