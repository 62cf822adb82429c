"""Google's own description of its wallet's API, as its official client ships it, read as JSON
Schema: what is not in it, or is deprecated, is refused."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

_DOCUMENT = "discovery_cache/documents/walletobjects.v1.json"
_WHOLE = {"int64": r"-?[0-9]{1,19}", "uint64": r"[0-9]{1,20}"}


@cache
def discovery() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((files("googleapiclient") / _DOCUMENT).read_text("utf-8"))
    return told


@cache
def validator(name: str) -> Draft202012Validator:
    """Of what a schema of the document is called, such as LoyaltyObject."""
    schemas = {each: _schema(told) for each, told in discovery()["schemas"].items()}
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schemas})


def mistakes(name: str, body: Any) -> list[str]:
    found = validator(name).iter_errors(body)
    return [f"{'/'.join(str(part) for part in each.path)}: {each.message}" for each in found]


def _schema(told: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in told:
        return {"$ref": f"#/$defs/{told['$ref']}"}
    if told.get("type") == "object":
        named = {
            name: _schema(each)
            for name, each in told.get("properties", {}).items()
            if not each.get("deprecated")
        }
        return {"type": "object", "properties": named, "additionalProperties": False}
    if told.get("type") == "array":
        return {"type": "array", "items": _schema(told["items"])}
    return _plain(told)


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": told["type"]} if "type" in told else {}
    if "enum" in told:
        schema["enum"] = [each for each in told["enum"] if each.isupper()]
    if told.get("format") in _WHOLE and told["type"] == "string":
        schema["pattern"] = f"^{_WHOLE[told['format']]}$"
    if told.get("format") == "int32":
        schema |= {"minimum": -(2**31), "maximum": 2**31 - 1}
    return schema
