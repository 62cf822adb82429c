"""Requests that Schemathesis makes of the OpenAPI document: of each operation, and one after the
other as links lead."""

import contextlib
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Flaky, FlakyStrategyDefinition, Unsatisfiable
from hypothesis.strategies import SearchStrategy, binary, just
from schemathesis import Case, Response
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.generation.stateful.state_machine import APIStateMachine
from schemathesis.specs.openapi import checks

from tests.web.api.matrix import FILES, NOBODY
from tests.web.api.twists import Twisting

STEPS = 12
# Requests to one operation before the next has its turn.
_ROUND = 12
_LINES = b'{"printed_number": "A1", "own_id": "crm-1", "key": "kazan-1", "number": "A1"}\n'
for _kind, _file in {
    **FILES,
    "image/jpeg": b"\xff\xd8\xff",
    "application/x-ndjson": _LINES,
}.items():
    schemathesis.openapi.media_type(_kind, binary(max_size=100) | just(_file))
_GOOD, _BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
# Whatever is answered, it is as the document says.
_ALWAYS = (
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
)
_OF_HEAD = (schemathesis.checks.not_a_server_error, checks.status_code_conformance)
# Of the requests that are made, so many are sent otherwise (twists.py).
_TWISTED = 0.3
# None: it leads out of the API. What cannot be read has no key that could be looked at.
_NO_OPERATION = {
    400: ("request_unreadable",),
    404: ("operation_not_found", None),
    405: ("method_not_allowed", None),
}
_NO_KEYS = ("", "Bearer", "Bearer karman_nobody", "Basic bm9ib2R5Og==")


@dataclass
class Explorer:
    """`keys`: of an account, and of the operator. `holdings`: what stands in paths, as the account
    has it. What is found is kept, once for each operation, status and kind."""

    address: str
    keys: tuple[str, str]
    holdings: Mapping[str, str]
    chance: random.Random
    answered: Counter[tuple[str, int]] = field(default_factory=Counter)
    found: dict[tuple[str, int, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session = Twisting(self.chance, _TWISTED)

    def evenly(self, document: Mapping[str, Any], requests: int) -> None:
        """So many requests, or a few more: to each operation as many as to another, in rounds, so
        that each meets what others have done. Blocks."""
        operations = [found.ok() for found in self._schema(document).get_all_operations()]
        while self.requests < requests:
            turns = min(_ROUND, (requests - self.requests) // len(operations) + 1)
            self.chance.shuffle(operations)
            for operation in operations:
                for mode, share in ((_GOOD, turns - turns // 2), (_BAD, turns // 2)):
                    if share:
                        self._ask(operation.as_strategy(generation_mode=mode), share)

    def as_links_lead(self, document: Mapping[str, Any], requests: int) -> None:
        """So many more, or a few more than that: what one has answered is asked by the next. They
        go to a few operations again and again. Blocks."""
        # A link leads on from what a whole answer has.
        self.session.share = 0.0
        machine = self._machine(self._schema(document).as_state_machine())
        quiet, until = _quietly(20, stateful_step_count=STEPS), self.requests + requests
        while self.requests < until:
            seed(self.chance.getrandbits(64))(machine)
            # The server remembers what was done before: the same beginning may end otherwise.
            with contextlib.suppress(Flaky, FlakyStrategyDefinition):
                machine.run(settings=quiet)

    def _schema(self, document: Mapping[str, Any]) -> Any:
        schema = schemathesis.openapi.from_dict(dict(document))
        schema.config.update(base_url=self.address)
        return schema

    @property
    def requests(self) -> int:
        return sum(self.answered.values())

    def _ask(self, cases: SearchStrategy[Case[Any]], times: int) -> None:
        @seed(self.chance.getrandbits(64))
        @_quietly(times)
        @given(case=cases)
        def ask(case: Case[Any]) -> None:
            self.prepare(case)
            response = case.call(timeout=60, session=self.session)
            self.look(response, case)

        # Not every operation has something that can be wrong.
        with contextlib.suppress(Flaky, FlakyStrategyDefinition, Unsatisfiable):
            ask()

    def _machine(self, made: type[APIStateMachine]) -> type[APIStateMachine]:
        explorer = self

        class Machine(made):  # type: ignore[misc, valid-type]
            def before_call(self, case: Case[Any]) -> None:
                explorer.prepare(case)

            def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
                return {"timeout": 60, "session": explorer.session}

            def validate_response(self, response: Response, case: Case[Any], **_: Any) -> None:
                explorer.look(response, case)

        return Machine

    def prepare(self, case: Case[Any]) -> None:
        """Most requests are to get past the door: what is there, a fresh Idempotency-Key."""
        self.session.who = self.who()
        for name in case.path_parameters or {}:
            # Its own key is never ended: the rest would be 401.
            if name == "key" or self.chance.random() < 0.7:
                others = NOBODY if self.chance.random() < 0.1 else self.holdings
                case.path_parameters[name] = others[name]
        for name in ("cursor", "fields"):
            if self.chance.random() < 0.8:
                (case.query or {}).pop(name, None)
        for name in list(case.headers or {}):
            if name.lower() == "idempotency-key" and self.chance.random() < 0.9:
                case.headers[name] = f"{self.chance.getrandbits(64):x}"
            if name.lower() == "if-match" and self.chance.random() < 0.9:
                case.headers[name] = "*"

    def who(self) -> str:
        """The account, sometimes the operator, sometimes somebody without a good key."""
        key = self.chance.choices((*self.keys, *_NO_KEYS), (76, 20, 1, 1, 1, 1))[0]
        return key if key in _NO_KEYS else f"Bearer {key}"

    def look(self, response: Response, case: Case[Any]) -> None:
        self.answered[case.operation.label, response.status_code] += 1
        self.look_without_key(response, case)
        headless = response.request.method == "HEAD"
        asked = [*(_OF_HEAD if headless else _ALWAYS)]
        # With `fields` only those are given.
        if "fields" not in (case.query or {}) and not headless:
            asked.append(checks.response_schema_conformance)
        try:
            case.validate_response(response, checks=asked)
        except (FailureGroup, Failure) as failure:
            for each in getattr(failure, "exceptions", (failure,)):
                name = case.operation.label, response.status_code, type(each).__name__
                self.found.setdefault(name, self._told(each, response, case))
        if response.status_code == 200 and not headless and case.query is not None:
            self._keep_cursor(response)

    def _keep_cursor(self, response: Response) -> None:
        """Of this list it leads on, of every other nowhere."""
        found = re.search(rb'"next":"([^"]+)"', response.content)
        if found:
            self.session.cursors = [*self.session.cursors[-50:], found[1].decode()]

    def look_without_key(self, response: Response, case: Case[Any]) -> None:
        asked = str(response.request.headers.get("Authorization", ""))
        if asked in {f"Bearer {key}" for key in self.keys} or response.status_code == 401:
            return
        # What stands in the path may lead to no operation at all.
        if response.request.method == "HEAD" and response.status_code == 404:
            return
        if response.json().get("code") in _NO_OPERATION.get(response.status_code, ()):
            return
        name = case.operation.label, response.status_code, "without a key"
        self.found.setdefault(name, f"{asked}: {response.text[:500]}")

    def _told(self, failure: BaseException, response: Response, case: Case[Any]) -> str:
        sent = response.request
        told = f"{sent.method} {sent.url} {dict(sent.headers)} {str(sent.body)[:700]}"
        asked = case.as_curl_command()[:1000]
        how = self.session.twisted
        return f"{str(failure)[:500]}\n{asked}\n{how}: {told}\n→ {response.text[:500]}"

    def told(self) -> str:
        return "\n\n".join(f"{name}: {text}" for name, text in self.found.items())


def _quietly(examples: int, **more: Any) -> settings:
    return settings(
        max_examples=examples, deadline=None, database=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck), **more,
    )  # fmt: skip
