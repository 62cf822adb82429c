"""The OpenAPI document is valid, whole, and what is answered is what it says."""

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from backend.platform.door import DOORS
from backend.web.api.language import words
from backend.web.api.openapi import HOLES
from backend.web.api.openapi_answers import codes_of, example_of
from backend.web.api.operation import Operation
from backend.web.api.operations import OPERATIONS
from backend.web.api.trouble import STATUS, Trouble
from models.refusal import Code
from tests.support.caller import Caller
from tests.web.api.matrix import DOCUMENT

each_operation = pytest.mark.parametrize("each", OPERATIONS, ids=lambda each: each.name)


def schema_of(name: str) -> Draft202012Validator:
    whole = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return Draft202012Validator(whole)


def test_it_is_valid() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


async def test_it_is_served_without_a_key(stranger: Caller) -> None:
    told = await stranger.get("/api/openapi.json")
    assert told.status == 200
    assert told.json["openapi"] == "3.1.0"
    assert (await stranger.get("/api/openapi.json", if_none_match=told.etag)).status == 304


@each_operation
def test_every_operation_is_told_whole(each: Operation) -> None:
    assert each.door in DOORS, "backend/platform/door.py lists the doors"
    assert set(each.holes) <= set(HOLES), "say in HOLES what stands in the path"
    assert each.summary[0].isupper()
    assert each.reads or each.method in {"POST", "PUT", "PATCH", "DELETE"}
    assert not each.reads or each.stands is None
    assert each.method != "PUT" or each.stands is not None, "two may change it at once"
    if each.answer is not None:
        assert each.example is not None
        schema_of(each.answer.__name__).validate(each.example)
    if isinstance(each.body, type):
        schema_of(each.body.__name__).validate(each.body_example)


@each_operation
def test_whatever_is_refused_has_words(each: Operation) -> None:
    """In both languages, and a hole in the sentence is filled from what is told."""
    codes = set(Code)
    for _, code in codes_of(each):
        kind = "refused" if code in codes and code not in set(Trouble) else "trouble"
        for language in ("ru", "en"):
            assert words().has(language, f"{kind}-{code.replace('_', '-')}"), code
    assert example_of(each) or each.answer is None


def test_troubles_have_a_status_and_words() -> None:
    assert set(STATUS) == set(Trouble)
    named = {f"trouble-{each.value.replace('_', '-')}" for each in Trouble}
    assert [n for n in named for lang in ("ru", "en") if not words().has(lang, n)] == []


def test_names_are_unique() -> None:
    assert len({each.name for each in OPERATIONS}) == len(OPERATIONS)
    assert len({(each.method, each.path) for each in OPERATIONS}) == len(OPERATIONS)
