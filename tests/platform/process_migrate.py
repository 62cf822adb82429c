"""A process that migrates. With a second word it is killed right after the statement that
holds it; with RECORD, when all of a migration is done but the note that it is."""

import asyncio
import os
import signal
import sys
from typing import Any

from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_editor.sqlite import SqliteSchemaEditor

from backend.platform.migrate import migrate


def die_after(word: str) -> None:
    for editor in (BaseSchemaEditor, SqliteSchemaEditor):
        _die_after(editor, word)


def _die_after(editor: Any, word: str) -> None:
    run = editor._run_sql

    async def run_and_die(self: Any, sql: str) -> None:
        await run(self, sql)
        if word in sql:
            os.kill(os.getpid(), signal.SIGKILL)

    editor._run_sql = run_and_die


async def die(*_anything: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    for wanted in sys.argv[2:]:
        if wanted == "RECORD":
            setattr(MigrationRecorder, "record_applied", die)  # noqa: B010  not for mypy's eyes
        else:
            die_after(wanted)
    sys.stdout.write(" ".join(asyncio.run(migrate(sys.argv[1]))))
