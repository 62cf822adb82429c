"""Errors of the start in one clear line: what is wrong and what to do."""

import errno
import os
import re
import sqlite3

from backend.platform.watch.redact import redact


class CannotRun(Exception):
    """The text is for the operator, complete as it is."""


def wants_trace() -> bool:
    return os.environ.get("KARMAN_LOG_LEVEL", "").lower() == "debug"


def explain(error: BaseException) -> str | None:
    """One line (several for several wrong settings), or None for what is a bug."""
    seen: BaseException | None = _first(error)
    while seen is not None:
        line = _line(seen)
        if line is not None:
            return f"karman: {line}"
        seen = seen.__cause__ or seen.__context__
    return None


def _first(error: BaseException) -> BaseException:
    """The one that ended it all: of a group, the first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _line(error: BaseException) -> str | None:
    name = type(error).__name__
    named = _NAMED.get(name)
    if named is not None and type(error).__module__.split(".")[0] in _MODULES:
        return named.format(error if name in _NO_VALUES else redact(str(error)))
    if isinstance(error, sqlite3.OperationalError) and _MISSING.match(str(error)):
        return _OLDER.format(redact(str(error)))
    if isinstance(error, sqlite3.Error):
        why = redact(str(error))
        return f"the database file cannot be used: {why}; check KARMAN_DATABASE_URL and the disk"
    if isinstance(error, OSError):
        return redact(_os_line(error))
    return None


# By name, because importing them all would make every start slower.
_MODULES = {"backend", "catalog", "bot", "asyncpg", "redis", "tortoise"}
# These never hold a value that was given, and their examples look like secrets: not masked.
_NO_VALUES = {"SettingsRefused", "MasterKeyRefused", "DatabaseRefused"}
# What SQLite says when the schema is not the one of this version.
_MISSING = re.compile(r"no such (table|column)|table \S+ has no column named")
_OLDER = "the database is not at the schema of this version ({}): run karman migrate"
_AWAY = "the database cannot be reached: {}; check KARMAN_DATABASE_URL and that it runs"
_NAMED = {
    "CannotRun": "{}",
    "SettingsRefused": "wrong settings: {}",
    "MasterKeyRefused": "KARMAN_MASTER_KEY: {}",
    "PolicyUnreadable": "KARMAN_POLICY_FILE: {}",
    "DatabaseRefused": "KARMAN_DATABASE_URL: {}",
    "PackRefused": "the brand pack has mistakes, nothing was loaded:\n{}",
    "ProgramNotFound": "no program has the key {}",
    "TokenRefused": "{}",
    "MigrationFailed": "{}",
    "UndefinedTableError": _OLDER,
    "UndefinedColumnError": _OLDER,
    "NeedsSettings": "{}",
    "TryLater": "{}",
    "LostTurn": "the connection that held the lock of {} broke; start again",
    "DBConnectionError": _AWAY,
    "CannotConnectNowError": _AWAY,
    "ConnectionDoesNotExistError": _AWAY,
    "InvalidPasswordError": _AWAY,
    "InvalidAuthorizationSpecificationError": _AWAY,
    "InvalidCatalogNameError": _AWAY,
    "TooManyConnectionsError": _AWAY,
    "ConnectionError": "Redis cannot be reached: {}; check KARMAN_REDIS_URL and that it runs",
    "AuthenticationError": "Redis refuses the password: {}; check KARMAN_REDIS_URL",
}


def _os_line(error: OSError) -> str:
    where = error.filename or "the data folder"
    lines = {
        errno.EADDRINUSE: (
            "the port is taken: {0}; stop the other process, or set KARMAN_LISTEN "
            "(the sandbox's page: KARMAN_SANDBOX_LISTEN)"
        ),
        errno.EACCES: "{1}: {0}; make it writable or set KARMAN_DATA_DIR",
        errno.EPERM: "{1}: {0}; make it writable or set KARMAN_DATA_DIR",
        errno.EROFS: "{1}: {0}; make it writable or set KARMAN_DATA_DIR",
        errno.ENOSPC: "the disk is full",
        errno.EPIPE: "nobody reads the output any more",
    }
    if error.errno in lines:
        return lines[error.errno].format(error.strerror, where)
    if isinstance(error, ConnectionError | TimeoutError) or error.errno is None:
        return _AWAY.format(error)
    return f"{where}: {error.strerror}"
