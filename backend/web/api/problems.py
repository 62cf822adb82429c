"""What went wrong, as a problem document in the language of whoever asked."""

from collections.abc import Mapping
from typing import Any

import orjson

from backend.access.answer_once import Given
from backend.web.api.in_russian import in_russian
from backend.web.api.language import words
from backend.web.api.trouble import STATUS, Problem, Wrong
from backend.web.problems import CONTENT_TYPE, retry_after, status_of
from models.refusal import Refusal


def problem_reply(problem: Problem, language: str, request_id: str) -> Given:
    code = problem.trouble.value
    body: dict[str, Any] = {
        "type": f"urn:karman:problem:{code}",
        "code": code,
        "title": words().text(language, f"trouble-{code.replace('_', '-')}", **problem.told),
        "status": STATUS[problem.trouble],
    }
    if problem.told:
        body["details"] = problem.told
    if problem.errors:
        spoken = map(in_russian, problem.errors) if language == "ru" else problem.errors
        body["errors"] = [wrong.told() for wrong in spoken]
    return _reply(body, language, request_id, problem.headers)


def refusal_reply(refusal: Refusal, language: str, request_id: str) -> Given:
    """`type` is stable: partners compare it. What `about` names is not told: an id of ours."""
    code = refusal.code.value
    body: dict[str, Any] = {
        "type": f"urn:karman:refusal:{code}",
        "code": code,
        "title": words().text(
            language, f"refused-{code.replace('_', '-')}", **_told(refusal, language)
        ),
        "status": status_of(refusal.code),
        "details": refusal.details,
    }
    return _reply(body, language, request_id, retry_after(refusal))


def _told(refusal: Refusal, language: str) -> Mapping[str, Any]:
    """What was wrong with a file is said in the same words as what was wrong with an entry."""
    if language != "ru" or "what" not in refusal.details:
        return refusal.details
    wrong = Wrong(str(refusal.details["what"]), str(refusal.details["expected"]))
    said = in_russian(wrong)
    return {**refusal.details, "what": said.message, "expected": said.expected}


def _reply(
    body: dict[str, Any], language: str, request_id: str, headers: Mapping[str, str]
) -> Given:
    body["request_id"] = request_id
    told = {"Content-Type": CONTENT_TYPE, "Content-Language": language, **headers}
    return Given(body["status"], told, orjson.dumps(body))
