"""Consent documents, and new versions of them."""

from datetime import UTC, datetime, timedelta

from backend.consents.documents import text_sha256
from backend.platform.context import Context
from models.account import Account
from models.consent_document import ConsentDocument, ConsentPurpose
from models.program import Program

THEN = datetime(2026, 1, 1, tzinfo=UTC)
CHANNELS = ["telegram", "email", "sms", "wallet"]


async def make_document(
    account: Account,
    purpose: ConsentPurpose,
    program: Program | None = None,
    *,
    version: int = 1,
    change: str = "purpose",
    effective_from: datetime = THEN,
) -> list[ConsentDocument]:
    made = []
    for language in ("ru", "en"):
        title, text = f"{purpose.value} {language}", f"{purpose.value} version {version}"
        made.append(
            await ConsentDocument.create(
                account_id=account.id,
                program_id=program.id if program else None,
                purpose=purpose,
                language=language,
                version=version,
                title=title,
                text=text,
                channels=CHANNELS if purpose is ConsentPurpose.ADVERTISING else [],
                sha256=text_sha256(title, text),
                change=change,
                effective_from=effective_from,
                created_at=THEN,
            )
        )
    return made


async def new_version(
    ctx: Context, account: Account, purpose: ConsentPurpose, change: str = "purpose"
) -> int:
    """Both languages of the next version, in force for an hour; returns its number."""
    version = 0
    for language in ("ru", "en"):
        standing = (
            await ConsentDocument.filter(account=account, purpose=purpose, language=language)
            .order_by("-version")
            .first()
        )
        assert standing is not None
        version = standing.version + 1
        text = f"{standing.text}\n\n{version}."
        await ConsentDocument.create(
            account_id=account.id,
            program_id=standing.program_id,
            purpose=purpose,
            language=language,
            version=version,
            title=standing.title,
            text=text,
            channels=standing.channels,
            sha256=text_sha256(standing.title, text),
            change=change,
            effective_from=ctx.clock() - timedelta(hours=1),
            created_at=ctx.clock(),
        )
    return version
