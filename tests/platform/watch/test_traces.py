"""A trace in the log says where and what kind, and repeats nobody's words."""

import sqlite3
import sys

import asyncpg
import pytest
from tortoise.exceptions import IntegrityError

from backend.platform.watch.traces import headline, safe_trace
from models.refusal import Code, Refusal


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("invalid date: Анна"), "ValueError"),
        (KeyError("Крузенштерн"), "KeyError"),
        (Refusal(Code.POOL_EMPTY), "Refusal: pool_empty"),
        (FileNotFoundError(2, "No such file or directory"), "No such file or directory"),
        (
            IntegrityError(
                'duplicate key value violates unique constraint "contacts_verified_once"\n'
                "DETAIL:  Key (kind, value)=(phone, Анна) already exists."
            ),
            "IntegrityError: duplicate key value violates unique constraint contacts_verified_once",
        ),
        (
            asyncpg.DataError('invalid input syntax for type integer: "Анна"'),
            "DataError: invalid input syntax for type integer: …",
        ),
        (
            sqlite3.IntegrityError("UNIQUE constraint failed: contacts.kind"),
            "IntegrityError: UNIQUE constraint failed: contacts.kind",
        ),
    ],
)
def test_a_headline_quotes_nobody(error: Exception, told: str) -> None:
    assert told in headline(error)
    assert "Анна" not in headline(error)
    assert "Крузенштерн" not in headline(error)


def test_causes_and_groups_are_told_with_their_places() -> None:
    try:
        try:
            raise KeyError("Анна")
        except KeyError as first:
            raise ExceptionGroup("Анна", [ValueError("Борис")]) from first
    except ExceptionGroup:
        trace = safe_trace(sys.exc_info())  # type: ignore[arg-type]
    assert "(direct cause of)" in trace
    assert "test_traces.py" in trace
    assert "  | ValueError" in trace
    # The line of code is shown, the text of the error is not.
    assert not [line for line in trace.splitlines() if "Анна" in line and "raise" not in line]
