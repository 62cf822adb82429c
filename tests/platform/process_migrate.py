"""A process that migrates; with a third word it is killed right after that statement."""

import asyncio
import os
import signal
import sys
from typing import Any

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


if __name__ == "__main__":
    for wanted in sys.argv[2:]:
        die_after(wanted)
    sys.stdout.write(" ".join(asyncio.run(migrate(sys.argv[1]))))
