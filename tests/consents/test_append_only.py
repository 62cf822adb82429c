"""Nobody changes or removes what Анна said: the database itself refuses."""

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from backend.consents.chain import extend_chain
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.consent_record import ConsentRecord
from tests.support.factory.agreeing import agreed

REFUSED = (IntegrityError, OperationalError)


@pytest.mark.parametrize("table", ["consent_records", "consent_links", "consent_documents"])
async def test_rows_are_neither_changed_nor_removed(
    database: str, ctx: Context, table: str
) -> None:
    anna = await agreed(ctx)
    await extend_chain(anna.account.id)
    column = {"consent_links": "seq", "consent_documents": "version"}.get(table, "document_id")
    with pytest.raises(REFUSED, match="append-only"):
        await rows(f"UPDATE {table} SET {column} = {column} + 1")
    with pytest.raises(REFUSED, match="append-only"):
        await rows(f"DELETE FROM {table}")
    if is_postgres():
        with pytest.raises(REFUSED, match="append-only"):
            await rows(f"TRUNCATE {table} CASCADE")
    assert await ConsentRecord.filter(document__version=1).count() == 3
